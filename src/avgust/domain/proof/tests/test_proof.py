"""States of proof by status, data and date, and how they roll up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.control.states import UNCOUNTED, Status
from avgust.domain.proof import Coverage, ProofState, Verdict, state_of

TODAY = date(2026, 3, 12)
PAST, AHEAD = date(2026, 3, 11), TODAY
V, P = Verdict, ProofState


@pytest.mark.parametrize(
    ("name", "status", "due", "verdict", "expected"),
    [
        ("on control, the day is today", Status.OPEN, AHEAD, V.NONE, P.NOT_DUE),
        ("on control, the day has passed", Status.OPEN, PAST, V.NONE, P.NOT_DONE),
        ("returned before the day", Status.RETURNED, AHEAD, V.NONE, P.NOT_DUE),
        ("returned, the day has passed", Status.RETURNED, PAST, V.NONE, P.NOT_DONE),
        ("reported late", Status.REPORTED, PAST, V.NONE, P.CLAIMED),
        ("accepted", Status.ACCEPTED, PAST, V.NONE, P.PROVEN_BY_DOCUMENT),
        ("accepted and data agree", Status.ACCEPTED, PAST, V.MET, P.PROVEN_BY_DATA),
        ("accepted against the data", Status.ACCEPTED, PAST, V.CONTRADICTED, P.CONTRADICTED),
        ("claimed against the data", Status.REPORTED, AHEAD, V.CONTRADICTED, P.CONTRADICTED),
        ("the target is not reached yet", Status.OPEN, AHEAD, V.CONTRADICTED, P.NOT_DUE),
        ("the target was missed", Status.OPEN, PAST, V.CONTRADICTED, P.CONTRADICTED),
        ("data prove it without a report", Status.OPEN, PAST, V.MET, P.PROVEN_BY_DATA),
        ("suspended after the day", Status.SUSPENDED, PAST, V.NONE, P.NOT_DUE),
        ("waits for its event", Status.WAITING, None, V.NONE, P.NOT_DUE),
        ("taken off control", Status.REMOVED, PAST, V.NONE, None),
        ("cancelled though data prove it", Status.CANCELLED, PAST, V.MET, None),
        ("passed on to the successor", Status.PASSED_ON, PAST, V.NONE, None),
    ],
)
def test_state(name: str, status: Status, due: date | None, verdict: Verdict, expected: P | None) -> None:
    assert state_of(status, due, verdict, TODAY) is expected, name


@given(st.sampled_from(list(Status)), st.one_of(st.none(), st.dates()), st.sampled_from(list(V)), st.dates())
def test_every_assignment_has_one_state(status: Status, due: date | None, verdict: V, today: date) -> None:
    found = state_of(status, due, verdict, today)
    assert (found is None) == (status in UNCOUNTED)
    if found is P.PROVEN_BY_DOCUMENT:
        assert status is Status.ACCEPTED, "nobody types a proof"


def test_a_roll_up_in_words_of_the_mockup() -> None:
    states = (
        [P.PROVEN_BY_DATA] * 30
        + [P.PROVEN_BY_DOCUMENT] * 11
        + [P.CLAIMED] * 9
        + [P.NOT_DONE] * 7
        + [None] * 2
    )
    found = Coverage.of(states)
    assert (found.proven, found.total, found.count(P.CLAIMED), found.count(P.NOT_DONE)) == (41, 57, 9, 7)
    assert found.worst is P.NOT_DONE
    assert found.started


def test_nothing_counted() -> None:
    assert Coverage.of([None]).worst is None
    assert not Coverage.of([P.NOT_DUE]).started


@given(st.lists(st.sampled_from([*P, None])), st.lists(st.sampled_from([*P, None])))
def test_two_roll_ups_are_the_roll_up_of_both(one: list[P | None], other: list[P | None]) -> None:
    both = Coverage.of(one) + Coverage.of(other)
    assert {state: both.count(state) for state in P} == {
        state: Coverage.of([*one, *other]).count(state) for state in P
    }
