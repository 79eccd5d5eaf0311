"""Text that office formats accept: no control characters, no lone surrogates, no more than a cell holds."""

from __future__ import annotations

import re
from typing import Final

CELL_LIMIT: Final = 32_767  # characters in a cell of Excel; longer strings are dropped by writers
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def printable(text: str) -> str:
    """Return `text` without what XML 1.0 forbids, and what turns the order of letters round."""
    return _UNPRINTABLE.sub("", text)


def cell(text: str) -> str:
    """Return `text` as one cell holds it, an ellipsis in place of what does not fit."""
    clean = printable(text)
    return clean if len(clean) <= CELL_LIMIT else clean[: CELL_LIMIT - 1] + "…"


def inert(text: str) -> str:
    """Return `text` so that a spreadsheet that opens a CSV never runs it as a formula.

    An apostrophe in front is what OWASP advises against CSV injection; a plain number stays one.
    """
    clean = cell(text)
    if clean.startswith(_FORMULA) and not re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?", clean):
        return "'" + clean
    return clean
