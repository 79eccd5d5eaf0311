"""The request as views behind `login_required` see it, and what they ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from avgust.web.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request of a person who has signed in: `login_required` lets nobody else through."""

    user: User
    htmx: HtmxDetails


def is_fragment(request: SignedInRequest) -> bool:
    """True when htmx asks for a part of the page; a step back in history asks for the whole."""
    asked = request.htmx
    return bool(asked) and not asked.boosted and not asked.history_restore_request


def language() -> str:
    """Return the language that the reader of this request reads."""
    return get_language() or settings.LANGUAGE_CODE
