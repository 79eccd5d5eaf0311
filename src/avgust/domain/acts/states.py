"""The statuses of a local act and the moves that change them: one table, the guard beside the transition.

The status says what people did; whether an act is in force on a day is said by `standing.standing_on` from
the status and the dates, so that nothing has to be switched at midnight.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from avgust.domain.acts import guards
from avgust.domain.acts.facts import Facts
from avgust.domain.acts.guards import Guard
from avgust.domain.messages import Message, mark


class Status(StrEnum):
    """How far a local act has come."""

    DRAFT = "draft"  # проект
    AGREEING = "agreeing"  # на согласовании
    AGREED = "agreed"  # согласован вторым лицом
    ADOPTED = "adopted"  # принят: есть номер, дата и файл
    REPLACED = "replaced"  # заменён новым актом
    REPEALED = "repealed"  # утратил силу
    DROPPED = "dropped"  # проект снят


class Move(StrEnum):
    """What can be done with a local act."""

    EDIT = "edit"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    AGREE = "agree"
    SEND_BACK = "send_back"
    ADOPT = "adopt"
    ANNUL = "annul"
    REPEAL = "repeal"
    REVIVE = "revive"
    REPLACE = "replace"
    RESTORE = "restore"
    DROP = "drop"


class Side(StrEnum):
    """Who moves: the organisation whose act it is, who agrees, or the system when a newer act is adopted."""

    OWNER = "owner"
    AGREEING = "agreeing"
    SYSTEM = "system"


BEFORE_ADOPTION: Final = frozenset({Status.DRAFT, Status.AGREEING, Status.AGREED})
EVER_ADOPTED: Final = frozenset({Status.ADOPTED, Status.REPLACED, Status.REPEALED})


@dataclass(frozen=True, slots=True)
class Transition:
    """A move: from where, to where (None: the status stays), by whom, under which guards."""

    move: Move
    sources: frozenset[Status]
    target: Status | None
    side: Side
    guards: tuple[Guard, ...] = ()


def _row(move: Move, sources: Set[Status], target: Status | None, side: Side, *found: Guard) -> Transition:
    return Transition(move, frozenset(sources), target, side, found)


_PAPER: Final = (guards.paper_named, guards.comes_into_force, guards.file_attached)
_SECOND, _REASON = guards.second_person, guards.reason_given

TRANSITIONS: Final[dict[Move, Transition]] = {
    row.move: row
    for row in (
        # ── the organisation ──
        _row(Move.EDIT, {Status.DRAFT}, None, Side.OWNER),
        _row(Move.SUBMIT, {Status.DRAFT}, Status.AGREEING, Side.OWNER, guards.filled_in),
        _row(Move.TAKE_BACK, {Status.AGREEING, Status.AGREED}, Status.DRAFT, Side.OWNER),
        _row(Move.ADOPT, {Status.AGREED}, Status.ADOPTED, Side.OWNER, *_PAPER),
        _row(Move.ANNUL, {Status.ADOPTED}, Status.AGREED, Side.OWNER, _REASON),
        _row(
            Move.REPEAL, {Status.ADOPTED}, Status.REPEALED, Side.OWNER, guards.ends_after_beginning, _REASON
        ),
        _row(Move.REVIVE, {Status.REPEALED}, Status.ADOPTED, Side.OWNER, _REASON),
        _row(Move.DROP, {Status.DRAFT}, Status.DROPPED, Side.OWNER),
        # ── who agrees ──
        _row(Move.AGREE, {Status.AGREEING}, Status.AGREED, Side.AGREEING, _SECOND),
        _row(Move.SEND_BACK, {Status.AGREEING}, Status.DRAFT, Side.AGREEING, _SECOND, _REASON),
        # ── a newer act ──
        _row(Move.REPLACE, {Status.ADOPTED}, Status.REPLACED, Side.SYSTEM, guards.newer_adopted),
        _row(Move.RESTORE, {Status.REPLACED}, Status.ADOPTED, Side.SYSTEM),  # the newer one was annulled
    )
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a move leads to: the new status, or why it may not be made."""

    status: Status
    refusal: Message | None = None


def decide(move: Move, facts: Facts) -> Decision:
    """Return the status after `move`, or the first reason against it."""
    row, status = TRANSITIONS[move], Status(facts.status)
    if status not in row.sources:
        return Decision(status, NOT_NOW[status])
    for guard in row.guards:
        refusal = guard(facts)
        if refusal is not None:
            return Decision(status, refusal)
    return Decision(row.target or status)


def allowed(status: Status, side: Side) -> tuple[Move, ...]:
    """Return the moves that `side` may try in `status`, in the order of the table."""
    return tuple(row.move for row in TRANSITIONS.values() if row.side is side and status in row.sources)


# Why a move does not fit: the sentence says where the act stands now.
NOT_NOW: Final[dict[Status, Message]] = {
    Status.DRAFT: Message(mark("The act is still a draft.")),
    Status.AGREEING: Message(mark("The draft is being agreed; take it back to change it.")),
    Status.AGREED: Message(mark("The draft is agreed; take it back to change it, or enter its adoption.")),
    Status.ADOPTED: Message(mark("The act is adopted already.")),
    Status.REPLACED: Message(mark("The act was replaced by a newer one.")),
    Status.REPEALED: Message(mark("The act was repealed.")),
    Status.DROPPED: Message(mark("The draft was dropped.")),
}
