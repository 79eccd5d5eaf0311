"""A school for its head: against the territory and comparable schools, by class, journal and work, trend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from avgust.domain.assessment.interpretation.mastery import Share, TopicMastery, topic_mastery
from avgust.domain.assessment.interpretation.results import GroupTable
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.schools import (
    Distribution,
    SchoolPoint,
    ValueAdded,
    ValueAddedReading,
    Verdict,
    comparable,
)
from avgust.domain.assessment.interpretation.work import Kind, Work


@dataclass(frozen=True, slots=True)
class Marks:
    """Shares of marks 2..5 with n; the error of the share of the lowest mark."""

    shares: tuple[float, float, float, float]
    n: int

    @property
    def lowest_error(self) -> float:
        """The binomial error of the share of the lowest mark."""
        p = self.shares[0]
        return float(np.sqrt(p * (1 - p) / self.n)) if self.n else float("nan")


def marks_in(table: GroupTable, group: int = 0) -> Marks | None:
    """Return the marks of a group; None where the work has none."""
    counts = table.marks[group]
    n = int(counts.sum())
    if not n:
        return None
    two, three, four, five = (float(count) / n for count in counts)
    return Marks((two, three, four, five), n)


@dataclass(frozen=True, slots=True)
class Journal:
    """Mark of the work against the mark in the journal: shares of lower, the same and higher; n of both."""

    lower: float
    same: float
    higher: float
    apart: float  # two marks and more
    n: int


def journal_of(table: GroupTable, group: int = 0) -> Journal | None:
    """Return how marks agree with the journal; None where the journal is not known."""
    counts = table.journal[group]
    n = int(counts.sum())
    if not n:
        return None
    lower, same, higher = (float(count) / n for count in counts)
    return Journal(lower, same, higher, float(table.apart[group]) / n, n)


@dataclass(frozen=True)
class Year:
    """A school in one year: what was asked, its sums and those of the territory."""

    label: str
    school: GroupTable
    territory: GroupTable


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One year: share of points, share of the lowest mark, and whether it may be compared with the last."""

    label: str
    n: int
    share: float
    error: float
    territory: float
    lowest: float | None
    comparable: bool


@dataclass(frozen=True)
class Trend:
    """Years in order; `worsened` where the lowest mark grew by the rule's points between the last two."""

    points: tuple[TrendPoint, ...]
    worsened: bool


def trend_of(years: Sequence[Year], growth: float) -> Trend:
    """Put the years together; works whose codifier blocks differ are shown and not compared."""
    last = years[-1].school.work if years else None
    points = tuple(_point(year, last) for year in years)
    alike = [point for point in points if point.comparable and point.lowest is not None]
    worsened = False
    if len(alike) >= 2 and alike[-1].label == points[-1].label and alike[-2] is points[-2]:
        before, now = alike[-2].lowest, alike[-1].lowest
        worsened = before is not None and now is not None and 100 * (now - before) >= growth
    return Trend(points, worsened)


def _point(year: Year, last: Work | None) -> TrendPoint:
    work, n = year.school.work, int(year.school.n[0])
    maximum = work.maximum
    error = float(np.sqrt(year.school.total.variance[0, 0] / n)) / maximum if n > 1 else float("nan")
    marks = marks_in(year.school)
    return TrendPoint(
        year.label,
        n,
        float(year.school.total.mean[0, 0]) / maximum,
        error,
        float(year.territory.total.mean[0, 0]) / maximum,
        None if marks is None else marks.shares[0],
        last is not None and work.asked == last.asked,
    )


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
    similar_mean: float | None
    similar_names: tuple[str, ...]
    added: ValueAdded | None
    classes: tuple[str, ...]
    class_sizes: tuple[int, ...]
    skills: tuple[SkillRow, ...]
    marks: Marks | None
    similar_marks: Marks | None
    territory_marks: Marks | None
    journal: Journal | None
    territory_journal: Journal | None
    trend: Trend

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
    clusters: Mapping[str, str]
    added: ValueAddedReading | None = None


def read_school(
    territory: Territory, name: str, classes: GroupTable, rules: Rules, years: Sequence[Year] = ()
) -> SchoolReading:
    """Read one school; `classes` are its classes, `years` end with this one. KeyError: not there."""
    table = territory.schools
    point = territory.distribution.point(name)
    own = table.rows([table.names.index(name)])
    alike = comparable(table.names, territory.clusters, name, rules.comparison)
    similar = table.rows(alike).together() if alike else None
    return SchoolReading(
        name=name,
        work=table.work,
        point=point,
        distribution=territory.distribution,
        similar_mean=None if similar is None else float(similar.total.mean[0, 0]),
        similar_names=tuple(table.names[place] for place in alike),
        added=None if territory.added is None else territory.added.of(name),
        classes=classes.names,
        class_sizes=tuple(int(n) for n in classes.n),
        skills=_skills(own, classes, similar, territory.whole, rules),
        marks=marks_in(own),
        similar_marks=None if similar is None else marks_in(similar),
        territory_marks=marks_in(territory.whole),
        journal=journal_of(own),
        territory_journal=journal_of(territory.whole),
        trend=trend_of(years, rules.support.growth),
    )


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
