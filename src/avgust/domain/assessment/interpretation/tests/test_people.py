"""A pupil and a class."""

from datetime import date

import numpy as np
import pytest

from avgust.domain.assessment.interpretation.class_map import read_class
from avgust.domain.assessment.interpretation.norms import norms_of
from avgust.domain.assessment.interpretation.pupil import Grasp, read_pupil
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.telling.klass import tell_class
from avgust.domain.assessment.interpretation.telling.pupil import tell_pupil
from avgust.domain.assessment.interpretation.tests.conftest import WORK, drawn, made
from avgust.domain.reporting.story.record import story_record

RULES = Rules.on(date(2026, 5, 1))


def test_a_pupil_is_told_what_works_out_and_what_is_within_reach(region):
    results, _theta = region
    own = made([[1, 0, 2, 0, -1], *results.scores.tolist()])
    reading = read_pupil(own, 0, norms_of(own))
    grasps = {one.topic.name + one.topic.level.value: one.grasp for one in reading.topics}
    assert grasps == {
        "Дробиbasic": Grasp.FULL,
        "Процентыbasic": Grasp.NOT_YET,
        "Задачаbasic": Grasp.FULL,
        "Задачаraised": Grasp.NOT_YET,
        "Логикаhigh": Grasp.NOT_ASKED,
    }
    assert reading.total == 3
    assert reading.left == 1
    # Percents are easier than the raised task for pupils of this score: they come first.
    assert [step.topic.name for step in reading.steps] == ["Проценты", "Задача"]
    assert reading.steps[0].usual > reading.steps[1].usual


def test_all_points_leave_nothing_to_take_next(region):
    results, _theta = region
    own = made([[1, 1, 2, 2, 1], *results.scores.tolist()])
    reading = read_pupil(own, 0, norms_of(own))
    assert reading.steps == ()
    assert reading.left is None
    told = story_record(tell_pupil(reading, WORK), "ru")
    assert "Тем в работе: 5, из них полностью получилось: 5." in told["lede"]
    assert [part["title"] for part in told["sections"]] == ["Получается"]


def test_norms_need_fifty_pupils_and_are_means_by_score():
    few = made([[1, 0, 0, 0, 0]] * 49)
    assert not norms_of(few).known
    many = made([[1, 0, 0, 0, 0]] * 60 + [[0, 1, 0, 0, 0]] * 40 + [[0, 0, 0, 0, 0]] * 60)
    norms = norms_of(many)
    assert norms.mean[1, :2] == pytest.approx([0.6, 0.4])
    assert norms.mean[0] == pytest.approx(np.zeros(5))


def test_a_class_that_was_not_taught_an_item_is_found():
    results, theta = drawn(n=2000, seed=3, lag=(2.5, [4], {2}))
    weak = results.schools.codes == results.schools.names.index("Школа 04")
    reading = read_class(results, weak, "5А", norms_of(results), RULES)
    assert [one.item.name for one in reading.items if one.below] == ["3"]
    assert len(theta) == 2000
    other = results.schools.codes == results.schools.names.index("Школа 05")
    assert not any(one.below for one in read_class(results, other, "5А", norms_of(results), RULES).items)


def test_the_map_orders_pupils_and_items_and_marks_the_unusual(region):
    results, _theta = region
    # A pupil who has the hardest item and none of the easy ones.
    odd = made([[0, 0, 0, 0, 1], [1, 1, 2, 2, 1], *[[1, 1, 1, 0, 0]] * 10])
    everyone = made([*odd.scores.tolist(), *results.scores.tolist()])
    reading = read_class(everyone, np.arange(len(everyone)) < 12, "5А", norms_of(everyone), RULES)
    assert list(reading.map.totals) == sorted(reading.map.totals, reverse=True)
    assert reading.map.pupils[0] == "p1"
    assert reading.map.pupils[-1] == "p0"
    assert [item.name for item in reading.map.items] == ["1", "2", "3", "5", "4"]
    assert reading.map.unusual[-1].any()
    assert not reading.map.unusual[0].any()


def test_typical_errors_say_what_the_author_knows(region):
    results, _theta = region
    own = made([[0, 1, 2, 2, 1]] * 12)
    reading = read_class(own, np.ones(12, dtype=bool), "5А", norms_of(results), RULES)
    assert [(one.item.name, one.nothing) for one in reading.errors] == [("1", 12)]
    told = story_record(tell_class(reading, WORK, RULES), "ru")
    points = next(part["points"] for part in told["sections"] if part["title"] == "Где теряют баллы")
    assert points[0]["ground"].endswith("Обычно: забывают знаменатель.")


def test_a_small_class_is_shown_and_not_judged(region):
    results, _theta = region
    own = made([[0, 0, 0, 0, 0]] * 4)
    reading = read_class(own, np.ones(4, dtype=bool), "5А", norms_of(results), RULES)
    assert all(topic.share.band.value == "too_few" for topic in reading.topics)
    assert not any(one.below or one.above for one in reading.items)
    assert "меньше десяти" in story_record(tell_class(reading, WORK, RULES), "ru")["lede"]
