"""Deadlines: when a clause must be done, with the place in the text and the rule that found it.

Each module holds the forms of one noun and lists its `RULES`; `joining` makes one statement of neighbours
and `choice` takes one of several.
"""

from __future__ import annotations

from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.deadline import (
    conditional,
    dates,
    ends,
    intervals,
    months,
    permanent,
    quarters,
    recurring,
    relative,
    seasons,
    years,
)
from avgust.domain.resolutions.grammars.deadline.anchor import Anchor
from avgust.domain.resolutions.grammars.deadline.candidate import Candidate, Place, Reading, Rule
from avgust.domain.resolutions.grammars.deadline.choice import choose
from avgust.domain.resolutions.grammars.deadline.joining import disjoint, joined
from avgust.domain.resolutions.grammars.deadline.masks import masked
from avgust.domain.resolutions.grammars.deadline.words import plain
from avgust.domain.resolutions.model import Deadline

__all__ = [
    "Anchor",
    "deadline_of_clause",
    "deadline_of_heading",
    "deadline_of_line",
    "find_deadlines",
]

RULES: Final[tuple[Rule, ...]] = (
    *dates.RULES,
    *intervals.RULES,
    *months.RULES,
    *seasons.RULES,
    *quarters.RULES,
    *years.RULES,
    *ends.RULES,
    *recurring.RULES,
    *permanent.RULES,
    *relative.RULES,
    *conditional.RULES,
)


def _by_keys(rules: tuple[Rule, ...]) -> tuple[tuple[tuple[str, ...], tuple[Rule, ...]], ...]:
    """Return the rules grouped by their keys, so that each set of keys is looked for once."""
    groups: dict[tuple[str, ...], list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.keys, []).append(rule)
    return tuple((keys, tuple(group)) for keys, group in groups.items())


_GATES: Final = _by_keys(RULES)


def find_deadlines(fragment: Fragment, anchor: Anchor) -> tuple[Deadline, ...]:
    """Return every candidate of a clause in the order of the text, neighbours joined."""
    _, found = _read(fragment, anchor, Place.CLAUSE)
    return tuple(one.located(fragment) for one in found)


def deadline_of_clause(fragment: Fragment, anchor: Anchor) -> Deadline:
    """Return the deadline that the words of a clause state; kind NONE when they state none."""
    return _deadline(fragment, anchor, Place.CLAUSE)


def deadline_of_line(fragment: Fragment, anchor: Anchor) -> Deadline:
    """Return the deadline of a line or «Срок» cell of its own, where bare dates and years count too."""
    return _deadline(fragment, anchor, Place.LINE)


def deadline_of_heading(fragment: Fragment, anchor: Anchor) -> Deadline:
    """Return the deadline that a heading gives its whole section: strict, never a year of a title."""
    return _deadline(fragment, anchor, Place.HEADING)


def _deadline(fragment: Fragment, anchor: Anchor, place: Place) -> Deadline:
    reading, found = _read(fragment, anchor, place)
    return choose(found, reading, fragment) if found else Deadline()


def _read(fragment: Fragment, anchor: Anchor, place: Place) -> tuple[Reading, list[Candidate]]:
    text = plain(fragment.text)
    reading = Reading(text if place is Place.LINE else masked(text), anchor, place)
    found: list[Candidate] = []
    for keys, rules in _GATES:
        for key in keys:
            if key in reading.text:
                found += [one for rule in rules for one in rule.find(reading)]
                break
    return reading, joined(disjoint(found), reading, fragment) if found else found
