"""Pieces of pages that are printed once: the same row is the same for everybody who reads it that day.

Two thirds of the time of a long table went into its template, and a hundred rows of it seldom change from one
reader to the next. What is printed here gets its facts alone: no request, no context of the page. So nothing
can be in it that is not in the key, and nothing is ever stale.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST_KEPT: Final = 8192  # rows of two kilobytes at most: sixteen megabytes a process


def printed(template: str, facts: Hashable) -> SafeString:
    """Print `template` of `facts` alone, which it knows as `it`; in the reader's language, for today.

    `facts` are plain values that compare by what they say. Never text that is marked safe: it equals the same
    words that are not.
    """
    return next(printed_each(template, (facts,)))


def printed_each(template: str, many: Iterable[Hashable]) -> Iterator[SafeString]:
    """Print `template` of each facts of `many`, as `printed` does."""
    draw = _draw if settings.DEBUG else _kept  # who writes templates sees each change
    language, today = get_language(), timezone.localdate()
    return (draw(template, facts, language, today) for facts in many)


def _draw(template: str, facts: Hashable, _language: str | None, _today: date) -> SafeString:
    return get_template(template).template.render(Context({"it": facts}))  # type: ignore[attr-defined]


_kept = lru_cache(maxsize=MOST_KEPT)(_draw)


def forget() -> None:
    """Forget what is kept; for tests."""
    _kept.cache_clear()
