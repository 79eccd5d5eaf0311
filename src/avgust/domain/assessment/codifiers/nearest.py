"""The nearest of what a codifier knows to what somebody wrote: a code of its family, or an alike title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from avgust.domain.assessment.works.cells import plain

_SEPARATOR: Final = re.compile(r"[.\-–—_]+")
_LATIN: Final = str.maketrans("ABCEHKMOPTXYabcehkmoptxy", "АВСЕНКМОРТХУавсенкмортху")
_LEAST: Final = 0.4  # of two titles' trigrams that must be common


def bare(code: str) -> str:
    """Return a code as it is compared: one alphabet, no case, no dot at its end."""
    return code.strip().rstrip(".").translate(_LATIN).casefold()


def nearest_code(wrong: str, known: Iterable[str]) -> str:
    """Return the code that was probably meant, "" where nothing is near.

    The same in another alphabet or case, else the nearest under the same parent, else the nearest ancestor.
    """
    by_bare: dict[str, str] = {}
    for code in known:
        by_bare.setdefault(bare(code), code)
    asked = bare(wrong)
    if asked in by_bare:
        return by_bare[asked]
    parts = _SEPARATOR.split(asked)
    family = [
        (abs(last - int(parts[-1])), last, code)
        for key, code in by_bare.items()
        if (last := _beside(_SEPARATOR.split(key), parts)) is not None
    ]
    if family:
        return min(family)[2]
    while len(parts) > 1:
        parts.pop()
        for separator in (".", "-"):
            if separator.join(parts) in by_bare:
                return by_bare[separator.join(parts)]
    return ""


def _beside(key: list[str], parts: list[str]) -> int | None:
    """Return the last number of a code that differs from `parts` in it only."""
    if len(key) == len(parts) and key[:-1] == parts[:-1] and key[-1].isdecimal() and parts[-1].isdecimal():
        return int(key[-1])
    return None


def trigrams(text: str) -> frozenset[str]:
    """Return the threes of letters of a text, as its words are compared."""
    padded = f" {plain(text)} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Return which share of the threes of two texts is common."""
    return len(first & second) / len(first | second) if first and second else 0.0


def is_alike(share: float) -> bool:
    """Return whether a likeness is enough to be offered."""
    return share >= _LEAST
