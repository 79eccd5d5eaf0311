"""Language and theme of the reader: of the account, else of a cookie, else Russian and the device's.

The browser's Accept-Language is not asked: office machines often run an English system under a Russian
reader.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

THEME_COOKIE = "avgust_theme"
THEMES = ("system", "light", "dark")


def language_of(request: HttpRequest) -> str:
    """Return the language that pages of `request` are written in."""
    known = dict(settings.LANGUAGES)
    chosen = getattr(request.user, "language", "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in known else settings.LANGUAGE_CODE


def theme_of(request: HttpRequest) -> str:
    """Return "system", "light" or "dark"."""
    user = getattr(request, "user", None)
    chosen = (
        user.theme if user is not None and user.is_authenticated else request.COOKIES.get(THEME_COOKIE, "")
    )
    return chosen if chosen in THEMES else "system"


def keys_off(request: HttpRequest) -> bool:
    """Return whether single letters do nothing for this reader: who dictates meets them (WCAG 2.1.4)."""
    return not getattr(getattr(request, "user", None), "single_keys", True)


class PreferencesMiddleware:
    """Activates the reader's language for the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the language, and say in the response which one it is."""
        language = language_of(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", language)
        return response
