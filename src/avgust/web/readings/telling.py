"""Which reading of which results makes each report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from avgust.domain.assessment.interpretation.class_map import read_class
from avgust.domain.assessment.interpretation.development import request_lines
from avgust.domain.assessment.interpretation.norms import norms_of
from avgust.domain.assessment.interpretation.passport import read_passport
from avgust.domain.assessment.interpretation.recommendations import Advice, Edit, advise, edited
from avgust.domain.assessment.interpretation.results import GroupTable, Labels, Sums, group_table
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.school import SchoolReading, Territory, read_school
from avgust.domain.assessment.interpretation.schools import distribution_of
from avgust.domain.assessment.interpretation.telling.klass import tell_class
from avgust.domain.assessment.interpretation.telling.passport import tell_passport
from avgust.domain.assessment.interpretation.telling.request import tell_request
from avgust.domain.assessment.interpretation.telling.school import tell_school
from avgust.domain.assessment.interpretation.telling.territory import tell_territory
from avgust.domain.assessment.interpretation.territory import (
    Low,
    ScoreHistogram,
    read_territory,
    schools_to_support,
    skill_deficits,
)
from avgust.domain.assessment.interpretation.work import Work
from avgust.domain.reporting.story.story import Story
from avgust.web.readings.source import Place, Source

Edits = dict[str, Edit]


def passport(source: Source, day: date) -> Story:
    """Tell the author how good the work is, by all who wrote it."""
    rules = Rules.on(day)
    return tell_passport(read_passport(source.results, rules), rules)


def territory(source: Source, name: str, place: Place, low: Sequence[Low], day: date) -> Story:
    """Tell an authority of its schools; `low` are the lowest marks of this year's works and the last's."""
    rules, schools = Rules.on(day), source.schools(place.names)
    support = schools_to_support(low, source.work.school_year, rules.support, rules.bands.fewest)
    reading = read_territory(
        name,
        schools,
        by_part(schools, place),
        distribution_of(schools, rules.comparison),
        _histogram(source, place),
        rules,
        support,
    )
    return tell_territory(reading, rules)


def request(source: Source, name: str, place: Place, day: date) -> Story:
    """Put together the request for professional development of a territory."""
    rules, schools = Rules.on(day), source.schools(place.names)
    parts = {place.names[pk]: part for pk, part in place.parts.items()}
    skills = skill_deficits(schools, None, rules)
    lines = request_lines(skills, contents_of(schools.work), parts)
    return tell_request(schools.work, name, lines, rules)


def school(source: Source, unit: int, place: Place, edits: Edits, day: date) -> Story:
    """Tell a head how the school stands in its territory."""
    rules = Rules.on(day)
    reading = _read_school(source, _whole(source, place, rules), unit, place, rules)
    return tell_school(reading, edited(advise(reading, day), edits), rules)


def advice(source: Source, unit: int, place: Place, day: date) -> list[Advice]:
    """Return what the rules say of a school, before anybody edits it."""
    rules = Rules.on(day)
    return advise(_read_school(source, _whole(source, place, rules), unit, place, rules), day)


def all_schools(
    source: Source, place: Place, edits: dict[int, Edits], day: date
) -> Iterator[tuple[str, Story]]:
    """Tell every school of a territory: what they share is computed once."""
    rules = Rules.on(day)
    whole = _whole(source, place, rules)
    for unit, name in sorted(place.names.items(), key=lambda pair: pair[1]):
        reading = _read_school(source, whole, unit, place, rules)
        yield name, tell_school(reading, edited(advise(reading, day), edits.get(unit, {})), rules)


def school_class(source: Source, unit: int, name: str, day: date) -> Story | None:
    """Tell a teacher what a class did; None where the school has no such class."""
    classes = source.results.classes
    if name not in classes.names:
        return None
    chosen = source.of(unit) & classes.members(name)
    if not chosen.any():
        return None
    rules = Rules.on(day)
    return tell_class(
        read_class(source.results, chosen, name, norms_of(source.results), rules), source.results.work, rules
    )


def classes_of(source: Source, unit: int) -> list[str]:
    """Return the classes of a school."""
    codes = source.results.classes.codes[source.of(unit)]
    return [source.results.classes.names[code] for code in np.unique(codes[codes >= 0])]


def _whole(source: Source, place: Place, rules: Rules) -> Territory:
    schools = source.schools(place.names)
    return Territory(schools, schools.together(), distribution_of(schools, rules.comparison), {})


def _read_school(
    source: Source, territory: Territory, unit: int, place: Place, rules: Rules
) -> SchoolReading:
    own = source.results.only(source.of(unit))
    classes = group_table(own, own.classes)
    classes = classes.rows([at for at, n in enumerate(classes.n) if n])
    return read_school(territory, place.names[unit], classes, rules)


def by_part(schools: GroupTable, place: Place) -> GroupTable | None:
    """Return the schools added up by municipality; None where there are not two of them."""
    part_of = {place.names[pk]: part for pk, part in place.parts.items()}
    labels = Labels.of([part_of[name] for name in schools.names])
    count = len(labels.names)
    if count < 2:
        return None
    inside = labels.codes >= 0

    def added(values: np.typing.NDArray[np.float64]) -> np.typing.NDArray[np.float64]:
        made = np.zeros((count, *values.shape[1:]))
        np.add.at(made, labels.codes[inside], values[inside])
        return made

    def summed(sums: Sums) -> Sums:
        return Sums(added(sums.n), added(sums.total), added(sums.squares))

    return GroupTable(
        schools.work,
        labels.names,
        summed(schools.items),
        summed(schools.topics),
        summed(schools.total),
        added(schools.marks),
        added(schools.journal),
        added(schools.apart),
    )


def _histogram(source: Source, place: Place) -> ScoreHistogram:
    codes = source.results.schools.codes
    here = np.array([unit in place.names for unit in source.units], dtype=bool)
    totals = source.results.totals[(codes >= 0) & here[codes]] if len(here) else source.results.totals[:0]
    work = source.results.work
    return ScoreHistogram(np.bincount(totals, minlength=work.maximum + 1), work.cuts)


def contents_of(work: Work) -> dict[str, list[str]]:
    """Return the content elements that each skill is asked on."""
    found: dict[str, list[str]] = {}
    for item in work.items:
        if item.content and item.content not in found.setdefault(item.skill or item.content, []):
            found[item.skill or item.content].append(item.content)
    return found
