"""Every move in every status, every guard, and histories at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avgust.domain.acts.facts import Facts
from avgust.domain.acts.standing import Dated, Standing, foremost, standing_of, standing_on, verdict_on
from avgust.domain.acts.states import (
    BEFORE_ADOPTION,
    EVER_ADOPTED,
    TRANSITIONS,
    Move,
    Side,
    Status,
    allowed,
    decide,
)
from avgust.domain.proof import Verdict

TODAY = date(2026, 3, 12)
HEAD, DEPUTY, OFFICER = 70, 71, 10
# Facts under which every guard is content.
FINE = Facts(
    status=Status.DRAFT,
    today=TODAY,
    actor=DEPUTY,
    authors=frozenset({HEAD}),
    reason="Ошибка в номере",
    number="41-ОД",
    adopted_on=TODAY,
    in_force_from=TODAY,
    has_file=True,
    ends_on=TODAY,
    newer=True,
)
D, I, G, A, R, X, N = Status  # noqa: E741
# Move → the statuses in which it may be made and what they become.
TABLE = {
    Move.EDIT: {D: D},
    Move.SUBMIT: {D: I},
    Move.TAKE_BACK: {I: D, G: D},
    Move.ADOPT: {G: A},
    Move.ANNUL: {A: G},
    Move.REPEAL: {A: X},
    Move.REVIVE: {X: A},
    Move.DROP: {D: N},
    Move.AGREE: {I: G},
    Move.SEND_BACK: {I: D},
    Move.REPLACE: {A: R},
    Move.RESTORE: {R: A},
}


@pytest.mark.parametrize("status", Status, ids=lambda s: s.value)
@pytest.mark.parametrize("move", Move, ids=lambda m: m.value)
def test_the_matrix(move: Move, status: Status) -> None:
    decision = decide(move, replace(FINE, status=status))
    if status in TABLE[move]:
        assert decision.refusal is None
        assert decision.status is TABLE[move][status]
    else:
        assert decision.refusal is not None
        assert decision.status is status


def test_the_table_names_every_move_and_status() -> None:
    assert set(TABLE) == set(Move) == set(TRANSITIONS)
    assert set(Status) == BEFORE_ADOPTION | EVER_ADOPTED | {Status.DROPPED}
    assert allowed(Status.AGREEING, Side.AGREEING) == (Move.AGREE, Move.SEND_BACK)
    assert allowed(Status.REPLACED, Side.OWNER) == ()


@pytest.mark.parametrize(
    ("name", "move", "facts", "words"),
    [
        ("a draft with gaps", Move.SUBMIT, {"status": D, "unfilled": 1}, "fields"),
        ("who wrote it agrees", Move.AGREE, {"status": I, "actor": HEAD}, "second person"),
        ("nobody agrees", Move.AGREE, {"status": I, "actor": None}, "second person"),
        ("who wrote it sends it back", Move.SEND_BACK, {"status": I, "actor": HEAD}, "second person"),
        ("back without a reason", Move.SEND_BACK, {"status": I, "reason": " "}, "reason"),
        ("no number", Move.ADOPT, {"status": G, "number": " "}, "number"),
        ("no day", Move.ADOPT, {"status": G, "adopted_on": None}, "day of adoption"),
        ("adopted tomorrow", Move.ADOPT, {"status": G, "adopted_on": TODAY + timedelta(1)}, "not come yet"),
        ("no file", Move.ADOPT, {"status": G, "has_file": False}, "Attach"),
        ("in force on no day", Move.ADOPT, {"status": G, "in_force_from": None}, "from which day"),
        ("in force too early", Move.ADOPT, {"status": G, "in_force_from": TODAY - timedelta(1)}, "before"),
        (
            "in force in years",
            Move.ADOPT,
            {"status": G, "in_force_from": TODAY + timedelta(400)},
            "more than",
        ),
        ("annulled without a reason", Move.ANNUL, {"status": A, "reason": ""}, "reason"),
        ("repealed from no day", Move.REPEAL, {"status": A, "ends_on": None}, "last day"),
        ("repealed before it began", Move.REPEAL, {"status": A, "ends_on": TODAY - timedelta(9)}, "before"),
        ("replaced by nothing", Move.REPLACE, {"status": A, "newer": False}, "newer"),
    ],
)
def test_a_guard_refuses(name: str, move: Move, facts: dict[str, object], words: str) -> None:
    decision = decide(move, replace(FINE, **facts))
    assert decision.refusal is not None, name
    assert words in decision.refusal.msgid


DAY = timedelta(days=1)
ACT = Dated(1, Status.ADOPTED, since=TODAY)


@pytest.mark.parametrize(
    ("name", "act", "stands"),
    [
        ("on its first day", ACT, Standing.IN_FORCE),
        ("before its first day", replace(ACT, since=TODAY + DAY), Standing.ADOPTED),
        ("repealed from today on", replace(ACT, status=X, until=TODAY - DAY), Standing.ENDED),
        ("repealed, its last day", replace(ACT, status=X, until=TODAY), Standing.IN_FORCE),
        ("replaced from next month", replace(ACT, status=R, until=TODAY + 20 * DAY), Standing.IN_FORCE),
        ("replaced yesterday", replace(ACT, status=R, until=TODAY - DAY), Standing.ENDED),
        ("repealed before it began", Dated(1, X, TODAY + 9 * DAY, TODAY - DAY), Standing.ENDED),
        ("agreed", Dated(1, G), Standing.AGREED),
        ("being agreed", Dated(1, I), Standing.AGREEING),
        ("a draft", Dated(1, D), Standing.DRAFT),
        ("dropped", Dated(1, N), Standing.NONE),
    ],
)
def test_where_an_act_stands(name: str, act: Dated, stands: Standing) -> None:
    assert standing_on(act, TODAY) is stands, name


OLD, NEW = replace(ACT, status=R, until=TODAY - DAY), Dated(2, Status.ADOPTED, since=TODAY)


@pytest.mark.parametrize(
    ("name", "acts", "verdict", "speaks"),
    [
        ("nothing", [], Verdict.NONE, None),
        ("a draft says nothing", [Dated(1, D)], Verdict.NONE, None),
        ("in force", [ACT], Verdict.MET, 1),
        ("adopted, in force later", [replace(ACT, since=TODAY + DAY)], Verdict.MET, 1),
        ("replaced: the newer one says it", [OLD, NEW], Verdict.MET, 2),
        ("replaced by one that was repealed", [OLD, replace(NEW, status=X, until=TODAY - DAY)], Verdict.CONTRADICTED, 2),
        ("repealed", [replace(ACT, status=X, until=TODAY - DAY)], Verdict.CONTRADICTED, 1),
        ("repealed, a new draft", [replace(ACT, status=X, until=TODAY - DAY), Dated(2, D)], Verdict.CONTRADICTED, 1),
        ("repealed from tomorrow on", [replace(ACT, status=X, until=TODAY)], Verdict.MET, 1),
    ],
)  # fmt: skip
def test_what_acts_prove(name: str, acts: list[Dated], verdict: Verdict, speaks: int | None) -> None:
    said, basis = verdict_on(acts, TODAY)
    assert said is verdict, name
    assert (basis.number if basis else None) == speaks


STEPS = st.tuples(
    st.sampled_from(list(Move)),
    st.sampled_from((HEAD, DEPUTY, OFFICER)),
    st.integers(0, 40),  # days ahead that the move names
    st.booleans(),  # with a reason, a number and a file
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first draw on a machine that is shared
@given(st.lists(STEPS, max_size=30))
def test_nothing_is_in_force_that_a_second_person_did_not_agree_to(
    history: list[tuple[Move, int, int, bool]],
) -> None:
    status, authors, agreed_by = Status.DRAFT, frozenset({HEAD}), None
    since = until = adopted = None
    today = TODAY
    for move, person, ahead, whole in history:
        today += DAY
        facts = Facts(
            status=status, today=today, actor=person, authors=authors,
            reason="Причина" if whole else "", number="1" if whole else "", has_file=whole,
            adopted_on=adopted if status in EVER_ADOPTED else today,
            in_force_from=since if status in EVER_ADOPTED else today + ahead * DAY,
            ends_on=today + ahead * DAY, newer=whole,
        )  # fmt: skip
        decision = decide(move, facts)
        if decision.refusal is not None:
            assert decision.status is status
            continue
        if move in (Move.EDIT, Move.SUBMIT):
            authors = authors | {person}
        if move is Move.AGREE:
            assert person not in authors
            agreed_by = person
        if move in (Move.TAKE_BACK, Move.SEND_BACK):
            agreed_by = None
        if move is Move.ADOPT:
            since, until, adopted = facts.in_force_from, None, today
        if move in (Move.REPEAL, Move.REPLACE):
            until = facts.ends_on
        if move in (Move.REVIVE, Move.RESTORE):
            until = None
        if move is Move.ANNUL:
            since = until = adopted = None
        status = decision.status
        act = Dated(1, status, since, until, adopted)
        if standing_on(act, today) in (Standing.IN_FORCE, Standing.ADOPTED):
            assert agreed_by is not None
            assert verdict_on([act], today)[0] is Verdict.MET
        assert (verdict_on([act], today)[0] is Verdict.NONE) is (status not in EVER_ADOPTED)


ACTS = st.lists(
    st.builds(
        lambda number, status, since, length: Dated(
            number, status,
            TODAY + since * DAY if status in EVER_ADOPTED else None,
            TODAY + (since + length) * DAY if status in EVER_ADOPTED - {Status.ADOPTED} else None,
        ),
        st.integers(1, 9), st.sampled_from(list(Status)), st.integers(-40, 40), st.integers(0, 40),
    ),
    max_size=6, unique_by=lambda act: act.number,
)  # fmt: skip


@given(ACTS)
def test_the_foremost_act_stands_best(acts: list[Dated]) -> None:
    order = list(Standing)
    stands = standing_of(acts, TODAY)
    assert all(order.index(stands) <= order.index(standing_on(act, TODAY)) for act in acts)
    best = foremost(acts, TODAY)
    assert (best is None) is (stands is Standing.NONE)
    if best is not None:
        equals = [act.number for act in acts if standing_on(act, TODAY) is stands]
        assert best.number == max(equals)
