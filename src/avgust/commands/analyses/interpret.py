"""`avgust analyse passport | pupil | class | school | territory | request`: results told to their readers."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

import numpy as np

from avgust.commands.analyses.pupils import Given, chosen, read_given
from avgust.commands.analyses.stories import StoryReport
from avgust.commands.files import UnreadableError
from avgust.domain.assessment.interpretation.added import value_added
from avgust.domain.assessment.interpretation.class_map import read_class
from avgust.domain.assessment.interpretation.clusters import Cluster, named_cluster
from avgust.domain.assessment.interpretation.development import (
    Dimension,
    NamedTeacherError,
    Taught,
    TeacherGroup,
    dimension_of,
    request_lines,
    teacher_groups,
)
from avgust.domain.assessment.interpretation.editing import edited
from avgust.domain.assessment.interpretation.norms import norms_of
from avgust.domain.assessment.interpretation.passport.read import read_passport
from avgust.domain.assessment.interpretation.pupil import read_pupil
from avgust.domain.assessment.interpretation.recommendations import advise
from avgust.domain.assessment.interpretation.results import GroupTable, Results, group_table, topic_scores
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.school import SchoolReading, Territory, read_school
from avgust.domain.assessment.interpretation.schools import distribution_of
from avgust.domain.assessment.interpretation.telling.klass import tell_class
from avgust.domain.assessment.interpretation.telling.passport import tell_passport
from avgust.domain.assessment.interpretation.telling.pupil import tell_pupil
from avgust.domain.assessment.interpretation.telling.request import tell_request
from avgust.domain.assessment.interpretation.telling.school import tell_school
from avgust.domain.assessment.interpretation.telling.territory import tell_territory
from avgust.domain.assessment.interpretation.territory import (
    SkillDeficit,
    histogram_of,
    low_of,
    read_territory,
    schools_to_support,
    skill_deficits,
)
from avgust.domain.assessment.interpretation.uses import Allowed, ForbiddenUseError, Purpose, require_use
from avgust.domain.assessment.interpretation.work import Kind, Topic
from avgust.domain.assessment.status import Status
from avgust.domain.messages import Message, mark


def run(options: argparse.Namespace) -> StoryReport:
    """Read the file and tell it to the reader that was asked for."""
    given = read_given(options)
    day = options.day or datetime.now(UTC).date()
    try:
        return READERS[options.analysis](options, given, Rules.on(day), day)
    except (NamedTeacherError, ForbiddenUseError) as error:
        raise UnreadableError(error.message) from error


def _passport(options: argparse.Namespace, given: Given, rules: Rules, day: date) -> StoryReport:
    del day
    focal = None
    if options.focal_column:
        labels = given.labels(options.focal_column)
        focal = labels.members(chosen(labels.names, options.focal, "--focal"))
    passport = read_passport(given.results, rules, focal)
    items = [{"item": i.item.name, "faults": [fault.value for fault in i.faults]} for i in passport.items]
    data = {"readiness": passport.readiness.value, "n": passport.n, "items": items}
    return StoryReport(tell_passport(passport, rules), data, passport.status is Status.CONVERGED)


def _pupil(options: argparse.Namespace, given: Given, rules: Rules, day: date) -> StoryReport:
    del rules, day
    if not options.pupil:
        raise UnreadableError(Message(mark("Name the column with the code of the pupil: --pupil.")))
    results = given.results
    if options.value not in results.pupils:
        raise UnreadableError(
            Message(mark("There is no pupil “%(pupil)s” in the file."), {"pupil": options.value or ""})
        )
    reading = read_pupil(results, results.pupils.index(options.value), norms_of(results))
    return StoryReport(tell_pupil(reading, results.work))


def _class(options: argparse.Namespace, given: Given, rules: Rules, day: date) -> StoryReport:
    del day
    results = given.results
    inside = np.ones(len(results), dtype=bool)
    if options.school:
        inside &= results.schools.members(chosen(results.schools.names, options.of, "--of"))
    name = ""
    if options.group:
        here = results.classes.only(inside)
        names = [name for place, name in enumerate(here.names) if (here.codes == place).any()]
        name = chosen(names, options.value, "--value")
        inside &= results.classes.members(name)
    reading = read_class(results, inside, name, norms_of(results), rules)
    return StoryReport(tell_class(reading, results.work, rules))


def _schools(options: argparse.Namespace, given: Given) -> GroupTable:
    if not options.school:
        raise UnreadableError(Message(mark("Name the column with the school: --school.")))
    return group_table(given.results, given.results.schools)


def _school(options: argparse.Namespace, given: Given, rules: Rules, day: date) -> StoryReport:
    results = given.results
    territory = _territory_of(options, given, rules)
    if options.all:
        stories = (
            (name, tell_school(reading, edited(advise(reading, day), {}), rules))
            for name in territory.schools.names
            for reading in [_school_reading(results, territory, name, rules)]
        )
        return StoryReport(stories=stories)
    name = chosen(territory.schools.names, options.value, "--value")
    reading = _school_reading(results, territory, name, rules)
    story = tell_school(reading, edited(advise(reading, day), {}), rules)
    return StoryReport(story, {"point": _plain(reading.point), "value_added": _plain(reading.added)})


def _territory_of(options: argparse.Namespace, given: Given, rules: Rules) -> Territory:
    table = _schools(options, given)
    found = distribution_of(table, rules.comparison)
    return Territory(table, table.together(), found, _clusters(options, given), _added(options, given, rules))


def _school_reading(results: Results, territory: Territory, name: str, rules: Rules) -> SchoolReading:
    own = results.only(results.schools.members(name))
    classes = group_table(own, own.classes)
    classes = classes.rows([place for place, n in enumerate(classes.n) if n])
    return read_school(territory, name, classes, rules)


def _clusters(options: argparse.Namespace, given: Given) -> dict[str, tuple[Cluster, ...]]:
    if not options.cluster:
        return {}
    schools, clusters = (
        given.table.column(options.school).texts(),
        given.table.column(options.cluster).texts(),
    )
    return {school: named_cluster(cluster) for school, cluster in zip(schools, clusters, strict=True)}


def _added(options: argparse.Namespace, given: Given, rules: Rules) -> Any:
    if not options.earlier:
        return None
    earlier = given.table.column(options.earlier).numbers()
    schools = given.results.schools
    totals = given.results.totals.astype(np.float64)
    return value_added(totals, earlier, schools.codes, schools.names, rules.comparison, rules.bands.fewest)


def _parts(options: argparse.Namespace, given: Given) -> GroupTable | None:
    return group_table(given.results, given.labels(options.municipality)) if options.municipality else None


def _territory(options: argparse.Namespace, given: Given, rules: Rules, day: date) -> StoryReport:
    table, results = _schools(options, given), given.results
    found = distribution_of(table, rules.comparison)
    allowed = require_use(options.procedure, Purpose.SUPPORT_SCHOOLS, day)
    low = [low_of(results.work.title, day.year, table)]
    support = schools_to_support(
        low, day.year, rules.support, rules.bands.fewest, allowed, _added(options, given, rules)
    )
    reading = read_territory(
        options.value or "",
        table,
        _parts(options, given),
        found,
        histogram_of(results.totals, results.work),
        rules,
        support,
    )
    points = [_plain(point) for point in sorted(found.points, key=lambda p: p.name)]
    return StoryReport(
        tell_territory(reading, rules, allowed),
        {"schools": points},
        found.status in (Status.CONVERGED, Status.BOUNDARY),
    )


def _request(options: argparse.Namespace, given: Given, rules: Rules, day: date) -> StoryReport:
    allowed = require_use(options.procedure, Purpose.DEVELOP_TEACHERS, day)
    table = _schools(options, given)
    skills = skill_deficits(table, None, rules)
    parts = {}
    if options.municipality:
        schools = given.table.column(options.school).texts()
        parts = dict(zip(schools, given.table.column(options.municipality).texts(), strict=True))
    lines = request_lines(
        skills,
        given.results.work.contents_of_skills,
        parts,
        _teacher_groups(options, given, skills, rules, allowed),
    )
    return StoryReport(tell_request(given.results.work, options.value or "", lines, rules, (), allowed))


def _teacher_groups(
    options: argparse.Namespace, given: Given, skills: list[SkillDeficit], rules: Rules, allowed: Allowed
) -> dict[Topic, list[tuple[Dimension, TeacherGroup]]]:
    """Return the groups of teachers by skill; a dimension out of the closed list is refused."""
    if not options.dimension:
        return {}
    dimension = dimension_of(options.dimension)
    if not (options.dimension_column and options.teacher):
        raise UnreadableError(
            Message(
                mark(
                    "Groups of teachers need --group-column (the group) and --teacher (a code to "
                    "count teachers by)."
                )
            )
        )
    values = given.table.column(options.dimension_column).texts()
    teachers = given.table.column(options.teacher).texts()
    topics = given.results.work.topics_of(Kind.SKILL)
    points = topic_scores(given.results.work, given.results.scores, topics)
    wanted = {one.topic.topic for one in skills}
    found = {}
    for place, topic in enumerate(topics):
        if topic not in wanted:
            continue
        rows = [
            Taught(teacher, value, float(got), float(topic.maximum), 1)
            for teacher, value, got in zip(teachers, values, points[:, place], strict=True)
            if teacher and value and np.isfinite(got)
        ]
        groups = teacher_groups(dimension, rows, topic, rules.bands, rules.privacy, allowed)
        found[topic] = [(dimension, group) for group in groups]
    return found


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else None


Reader = Callable[[argparse.Namespace, Given, Rules, date], StoryReport]
READERS: Final[dict[str, Reader]] = {
    "passport": _passport,
    "pupil": _pupil,
    "class": _class,
    "school": _school,
    "territory": _territory,
    "request": _request,
}
