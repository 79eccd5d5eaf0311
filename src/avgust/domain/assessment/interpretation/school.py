"""A school for its head: against the territory and comparable schools, by class, journal and work, trend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from avgust.domain.assessment.interpretation.added import (
    NO_EARLIER,
    NOT_THERE,
    ValueAdded,
    ValueAddedReading,
    Way,
)
from avgust.domain.assessment.interpretation.clusters import Cluster
from avgust.domain.assessment.interpretation.comparison import Similar, compare
from avgust.domain.assessment.interpretation.marks import Journal, Marks, journal_of, marks_in
from avgust.domain.assessment.interpretation.mastery import Share, TopicMastery, topic_mastery
from avgust.domain.assessment.interpretation.results import GroupTable
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.schools import Distribution, SchoolPoint, Verdict
from avgust.domain.assessment.interpretation.trend import Trend, Year, trend_of
from avgust.domain.assessment.interpretation.work import Kind, Work
from avgust.domain.messages import Message


@dataclass(frozen=True)
class SkillRow:
    """A skill by class: shares of each class, the school, comparable schools and the territory."""

    school: TopicMastery
    classes: tuple[Share, ...]
    similar: Share | None
    territory: Share


@dataclass(frozen=True)
class SchoolReading:
    """What a school's results say to its head."""

    name: str
    work: Work
    point: SchoolPoint
    distribution: Distribution
    similar: Similar | None
    added: ValueAdded | None
    way: Way | None
    not_added: Message | None
    classes: tuple[str, ...]
    class_sizes: tuple[int, ...]
    skills: tuple[SkillRow, ...]
    marks: Marks | None
    similar_marks: Marks | None
    territory_marks: Marks | None
    journal: Journal | None
    similar_journal: Journal | None
    territory_journal: Journal | None
    trend: Trend
    earlier: str = ""

    @property
    def verdict(self) -> Verdict:
        """The school against the territory."""
        return self.point.verdict


@dataclass(frozen=True)
class Territory:
    """What all readings of schools of one territory and work share, computed once for a whole batch."""

    schools: GroupTable
    whole: GroupTable
    distribution: Distribution
    clusters: Mapping[str, tuple[Cluster, ...]]
    added: ValueAddedReading | None = None
    not_added: Message = NO_EARLIER


def read_school(
    territory: Territory, name: str, classes: GroupTable, rules: Rules, years: Sequence[Year] = ()
) -> SchoolReading:
    """Read one school; `classes` are its classes, `years` end with this one. KeyError: not there."""
    table, found = territory.schools, territory.distribution
    point = found.point(name)
    own = table.rows([table.names.index(name)])
    similar = compare(table, found, territory.clusters, name, rules.comparison)
    alike = None if similar is None else table.rows(similar.places).together()
    added = None if territory.added is None else territory.added.of(name)
    return SchoolReading(
        name=name,
        work=table.work,
        point=point,
        distribution=found,
        similar=similar,
        added=added,
        way=None if territory.added is None else territory.added.way,
        not_added=_not_added(territory, added),
        classes=classes.names,
        class_sizes=tuple(int(n) for n in classes.n),
        skills=_skills(own, classes, alike, territory.whole, rules),
        marks=marks_in(own),
        similar_marks=None if alike is None else marks_in(alike),
        territory_marks=marks_in(territory.whole),
        journal=journal_of(own),
        similar_journal=None if alike is None else journal_of(alike),
        territory_journal=journal_of(territory.whole),
        trend=trend_of(years, rules),
        earlier="" if territory.added is None else territory.added.earlier,
    )


def _not_added(territory: Territory, added: ValueAdded | None) -> Message | None:
    """Return why the value added of a school is not known; None where it is."""
    if added is not None:
        return None
    return territory.not_added if territory.added is None else NOT_THERE


def _skills(
    own: GroupTable, classes: GroupTable, similar: GroupTable | None, whole: GroupTable, rules: Rules
) -> tuple[SkillRow, ...]:
    bands = rules.bands
    by_class = [topic_mastery(classes, group, bands, Kind.SKILL) for group in range(len(classes.names))]
    alike = None if similar is None else topic_mastery(similar, 0, bands, Kind.SKILL)
    region = topic_mastery(whole, 0, bands, Kind.SKILL)
    return tuple(
        SkillRow(
            topic,
            tuple(rows[place].share for rows in by_class),
            None if alike is None else alike[place].share,
            region[place].share,
        )
        for place, topic in enumerate(topic_mastery(own, 0, bands, Kind.SKILL))
    )
