"""Groups of teachers from schools: a bound from below, nothing under ten, the act that rules a rating out."""

from datetime import date

import numpy as np
import pytest

from avgust.domain.assessment.interpretation.development import Dimension, NamedTeacherError, dimension_of
from avgust.domain.assessment.interpretation.results import group_table
from avgust.domain.assessment.interpretation.rules import Band, Rules
from avgust.domain.assessment.interpretation.school_groups import by_skill, groups_by_schools
from avgust.domain.assessment.interpretation.telling.request import tell_request
from avgust.domain.assessment.interpretation.territory import schools_to_support
from avgust.domain.assessment.interpretation.tests.conftest import WORK, drawn
from avgust.domain.assessment.interpretation.uses import (
    ForbiddenUseError,
    Purpose,
    require_use,
)
from avgust.domain.assessment.interpretation.work import Kind
from avgust.domain.reporting.story.record import story_record

RULES = Rules.on(date(2026, 5, 1))
DAY = date(2026, 5, 1)
COURSES = require_use("vpr", Purpose.DEVELOP_TEACHERS, DAY)


def table(schools=24):
    results, _theta = drawn(n=2400, schools=schools, seed=4, lag=(2.0, list(range(8)), {0, 1}))
    return group_table(results, results.schools)


def values(schools, *, rural):
    return {name: "rural" if at < rural else "urban" for at, name in enumerate(schools.names)}


def rows(rural, schools=24):
    found = table(schools)
    return found, groups_by_schools(found, {Dimension.LOCALITY: values(found, rural=rural)}, RULES, COURSES)


def test_a_group_counts_its_schools_as_teachers_from_below():
    schools, found = rows(12)
    rural, urban = found
    assert [(one.value, one.on[0].teachers, one.on[0].at_least) for one in found] == [
        ("rural", 12, True),
        ("urban", 12, True),
    ]
    topics = schools.work.topics_of(Kind.SKILL)
    place = schools.work.topics.index(topics[0])
    points = schools.topics.total[:12, place].sum() / (schools.topics.n[:12, place].sum() * topics[0].maximum)
    assert rural.on[0].share == pytest.approx(points)
    assert rural.on[0].pupils + urban.on[0].pupils == int(schools.topics.n[:, place].sum())


SIZES = [
    ("nine are withheld, and so is the only other one", 9, {"rural", "urban"}),
    ("ten are shown", 10, set()),
    ("one school is no group", 1, {"rural", "urban"}),
]


@pytest.mark.parametrize(("rural", "hidden"), [row[1:] for row in SIZES], ids=[row[0] for row in SIZES])
def test_groups_under_ten_are_refused(rural, hidden):
    _schools, found = rows(rural)
    assert {one.value for one in found if one.is_withheld} == hidden
    for one in found:
        if one.is_withheld:
            assert all(np.isnan(group.share) and group.pupils is None for group in one.on)
            assert all(group.band is Band.TOO_FEW for group in one.on)


def test_a_school_without_a_value_is_in_no_group():
    schools = table()
    some = dict.fromkeys(schools.names[:11], "rural")
    (only,) = groups_by_schools(schools, {Dimension.LOCALITY: some}, RULES, COURSES)
    assert only.on[0].teachers == 11


def test_a_municipality_may_be_called_like_a_person():
    schools = table()
    some = dict.fromkeys(schools.names, "Ильинична")
    (only,) = groups_by_schools(schools, {Dimension.MUNICIPALITY: some}, RULES, COURSES)
    assert (only.value, only.on[0].teachers) == ("Ильинична", 24)


def test_the_request_tells_the_groups_and_how_they_were_made():
    schools, found = rows(12)
    groups = by_skill(found, schools.work.topics_of(Kind.SKILL))
    assert list(groups) == list(schools.work.topics_of(Kind.SKILL))
    told = str(story_record(tell_request(WORK, "Область", [], RULES, found, COURSES), "ru"))
    assert "в сёлах" in told
    assert "не менее 12" in told
    assert "02-86" in told
    _schools, small = rows(9)
    told = str(story_record(tell_request(WORK, "Область", [], RULES, small, COURSES), "ru"))
    assert "Не показываются: учителей меньше 10" in told


USES = [
    ("a teacher by a check work", "vpr", Purpose.RATE_TEACHERS, DAY, False),
    ("a school by a check work", "vpr", Purpose.RATE_SCHOOLS, DAY, False),
    ("support by a check work", "vpr", Purpose.SUPPORT_SCHOOLS, DAY, True),
    ("courses by a check work", "vpr", Purpose.DEVELOP_TEACHERS, DAY, True),
    ("before the letter nothing is cited", "vpr", Purpose.RATE_SCHOOLS, date(2025, 4, 17), True),
    ("the letter is about check works only", "oge", Purpose.RATE_SCHOOLS, DAY, True),
]


@pytest.mark.parametrize(
    ("procedure", "purpose", "day", "may"), [row[1:] for row in USES], ids=[row[0] for row in USES]
)
def test_what_results_may_be_used_for(procedure, purpose, day, may):
    if may:
        require_use(procedure, purpose, day)
        return
    with pytest.raises(ForbiddenUseError, match="02-86"):
        require_use(procedure, purpose, day)


def test_who_asks_by_teacher_is_told_the_act():
    with pytest.raises(NamedTeacherError, match="02-86"):
        dimension_of("teacher")


def test_what_was_allowed_for_support_makes_no_groups_of_teachers():
    schools, support = table(), require_use("vpr", Purpose.SUPPORT_SCHOOLS, DAY)
    with pytest.raises(ForbiddenUseError, match="another purpose"):
        groups_by_schools(schools, {Dimension.LOCALITY: values(schools, rural=12)}, RULES, support)
    with pytest.raises(ForbiddenUseError, match="another purpose"):
        schools_to_support([], 2026, RULES.support, 10, COURSES)


def test_a_report_names_the_act_only_where_it_speaks_of_the_procedure():
    assert len(COURSES.told) == 1
    assert require_use("oge", Purpose.DEVELOP_TEACHERS, DAY).told == ()
