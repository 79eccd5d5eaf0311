"""What a returned row would do to its assignment as it stands now: done, in conflict, or refused and why.

Acts are judged by the same table of states as on the page (`domain.control.states`); when they are done, they
are judged once more, so that nothing here gives a right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from avgust.domain.control.facts import Facts
from avgust.domain.control.states import NOT_NOW, OWED, Act, Side, Status, decide
from avgust.domain.evidence.papers import Paper, faults
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.worksheet.reading import Said
from avgust.domain.reporting.worksheet.rows import Choice


class Does(StrEnum):
    """What a row would do."""

    SEND = "send"
    ACCEPT = "accept"
    RETURN = "return"
    DRAFT = "draft"


class Verdict(StrEnum):
    """Whether it may be done."""

    READY = "ready"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Standing:
    """An assignment now: what the guards look at, who the reader is to it, the text that stands."""

    facts: Facts
    version: int
    sides: frozenset[Side]
    text: str  # the print of the text that the reader would download now


@dataclass(frozen=True, slots=True)
class Judged:
    """What a row would do, and why not where it may not."""

    does: Does
    verdict: Verdict
    why: Message | None = None


ACTS: Final = {Choice.SEND: Act.REPORT, Choice.ACCEPT: Act.ACCEPT, Choice.RETURN: Act.RETURN}
UNKNOWN: Final = Message(
    mark(
        "The assignment is not of this programme, or its organisation is outside your scope. Delete the row."
    )
)
CHANGED: Final = Message(
    mark(
        "It has changed since the download: now it %(state)s. Download the report anew and look at it again."
    )
)
REWRITTEN: Final = Message(
    mark("The draft was rewritten since the download. Download the report anew, or write on the page.")
)
NOT_EXECUTOR: Final = Message(
    mark("You do not speak for this organisation: its report is written and sent by its own people.")
)
NOT_CONTROLLER: Final = Message(
    mark("Your post does not control this organisation: who does accepts or returns its report.")
)
NOT_BOTH: Final = Message(
    mark("Who accepts or returns a report does not write it: leave its text and link as they were.")
)
NO_DECISION: Final = Message(
    mark("A reason is written and “Return for rework” is not chosen. Choose it, or clear the reason.")
)
# Where an assignment stands, after «now it …».
NOW: Final = {
    Status.WAITING: Message(mark("waits for its event")),
    Status.OPEN: Message(mark("is on control")),
    Status.REPORTED: Message(mark("is reported")),
    Status.RETURNED: Message(mark("is returned for rework")),
    Status.ACCEPTED: Message(mark("is accepted")),
    Status.SUSPENDED: Message(mark("is suspended")),
    Status.REMOVED: Message(mark("is taken off control")),
    Status.CANCELLED: Message(mark("is cancelled")),
    Status.PASSED_ON: Message(mark("is passed on to a successor")),
}


def judge(said: Said, standing: Standing | None) -> Judged:
    """Return what `said` would do; `standing` is None where the reader sees no such assignment."""
    does = Does(said.choice.value) if said.choice else Does.DRAFT
    if standing is None:
        return Judged(does, Verdict.REFUSED, UNKNOWN)
    conflict = _conflict(said, standing)
    if conflict is not None:
        return Judged(does, Verdict.CONFLICT, conflict)
    why = _against(said, standing)
    return Judged(does, Verdict.REFUSED if why else Verdict.READY, why)


def _conflict(said: Said, standing: Standing) -> Message | None:
    if said.key.version != standing.version:
        return Message(CHANGED.msgid, {"state": NOW[Status(standing.facts.status)]})
    if (said.text or said.choice is Choice.SEND) and said.key.text != standing.text:
        return REWRITTEN
    return None


def _against(said: Said, standing: Standing) -> Message | None:
    writes = said.choice in (None, Choice.SEND)
    side = Side.EXECUTOR if writes else Side.CONTROLLER
    if said.reason and said.choice is not Choice.RETURN:
        return NO_DECISION
    if side not in standing.sides:
        return NOT_EXECUTOR if writes else NOT_CONTROLLER
    if not writes and (said.text or said.link):
        return NOT_BOTH
    facts = standing.facts
    if said.link:
        wrong = faults(Paper("link", url=said.link), facts.today)
        if wrong:
            return next(iter(wrong.values()))
        facts = replace(facts, evidence=facts.evidence | {"link"})
    if said.choice is None:
        status = Status(facts.status)
        return None if status in OWED else NOT_NOW[status]
    return decide(ACTS[said.choice], replace(facts, reason=said.reason)).refusal
