"""Acts on an assignment: the right, the guard, the change, the history and the journal in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone

from avgust.domain.control.facts import Facts
from avgust.domain.control.occurrences import Occurrence, occurrences
from avgust.domain.control.states import TRANSITIONS, Act, Side, Status, decide
from avgust.domain.messages import Message, mark
from avgust.web.accounts.rights import Action
from avgust.web.audit import Act as Told
from avgust.web.audit import record, record_all
from avgust.web.control import codes
from avgust.web.control.assigning import school_year_of
from avgust.web.control.models import Assignment, Report, Requirement, Step
from avgust.web.control.standing import reporting_units, working_units
from avgust.web.control.telling import tell_owners
from avgust.web.documents.actions import Refused

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.programmes.models import Measure

STALE: Final = Message(mark("Somebody else has acted on this assignment meanwhile. Look at it again."))


@dataclass(frozen=True, slots=True)
class Words:
    """What a person says with an act."""

    reason: str = ""
    wanted_due: date | None = None
    event_on: date | None = None


SILENT: Final = Words()


def may_act(assignment: Assignment, side: Side, user: User) -> bool:
    """Return whether `user` stands on `side` of the assignment at all; the guards say the rest."""
    if side is Side.EXECUTOR:
        return user.may(Action.REPORT_ASSIGNMENT) and assignment.unit_id in reporting_units(user)
    if side is Side.CONTROLLER:
        return user.may(Action.CONTROL_ASSIGNMENTS, assignment.unit)
    return False


@transaction.atomic
def act_on(
    assignment: Assignment, act: Act, *, actor: User, words: Words = SILENT, seen: int | None = None
) -> Step:
    """Do `act`. Raises PermissionDenied without the right, Refused with the sentence of a guard.

    `seen` is the version that the person looked at; another one is refused, so that nobody accepts a
    report that was changed under her eyes.
    """
    rows = Assignment.objects.select_related("unit", "measure", "programme")
    locked = get_object_or_404(rows.select_for_update(of=("self",)), pk=assignment.pk)
    if not may_act(locked, TRANSITIONS[act].side, actor):
        raise PermissionDenied
    if seen is not None and seen != locked.version:
        raise Refused(STALE)
    report = _report_for(locked, act)
    decision = decide(act, facts_of(locked, actor, words, report))
    if decision.refusal is not None:
        raise Refused(decision.refusal)
    return _carry_out(locked, act, decision.status, actor, words, report)


def facts_of(assignment: Assignment, actor: User, words: Words, report: Report | None) -> Facts:
    """Return an assignment as the guards see it."""
    needed = Requirement.objects.filter(measure=assignment.measure_id).values_list("kinds", flat=True).first()
    kinds = report.evidence.values_list("kind", flat=True) if report else ()
    return facts_with(assignment, actor, words, kinds=kinds, needed=needed or ())


def facts_with(
    assignment: Assignment, actor: User, words: Words, *, kinds: Iterable[str], needed: Iterable[str]
) -> Facts:
    """Return an assignment as the guards see it, with the kinds of evidence that are there and needed."""
    return Facts(
        status=assignment.status,
        unit=assignment.unit_id,
        today=timezone.localdate(),
        actor=actor.pk,
        actor_units=working_units(actor),
        spoke=frozenset(assignment.spoke.get("people", ())),
        spoke_units=frozenset(assignment.spoke.get("units", ())),
        due=assignment.due,
        asked_due=assignment.asked_due,
        wanted_due=words.wanted_due,
        event_on=words.event_on,
        reason=words.reason,
        evidence=frozenset(kinds),
        needed=frozenset(needed),
    )


def _report_for(assignment: Assignment, act: Act) -> Report | None:
    """Return the report that the act is about: the draft that is sent, else the last one sent."""
    if act is Act.REPORT:
        return assignment.reports.filter(outcome=Report.Outcome.DRAFT).first()
    if act in _OUTCOMES:
        return assignment.reports.exclude(sent_at=None).order_by("-sent_at", "-pk").first()
    return None


_OUTCOMES: Final = {
    Act.REPORT: Report.Outcome.SENT,
    Act.WITHDRAW: Report.Outcome.DRAFT,
    Act.ACCEPT: Report.Outcome.ACCEPTED,
    Act.RETURN: Report.Outcome.RETURNED,
    Act.REOPEN: Report.Outcome.RETURNED,
}


def _carry_out(
    row: Assignment, act: Act, status: Status, actor: User, words: Words, report: Report | None
) -> Step:
    """Write what the act changes, its step and its entry in the journal."""
    entry, step = change(row, act, status, actor, words, report)
    row.save()
    if report is not None:
        report.save()
    record_all([entry], actor=actor)
    tell_owners(row, act, actor=actor)
    step.save()
    return step


def change(
    row: Assignment, act: Act, status: Status, actor: User, words: Words, report: Report | None
) -> tuple[Told, Step]:
    """Do the act to the rows in memory; return its entry in the journal and its step, nothing saved."""
    now, before = timezone.now(), {"status": row.status, "due": row.due}
    if act in _EFFECTS:
        _EFFECTS[act](row, actor, words)
    if status is Status.OPEN and row.due is None:
        status = Status.WAITING  # resumed or put back, and its event has still not come
    if status.value != row.status:
        row.status, row.since = status.value, now
    row.version += 1
    if report is not None:
        _close_report(report, act, now)
    entry = Told(
        codes.ACTS[act],
        row,
        before=before,
        after={
            "status": row.status,
            "due": row.due,
            "asked": words.wanted_due,
            "event_on": words.event_on,
            "reason": words.reason,
        },
        reason=words.reason,
    )
    step = Step(
        assignment=row,
        act=act.value,
        actor=actor,
        at=now,
        status=row.status,
        reason=words.reason.strip(),
        due_before=before["due"],
        due_after=words.wanted_due if act is Act.ASK_EXTENSION else row.due,
        report=report,
    )
    return entry, step


def _close_report(report: Report, act: Act, now: datetime) -> None:
    report.outcome = _OUTCOMES[act]
    if act is Act.REPORT:
        report.sent_at = now
    elif act is not Act.WITHDRAW:
        report.decided_at = now


def _speak(row: Assignment, actor: User) -> None:
    """Remember who spoke and did the work, and where else she works: they may not decide about it."""
    did = (errand.given_to_id for errand in row.errands.all())
    people = {*row.spoke.get("people", ()), actor.pk, *did}
    units = {*row.spoke.get("units", ()), *working_units(actor)}
    row.spoke = {"people": sorted(people), "units": sorted(units)}


def _report(row: Assignment, actor: User, _words: Words) -> None:
    _speak(row, actor)
    row.reported_at, row.asked_due = timezone.now(), None


def _withdraw(row: Assignment, _actor: User, _words: Words) -> None:
    row.reported_at = None


def _accept(row: Assignment, actor: User, _words: Words) -> None:
    row.accepted_at, row.accepted_by = timezone.now(), actor


def _take_back(row: Assignment, _actor: User, _words: Words) -> None:
    row.accepted_at = row.accepted_by = row.reported_at = None


def _ask(row: Assignment, actor: User, words: Words) -> None:
    _speak(row, actor)
    row.asked_due = words.wanted_due


def _grant(row: Assignment, _actor: User, _words: Words) -> None:
    row.due, row.asked_due = row.asked_due, None


def _answer(row: Assignment, _actor: User, _words: Words) -> None:
    row.asked_due = None


def _start(row: Assignment, _actor: User, words: Words) -> None:
    """Start the clock of an assignment that waited for its event."""
    times = occurrences(row.measure.deadline, school_year_of(row.programme), words.event_on)
    start_clock(row, times, words.event_on)


def start_clock(row: Assignment, times: Sequence[Occurrence], event_on: date | None) -> None:
    """Date an assignment by the day of its event; `times` are the occurrences of its measure after it."""
    time = next((one for one in times if one.key == row.occurrence), times[0])
    row.event_on, row.starts, row.assumed = event_on, time.starts, time.assumed
    row.due = row.first_due = time.due


_EFFECTS: Final[dict[Act, Callable[[Assignment, User, Words], None]]] = {
    Act.REPORT: _report,
    Act.WITHDRAW: _withdraw,
    Act.ACCEPT: _accept,
    Act.RETURN: _withdraw,
    Act.REOPEN: _take_back,
    Act.ASK_EXTENSION: _ask,
    Act.GRANT_EXTENSION: _grant,
    Act.REFUSE_EXTENSION: _answer,
    Act.TAKE_OFF: _answer,
    Act.SUSPEND: _answer,
    Act.START: _start,
}


@dataclass(slots=True)
class Outcome:
    """What a bulk act did: the assignments that changed, and the reasons of those that did not."""

    done: list[int] = field(default_factory=list)
    refused: list[tuple[Assignment, Message]] = field(default_factory=list)


def act_on_many(
    assignments: Iterable[Assignment], act: Act, *, actor: User, words: Words = SILENT
) -> Outcome:
    """Do `act` on each assignment as an act of its own: its guards, its transaction, its entry.

    One that is refused holds back only itself.
    """
    found = Outcome()
    for assignment in assignments:
        try:
            act_on(assignment, act, actor=actor, words=words, seen=assignment.version)
        except Refused as refused:
            found.refused.append((assignment, refused.reason))
        except PermissionDenied:
            found.refused.append((assignment, NOT_YOURS))
        else:
            found.done.append(assignment.pk)
    return found


NOT_YOURS: Final = Message(mark("Your post does not control this organisation."))


@transaction.atomic
def require_evidence(measure: Measure, *, kinds: Sequence[str], words: str, actor: User) -> Requirement:
    """Say which kinds of evidence a measure needs; none means that any will do."""
    if not actor.may(Action.EDIT_PROGRAMME, measure.programme.unit):
        raise PermissionDenied
    row, _made = Requirement.objects.update_or_create(
        measure=measure, defaults={"kinds": sorted(set(kinds)), "words": " ".join(words.split())[:500]}
    )
    record(
        actor=actor,
        code=codes.REQUIRED,
        subject=measure,
        after={"words": row.words or row.kinds, "kinds": row.kinds},
    )
    return row
