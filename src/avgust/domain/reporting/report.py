"""The shape of an execution report, clause by clause in the order of the resolution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from avgust.domain.messages import Message
from avgust.domain.proof import Coverage, ProofState


@dataclass(frozen=True, slots=True)
class Year:
    """What became of a similar clause in an earlier year."""

    label: str  # school year, "2024/2025"
    number: str  # of the clause there
    text: str
    coverage: Coverage
    likeness: float  # 0…1


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A measure: its words, who answers, its state with what proves it, what happened on the way."""

    id: int
    number: str
    text: str
    executors: str
    deadline: str
    coverage: Coverage
    failed: tuple[str, ...] = ()  # organisations that did not do it, by name
    failed_more: int = 0  # and how many are not named
    happened: tuple[Message, ...] = ()  # returned, extended, taken off control
    proofs: tuple[Message, ...] = ()  # what proves it, counted by kind
    memory: tuple[Year, ...] = ()  # the newest first
    why: tuple[str, ...] = ()  # the causes of the decision that ordered it, each in a sentence
    counted: bool = True  # False for what was cancelled or merged: it is told and not counted

    @property
    def state(self) -> ProofState | None:
        """The state that most needs an act, which stands for the measure; None where nothing is counted."""
        return self.coverage.worst

    @property
    def proven(self) -> bool:
        """True when every assignment of the measure is proven."""
        return 0 < self.coverage.total == self.coverage.proven


@dataclass(frozen=True, slots=True)
class ReportSection:
    """Rows under one heading of the resolution."""

    title: str
    rows: tuple[ReportRow, ...]

    @property
    def coverage(self) -> Coverage:
        """The assignments of the section together."""
        return sum((row.coverage for row in self.rows), start=Coverage())

    @property
    def measures(self) -> int:
        """How many measures there are to prove."""
        return sum(row.counted for row in self.rows)

    @property
    def proven(self) -> int:
        """How many measures of the section are proven whole."""
        return sum(row.proven for row in self.rows)


@dataclass(frozen=True, slots=True)
class ExecutionReport:
    """A report as of the end of `day`, for a whole programme or for what falls on one place."""

    title: str
    author: str
    place: str
    day: date
    sections: tuple[ReportSection, ...]

    @property
    def rows(self) -> Sequence[ReportRow]:
        """All rows in order."""
        return [row for section in self.sections for row in section.rows]

    @property
    def coverage(self) -> Coverage:
        """All assignments together."""
        return sum((section.coverage for section in self.sections), start=Coverage())

    def count(self, state: ProofState) -> int:
        """Return how many measures stand in `state`; a measure with several stands in the worst."""
        return sum(row.state is state for row in self.rows)

    @property
    def measures(self) -> int:
        """How many measures there are to prove."""
        return sum(section.measures for section in self.sections)

    @property
    def proven(self) -> int:
        """How many measures are proven whole, by data or by documents."""
        return sum(row.proven for row in self.rows)
