"""Assignments follow the register and the programme, in whatever order things happen."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.control.fan_out import Changes, Duty, Held, Key, changes, last_successor
from avgust.domain.control.occurrences import Occurrence
from avgust.domain.control.states import LIVE, Status

OCTOBER = Occurrence("", date(2025, 9, 1), date(2025, 10, 1))
LATER = Occurrence("", date(2025, 9, 1), date(2025, 12, 1))


def duty(unit: int, occurrence: Occurrence = OCTOBER, relation: str = "executor") -> Duty:
    return Duty(Key(1, unit, occurrence.key), relation, occurrence)


def held(unit: int, status: Status = Status.OPEN, due: date = date(2025, 10, 1), number: int = 0) -> Held:
    return Held(number or unit * 10, Key(1, unit, ""), "executor", status, due, due)


def test_the_first_fan_out_adds_everything() -> None:
    found = changes([duty(1), duty(2)], [], {})
    assert [one.duty.key.unit for one in found.add] == [1, 2]
    assert not changes([duty(1)], [held(1)], {})


@pytest.mark.parametrize(
    ("name", "wanted", "there", "closed", "expected"),
    [
        ("an exception cancels", [], [held(1)], {}, {"cancel": [10]}),
        ("an exception undone reinstates", [duty(1)], [held(1, Status.CANCELLED)], {}, {"reinstate": [10]}),
        ("what is accepted stays", [], [held(1, Status.ACCEPTED)], {}, {}),
        ("what is accepted is not dated anew", [duty(1, LATER)], [held(1, Status.ACCEPTED)], {}, {}),
        ("a closed unit without a successor", [], [held(1)], {1: None}, {"close": [10]}),
        ("a new deadline", [duty(1, LATER)], [held(1)], {}, {"redate": [(10, LATER)]}),
        ("another relation", [duty(1, relation="co_executor")], [held(1)], {}, {"relate": [(10, "co_executor")]}),
        ("a merger into one that owes it too", [duty(2)], [held(1), held(2)], {1: 2}, {"pass_on": [(10, 2)]}),
        ("a returned report goes over as well", [duty(2)], [held(1, Status.RETURNED), held(2)], {1: 2},
         {"pass_on": [(10, 2)]}),
    ],
)  # fmt: skip
def test_a_change(name: str, wanted: list[Duty], there: list[Held], closed: dict[int, int | None],
                  expected: dict[str, object]) -> None:  # fmt: skip
    assert changes(wanted, there, closed) == Changes(**expected), name


def test_a_successor_inherits_what_it_did_not_owe() -> None:
    found = changes([duty(3)], [held(1)], {1: 2, 2: 3})
    assert found.pass_on == [(10, 3)]
    assert [(one.duty.key.unit, one.inherits) for one in found.add] == [(3, 10)]


@pytest.mark.parametrize(
    ("closed", "last"), [({}, 1), ({1: 2}, 2), ({1: 2, 2: 3}, 3), ({1: None}, None), ({1: 2, 2: 1}, None)]
)
def test_the_line_of_successors(closed: dict[int, int | None], last: int | None) -> None:
    assert last_successor(1, closed) == last


UNITS = st.integers(1, 8)
WORLDS = st.lists(
    st.tuples(st.sets(UNITS), st.dictionaries(UNITS, st.one_of(st.none(), UNITS), max_size=4)), max_size=8
)


@given(WORLDS)
def test_after_any_history_exactly_the_wanted_owe(
    worlds: list[tuple[set[int], dict[int, int | None]]],
) -> None:
    """Applied again and again, each world leaves one live assignment a wanted unit; a second run does nothing."""
    rows: dict[int, Held] = {}
    for units, closed in worlds:
        wanted = [duty(unit) for unit in sorted(units - closed.keys())]
        _apply(rows, changes(wanted, list(rows.values()), closed))
        live = [row.key.unit for row in rows.values() if row.status in LIVE]
        assert sorted(live) == sorted(units - closed.keys())
        assert not changes(wanted, list(rows.values()), closed)


def _apply(rows: dict[int, Held], found: Changes) -> None:
    def become(number: int, status: Status) -> None:
        row = rows[number]
        rows[number] = Held(row.id, row.key, row.relation, status, row.due, row.first_due)

    for number, _heir in found.pass_on:
        become(number, Status.PASSED_ON)
    for number in (*found.cancel, *found.close):
        become(number, Status.CANCELLED)
    for number in found.reinstate:
        become(number, Status.OPEN)
    for new in found.add:
        number = len(rows) + 1
        due = new.duty.occurrence.due
        rows[number] = Held(number, new.duty.key, new.duty.relation, Status.OPEN, due, due)
