"""Two wordings of one text as stretches that were kept, taken out and put in: whole words, never letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

_WORDS: Final = re.compile(r"\s+|\w+(?:[-\u2011]\w+)*|[^\w\s]")
LONGEST: Final = 3_000  # words: the time grows with the square of them


class Fate(StrEnum):
    """What became of a stretch."""

    KEPT = "kept"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that have one fate."""

    fate: Fate
    text: str


def reworded(before: str, after: str) -> tuple[Stretch, ...]:
    """Return how `before` became `after`.

    What was kept and put in reads `after`; what was kept and taken out reads `before`.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > LONGEST:
        return tuple(_whole(before, after))
    found: list[Stretch] = []
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        out, into = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        found += [Stretch(Fate.KEPT, out)] if tag == "equal" else _whole(out, into)
    return tuple(found)


def _whole(before: str, after: str) -> Iterator[Stretch]:
    if before:
        yield Stretch(Fate.OUT, before)
    if after:
        yield Stretch(Fate.IN, after)
