"""The results of a work as the interpretation reads them, taken from the warehouse once for each version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
from django.utils.translation import gettext as _

from avgust.domain.assessment.arrays import Bools
from avgust.domain.assessment.interpretation.results import (
    GroupTable,
    Labels,
    Results,
    group_table,
    marks_of,
)
from avgust.domain.assessment.interpretation.territory import Low
from avgust.domain.assessment.interpretation.work import Item, Level
from avgust.domain.assessment.interpretation.work import Work as Asked
from avgust.domain.assessment.works import Level as LevelLetter
from avgust.domain.assessment.works import Specification
from avgust.web.assessments.models import SchoolInWork, Work
from avgust.web.assessments.subjects import Subject
from avgust.web.territory.models import Unit
from avgust.web.warehouse.models import Dataset
from avgust.web.warehouse.results import open_results

KEPT: Final = 8  # works at once in a process: 200,000 pupils × 30 items are 6 MB
LEVELS: Final = {
    LevelLetter.BASIC: Level.BASIC,
    LevelLetter.ADVANCED: Level.RAISED,
    LevelLetter.HIGH: Level.HIGH,
    None: Level.BASIC,  # a specification without levels is judged by the stricter bands
}


@dataclass(frozen=True)
class Source:
    """A work with its results; schools are labelled by the numbers of their units."""

    work: Work
    results: Results
    by_school: GroupTable

    @property
    def units(self) -> list[int]:
        """The numbers of the schools that wrote the work."""
        return [int(name) for name in self.by_school.names]

    def of(self, unit: int) -> Bools:
        """Return which pupils (n) are of a school."""
        return self.results.schools.members(str(unit))

    def schools(self, names: Mapping[int, str]) -> GroupTable:
        """Return the table of the schools in `names`, under these names."""
        places = [place for place, unit in enumerate(self.units) if unit in names]
        chosen = self.by_school.rows(places)
        return replace(chosen, names=tuple(names[int(name)] for name in chosen.names))


def source_of(work: Work) -> Source | None:
    """Return the live results of a work; None where it has none, or no specification."""
    specification = work.specification
    version = Dataset.objects.filter(name=work.dataset).values_list("version", flat=True).first()
    if specification is None or not version:
        return None
    results = _results(work.dataset, version, work.title, _Key(specification.pk, specification.value()))
    return None if results is None else Source(work, *results)


@dataclass(frozen=True)
class _Key:
    """A specification by its number: it is never changed, a later one replaces it."""

    pk: int
    value: Specification

    def __hash__(self) -> int:
        return hash(self.pk)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.pk == self.pk


@lru_cache(maxsize=KEPT)
def _results(name: str, version: str, title: str, key: _Key) -> tuple[Results, GroupTable] | None:
    del version  # what makes the answer a new one
    with open_results(name) as opened:
        if opened is None:
            return None
        asked = asked_by(title, key.value)
        order = [opened.items.index(item.name) for item in asked.items]
        chunks = list(opened.responses_in_chunks())
    empty = np.zeros((0, len(order)), dtype=np.int8)
    scores = np.concatenate([empty, *(chunk.responses.scores[:, order] for chunk in chunks)])
    schools = [str(unit) for chunk in chunks for unit in chunk.school]
    classes = [name for chunk in chunks for name in chunk.class_name]
    journal = np.concatenate([np.zeros(0, dtype=np.intp), *(chunk.journal for chunk in chunks)])
    totals = np.where(scores > 0, scores, 0).sum(axis=1)
    results = Results(
        asked,
        scores,
        (),
        Labels.of(schools),
        Labels.of(classes),
        marks_of(totals, asked.cuts),
        journal.astype(np.intp),
    )
    return results, group_table(results, results.schools)


def asked_by(title: str, specification: Specification) -> Asked:
    """Return a specification as the interpretation reads it; cut scores of some marks only are none."""
    cuts = tuple(specification.cuts[mark] for mark in (3, 4, 5) if mark in specification.cuts)
    return Asked(
        title,
        tuple(
            Item(item.code, item.maximum, LEVELS[item.level], item.content, item.skill)
            for item in specification.items
        ),
        cuts if len(cuts) == 3 and cuts[0] > 0 else (),
    )


@dataclass(frozen=True)
class Place:
    """Schools of a territory on the day of a work: their names, each its own, and their municipalities."""

    names: dict[int, str]
    parts: dict[int, str]


def place_of(unit: Unit, day: date, schools: list[int]) -> Place:
    """Return which of the schools lie under `unit` on that day, in two queries."""
    nodes = {one.pk: one for one in Unit.objects.under(unit, day).with_parent(day)}
    parts = {pk: _part(nodes, pk) for pk in schools if pk in nodes}
    plain = {pk: str(nodes[pk]) for pk in parts}
    doubled = {name for name in plain.values() if list(plain.values()).count(name) > 1}
    names = {pk: f"{name} ({parts[pk] or pk})" if name in doubled else name for pk, name in plain.items()}
    if len(set(names.values())) < len(names):  # two schools of one name in one municipality
        names = {pk: f"{name} [{pk}]" if name in doubled else name for pk, name in plain.items()}
    return Place(names, parts)


def _part(nodes: Mapping[int, Unit], pk: int) -> str:
    """Return the municipality that a unit lies in, "" where it lies in none of this territory."""
    at = nodes.get(pk)
    while at is not None:
        if at.kind == Unit.Kind.MUNICIPALITY:
            return str(at)
        above: int | None = getattr(at, "parent_on_day", None)
        at = nodes.get(above) if above else None
    return ""


def low_marks(work: Work, place: Place) -> list[Low]:
    """Return the shares of the lowest mark in the works of the same procedure, this year's and the last's."""
    years = (work.school_year - 1, work.school_year)
    alike = Work.objects.filter(unit=work.unit_id, procedure=work.procedure, school_year__in=years)
    rows = SchoolInWork.objects.filter(work__in=alike, unit__in=place.names)
    found: dict[tuple[str, int], Low] = {}
    for kind, grade, year, unit, marks in rows.values_list(
        "work__subject", "work__grade", "work__school_year", "unit", "marks"
    ):
        n = sum(marks.values())
        if not n:
            continue
        said = {"subject": Subject(kind).label, "grade": grade}
        one = found.setdefault(
            (kind + str(grade), year), Low(_("%(subject)s, %(grade)s") % said, year, {}, {})
        )
        one.shares[place.names[unit]] = marks.get("2", 0) / n
        one.sizes[place.names[unit]] = n
    return list(found.values())
