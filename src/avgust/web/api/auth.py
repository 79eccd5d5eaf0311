"""Who asks: the person of the token, with the rights that she has at this moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from avgust.web.accounts.models import User
from avgust.web.accounts.second_factor import lacks_factor
from avgust.web.api.actions import digest_of
from avgust.web.api.models import Token
from avgust.web.api.problems import refuse_unknown
from avgust.web.api.rate import count_request
from avgust.web.audit.requests import say_program
from avgust.web.ui.preferences import language_of

_USED_EVERY: Final = timedelta(minutes=10)  # a program that asks each second does not write each second


class ApiRequest(HttpRequest):
    """A request of a program that a valid token let in."""

    user: User
    auth: Token


class TokenAuth(HttpBearer):
    """`Authorization: Bearer avgust_…`; a session of the browser opens nothing here, so no CSRF is needed."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """Return the token, its person set on the request and her language in use; None refuses.

        Raises TooOftenError where the token asked more often than it may, ValidationError for a filter that
        the address does not have.
        """
        rows = Token.objects.valid(timezone.localdate()).select_related("user")
        known = rows.filter(digest=digest_of(token), user__is_active=True).first()
        if known is None or lacks_factor(known.user):
            return None
        request.user = known.user
        say_program(known.begins)
        translation.activate(language_of(request))
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        count_request(known.digest)
        now = timezone.now()
        if known.last_used_at is None or now - known.last_used_at > _USED_EVERY:
            Token.objects.filter(pk=known.pk).update(last_used_at=now)
        refuse_unknown(request)
        return known


def require_write(request: Any) -> None:
    """Stop a token that may only read."""
    if not request.auth.writes:
        raise PermissionDenied(_("This token may only read. Make one that may read and act."))
