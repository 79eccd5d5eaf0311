from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.assessment.interpretation.development import (
    Dimension,
    NamedTeacherError,
    Taught,
    request_lines,
    teacher_groups,
    withheld_groups,
)
from avgust.domain.assessment.interpretation.results import group_table
from avgust.domain.assessment.interpretation.rules import Band, Rules
from avgust.domain.assessment.interpretation.telling.request import tell_request
from avgust.domain.assessment.interpretation.territory import skill_deficits
from avgust.domain.assessment.interpretation.tests.conftest import WORK, drawn
from avgust.domain.assessment.interpretation.uses import Purpose, require_use
from avgust.domain.reporting.story.record import story_record

RULES = Rules.on(date(2026, 5, 1))
TOPIC = WORK.topics[0]
COURSES = require_use("vpr", Purpose.DEVELOP_TEACHERS, date(2026, 5, 1))


def taught(value, teachers, share):
    return [Taught(f"{value}-{k}", value, share * TOPIC.maximum, TOPIC.maximum, 1) for k in range(teachers)]


def groups(rows, dimension=Dimension.EXPERIENCE):
    return teacher_groups(dimension, rows, TOPIC, RULES.bands, RULES.privacy, COURSES)


@pytest.mark.parametrize(
    "asked", ["teacher", "учитель", "fio", "class", "", "experience,teacher", "EXPERIENCE"]
)
def test_a_teacher_is_no_dimension(asked):
    with pytest.raises(NamedTeacherError, match="rate no teacher"):
        groups(taught("до 5 лет", 20, 0.5), asked)


@pytest.mark.parametrize(
    "value",
    ["Иванова А. П.", "И.П. Соколова", "Соколова Ирина Петровна", "112-233-445 95", "a@b.ru", "4510123456"],
)
def test_a_group_cannot_be_called_by_a_person(value):
    with pytest.raises(NamedTeacherError, match="name or number of a person"):
        groups(taught(value, 20, 0.5))


def test_groups_of_ten_teachers_are_shown_and_smaller_ones_withheld():
    found = groups(taught("до 5 лет", 12, 0.4) + taught("больше", 30, 0.8) + taught("много", 25, 0.7))
    assert [(g.value, g.teachers, g.band) for g in found] == [
        ("больше", 30, Band.SUFFICIENT),
        ("до 5 лет", 12, Band.DEFICIT),
        ("много", 25, Band.SUFFICIENT),
    ]
    small = groups(taught("до 5 лет", 9, 0.4) + taught("больше", 30, 0.8) + taught("много", 25, 0.7))
    hidden = [g.value for g in small if g.teachers is None]
    assert hidden == ["до 5 лет", "много"]  # the second, or the total would give the first away
    assert all(g.share != g.share and g.pupils is None for g in small if g.teachers is None)


def test_pupils_do_not_make_up_for_teachers():
    rows = [Taught("one", "до 5 лет", 1.0, 2.0, 1) for _ in range(500)] + taught("больше", 40, 0.9)
    assert all(g.teachers is None for g in groups(rows))


@given(st.lists(st.integers(1, 40), max_size=8), st.integers(1, 20))
def test_never_exactly_one_group_is_withheld(teachers, fewest):
    sizes = {str(place): size for place, size in enumerate(teachers)}
    hidden = withheld_groups(sizes, fewest)
    assert {value for value, size in sizes.items() if size < fewest} <= hidden
    assert len(hidden) != 1 or len(sizes) == 1


def test_a_request_names_skills_schools_and_no_teacher():
    results, _theta = drawn(n=1200, schools=12, seed=4, lag=(2.0, list(range(8)), {0, 1}))
    skills = skill_deficits(group_table(results, results.schools), None, RULES)
    parts = dict.fromkeys(results.schools.names, "Округ")
    named = {
        skills[0].topic.topic: [
            (Dimension.EXPERIENCE, one) for one in groups(taught("до 5 лет", 12, 0.4) + taught("б", 30, 0.9))
        ]
    }
    lines = request_lines(
        skills, {"Считать": ["Дроби", "Проценты"]}, parts, named, {"Школа 00": 3, "Школа 01": 2}
    )
    first = lines[0]
    assert first.topic.name == "Считать"
    assert first.count == len(skills[0].in_deficit) >= 6
    assert first.teachers == 5
    assert [group.value for _dimension, group in first.groups] == ["до 5 лет"]
    told = story_record(tell_request(WORK, "Область", lines, RULES), "ru")
    assert "Дроби; Проценты" in str(told)
    assert "до 5 лет-" not in str(told)  # codes of teachers stay inside
