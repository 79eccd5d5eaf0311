"""Other works that a report needs: the same one of earlier years, and that of the cohort a year before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.db.models import Q

from avgust.domain.assessment.arrays import Ints
from avgust.domain.assessment.interpretation.added import (
    FEW_SCHOOLS,
    FEWEST_LINKED,
    NO_EARLIER,
    ValueAddedReading,
    value_added,
    value_added_by_schools,
)
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.storing import from_json, to_json
from avgust.domain.assessment.interpretation.trend import Year
from avgust.domain.messages import Message
from avgust.web.assessments.models import Work
from avgust.web.readings.keeping import Version, kept, versions_of
from avgust.web.readings.models import Kept
from avgust.web.readings.source import Source, rows_of, source_at

BACK: Final = 2  # years before this one


@dataclass(frozen=True)
class Around:
    """The sources of the same work, the earliest first and this one last; the value added, or why none."""

    years: tuple[Source, ...]
    added: ValueAddedReading | None
    not_added: Message


def around(source: Source, rules: Rules) -> Around:
    """Return what stands around a work, in one query for the works and three for their versions."""
    work = source.work
    earlier = (work.school_year - BACK, work.school_year - 1)
    same = Q(procedure=work.procedure, grade=work.grade, school_year__range=earlier)
    before = Q(grade=work.grade - 1, school_year=work.school_year - 1)
    works = Work.objects.filter(same | before, unit=work.unit_id, subject=work.subject)
    versions = list(versions_of(works).values())
    years = _by_year([one for one in versions if one.work.grade == work.grade])
    cohort = _cohort(work, [one for one in versions if one.work.grade < work.grade])
    if cohort is None:
        return Around((*years, source), None, NO_EARLIER)
    added = _added(source, cohort, rules)
    return Around((*years, source), added, FEW_SCHOOLS)


def _by_year(versions: Sequence[Version]) -> list[Source]:
    """Return one source for each earlier year, the last held where a year has several."""
    latest = {one.work.school_year: one for one in sorted(versions, key=lambda one: one.work.held_on)}
    found = [source_at(latest[year]) for year in sorted(latest)]
    return [one for one in found if one is not None]


def _cohort(work: Work, versions: Sequence[Version]) -> Version | None:
    """Return the work of the grade below a year before: of the same procedure where there is one."""
    order = sorted(versions, key=lambda one: (one.work.procedure != work.procedure, one.work.pk))
    return order[0] if order else None


def _added(source: Source, cohort: Version, rules: Rules) -> ValueAddedReading | None:
    key = f"{source.version.key}+{cohort.work.pk}:{cohort.key}"
    found = kept(source.work, Kept.What.ADDED, key, lambda: _computed(source, cohort, rules))
    return None if found is None or not found[0] else from_json(ValueAddedReading, found[0])


def _computed(source: Source, cohort: Version, rules: Rules) -> bytes:
    """Link pupils where their codes last over years, else means of schools; "" where neither is possible."""
    now, before = rows_of(source.version), rows_of(cohort)
    at = _same_pupils(now.pupils, before.pupils)
    linked = at >= 0
    title, fewest = cohort.work.title, rules.bands.fewest
    schools = now.results.schools
    if linked.any() and linked.mean() >= FEWEST_LINKED:
        earlier = np.where(linked, before.results.totals[at].astype(np.float64), np.nan)
        outcome = now.results.totals.astype(np.float64)
        found: ValueAddedReading | None = value_added(
            outcome, earlier, schools.codes, schools.names, rules.comparison, fewest, title
        )
    else:
        table = source_at(cohort)
        means = {} if table is None else _means(table)
        found = value_added_by_schools(source.by_school, means, rules.comparison, fewest, title)
    return b"" if found is None else to_json(found)


def _same_pupils(now: Ints, before: Ints) -> Ints:
    """Return the place of each pupil of now among those of before, -1 where the code is not there."""
    if not len(before):
        return np.full(len(now), -1, dtype=np.intp)
    order = np.argsort(before)
    place = np.minimum(np.searchsorted(before, now, sorter=order), len(before) - 1)
    found = order[place]
    return np.where(before[found] == now, found, -1)


def _means(source: Source) -> dict[str, float]:
    """Return the mean of each school; one of fewer than five pupils foretells nothing."""
    table = source.by_school
    means = table.total.mean[:, 0]
    return {name: float(means[at]) for at, name in enumerate(table.names) if table.n[at] >= 5}


def years_of(found: Around, unit: int) -> list[Year]:
    """Return the years of a school that wrote the work; those it did not write are left out."""
    years = []
    for source in found.years:
        if str(unit) in source.by_school.names:
            own = source.by_school.rows([source.by_school.names.index(str(unit))])
            years.append(Year(source.work.period.label, own, source.by_school.together()))
    return years
