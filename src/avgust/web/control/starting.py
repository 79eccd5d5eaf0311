"""The day of an event, named once for every assignment of a measure that waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from avgust.domain.control.occurrences import occurrences
from avgust.domain.control.states import Act, Status, decide
from avgust.domain.messages import Message, mark
from avgust.web import audit
from avgust.web.accounts.rights import Action
from avgust.web.control import codes
from avgust.web.control.actions import Words, facts_of, start_clock
from avgust.web.control.assigning import school_year_of
from avgust.web.control.models import Assignment, AssignmentQuerySet, Step
from avgust.web.documents.actions import Refused

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.programmes.models import Measure

AT_ONCE: Final = 500
NOTHING_WAITS: Final = Message(mark("No assignment of this measure waits for an event."))
_CHANGED: Final = ("status", "since", "event_on", "starts", "assumed", "due", "first_due", "version")


def waiting_for(measure: Measure, actor: User) -> AssignmentQuerySet:
    """Return the assignments of `measure` that wait for their event and that `actor` controls."""
    rows = Assignment.objects.visible_to(actor, Action.CONTROL_ASSIGNMENTS)
    return rows.filter(measure=measure, status=Status.WAITING.value)


@transaction.atomic
def start_measure(measure: Measure, *, actor: User, event_on: date | None) -> int:
    """Start the clock of all that waits, all or nothing; each has its step and its entry.

    Returns how many there were. Raises Refused where nothing waits or the day lies ahead.
    """
    if not actor.may(Action.CONTROL_ASSIGNMENTS):
        raise PermissionDenied
    found = waiting_for(measure, actor).select_related("unit", "programme").order_by("pk")
    rows = list(found.select_for_update(of=("self",)))
    if not rows:
        raise Refused(NOTHING_WAITS)
    words = Words(event_on=event_on)
    decision = decide(Act.START, facts_of(rows[0], actor, words, None))  # nothing else tells them apart
    if decision.refusal is not None:
        raise Refused(decision.refusal)
    times = occurrences(measure.deadline, school_year_of(rows[0].programme), event_on)
    for row in rows:
        start_clock(row, times, event_on)
        row.status, row.since, row.version = Status.OPEN.value, timezone.now(), row.version + 1
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        _write(some, actor)
    _date(measure, rows)
    return len(rows)


def _date(measure: Measure, started: Sequence[Assignment]) -> None:
    """Give the measure the last day of its assignments, once none of them waits any more.

    So that it is found among what is due, stands in the head of its programme and is counted when it passes.
    """
    waiting = Assignment.objects.filter(measure=measure, status=Status.WAITING.value)
    due = max((row.due for row in started if row.due), default=None)
    if due is not None and not waiting.exists():
        type(measure).objects.filter(pk=measure.pk).update(due=due)


def _write(rows: Sequence[Assignment], actor: User) -> None:
    """Write what `start_clock` changed, with a step of history and an entry of the journal for each."""
    Assignment.objects.bulk_update(rows, _CHANGED)
    Step.objects.bulk_create(
        Step(
            assignment=row,
            act=Act.START.value,
            actor=actor,
            at=row.since,
            status=row.status,
            due_after=row.due,
        )
        for row in rows
    )
    before = {"status": Status.WAITING.value, "due": None}
    audit.record_all(
        (
            audit.Act(
                codes.ACTS[Act.START],
                row,
                before,
                {"status": row.status, "due": row.due, "event_on": row.event_on},
            )
            for row in rows
        ),
        actor=actor,
    )
