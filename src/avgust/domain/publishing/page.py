"""The shape of what is published: whatever is not a field here stays in the office."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from avgust.domain.proof import Coverage, ProofState
from avgust.domain.publishing.contact import OfficeContact


@dataclass(frozen=True, slots=True)
class PublicMeasure:
    """A measure as everybody may read it."""

    id: int
    number: str
    section: str
    text: str
    executors: tuple[str, ...]  # organisations and groups of them, never a person
    due: date | None
    deadline: str  # in words, where it is no single day
    coverage: Coverage
    links: tuple[str, ...] = ()  # accepted as proof and open to everybody, the first ones
    link_count: int = 0
    cancelled: bool = False

    @property
    def state(self) -> ProofState | None:
        """The state that most needs an act; None for what was cancelled or has no assignment."""
        return None if self.cancelled else self.coverage.worst

    @property
    def proven(self) -> bool:
        """True when all organisations have proven it."""
        return not self.cancelled and 0 < self.coverage.total == self.coverage.proven


@dataclass(frozen=True, slots=True)
class PublicSection:
    """Published measures under one heading of the document."""

    title: str
    measures: tuple[PublicMeasure, ...]

    @property
    def proven(self) -> int:
        """How many of them are proven whole."""
        return sum(measure.proven for measure in self.measures)


@dataclass(frozen=True, slots=True)
class PublicProgramme:
    """What is published of a programme, with its states on `day`, counted at `made`."""

    id: int
    title: str
    authority: str
    school_year: str
    adopted_on: date | None
    day: date
    made: datetime
    measures: tuple[PublicMeasure, ...]
    partly: bool  # the programme has more measures than are published
    fixed: bool = False  # the states are those of `day` for good
    contact: OfficeContact = field(default_factory=OfficeContact)

    @property
    def sections(self) -> list[PublicSection]:
        """Neighbouring measures under their headings, in the order of the document."""
        found: list[tuple[str, list[PublicMeasure]]] = []
        for measure in self.measures:
            if not found or found[-1][0] != measure.section:
                found.append((measure.section, []))
            found[-1][1].append(measure)
        return [PublicSection(title, tuple(rows)) for title, rows in found]

    def count(self, state: ProofState) -> int:
        """Return how many measures stand in `state`; a measure with several stands in the worst."""
        return sum(measure.state is state for measure in self.measures)

    @property
    def proven(self) -> int:
        """How many measures are proven whole."""
        return sum(measure.proven for measure in self.measures)

    @property
    def cancelled(self) -> int:
        """How many were promised and cancelled since."""
        return sum(measure.cancelled for measure in self.measures)

    @property
    def states(self) -> Coverage:
        """The measures by their states: what the bar over the page draws."""
        return Coverage.of(measure.state for measure in self.measures)
