"""Pages for what went wrong, in the look and language of the rest."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _page(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"ui/errors/{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(request, 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token is missing or old: says to send it again."""
    return render(request, "ui/errors/csrf.html", status=403)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: in scope, but not permitted; the sentence of the exception says why."""
    return render(request, "ui/errors/403.html", {"reason": str(exception or "")}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: does not exist, or not for this reader."""
    return _page(request, 404)


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: the address of a form, opened as a page."""
    response = render(request, "ui/errors/405.html", status=405)
    response.headers["Allow"] = allowed
    return response


def content_too_large(request: HttpRequest, **context: Any) -> HttpResponse:
    """413: for views that refuse an upload."""
    return render(request, "ui/errors/413.html", context, status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: needs neither session nor database, which may be what failed."""
    return render(None, "ui/errors/500.html", status=500)
