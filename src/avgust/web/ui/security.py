"""Content Security Policy: pages run our own files only.

Django 5.2 has no policy of its own. Nothing inline is allowed; a template that must have an inline script
writes `<script nonce="{{ request.csp_nonce }}">`, and only then the header carries the nonce.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from avgust.web.ui.errors import content_too_large

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def _policy(nonce: str | None) -> str:
    forms = " ".join(["'self'", *settings.CONTENT_SECURITY_FORM_HOSTS])
    scripts = "'self'" + (f" 'nonce-{nonce}'" if nonce else "")
    parts = (
        "default-src 'none'",
        f"script-src {scripts}",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        f"form-action {forms}",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    return "; ".join(parts)


class BodyLimitMiddleware:
    """Refuses a body larger than any page takes before a byte of it is written to the disk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 by the length that the browser announces; the server stops reading at that length."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.BODY_LIMIT:
            return content_too_large(request)
        return self.get_response(request)


class ContentSecurityMiddleware:
    """Adds the policy to every response that has none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the request a lazy nonce; name it in the header when a template took it."""
        taken: list[str] = []

        def make() -> str:
            taken.append(secrets.token_urlsafe(16))
            return taken[0]

        request.csp_nonce = SimpleLazyObject(make)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _policy(taken[0] if taken else None))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
