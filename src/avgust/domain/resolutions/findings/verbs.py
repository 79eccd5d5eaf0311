"""The verbs of a measure that order, and how they are joined.

Infinitives inside a clause of purpose or after a noun («возможность выбирать») order nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from avgust.domain.resolutions.structure.verbs import infinitives


class Joint(StrEnum):
    """How an ordering verb hangs on the one before it."""

    SENTENCE = "sentence"  # a sentence or a part after «;» of its own
    OBJECT = "object"  # «провести анализ и разработать план»
    STAGE = "stage"  # «разработать и утвердить положение», «… и обеспечить его выполнение»


@dataclass(frozen=True, slots=True)
class Order:
    """A verb that orders; `joint` is None for the first one."""

    verb: str
    start: int
    end: int
    joint: Joint | None = None


_SENTENCE: Final = re.compile(
    r"(?:;|(?<![.\s][а-яё])(?<!т\.д)(?<!т\.п)(?<!др)[.!])\s+(?:а также\s+)?(?:не\s+)?$"
)
_CONJUNCTION: Final = re.compile(
    r"(?:,\s*|\s+)(?:а также|и|или|либо|,)\s+(?:\w+[оеи]\s+)?(?:не\s+)?$|,\s+$", re.IGNORECASE
)
_SUBORDINATE: Final = re.compile(
    r"\b(?:чтобы|что|котор\w+|если|когда|где|возможност\w+|прав[оа]|обязанност\w+|готов\w+|умени\w+|"
    r"способн\w+|позволя\w+|призван\w+|необходим\w+|должн\w+|обязан\w*|следует|надлежит|целью|жела\w+|"
    r"потребност\w+|помоч\w+|помога\w+|намерен\w+|стремлени\w+)\b",
    re.IGNORECASE,
)
_TAIL: Final = 100  # characters before a verb that tell how it is joined; the rules above end with them
_MODAL: Final = frozenset(
    {"рекомендовать", "предложить", "поручить", "обязать", "просить", "считать", "признать"}
)
_BACK: Final = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:его|е[её]|их|данн\w+|соответствующ\w+|указанн\w+|эт\w{1,4}|таки[емх]\w*|"
    r"на (?:его|е[её]|их) \w+)\b",
    re.IGNORECASE,
)


def orders_of(text: str) -> tuple[Order, ...]:
    """Return the ordering verbs of a measure, first to last."""
    return tuple(_chain(text))


def _chain(text: str) -> Iterator[Order]:
    last: Order | None = None
    for found in infinitives(text):
        if last is None and found.group().lower() in _MODAL:
            continue
        if last is None:
            last = Order(found.group(), *found.span())
            yield last
            continue
        joint = _joint(text, last, found)
        if joint:
            last = Order(found.group(), *found.span(), joint)
            yield last


def _joint(text: str, last: Order, found: re.Match[str]) -> Joint | None:
    between = text[last.end : found.start()]
    end = between[-_TAIL:]
    if _SENTENCE.search(end):
        return Joint.SENTENCE
    if not _CONJUNCTION.search(end) or _SUBORDINATE.search(between):
        return None
    if len(between.split()) <= 1 or _BACK.match(text, found.end()):
        return Joint.STAGE
    return Joint.OBJECT
