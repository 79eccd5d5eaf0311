"""A municipality or region: schools, primary scores at the boundaries, deficits by skill, whom to support."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from avgust.domain.assessment.arrays import Floats, Ints
from avgust.domain.assessment.interpretation.added import ValueAddedReading
from avgust.domain.assessment.interpretation.marks import Journal, Marks, journal_of, marks_in
from avgust.domain.assessment.interpretation.mastery import Share, TopicMastery, topic_mastery
from avgust.domain.assessment.interpretation.results import GroupTable
from avgust.domain.assessment.interpretation.rules import Band, Rules, Support
from avgust.domain.assessment.interpretation.schools import Distribution, Verdict
from avgust.domain.assessment.interpretation.uses import Allowed, Purpose
from avgust.domain.assessment.interpretation.work import Kind, Topic, Work


@dataclass(frozen=True)
class ScoreHistogram:
    """Pupils by primary score 0..maximum, with the cut scores between marks."""

    counts: Ints
    cuts: tuple[int, ...]

    @property
    def n(self) -> int:
        """Pupils."""
        return int(self.counts.sum())


@dataclass(frozen=True)
class SkillDeficit:
    """A skill: the territory's share, schools by band of their own share, and the parts of the territory."""

    topic: TopicMastery
    schools: Mapping[Band, int]
    parts: tuple[Share, ...]
    in_deficit: tuple[str, ...]


class Need(StrEnum):
    """Why a school is proposed for support."""

    SEVERAL = "several"  # many below the minimum in several procedures of one year
    REPEATED = "repeated"  # the same procedure two years running


@dataclass(frozen=True)
class Low:
    """Share of pupils below the minimum of a procedure in one year, by school."""

    procedure: str
    year: int
    shares: dict[str, float]
    sizes: dict[str, int]


@dataclass(frozen=True)
class SupportCase:
    """A school proposed for support: its grounds, the works behind them, whether the intake explains it."""

    name: str
    needs: tuple[Need, ...]
    procedures: tuple[str, ...]
    by_intake: bool  # low, and yet its value added is as expected or above: the intake explains it


@dataclass(frozen=True)
class TerritoryReading:
    """What results say of a territory."""

    name: str
    work: Work
    distribution: Distribution
    histogram: ScoreHistogram
    marks: Marks | None
    journal: Journal | None
    parts: tuple[str, ...]
    skills: tuple[SkillDeficit, ...]
    support: tuple[SupportCase, ...]

    def count(self, verdict: Verdict) -> int:
        """Return how many schools lie so against the mean."""
        return sum(point.verdict is verdict for point in self.distribution.points)


def histogram_of(totals: Ints, work: Work) -> ScoreHistogram:
    """Count pupils by primary score."""
    return ScoreHistogram(np.bincount(totals, minlength=work.maximum + 1), work.cuts)


def read_territory(
    name: str,
    schools: GroupTable,
    parts: GroupTable | None,
    distribution: Distribution,
    histogram: ScoreHistogram,
    rules: Rules,
    support: Sequence[SupportCase] = (),
) -> TerritoryReading:
    """Read a territory from the sums of its schools and of its parts (municipalities, or none)."""
    whole = schools.together(name)
    return TerritoryReading(
        name,
        schools.work,
        distribution,
        histogram,
        marks_in(whole),
        journal_of(whole),
        () if parts is None else parts.names,
        tuple(skill_deficits(schools, parts, rules)),
        tuple(support),
    )


def skill_deficits(schools: GroupTable, parts: GroupTable | None, rules: Rules) -> list[SkillDeficit]:
    """Return every skill, the one with most schools in deficit first."""
    bands = rules.bands
    whole = topic_mastery(schools.together(), 0, bands, Kind.SKILL)
    by_school = [topic_mastery(schools, group, bands, Kind.SKILL) for group in range(len(schools.names))]
    names = () if parts is None else parts.names
    by_part = [topic_mastery(parts, at, bands, Kind.SKILL) for at in range(len(names)) if parts is not None]
    found = []
    for place, topic in enumerate(whole):
        counts = {band: sum(rows[place].share.band is band for rows in by_school) for band in Band}
        low = [
            name
            for name, rows in zip(schools.names, by_school, strict=True)
            if rows[place].share.band is Band.DEFICIT
        ]
        found.append(SkillDeficit(topic, counts, tuple(rows[place].share for rows in by_part), tuple(low)))
    return sorted(found, key=lambda one: (-one.schools[Band.DEFICIT], one.topic.share.value))


def low_of(procedure: str, year: int, schools: GroupTable) -> Low:
    """Return the shares of the lowest mark by school, of schools with marks."""
    n = schools.marks.sum(axis=1)
    shares: Floats = np.divide(schools.marks[:, 0], n, out=np.full(len(n), np.nan), where=n > 0)
    marked = [
        (name, float(share), int(size))
        for name, share, size in zip(schools.names, shares, n, strict=True)
        if size
    ]
    return Low(procedure, year, {a: b for a, b, _ in marked}, {a: c for a, _, c in marked})


def schools_to_support(
    results: Sequence[Low],
    year: int,
    rule: Support,
    fewest: int,
    allowed: Allowed,
    added: ValueAddedReading | None = None,
) -> list[SupportCase]:
    """Return the schools by the two grounds of the rule, in alphabetical order: a list and not a ranking.

    A procedure with fewer than `fewest` pupils of a school says nothing of it. ForbiddenUseError where the
    results were allowed for something else than support.
    """
    allowed.serves(Purpose.SUPPORT_SCHOOLS)
    low = {
        (one.procedure, one.year, name)
        for one in results
        for name, share in one.shares.items()
        if share >= rule.share and one.sizes[name] >= fewest
    }
    cases = []
    for name in sorted({name for _procedure, _year, name in low}):
        now = sorted({p for p, y, school in low if school == name and y == year})
        again = [p for p in now if (p, year - 1, name) in low]
        needs = ((Need.SEVERAL,) if len(now) >= rule.procedures else ()) + ((Need.REPEATED,) if again else ())
        if needs:
            effect = None if added is None else added.of(name)
            explained = effect is not None and effect.verdict in (Verdict.AS, Verdict.ABOVE)
            cases.append(SupportCase(name, needs, tuple(now), explained))
    return cases


def topics_in_deficit(skills: Sequence[SkillDeficit]) -> list[Topic]:
    """Return the skills that the territory as a whole has not mastered."""
    return [one.topic.topic for one in skills if one.topic.share.band is Band.DEFICIT]
