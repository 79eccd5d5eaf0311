"""Values that every page has."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from avgust.web.ui.preferences import keys_off, theme_of
from avgust.web.ui.stations import bells, nav_items


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the theme, the languages and the sections of the header."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "theme": theme_of(request),
        "keys_off": keys_off(request),
        "languages": settings.LANGUAGES,
        "nav_items": nav_items(user) if signed_in else [],
        "bells": SimpleLazyObject(lambda: bells(user) if signed_in else []),
        "demo": settings.DEMO,
    }
