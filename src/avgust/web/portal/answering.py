"""What every public answer has: how long it may be kept, what it is told apart by, who may frame it.

Public pages set no cookie and know no reader: they are the same for everybody, but for the language and the
theme that a cookie may ask for. `Vary: Cookie` of the preferences says so to caches.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from avgust import __version__
from avgust.web.portal.building import KEPT, published
from avgust.web.portal.models import Publication
from avgust.web.ui.preferences import theme_of
from avgust.web.ui.requests import language

# A page without forms, scripts and cookies: another site that frames it can take nothing and press nothing.
EMBED_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors *"
)
View = Callable[..., HttpResponse]


def open_publication(pk: int) -> Publication:
    """Return what is published under `pk`; 404 for what never was, and for what was withdrawn."""
    return get_object_or_404(Publication.objects.open().select_related("programme__unit"), pk=pk)


def public(view: View) -> View:
    """Make a view of `(request, publication, page)` public: only read, kept for minutes, with a tag."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
        publication = open_publication(pk)
        page = published(publication, language())
        return keepable(
            request, page.made, (pk, publication.version), lambda: view(request, publication, page, **rest)
        )

    return answer


def keepable(
    request: HttpRequest, made: datetime, tells: tuple[Any, ...], respond: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answer 304 to who has the same already, else `respond`; `tells` is what the answer is made of."""
    parts = (__version__, request.get_full_path(), language(), theme_of(request), made, *tells)
    tag = quote_etag(hashlib.sha256(repr(parts).encode()).hexdigest()[:32])
    seconds = int(made.timestamp())
    known = get_conditional_response(request, etag=tag, last_modified=seconds)
    answer = known if known is not None else respond()
    answer.headers.setdefault("ETag", tag)
    answer.headers.setdefault("Last-Modified", http_date(seconds))
    patch_cache_control(answer, public=True, max_age=KEPT)
    return answer


def open_data(view: View) -> View:
    """Let scripts of any site read the answer."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponse:
        response = view(request, *args, **rest)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


def embeddable(view: View) -> View:
    """Let other sites frame the answer, under a policy of its own that runs nothing."""

    @xframe_options_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponse:
        response = view(request, *args, **rest)
        response.headers["Content-Security-Policy"] = EMBED_POLICY
        return response

    return answer


def root_of(pk: int) -> str:
    """Return the whole address of a public page: files and frames are read elsewhere."""
    return f"{settings.SITE}/public/{pk}/"
