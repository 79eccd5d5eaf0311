"""Every act in every status, every guard, and that the second person is never gone around."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.control.facts import Facts
from avgust.domain.control.states import ENDED, LIVE, TRANSITIONS, Act, Side, Status, allowed, decide, is_late

TODAY = date(2026, 3, 12)
SCHOOL, OFFICE = 7, 1
HEAD, DEPUTY, OFFICER = 70, 71, 10

# Facts under which every guard is content: a second person, a reason, evidence, dates.
FINE = Facts(
    status=Status.OPEN,
    unit=SCHOOL,
    today=TODAY,
    actor=OFFICER,
    actor_units=frozenset({OFFICE}),
    spoke=frozenset({HEAD}),
    spoke_units=frozenset({SCHOOL}),
    due=date(2026, 3, 1),
    wanted_due=date(2026, 5, 1),
    event_on=TODAY,
    reason="Смена директора",
    evidence=frozenset({"file"}),
)

# Act → the statuses in which it may be done and what they become; "·" keeps the status.
W, O, R, B, A, S, X, C, P = Status  # noqa: E741
TABLE = {
    Act.START: {W: O},
    Act.REMIND: {O: O, B: B},
    Act.REPORT: {O: R, B: R},
    Act.WITHDRAW: {R: O},
    Act.INTERIM: {O: O, B: B, S: S},
    Act.ACCEPT: {R: A},
    Act.RETURN: {R: B},
    Act.REOPEN: {A: B},
    Act.ASK_EXTENSION: {O: O, B: B},
    Act.GRANT_EXTENSION: {O: O, B: B},
    Act.REFUSE_EXTENSION: {O: O, B: B},
    Act.SUSPEND: {W: S, O: S, B: S},
    Act.RESUME: {S: O},
    Act.TAKE_OFF: {W: X, O: X, R: X, B: X, S: X},
    Act.PUT_BACK: {X: O},
    Act.CANCEL: {W: C, O: C, R: C, B: C, S: C},
    Act.REINSTATE: {C: O, P: O},
    Act.PASS_ON: {W: P, O: P, R: P, B: P, S: P},
}
ANSWERS = {Act.GRANT_EXTENSION, Act.REFUSE_EXTENSION}


@pytest.mark.parametrize("status", Status, ids=lambda s: s.value)
@pytest.mark.parametrize("act", Act, ids=lambda a: a.value)
def test_the_matrix(act: Act, status: Status) -> None:
    facts = replace(FINE, status=status, asked_due=date(2026, 5, 1) if act in ANSWERS else None)
    decision = decide(act, facts)
    if status in TABLE[act]:
        assert decision.refusal is None
        assert decision.status is TABLE[act][status]
    else:
        assert decision.refusal is not None
        assert decision.status is status


def test_the_table_names_every_act() -> None:
    assert set(TABLE) == set(Act) == set(TRANSITIONS)
    assert set(Status) == LIVE | ENDED


@pytest.mark.parametrize(
    ("name", "act", "facts", "words"),
    [
        ("who reported accepts", Act.ACCEPT, {"actor": HEAD}, "second person"),
        ("a colleague of who reported", Act.ACCEPT, {"actor_units": frozenset({SCHOOL})}, "second person"),
        ("a colleague at a second post", Act.ACCEPT, {"actor_units": frozenset({OFFICE, SCHOOL})}, "second"),
        (
            "one unit of who reported earlier",
            Act.RETURN,
            {"spoke_units": frozenset({SCHOOL, OFFICE})},
            "second person",
        ),
        ("nobody", Act.ACCEPT, {"actor": None}, "second person"),
        ("a return without a reason", Act.RETURN, {"reason": "  "}, "reason"),
        ("an interim word without words", Act.INTERIM, {"status": O, "reason": ""}, "reason"),
        ("a report without evidence", Act.REPORT, {"status": O, "evidence": frozenset()}, "proves"),
        ("evidence of another kind", Act.REPORT, {"status": O, "needed": frozenset({"local_act"})}, "kind"),
        ("an extension to no day", Act.ASK_EXTENSION, {"status": O, "wanted_due": None}, "new date"),
        ("an extension to an earlier day", Act.ASK_EXTENSION, {"status": O, "wanted_due": TODAY}, "later"),
        (
            "a second request",
            Act.ASK_EXTENSION,
            {"status": O, "asked_due": date(2026, 4, 1)},
            "waits for its answer",
        ),
        ("an answer to no request", Act.GRANT_EXTENSION, {"status": O}, "Nobody asked"),
        ("an event to come", Act.START, {"status": W, "event_on": date(2026, 3, 13)}, "ahead"),
        ("an event without a day", Act.START, {"status": W, "event_on": None}, "day of the event"),
        (
            "own work taken off control",
            Act.TAKE_OFF,
            {"status": O, "actor_units": frozenset({SCHOOL})},
            "own",
        ),
    ],
)
def test_a_guard_refuses(name: str, act: Act, facts: dict[str, object], words: str) -> None:
    decision = decide(act, replace(FINE, **{"status": R, **facts}))
    assert decision.refusal is not None, name
    assert words in decision.refusal.msgid


def test_what_each_side_may_try() -> None:
    assert allowed(Status.REPORTED, Side.EXECUTOR) == {Act.WITHDRAW}
    assert Act.ACCEPT in allowed(Status.REPORTED, Side.CONTROLLER)
    assert not allowed(Status.PASSED_ON, Side.CONTROLLER)


@pytest.mark.parametrize(
    ("status", "due", "late"),
    [
        (O, date(2026, 3, 11), True),
        (O, TODAY, False),
        (O, None, False),
        (R, date(2026, 3, 11), False),
        (S, date(2026, 3, 11), False),
    ],
)
def test_late(status: Status, due: date | None, late: bool) -> None:
    assert is_late(status, due, TODAY) is late


PEOPLE = {HEAD: {SCHOOL}, DEPUTY: {SCHOOL}, OFFICER: {OFFICE}, 11: {OFFICE}, 12: {OFFICE, SCHOOL}}
STEPS = st.tuples(st.sampled_from(list(Act)), st.sampled_from(sorted(PEOPLE)), st.booleans())


@given(st.lists(STEPS, max_size=30))
def test_nothing_of_ones_own_is_ever_decided(history: list[tuple[Act, int, bool]]) -> None:
    """Over random histories nobody decides about the work of an organisation she works for."""
    status, asked, spoke, units = Status.OPEN, None, frozenset[int](), frozenset[int]()
    for act, person, with_reason in history:
        facts = replace(
            FINE,
            status=status,
            actor=person,
            actor_units=frozenset(PEOPLE[person]),
            asked_due=asked,
            spoke=spoke,
            spoke_units=units,
            reason="Причина" if with_reason else "",
        )
        decision = decide(act, facts)
        if decision.refusal is not None:
            assert decision.status is status
            continue
        if TRANSITIONS[act].side is Side.CONTROLLER and act not in (Act.START, Act.REMIND):
            assert person not in spoke
            assert SCHOOL not in PEOPLE[person]
            assert not PEOPLE[person] & units
        if act in (Act.REPORT, Act.ASK_EXTENSION):
            spoke, units = spoke | {person}, units | PEOPLE[person]
        asked = date(2026, 5, 1) if act is Act.ASK_EXTENSION else None if act in ANSWERS else asked
        status = decision.status
