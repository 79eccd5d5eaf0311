"""A measure in words: what the table, the card and the exports print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from avgust.domain.resolutions.export.plan import PlanRow
from avgust.domain.resolutions.export.wording import deadline_text, target_text, theme_label
from avgust.domain.resolutions.model import Deadline, DeadlineKind, Relation, Theme
from avgust.web.programmes.models import CHOSEN, Measure, MeasureExecutor

_ONE_DAY: Final = frozenset({DeadlineKind.DATE, DeadlineKind.RELATIVE, DeadlineKind.CONDITIONAL})


@dataclass(frozen=True, slots=True)
class WhoFacts:
    """An executor in a row of the table: the name, and how it is known who that is."""

    number: int
    name: str
    known: str  # "chosen" by hand, "role" of so many, "ambiguous", or "" where it is clear
    units: int


@dataclass(frozen=True, slots=True)
class RowFacts:
    """A row of the table of a programme: everything that is printed in it, and nothing else."""

    number: str
    text: str
    address: str
    findings: int
    executors: tuple[WhoFacts, ...]
    due: date | None  # when the deadline is one day
    deadline: str  # in words, when it is not
    targets: tuple[str, ...]
    theme: str


def _known(row: MeasureExecutor) -> str:
    if row.by_hand and row.rule == CHOSEN:
        return "chosen"
    return row.outcome if row.outcome in ("role", "ambiguous") else ""


@dataclass(frozen=True)
class MeasureWords:
    """A measure as pages print it."""

    measure: Measure
    language: str

    @property
    def subject(self) -> Measure:
        """The measure, for the columns that other stations add."""
        return self.measure

    @cached_property
    def whole_deadline(self) -> Deadline:
        """The deadline with everything that is known of it."""
        return self.measure.deadline

    @cached_property
    def deadline(self) -> str:
        """The deadline in words; the printed words where no rule knows them."""
        return deadline_text(self.whole_deadline, self.language) or self.measure.deadline_text

    @property
    def dated(self) -> bool:
        """True when the deadline is one day, printed or given by its event: a table prints the date."""
        return self.measure.due is not None and self.measure.deadline_kind in _ONE_DAY

    @property
    def theme(self) -> str:
        """The theme in words."""
        return theme_label(Theme(self.measure.theme), self.language) if self.measure.theme else ""

    @cached_property
    def targets(self) -> list[str]:
        """What is demanded, in words."""
        words = [target_text(target, self.language) for target in self.measure.targets]
        return words or ([self.measure.target_text] if self.measure.target_text else [])

    @cached_property
    def _everybody(self) -> list[MeasureExecutor]:
        return list(self.measure.executors.all())

    @cached_property
    def executors(self) -> list[MeasureExecutor]:
        """Who answers: executors, then co-executors."""
        rows = [row for row in self._everybody if row.answers]
        return sorted(rows, key=lambda row: row.relation != Relation.EXECUTOR)

    @property
    def facts(self) -> RowFacts:
        """What the table prints of the measure."""
        measure = self.measure
        return RowFacts(
            number=measure.label,
            text=measure.text,
            address=measure.get_absolute_url(),
            findings=measure.finding_count,
            executors=tuple(
                WhoFacts(row.pk, row.name, _known(row), row.unit_count) for row in self.executors
            ),
            due=measure.due if self.dated else None,
            deadline="" if self.dated else self.deadline,
            targets=tuple(self.targets),
            theme=self.theme,
        )

    def _names(self, relation: Relation) -> tuple[str, ...]:
        return tuple(row.name for row in self._everybody if row.relation == relation)

    def plan_row(self) -> PlanRow:
        """Return the measure as a row of a plan."""
        measure = self.measure
        return PlanRow(
            number=measure.label or str(measure.order),
            section=measure.section,
            text=measure.text,
            executors=self._names(Relation.EXECUTOR),
            co_executors=self._names(Relation.CO_EXECUTOR),
            deadline=self.deadline,
            target="; ".join(self.targets),
            theme=self.theme,
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring rows under one section."""

    section: str
    rows: list[MeasureWords]


def grouped(rows: Iterable[MeasureWords], *, by_section: bool) -> list[Group]:
    """Return rows under their sections, or all in one group without a head."""
    groups: list[Group] = []
    for row in rows:
        section = row.measure.section if by_section else ""
        if not groups or groups[-1].section != section:
            groups.append(Group(section, []))
        groups[-1].rows.append(row)
    return groups
