"""Addresses of lists with a thousand links: an address differs from its neighbour by one number only."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from django.urls import get_urlconf, reverse

_NUMBER: Final = 9_876_543_210  # stands in no address of the product


@lru_cache(maxsize=256)
def _around(name: str, _urlconf: str | None) -> tuple[str, str]:
    before, _, after = reverse(name, args=[_NUMBER]).partition(str(_NUMBER))
    return before, after


@lru_cache(maxsize=256)
def _plain(name: str, _urlconf: str | None) -> str:
    return reverse(name)


def page(name: str) -> str:
    """Return the address `name` that has no number: every page asks for those of the header."""
    return _plain(name, get_urlconf())


def of(name: str, number: int) -> str:
    """Return the address `name` with its one number; the addresses are asked for once for each name."""
    before, after = _around(name, get_urlconf())
    return f"{before}{int(number)}{after}"
