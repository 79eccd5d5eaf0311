from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.assessment.interpretation.mastery import item_mastery, topic_mastery
from avgust.domain.assessment.interpretation.results import group_table, sum_by_group, topic_scores
from avgust.domain.assessment.interpretation.rules import Band, Rules
from avgust.domain.assessment.interpretation.tests.conftest import WORK, made
from avgust.domain.assessment.interpretation.work import Item, Kind, Level, Work

RULES = Rules.on(date(2026, 5, 1))


@pytest.mark.parametrize(
    ("level", "percent", "n", "band"),
    [
        (Level.BASIC, 60.0, 10, Band.SUFFICIENT),
        (Level.BASIC, 59.96, 10, Band.SUFFICIENT),  # printed as 60.0
        (Level.BASIC, 59.9, 10, Band.BORDER),
        (Level.BASIC, 57.0, 10, Band.BORDER),
        (Level.BASIC, 56.9, 10, Band.DEFICIT),
        (Level.RAISED, 30.0, 10, Band.SUFFICIENT),
        (Level.RAISED, 28.5, 10, Band.BORDER),
        (Level.HIGH, 28.4, 10, Band.DEFICIT),
        (Level.BASIC, 100.0, 9, Band.TOO_FEW),
        (Level.BASIC, float("nan"), 50, Band.TOO_FEW),
    ],
)
def test_bands_of_fioko(level, percent, n, band):
    assert RULES.bands.of(level, percent / 100, n) is band


def test_items_and_topics_of_a_group():
    # 12 pupils: item 1 done by 6, item 2 by 3; items 3 to 5 by nobody but one point each on item 3.
    scores = [[k % 2, int(k % 4 == 0), 1, 0, 0] for k in range(12)]
    results = made(scores)
    table = group_table(results, results.schools)
    shares = [one.share.value for one in item_mastery(table, 0, RULES.bands)]
    assert shares == [0.5, 0.25, 0.5, 0.0, 0.0]
    count, reason_basic, *_ = topic_mastery(table, 0, RULES.bands, Kind.SKILL)
    assert count.share.value == pytest.approx((6 + 3) / 24)
    assert count.systemic
    assert count.deficits == 2
    assert reason_basic.topic.level is Level.BASIC
    assert not reason_basic.systemic  # one item only
    # The error of a topic is that of pupils' sums, items of one pupil go together.
    sums = [(k % 2) + int(k % 4 == 0) for k in range(12)]
    assert count.share.error == pytest.approx(np.std(sums, ddof=1) / np.sqrt(12) / 2)


def test_an_item_counts_for_each_element_that_it_asks():
    # Item 1 asks two elements and two skills, item 2 one of each.
    work = Work(
        "Своя",
        (
            Item("1", 2, Level.BASIC, ("Дроби", "Проценты"), ("Считать", "Объяснять")),
            Item("2", 1, Level.BASIC, ("Проценты",), ("Считать",)),
        ),
    )
    results = made([[2, 0]] * 6 + [[1, 1]] * 6, work=work)
    table = group_table(results, results.schools)
    told = {
        kind: {one.topic.name: (one.topic.maximum, one.share.value) for one in found}
        for kind in Kind
        for found in [topic_mastery(table, 0, RULES.bands, kind)]
    }
    assert told[Kind.CONTENT] == {"Дроби": (2, 18 / 24), "Проценты": (3, 24 / 36)}
    assert told[Kind.SKILL] == {"Считать": (3, 24 / 36), "Объяснять": (2, 18 / 24)}
    assert table.total.mean[0, 0] == 2.0  # the primary score counts each point once
    assert work.contents_of_skills == {"Считать": ["Дроби", "Проценты"], "Объяснять": ["Дроби", "Проценты"]}
    assert len(work.counting) == 1
    assert WORK.counting == ()


def test_the_order_of_codes_says_nothing():
    one, other = (
        Work("Год", (Item("1", 1, Level.BASIC, contents, ("Считать",)),))
        for contents in (("Дроби", "Доли"), ("Доли", "Дроби"))
    )
    assert one.asked == other.asked


def test_what_was_not_given_counts_for_nothing():
    results = made([[1, -1, 2, 2, 1]] * 6 + [[0, 1, 0, 0, 0]] * 6)
    table = group_table(results, results.schools)
    assert [one.share.n for one in item_mastery(table, 0, RULES.bands)] == [12, 6, 12, 12, 12]
    points = topic_scores(WORK, results.scores, WORK.topics_of(Kind.SKILL))
    assert np.isnan(points[:6, 0]).all()  # half of the topic was not given: no score of the topic


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=40), st.randoms())
def test_order_of_pupils_changes_nothing_and_groups_add_up(rows, shuffle):
    def summed(pairs):
        points = np.array([[float(points)] for _group, points in pairs])
        return sum_by_group(points, np.array([group - 1 for group, _points in pairs]), 3)

    shuffled = list(rows)
    shuffle.shuffle(shuffled)
    one, other = summed(rows), summed(shuffled)
    assert (one.n == other.n).all()
    assert (one.total == other.total).all()
    assert one.together().total[0, 0] == sum(points for group, points in rows if group > 0)


def test_marks_and_journal():
    scores = [[0, 0, 0, 0, 0], [1, 1, 0, 0, 0], [1, 1, 2, 0, 0], [1, 1, 2, 2, 0]]
    results = made(scores, journal=[4, 3, 3, 0])
    assert list(results.marks) == [2, 3, 4, 5]
    table = group_table(results, results.schools)
    assert list(table.marks[0]) == [1, 1, 1, 1]
    assert list(table.journal[0]) == [
        1,
        1,
        1,
    ]  # lower, same, higher; who has no mark in the journal is not there
    assert table.apart[0] == 1
