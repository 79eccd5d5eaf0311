"""Which reading of which results makes each report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

import numpy as np
from django.utils import timezone

from avgust.domain.assessment.interpretation.class_map import read_class
from avgust.domain.assessment.interpretation.development import request_lines
from avgust.domain.assessment.interpretation.editing import Edit, edited
from avgust.domain.assessment.interpretation.norms import Norms, norms_of
from avgust.domain.assessment.interpretation.passport.model import Passport
from avgust.domain.assessment.interpretation.passport.read import read_passport
from avgust.domain.assessment.interpretation.pupil import read_pupil
from avgust.domain.assessment.interpretation.recommendations import Advice, advise
from avgust.domain.assessment.interpretation.results import GroupTable, Labels, Sums
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.school import SchoolReading, Territory, read_school
from avgust.domain.assessment.interpretation.school_groups import by_skill, groups_by_schools
from avgust.domain.assessment.interpretation.schools import distribution_of
from avgust.domain.assessment.interpretation.storing import from_json, to_json
from avgust.domain.assessment.interpretation.telling.klass import tell_class
from avgust.domain.assessment.interpretation.telling.passport import tell_passport
from avgust.domain.assessment.interpretation.telling.pupil import tell_pupil
from avgust.domain.assessment.interpretation.telling.request import tell_request
from avgust.domain.assessment.interpretation.telling.school import tell_school
from avgust.domain.assessment.interpretation.telling.territory import tell_territory
from avgust.domain.assessment.interpretation.territory import (
    ScoreHistogram,
    read_territory,
    schools_to_support,
    skill_deficits,
)
from avgust.domain.assessment.interpretation.uses import Purpose, require_use
from avgust.domain.assessment.interpretation.work import Kind
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.story.story import Story
from avgust.web.assessments.codifiers.shelf import remarks_on
from avgust.web.readings.keeping import Version, kept
from avgust.web.readings.lows import low_marks
from avgust.web.readings.models import Kept
from avgust.web.readings.places import Place
from avgust.web.readings.source import Source, rows_of
from avgust.web.readings.years import Around, around, years_of

Edits = Mapping[str, Edit]


def passport_of(source: Source, rules: Rules) -> Passport:
    """Return the passport of a work, calibrated once for each version of its results."""
    made = kept(
        source.work,
        Kept.What.PASSPORT,
        f"{source.version.key}/{rules.quality.rule.version}/{rules.bands.rule.version}",
        lambda: to_json(read_passport(source.rows.results, rules)),
    )
    assert made is not None
    return from_json(Passport, made[0])


def passport(source: Source, day: date) -> Story:
    """Tell the author how good the work is, by all who wrote it."""
    rules = Rules.on(day)
    return _dated(tell_passport(passport_of(source, rules), rules), source)


def territory(source: Source, name: str, place: Place, day: date) -> Story:
    """Tell an authority of its schools, and whom to support by all procedures of this year and the last."""
    rules, schools = Rules.on(day), source.schools(place.names)
    allowed = require_use(source.work.procedure, Purpose.SUPPORT_SCHOOLS, timezone.localdate())
    low = low_marks(source.work, place, rules.support)
    added = around(source, rules).added
    named = None if added is None else added.named({str(pk): one for pk, one in place.names.items()})
    support = schools_to_support(
        low, source.work.school_year, rules.support, rules.bands.fewest, allowed, named
    )
    reading = read_territory(
        name,
        schools,
        by_part(schools, place),
        distribution_of(schools, rules.comparison),
        _histogram(source, place),
        rules,
        support,
    )
    return _dated(tell_territory(reading, rules, allowed), source)


def request(source: Source, name: str, place: Place, day: date) -> Story:
    """Put together the request for professional development of a territory."""
    rules, schools = Rules.on(day), source.schools(place.names)
    parts = {place.names[pk]: part for pk, part in place.parts.items()}
    allowed = require_use(source.work.procedure, Purpose.DEVELOP_TEACHERS, timezone.localdate())
    skills = skill_deficits(schools, None, rules)
    groups = groups_by_schools(schools, place.teacher_dimensions(), rules, allowed)
    on = by_skill(groups, schools.work.topics_of(Kind.SKILL))
    lines = request_lines(skills, schools.work.contents_of_skills, parts, on)
    return _dated(tell_request(schools.work, name, lines, rules, groups, allowed), source)


def school(source: Source, unit: int, place: Place, edits: Edits, day: date) -> Story:
    """Tell a head how the school stands in its territory."""
    rules = Rules.on(day)
    reading = _Whole(source, place, rules).read(unit)
    return _dated(tell_school(reading, edited(advise(reading, day), edits), rules), source)


def advice(source: Source, unit: int, place: Place, day: date) -> list[Advice]:
    """Return what the rules say of a school, before anybody edits it."""
    return advise(_Whole(source, place, Rules.on(day)).read(unit), day)


def all_schools(
    source: Source,
    place: Place,
    edits: Mapping[int, Edits],
    day: date,
    only: Mapping[int, str] | None = None,
) -> Iterator[tuple[int, str, Story]]:
    """Tell every school of a territory, or `only` some: what they share is computed once."""
    rules = Rules.on(day)
    whole = _Whole(source, place, rules)
    remarks = remarks_of(source)
    wanted = place.names if only is None else {pk: place.names[pk] for pk in only if pk in place.names}
    for unit, name in sorted(wanted.items(), key=lambda pair: (pair[1], pair[0])):
        reading = whole.read(unit)
        told = tell_school(reading, edited(advise(reading, day), edits.get(unit, {})), rules)
        yield unit, name, _dated(told, source, remarks)


def school_class(source: Source, unit: int, name: str, day: date) -> Story | None:
    """Tell a teacher what a class did; None where the school has no such class."""
    rows = source.rows
    if name not in rows.results.classes.names:
        return None
    chosen = rows.of(unit) & rows.results.classes.members(name)
    if not chosen.any():
        return None
    rules = Rules.on(day)
    reading = read_class(rows.results, chosen, name, norms_at(source.version), rules)
    return _dated(tell_class(reading, rows.results.work, rules), source)


def pupils_of(source: Source, unit: int, name: str = "") -> list[tuple[int, int, int]]:
    """Return the pupils of a school or class as code, score and mark, in the order of the class list."""
    rows = source.rows
    if str(unit) not in rows.results.schools.names or (name and name not in rows.results.classes.names):
        return []
    chosen = rows.of(unit) & (rows.results.classes.members(name) if name else True)
    places = np.flatnonzero(chosen)
    totals, marks = rows.results.totals, rows.results.marks
    return [(int(rows.pupils[at]), int(totals[at]), int(marks[at])) for at in places]


def pupil(source: Source, code: int, label: str, day: date) -> Story | None:
    """Tell a pupil and the parents; None where nobody has this code."""
    rows = source.rows
    places = np.flatnonzero(rows.pupils == code)
    if not len(places):
        return None
    reading = read_pupil(rows.results, int(places[0]), norms_at(source.version))
    return _dated(tell_pupil(replace(reading, pupil=label), rows.results.work), source)


@lru_cache(maxsize=4)
def norms_at(version: Version) -> Norms:
    """Return what pupils of each score do on each item, once for a version."""
    return norms_of(rows_of(version).results)


def classes_of(source: Source, unit: int) -> list[str]:
    """Return the classes of a school."""
    return list(source.classes(unit).names)


class _Whole:
    """What all readings of schools of one work share."""

    def __init__(self, source: Source, place: Place, rules: Rules) -> None:
        self._source, self._place, self._rules = source, place, rules
        schools = source.schools(place.names)
        self._around: Around = around(source, rules)
        added = self._around.added
        names = {str(pk): name for pk, name in place.names.items()}
        self._territory = Territory(
            schools,
            schools.together(),
            distribution_of(schools, rules.comparison),
            place.clusters(schools, rules.clusters),
            None if added is None else added.named(names),
            self._around.not_added,
        )

    def read(self, unit: int) -> SchoolReading:
        """Read one school."""
        classes, years = self._source.classes(unit), years_of(self._around, unit)
        return read_school(self._territory, self._place.names[unit], classes, self._rules, years)


def remarks_of(source: Source) -> list[Message]:
    """Return the remarks on codifiers that did not hold on the day of the work."""
    named = source.version.specification
    return remarks_on([named.content_codifier, named.skill_codifier], source.work.held_on)


def _dated(story: Story, source: Source, remarks: Sequence[Message] | None = None) -> Story:
    """Say of which version of the results a report tells, when that was summed, by which doubtful editions.

    Who tells many reports of one work gives the `remarks`, asked for once.
    """
    remarks = remarks_of(source) if remarks is None else remarks
    said = {"version": source.version.number, "on": timezone.localtime(source.made_at).strftime("%d.%m.%Y")}
    line = Message(mark("Results as of version %(version)d, computed on %(on)s."), said)
    return replace(story, method=(*story.method, *remarks, line))


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
    here = [at for at, unit in enumerate(source.units) if unit in place.names]
    return ScoreHistogram(source.scores[here].sum(axis=0), source.asked.cuts)
