"""Keeps in the journal what people do with their own accounts through the pages of allauth.

allauth writes no journal; its signals are the one place where it says what was done.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from django.db import transaction
from django.dispatch import receiver

from avgust.web import audit
from avgust.web.accounts import codes
from avgust.web.accounts.models import User


def _record(code: audit.LogCode, user: User, **values: Any) -> None:
    with transaction.atomic():
        audit.record(actor=user, code=code, subject=user, **values)


@receiver(account.password_reset)
def address_proven(user: User, **_signal: Any) -> None:
    """Who opened the link of a letter owns the address it was sent to."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


@receiver([account.password_set, account.password_changed, account.password_reset])
def password_set(user: User, **_signal: Any) -> None:
    """A first password, another one, or one instead of the forgotten."""
    _record(codes.PASSWORD_SET, user)


@receiver(account.email_changed)
def email_changed(user: User, from_email_address: Any, to_email_address: Any, **_signal: Any) -> None:
    """Another address, confirmed by its owner."""
    before = {"email": from_email_address.email} if from_email_address else None
    _record(codes.EMAIL_CHANGED, user, before=before, after={"email": to_email_address.email})


@receiver(mfa.authenticator_added)
def factor_added(user: User, authenticator: Any, **_signal: Any) -> None:
    """A code from an application, a key; the spare codes come with the first of them."""
    _record(codes.FACTOR_ADDED, user, after={"kind": authenticator.type})


@receiver(mfa.authenticator_removed)
def factor_removed(user: User, authenticator: Any, **_signal: Any) -> None:
    """The person's own act; the administrator's is `actions.reset_second_factor`."""
    _record(codes.FACTOR_REMOVED, user, before={"kind": authenticator.type})
