"""While a page is read nothing changes: what several of its parts ask for is found once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from avgust.web.ui.answers import SAFE_METHODS

Found = TypeVar("Found")

_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def while_read() -> Iterator[None]:
    """Keep what is found until the end; only for what changes nothing."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def is_read() -> bool:
    """Return whether a page is being read, so that answers are kept."""
    return _kept.get() is not None


def found_once(key: Hashable, find: Callable[[], Found]) -> Found:
    """Return what `find` finds; while a page is read, what it found first for `key`."""
    kept = _kept.get()
    if kept is None:
        return find()
    if key not in kept:
        kept[key] = find()
    return kept[key]


def was_asked(key: Hashable) -> bool:
    """Return whether `key` was asked for or found before on this page: what is asked once is not kept."""
    kept = _kept.get()
    if kept is None:
        return False
    asked: set[Hashable] = kept.setdefault("asked", set())
    before = key in asked or key in kept
    asked.add(key)
    return before


class ReadingMiddleware:
    """Keeps what the parts of a page share while it is made; a form, which may change it, keeps nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        with while_read():
            return self.get_response(request)
