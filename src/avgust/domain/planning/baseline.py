"""What became of a programme between two days: added, dropped, moved, extended, proven, reworded.

Both snapshots hold the measures of one programme as they stood at the end of a day; who makes them folds the
journal and the steps of control. Order of the rows does not matter, the ids do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from avgust.domain.proof import Coverage


class Standing(StrEnum):
    """Whether a measure is to be carried out."""

    IN_FORCE = "in_force"
    CANCELLED = "cancelled"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """A measure as it stood at the end of a day."""

    id: int
    number: str
    text: str
    section: str = ""
    theme: str = ""
    executors: tuple[str, ...] = ()
    deadline: str = ""  # in words
    due: date | None = None  # the last day, where there is one
    target: str = ""
    standing: Standing = Standing.IN_FORCE
    into: str = ""  # the number of the measure that it was merged into
    coverage: Coverage = field(default_factory=Coverage)
    extensions: int = 0  # granted so far, of all its assignments
    extended_to: date | None = None  # the latest day that was granted

    @property
    def in_force(self) -> bool:
        """True for what is to be carried out."""
        return self.standing is Standing.IN_FORCE

    @property
    def proven(self) -> bool:
        """True when every assignment of the measure is proven."""
        return 0 < self.coverage.total == self.coverage.proven


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The measures of a programme at the end of a day."""

    day: date
    measures: tuple[PlannedMeasure, ...]

    @property
    def by_id(self) -> Mapping[int, PlannedMeasure]:
        """The measures by their ids."""
        return {one.id: one for one in self.measures}


class Kind(StrEnum):
    """What can happen to a measure, in the order in which it is told."""

    ADDED = "added"
    DROPPED = "dropped"  # cancelled, or merged into another
    RESTORED = "restored"
    MOVED = "moved"  # another deadline of the measure itself
    EXTENDED = "extended"  # later days granted to those who execute it
    REASSIGNED = "reassigned"
    REWORDED = "reworded"  # text or target
    PLACED = "placed"  # another number, section or theme
    PROVEN = "proven"  # more of it than before
    LOST = "lost"  # less of it than before: reopened, or contradicted by data


@dataclass(frozen=True, slots=True)
class Changed:
    """A measure that is not what it was; `before` is None for one that was not there."""

    kinds: frozenset[Kind]
    before: PlannedMeasure | None
    after: PlannedMeasure

    @property
    def shift(self) -> int | None:
        """By how many days the deadline moved, later above 0; None where one of both has no last day."""
        if self.before is None or self.before.due is None or self.after.due is None:
            return None
        return (self.after.due - self.before.due).days

    @property
    def newly_proven(self) -> int:
        """How many more assignments are proven; below 0 where proof was lost."""
        return self.after.coverage.proven - (self.before.coverage.proven if self.before else 0)

    @property
    def newly_extended(self) -> int:
        """How many extensions were granted between the two days."""
        return self.after.extensions - (self.before.extensions if self.before else 0)


@dataclass(frozen=True)
class Comparison:
    """Two days of a programme, the earlier first."""

    before: Snapshot
    after: Snapshot
    rows: tuple[Changed, ...]

    @cached_property
    def counts(self) -> dict[Kind, int]:
        """How many measures of each kind there are; a measure may be of several."""
        return {kind: sum(kind in row.kinds for row in self.rows) for kind in Kind}

    def of(self, kind: Kind) -> tuple[Changed, ...]:
        """Return the measures to which `kind` happened."""
        return tuple(row for row in self.rows if kind in row.kinds)

    @property
    def in_force(self) -> tuple[int, int]:
        """How many measures were, and are, to be carried out."""
        return tuple(sum(one.in_force for one in shot.measures) for shot in (self.before, self.after))  # type: ignore[return-value]

    @property
    def whole(self) -> tuple[int, int]:
        """How many measures in force were, and are, proven whole."""
        found = [sum(m.proven and m.in_force for m in shot.measures) for shot in (self.before, self.after)]
        return found[0], found[1]


def compare(one: Snapshot, other: Snapshot) -> Comparison:
    """Return what changed between two days, whichever is given first; rows in the order of the later one.

    Nothing is deleted from a programme: a measure that the earlier day has and the later has not would be a
    defect of the snapshots, and raises ValueError.
    """
    before, after = sorted((one, other), key=lambda shot: shot.day)
    known = before.by_id
    lost = known.keys() - after.by_id.keys()
    if lost:
        raise ValueError(f"Measures {sorted(lost)} of {before.day} are not there on {after.day}.")
    rows = []
    for measure in after.measures:
        kinds = kinds_of(known.get(measure.id), measure)
        if kinds:
            rows.append(Changed(kinds, known.get(measure.id), measure))
    return Comparison(before, after, tuple(rows))


def kinds_of(before: PlannedMeasure | None, after: PlannedMeasure) -> frozenset[Kind]:
    """Return what happened to one measure. What is out of force on both days is nobody's news."""
    if before is None:
        return frozenset({Kind.ADDED} if after.in_force else ())
    if not after.in_force:
        return frozenset({Kind.DROPPED} if before.in_force else ())
    happened = {
        Kind.RESTORED: not before.in_force,
        Kind.MOVED: (before.due, before.deadline) != (after.due, after.deadline),
        Kind.EXTENDED: after.extensions > before.extensions,
        Kind.REASSIGNED: sorted(before.executors) != sorted(after.executors),
        Kind.REWORDED: (before.text, before.target) != (after.text, after.target),
        Kind.PLACED: (before.number, before.section, before.theme)
        != (after.number, after.section, after.theme),
        Kind.PROVEN: after.coverage.proven > before.coverage.proven,
        Kind.LOST: after.coverage.proven < before.coverage.proven,
    }
    return frozenset(kind for kind, true in happened.items() if true)
