"""What every answer has, whichever view made it: no value that a database refuses, no private page kept.

A view says what it does; that a session ended meanwhile, or that an address takes forms only, is said here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import resolve_url
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme

from avgust.web.ui.errors import method_not_allowed

Answer = Callable[[HttpRequest], HttpResponse]
SAFE_METHODS = ("GET", "HEAD")


class PlainValuesMiddleware:
    """Refuses NUL in a value of the address or of a form: nobody types it, and PostgreSQL stores none."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the work to `process_view`, which runs when the protection of forms has read the body."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_arguments: Any) -> None:
        """Raise BadRequest, which Django answers with 400, unless the view checks its values itself."""
        if getattr(view, "checks_values", False):
            return
        for values in (request.GET, request.POST):
            if any("\0" in value for _name, given in values.lists() for value in given):
                raise BadRequest("NUL in a value")


class PrivatePagesMiddleware:
    """Forbids to keep what a signed-in person sees: offices share computers, and Back shows kept pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark the answer unless its view said how long it may be kept."""
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response.headers:
            patch_cache_control(response, private=True, no_store=True)
        return response


class EndedSessionMiddleware:
    """Leads a person whose session ended to sign-in and back to the page, not into a part of it.

    A redirect would be followed by the script that asked, and the sign-in page put in place of a clause.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Change only a redirect to sign-in that a script or a form would follow."""
        response = self.get_response(request)
        if request.user.is_authenticated or not self._asks_to_sign_in(response):
            return response
        address = f"{resolve_url(settings.LOGIN_URL)}?next={quote(self._page(request), safe='/')}&ended=1"
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": address})
        if request.headers.get("X-Avgust-Upload"):
            return HttpResponse(status=401)
        if request.method not in SAFE_METHODS:
            response.headers["Location"] = address
        return response

    @staticmethod
    def _asks_to_sign_in(response: HttpResponse) -> bool:
        place = urlsplit(response.headers.get("Location", ""))
        return place.path == resolve_url(settings.LOGIN_URL) and place.query.startswith("next=")

    @staticmethod
    def _page(request: HttpRequest) -> str:
        """Return the page that was open, as the browser names it; a foreign or missing one is the start."""
        open_page = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
        hosts = {request.get_host()}
        if not url_has_allowed_host_and_scheme(open_page, hosts, require_https=request.is_secure()):
            return resolve_url(settings.LOGIN_REDIRECT_URL)
        place = urlsplit(open_page)
        return place._replace(scheme="", netloc="", fragment="").geturl()


class AllowedMethodsMiddleware:
    """Gives the blank 405 of Django the look of our pages: a form's address opened as a page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Exchange the answer and keep its list of methods."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return method_not_allowed(request, response.headers["Allow"])
        return response
