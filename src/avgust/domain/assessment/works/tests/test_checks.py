from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.assessment.works import NOT_ATTEMPTED, Item, Specification
from avgust.domain.assessment.works.checks import SeenKeys, fault_of, in_order_of, other_work
from avgust.domain.assessment.works.specification import cuts_in, faults_of
from avgust.domain.assessment.works.tests.making import WORK, line

TWO_VARIANTS = replace(WORK, variants=frozenset({"1", "2"}))
CHECKS = [
    ("all right", line(), WORK, None),
    ("X counts as nothing", line(scores=(NOT_ATTEMPTED, 1, 3)), WORK, None),
    ("an item that was not given", line(scores=(2, None, 1)), WORK, None),
    ("absent", line(scores=(), primary=None, mark=None, absent=True), WORK, None),
    ("above the maximum", line(scores=(3, 1, 0)), WORK, "the maximum is 2"),
    ("another sum", line(primary=5), WORK, "add to 3, and the primary score is 5"),
    ("no primary score", line(primary=None), WORK, None),
    ("another mark", line(mark=5), WORK, "by the cut scores it is 3"),
    ("no mark", line(mark=None), WORK, None),
    ("no cut scores", line(mark=5), replace(WORK, cuts={}), None),
    ("a known variant", line(variant="2"), TWO_VARIANTS, None),
    ("another variant", line(variant="7"), TWO_VARIANTS, "only 1, 2"),
    ("no variant", line(), TWO_VARIANTS, "only 1, 2"),
]


@pytest.mark.parametrize(
    ("found", "work", "said"), [row[1:] for row in CHECKS], ids=[row[0] for row in CHECKS]
)
def test_line(found, work, said):
    fault = fault_of(found, work)
    assert fault is None if said is None else said in fault.render("en")


def test_table_of_another_work():
    assert other_work(WORK.items, ["1", "2", "4К1"], WORK) is None
    assert other_work(WORK.items[:1], ["1"], WORK) is None
    assert "12" in other_work([], ["1", "12"], WORK).render("en")
    assert "3 points" in other_work([Item("1", 3)], ["1"], WORK).render("en")


def test_scores_in_the_order_of_the_work():
    assert in_order_of(WORK, ["4К1", "1"], [3, 0]) == (0, None, 3)


def test_marks_by_cut_scores():
    work = Specification(tuple(Item(str(n), 2) for n in range(12)), {3: 10, 4: 16, 5: 21})
    assert [work.mark_of(points) for points in (0, 9, 10, 15, 16, 20, 21, 24)] == [2, 2, 3, 3, 4, 4, 5, 5]
    assert replace(work, cuts={}).mark_of(5) is None


def test_cut_scores_are_found_in_marks():
    pairs = [(3, 2), (9, 2), (10, 3), (15, 3), (16, 4), (21, 5), (24, 5)]
    assert cuts_in(pairs) == {3: 10, 4: 16, 5: 21}
    assert cuts_in([*pairs, (12, 5)]) == {}
    assert cuts_in([]) == {}


def test_faults_of_a_specification():
    assert faults_of(WORK.items, WORK.cuts) == []
    assert len(faults_of([], {})) == 1
    assert "twice" in faults_of([Item("1", 1), Item("1", 1)], {})[0].render("en")
    assert "rise" in faults_of(WORK.items, {3: 4, 4: 2})[0].render("en")
    assert "from 0 to 6" in faults_of(WORK.items, {3: 7})[0].render("en")


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(-5, 40), max_size=12), max_size=12))
def test_doubled_as_a_set_finds_it(chunks):
    seen, known = SeenKeys(), set()
    for chunk in chunks:
        expected = []
        for key in chunk:
            expected.append(key in known)
            known.add(key)
        assert seen.doubled(np.array(chunk, dtype=np.int64)).tolist() == expected
