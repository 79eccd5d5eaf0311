"""Errands: the matrix of stages and acts, who may be given one, and that no chain closes on itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.control.errands import (
    ERRAND_TABLE,
    ErrandAct,
    ErrandFacts,
    Party,
    Stage,
    decide_errand,
    may_be_given,
)

TODAY = date(2026, 3, 12)
GIVER, DOER = 1, 2

MATRIX = {
    #            finish     accept      return      withdraw
    "given":     "done      -           -           withdrawn",
    "done":      "-         accepted    returned    withdrawn",
    "returned":  "done      -           -           withdrawn",
    "accepted":  "-         -           -           -",
    "withdrawn": "-         -           -           -",
}  # fmt: skip


@pytest.mark.parametrize("stage", Stage)
def test_matrix(stage: Stage) -> None:
    for act, expected in zip(ErrandAct, MATRIX[stage].split(), strict=True):
        actor = DOER if ERRAND_TABLE[act].party is Party.DOER else GIVER
        after, refusal = decide_errand(act, ErrandFacts(stage, DOER, actor, words="Сделано"))
        assert (after.value if refusal is None else "-") == expected, act
        assert after is stage or refusal is None


@pytest.mark.parametrize(
    ("act", "facts", "said"),
    [
        (ErrandAct.FINISH, ErrandFacts(Stage.GIVEN, DOER, DOER), "what was done"),
        (ErrandAct.FINISH, ErrandFacts(Stage.GIVEN, DOER, DOER, "Да", parts_under_way=1), "handed on"),
        (ErrandAct.ACCEPT, ErrandFacts(Stage.DONE, DOER, DOER), "does not accept"),
        (ErrandAct.RETURN, ErrandFacts(Stage.DONE, DOER, DOER, "Нет"), "does not accept"),
        (ErrandAct.RETURN, ErrandFacts(Stage.DONE, DOER, GIVER, "  "), "mended"),
    ],
)
def test_guards(act: ErrandAct, facts: ErrandFacts, said: str) -> None:
    after, refusal = decide_errand(act, facts)
    assert after is facts.stage
    assert refusal is not None
    assert said in refusal.msgid


def test_evidence_alone_shows_the_work() -> None:
    assert decide_errand(ErrandAct.FINISH, ErrandFacts(Stage.GIVEN, DOER, DOER, evidence=1)) == (
        Stage.DONE,
        None,
    )


GIVEN = {
    "to a colleague": ({}, ""),
    "to oneself": ({"to": GIVER}, "oneself"),
    "back to whom it came from": ({"above": [7, DOER]}, "handed back"),
    "until today": ({"due": TODAY}, ""),
    "until yesterday": ({"due": date(2026, 3, 11)}, "passed"),
    "until the deadline": ({"due": date(2026, 4, 1), "last_day": date(2026, 4, 1)}, ""),
    "after the deadline": ({"due": date(2026, 4, 2), "last_day": date(2026, 4, 1)}, "after the deadline"),
}


@pytest.mark.parametrize("case", GIVEN)
def test_giving(case: str) -> None:
    changes, said = GIVEN[case]
    values = {"giver": GIVER, "to": DOER, "above": [], "due": None, "last_day": None, "today": TODAY}
    refusal = may_be_given(**{**values, **changes})
    assert (refusal is None) if not said else said in refusal.msgid


@given(st.lists(st.integers(0, 5), max_size=30))
def test_no_chain_closes_on_itself(hands: list[int]) -> None:
    """Whoever is tried next, the people of a chain stay different."""
    chain = [0]
    for to in hands:
        refusal = may_be_given(giver=chain[-1], to=to, above=chain[:-1], due=None, last_day=None, today=TODAY)
        if refusal is None:
            chain.append(to)
    assert len(chain) == len(set(chain))
