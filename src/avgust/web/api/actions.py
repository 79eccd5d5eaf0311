"""Making and revoking tokens; only for oneself: nobody acts in the name of another."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone

from avgust.domain.messages import Message, mark
from avgust.web.api import codes
from avgust.web.api.models import Token
from avgust.web.audit import record
from avgust.web.documents.actions import Refused

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

PREFIX: Final = "avgust_"  # by which scanners of published code tell a token
LONGEST_DAYS: Final = 366
MOST: Final = 20
NO_NAME: Final = Message(mark("Say what the token is for, for example “report for the site”."))
NO_TERM: Final = Message(
    mark("Choose a day from tomorrow on, no later than in %(days)s days."), {"days": LONGEST_DAYS}
)
TOO_MANY: Final = Message(
    mark("You have %(most)s valid tokens. Revoke those that are not used."), {"most": MOST}
)


def digest_of(secret: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_token(*, actor: User, name: str, scope: str, expires_on: date) -> tuple[Token, str]:
    """Return a new token and its secret, which is known to nobody after this."""
    name, today = " ".join(name.split())[:100], timezone.localdate()
    if not name:
        raise Refused(NO_NAME)
    if not today < expires_on <= today + timedelta(days=LONGEST_DAYS):
        raise Refused(NO_TERM)
    if actor.tokens.valid(today).count() >= MOST:
        raise Refused(TOO_MANY)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=actor,
        name=name,
        digest=digest_of(secret),
        begins=secret[: len(PREFIX) + 4],
        scope=Token.Scope(scope).value,
        expires_on=expires_on,
    )
    after = {"name": name, "scope": token.scope, "expires_on": expires_on}
    record(actor=actor, code=codes.TOKEN_MADE, subject=actor, after=after)
    return token, secret


@transaction.atomic
def revoke_token(pk: int, *, actor: User) -> None:
    """Revoke an own token; it opens nothing from now on."""
    token = get_object_or_404(Token.objects.select_for_update(), pk=pk, user=actor)
    if token.revoked_at is not None:
        return
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    record(actor=actor, code=codes.TOKEN_REVOKED, subject=actor, after={"name": token.name})


def forget_person(*, user: User) -> None:
    """Delete the tokens of who is erased, with the words they were called by."""
    Token.objects.filter(user=user).delete()
