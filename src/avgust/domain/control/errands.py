"""Errands inside an organisation: work on an assignment handed on, as deep as needed; the duty stays above.

Who did an errand does not accept it; who gave it does. The table is read like that of `states`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from avgust.domain.messages import Message, mark


class Stage(StrEnum):
    """How far an errand has come."""

    GIVEN = "given"
    DONE = "done"  # waits for who gave it
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class ErrandAct(StrEnum):
    """What can be done with an errand."""

    FINISH = "finish"
    ACCEPT = "accept"
    RETURN = "return"
    WITHDRAW = "withdraw"


class Party(StrEnum):
    """Who acts: the one who does the errand, or the one who answers to those above for it."""

    DOER = "doer"
    GIVER = "giver"


IN_WORK: Final = frozenset({Stage.GIVEN, Stage.RETURNED})  # the doer must act
UNDER_WAY: Final = IN_WORK | {Stage.DONE}


@dataclass(frozen=True, slots=True)
class ErrandFacts:
    """An errand and who acts on it. `parts_under_way` counts what the doer handed on and has not accepted."""

    stage: Stage
    doer: int
    actor: int
    words: str = ""
    evidence: int = 0
    parts_under_way: int = 0


ErrandGuard = Callable[[ErrandFacts], Message | None]


def something_said(facts: ErrandFacts) -> Message | None:
    """Work that is done shows itself: by words or by evidence."""
    if facts.words.strip() or facts.evidence:
        return None
    return Message(mark("Say what was done, or add what shows it."))


def parts_finished(facts: ErrandFacts) -> Message | None:
    """An errand is done when everything handed on is."""
    if not facts.parts_under_way:
        return None
    return Message(mark("What you handed on is not finished yet: accept it or take it back first."))


def another_person(facts: ErrandFacts) -> Message | None:
    """Nobody decides about her own work."""
    return Message(mark("Who did an errand does not accept it.")) if facts.actor == facts.doer else None


def remark_given(facts: ErrandFacts) -> Message | None:
    """What is returned says what is to be mended."""
    return None if facts.words.strip() else Message(mark("Say what is to be mended, in a sentence."))


@dataclass(frozen=True, slots=True)
class ErrandRow:
    """An act: from where, to where, by whom, under which guards."""

    act: ErrandAct
    sources: frozenset[Stage]
    target: Stage
    party: Party
    guards: tuple[ErrandGuard, ...] = ()


ERRAND_TABLE: Final[dict[ErrandAct, ErrandRow]] = {
    row.act: row
    for row in (
        ErrandRow(ErrandAct.FINISH, IN_WORK, Stage.DONE, Party.DOER, (something_said, parts_finished)),
        ErrandRow(ErrandAct.ACCEPT, frozenset({Stage.DONE}), Stage.ACCEPTED, Party.GIVER, (another_person,)),
        ErrandRow(
            ErrandAct.RETURN,
            frozenset({Stage.DONE}),
            Stage.RETURNED,
            Party.GIVER,
            (another_person, remark_given),
        ),
        ErrandRow(ErrandAct.WITHDRAW, UNDER_WAY, Stage.WITHDRAWN, Party.GIVER),
    )
}
NOT_NOW: Final[dict[Stage, Message]] = {
    Stage.GIVEN: Message(mark("The errand is still being done.")),
    Stage.DONE: Message(mark("The errand is done and waits for who gave it.")),
    Stage.RETURNED: Message(mark("The errand was returned and is being mended.")),
    Stage.ACCEPTED: Message(mark("The errand is accepted already.")),
    Stage.WITHDRAWN: Message(mark("The errand was taken back.")),
}


def decide_errand(act: ErrandAct, facts: ErrandFacts) -> tuple[Stage, Message | None]:
    """Return the stage after `act`, or the present one with the reason against it."""
    row = ERRAND_TABLE[act]
    if facts.stage not in row.sources:
        return facts.stage, NOT_NOW[facts.stage]
    for guard in row.guards:
        refusal = guard(facts)
        if refusal is not None:
            return facts.stage, refusal
    return row.target, None


def may_be_given(
    *, giver: int, to: int, above: Collection[int], due: date | None, last_day: date | None, today: date
) -> Message | None:
    """Return the reason against handing work on from `giver` to `to`, or None.

    `above` are the people through whose hands it has come: it never returns to one of them. `last_day` is
    the deadline of what is handed on.
    """
    if to == giver:
        return Message(mark("Nobody gives an errand to oneself: report, or choose a colleague."))
    if to in above:
        return Message(
            mark("The work came from this person: it cannot be handed back. Choose another colleague.")
        )
    if due is not None and due < today:
        return Message(mark("The day of the errand has passed already."))
    if due is not None and last_day is not None and due > last_day:
        return Message(
            mark("The errand would end after the deadline of what is handed on. Name an earlier day.")
        )
    return None
