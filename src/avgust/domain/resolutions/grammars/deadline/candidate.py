"""What a rule is and what it finds, before one candidate is chosen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, IntEnum, auto
from typing import Any

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.deadline.anchor import Anchor
from avgust.domain.resolutions.model import Deadline, DeadlineKind


class Place(Enum):
    """Where the text stands: it decides how much may be read as a deadline."""

    CLAUSE = auto()
    LINE = auto()  # an own line or a «Срок» cell: everything in it is about time
    HEADING = auto()


class Rank(IntEnum):
    """Which kind of statement wins within one text; see choice.py."""

    VAGUE = 1  # conditions, open starts, terms without ends
    PERIOD = 2  # a stretch or a day in which something happens
    RHYTHM = 3  # recurring, permanent, counted from an event
    CONTROL = 4  # a last day: «до …», «не позднее …», «к …»
    STATED = 5  # behind the word «срок»


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible deadline over `[begin, stop)` of the fragment's text."""

    begin: int
    stop: int
    rank: Rank
    deadline: Deadline  # without text, span and event
    event: tuple[int, int] | None = None  # where the event stands that the term waits for
    month_day: str | None = None  # a day that may come back: "10-01"

    def located(self, fragment: Fragment) -> Deadline:
        """Return the deadline with its printed words and place; so also what follows it."""
        return replace(
            self.deadline,
            text=fragment.text[self.begin : self.stop],
            span=fragment.span(self.begin, self.stop),
            event=fragment.text[slice(*self.event)] if self.event else None,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """A text under reading: `text` is plain and masked, the same length as the fragment's."""

    text: str
    anchor: Anchor
    place: Place

    @property
    def in_line(self) -> bool:
        """Whether the text is all about time."""
        return self.place is Place.LINE


Match = re.Match[str]
Build = Callable[[Match, Reading], Candidate | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with what it means. `keys` are cheap: without any of them the pattern is not tried."""

    name: str
    keys: tuple[str, ...]
    pattern: re.Pattern[str]
    build: Build

    def find(self, reading: Reading) -> list[Candidate]:
        """Return what the rule finds in `reading`, in order; whether a key occurs was asked before."""
        found = (self.build(match, reading) for match in self.pattern.finditer(reading.text))
        return [
            replace(c, deadline=replace(c.deadline, rule=c.deadline.rule or f"deadline.{self.name}"))
            for c in found
            if c is not None
        ]


def candidate(
    match: Match,
    rank: Rank,
    kind: DeadlineKind,
    confidence: float,
    event: tuple[int, int] | None = None,
    **fields: Any,
) -> Candidate:
    """Return the candidate over the whole of `match`, white space and commas at its end dropped."""
    stop = match.start() + len(match.group().rstrip(" ,"))
    deadline = Deadline(kind=kind, confidence=round(confidence, 2), **fields)
    return Candidate(match.start(), stop, rank, deadline, event)


def last_day(match: Match, day: date | None, confidence: float, inferred: tuple[str, ...] = ()) -> Candidate:
    """Return «to be done by `day`»; less certain where the day could not be resolved."""
    return candidate(
        match,
        Rank.CONTROL,
        DeadlineKind.DATE,
        confidence if day else min(confidence, 0.5),
        end=day,
        inferred=inferred,
    )


def stretch(
    match: Match,
    ends: tuple[date | None, date | None],
    confidence: float,
    inferred: tuple[str, ...] = (),
) -> Candidate:
    """Return an interval; ends that are both unknown make it vague."""
    start, end = ends
    rank = Rank.PERIOD if end else Rank.VAGUE
    return candidate(match, rank, DeadlineKind.INTERVAL, confidence, start=start, end=end, inferred=inferred)
