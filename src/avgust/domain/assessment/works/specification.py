"""What a work consists of: its items and the scores from which each mark begins, from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Final

from avgust.domain.messages import Message, mark

MARKS: Final = (2, 3, 4, 5)
MOST_ITEMS: Final = 90  # a sheet has at most 100 columns (`domain/tables`)
MOST_POINTS: Final = 100  # of an item, as `domain/assessment/responses.py` holds them


class Procedure(StrEnum):
    """In which procedure a work is written."""

    VPR = "vpr"  # nationwide check works
    OGE = "oge"  # main state examination, grade 9
    EGE = "ege"  # unified state examination, grade 11
    NIKO = "niko"  # national studies of quality
    RPR = "rpr"  # regional check works
    PISA = "pisa"  # assessment by the model of PISA, order 590/219 of 06.05.2019
    OWN = "own"  # works of a school or a municipality


class Level(StrEnum):
    """Level of an item as specifications print it."""

    BASIC = "Б"
    ADVANCED = "П"
    HIGH = "В"


@dataclass(frozen=True, slots=True)
class Item:
    """A task of a work, or a criterion of it: «4К1» is the first criterion of task 4.

    `content` and `skill` are codes of a codifier; `criteria` says how it is marked.
    """

    code: str
    maximum: int
    level: Level | None = None
    content: str = ""
    skill: str = ""
    criteria: str = ""

    def __post_init__(self) -> None:
        """Refuse what no result could be."""
        if not 1 <= self.maximum <= MOST_POINTS:
            raise ValueError("the maximum of an item is 1 to 100 points")


@dataclass(frozen=True)
class Specification:
    """The items in their printed order, and cut scores: mark → the least primary score that gives it.

    No cut scores: marks of this work are not checked. No variants: any variant is right.
    """

    items: tuple[Item, ...]
    cuts: Mapping[int, int] = field(default_factory=dict)
    variants: frozenset[str] = frozenset()
    since: date | None = None

    @cached_property
    def maximum(self) -> int:
        """The highest primary score of who was given every item."""
        return sum(item.maximum for item in self.items)

    @cached_property
    def places(self) -> dict[str, int]:
        """Place of each item by its code."""
        return {item.code: place for place, item in enumerate(self.items)}

    def mark_of(self, primary: int) -> int | None:
        """Return the mark for a primary score: 2 below the lowest cut; None where there are no cuts."""
        if not self.cuts:
            return None
        reached = [mark for mark, least in self.cuts.items() if primary >= least]
        return max(reached, default=min(MARKS))


def faults_of(items: Iterable[Item], cuts: Mapping[int, int]) -> list[Message]:
    """Return what is wrong with a specification, one sentence for each fault; none when it may be used."""
    listed = tuple(items)
    found: list[Message] = []
    if not listed:
        found.append(Message(mark("The specification has no item.")))
    if len(listed) > MOST_ITEMS:
        found.append(Message(mark("A work has at most %(limit)s items."), {"limit": MOST_ITEMS}))
    codes = [item.code for item in listed]
    found += [
        Message(mark("Item %(item)s is listed twice."), {"item": code})
        for code in sorted({code for code in codes if codes.count(code) > 1})
    ]
    highest = sum(item.maximum for item in listed)
    ordered = sorted(cuts.items())
    rising = all(low < high for (_, low), (_, high) in pairwise(ordered))
    if not rising:
        found.append(Message(mark("Cut scores do not rise with the marks.")))
    found += [
        Message(
            mark("Mark %(mark)s begins at %(score)s points; it must be from 0 to %(maximum)s."),
            {"mark": given, "score": least, "maximum": highest},
        )
        for given, least in ordered
        if not 0 <= least <= highest
    ]
    return found


def cuts_in(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return the cut scores that pairs of (primary score, mark) follow; none where they contradict.

    A lower bound of each mark that occurs above the lowest mark; a person confirms it before it is used.
    """
    ranges: dict[int, list[int]] = {}
    for primary, given in pairs:
        low_high = ranges.setdefault(given, [primary, primary])
        low_high[0], low_high[1] = min(low_high[0], primary), max(low_high[1], primary)
    ordered = sorted(ranges.items())
    for (_, below), (_, above) in pairwise(ordered):
        if below[1] >= above[0]:
            return {}
    return {given: low for given, (low, _high) in ordered if given > min(MARKS)}
