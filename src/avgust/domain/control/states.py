"""The states of an assignment and the acts that change them: one table, the guard beside the transition.

Whether a person has the right to an act at all is asked before (`avgust.web.accounts.rights`); the guards
say what no right goes around: the second person, the reason, the evidence, the date.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from avgust.domain.control import guards
from avgust.domain.control.facts import Facts
from avgust.domain.control.guards import Guard
from avgust.domain.messages import Message, mark


class Status(StrEnum):
    """Where an assignment stands."""

    WAITING = "waiting"  # its event has not come: «в течение месяца после утверждения»
    OPEN = "open"  # на контроле
    REPORTED = "reported"  # отчёт на приёмке
    RETURNED = "returned"  # возвращено на доработку
    ACCEPTED = "accepted"  # исполнено, принято вторым лицом
    SUSPENDED = "suspended"  # приостановлено
    REMOVED = "removed"  # снято с контроля без исполнения
    CANCELLED = "cancelled"  # отменено: пункт отменён, организация исключена или закрыта
    PASSED_ON = "passed_on"  # передано правопреемнику


class Act(StrEnum):
    """What can be done with an assignment."""

    START = "start"
    REMIND = "remind"
    REPORT = "report"
    WITHDRAW = "withdraw"
    INTERIM = "interim"
    ACCEPT = "accept"
    RETURN = "return"
    REOPEN = "reopen"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    SUSPEND = "suspend"
    RESUME = "resume"
    TAKE_OFF = "take_off"
    PUT_BACK = "put_back"
    CANCEL = "cancel"
    REINSTATE = "reinstate"
    PASS_ON = "pass_on"  # noqa: S105 - an act, no password


class Side(StrEnum):
    """Who acts: the organisation that owes, who controls it, or the system by the register."""

    EXECUTOR = "executor"
    CONTROLLER = "controller"
    SYSTEM = "system"


LIVE: Final = frozenset(
    {Status.WAITING, Status.OPEN, Status.REPORTED, Status.RETURNED, Status.SUSPENDED}
)  # something is still owed
OWED: Final = frozenset({Status.OPEN, Status.RETURNED})  # the organisation must act
ENDED: Final = frozenset(Status) - LIVE
UNCOUNTED: Final = frozenset({Status.REMOVED, Status.CANCELLED, Status.PASSED_ON})


@dataclass(frozen=True, slots=True)
class Transition:
    """An act: from where, to where (None: the status stays), by whom, under which guards."""

    act: Act
    sources: frozenset[Status]
    target: Status | None
    side: Side
    guards: tuple[Guard, ...] = ()


def _row(act: Act, sources: Set[Status], target: Status | None, side: Side, *found: Guard) -> Transition:
    return Transition(act, frozenset(sources), target, side, found)


_SECOND, _REASON = guards.second_person, guards.reason_given

TRANSITIONS: Final[dict[Act, Transition]] = {
    row.act: row
    for row in (
        # ── the organisation ──
        _row(Act.REPORT, OWED, Status.REPORTED, Side.EXECUTOR, guards.evidence_complete),
        _row(Act.WITHDRAW, {Status.REPORTED}, Status.OPEN, Side.EXECUTOR),
        _row(Act.INTERIM, OWED | {Status.SUSPENDED}, None, Side.EXECUTOR, _REASON),
        _row(Act.ASK_EXTENSION, OWED, None, Side.EXECUTOR, _REASON, guards.nothing_asked, guards.later_date),
        # ── who controls ──
        _row(Act.ACCEPT, {Status.REPORTED}, Status.ACCEPTED, Side.CONTROLLER, _SECOND),
        _row(Act.RETURN, {Status.REPORTED}, Status.RETURNED, Side.CONTROLLER, _SECOND, _REASON),
        _row(Act.REOPEN, {Status.ACCEPTED}, Status.RETURNED, Side.CONTROLLER, _SECOND, _REASON),
        _row(Act.GRANT_EXTENSION, OWED, None, Side.CONTROLLER, _SECOND, guards.something_asked),
        _row(Act.REFUSE_EXTENSION, OWED, None, Side.CONTROLLER, _SECOND, guards.something_asked, _REASON),
        _row(Act.SUSPEND, OWED | {Status.WAITING}, Status.SUSPENDED, Side.CONTROLLER, _SECOND, _REASON),
        _row(Act.RESUME, {Status.SUSPENDED}, Status.OPEN, Side.CONTROLLER, _SECOND),
        _row(Act.TAKE_OFF, LIVE, Status.REMOVED, Side.CONTROLLER, _SECOND, _REASON),
        _row(Act.PUT_BACK, {Status.REMOVED}, Status.OPEN, Side.CONTROLLER, _SECOND, _REASON),
        _row(Act.START, {Status.WAITING}, Status.OPEN, Side.CONTROLLER, guards.event_named),
        _row(Act.REMIND, OWED, None, Side.CONTROLLER),
        # ── the register and the programme ──
        _row(Act.CANCEL, LIVE, Status.CANCELLED, Side.SYSTEM, _REASON),
        _row(Act.REINSTATE, {Status.CANCELLED, Status.PASSED_ON}, Status.OPEN, Side.SYSTEM),
        _row(Act.PASS_ON, LIVE, Status.PASSED_ON, Side.SYSTEM),
    )
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What an act leads to: the new status, or why it may not be done."""

    status: Status
    refusal: Message | None = None


def decide(act: Act, facts: Facts) -> Decision:
    """Return the status after `act`, or the first reason against it."""
    row = TRANSITIONS[act]
    status = Status(facts.status)
    if status not in row.sources:
        return Decision(status, NOT_NOW[status])
    for guard in row.guards:
        refusal = guard(facts)
        if refusal is not None:
            return Decision(status, refusal)
    return Decision(row.target or status)


def allowed(status: Status, side: Side) -> frozenset[Act]:
    """Return the acts that `side` may try in `status`; the guards are asked when one is done."""
    return frozenset(row.act for row in TRANSITIONS.values() if row.side is side and status in row.sources)


# Why an act does not fit the status: the sentence says where the assignment stands now.
NOT_NOW: Final[dict[Status, Message]] = {
    Status.WAITING: Message(mark("The assignment waits for its event; name the day of the event first.")),
    Status.OPEN: Message(mark("Nothing has been reported or decided yet.")),
    Status.REPORTED: Message(mark("The report waits for acceptance already.")),
    Status.RETURNED: Message(mark("The report was returned and has not been sent again.")),
    Status.ACCEPTED: Message(mark("The assignment is accepted already.")),
    Status.SUSPENDED: Message(mark("The assignment is suspended; resume it first.")),
    Status.REMOVED: Message(mark("The assignment is taken off control.")),
    Status.CANCELLED: Message(mark("The assignment is cancelled.")),
    Status.PASSED_ON: Message(mark("The assignment was passed on to the successor of the organisation.")),
}


def is_late(status: Status, due: date | None, today: date) -> bool:
    """True when something is owed and its last day has passed."""
    return status in OWED and due is not None and due < today
