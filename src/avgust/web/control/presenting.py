"""What the card of an assignment shows, read in a bounded number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from avgust.domain.control.states import LIVE, OWED, Act, Side
from avgust.web.control.actions import may_act
from avgust.web.control.deciding import deciders_of, why_not
from avgust.web.control.errands import errands_for
from avgust.web.control.models import Assignment, Evidence, Report, Requirement, Step
from avgust.web.control.offering import offers
from avgust.web.control.reporting import mended
from avgust.web.control.standing import working_units
from avgust.web.control.wording import lede_of, period_of, step_words

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

STEPS: Final = 100
LONGEST_LINE: Final = 20  # of predecessors


@dataclass(frozen=True, slots=True)
class Line:
    """An act in the log; `of` is the predecessor in whose time it was done."""

    step: Step
    words: str
    of: Assignment | None = None


def card(assignment: Assignment, reader: User) -> dict[str, Any]:
    """Return the values of the card."""
    today = timezone.localdate()
    line = _predecessors(assignment)
    speaks = may_act(assignment, Side.EXECUTOR, reader)
    here = offers(assignment, reader)
    return {
        "assignment": assignment,
        "measure": assignment.measure,
        "programme": assignment.programme,
        "period": period_of(assignment),
        "state": assignment.proof_on(today),
        "lede": lede_of(assignment, today),
        "live": assignment.state in LIVE,
        "late": assignment.late_on(today),
        "offers": here,
        "main": [one for one in here if one.wording.weight == "primary"],
        "others": [one for one in here if one.wording.weight != "primary"],
        "barred": next((one.barred for one in here if one.barred), ""),
        "deciders": deciders_of(assignment) if assignment.state in LIVE else None,
        "why_not": why_not(assignment, reader, working_units(reader)),
        "speaks": speaks,
        "owed": assignment.state in OWED,
        "reports": reports_of([assignment, *line]),
        "draft": _draft(assignment) if speaks else None,
        "lines": _lines(assignment, line),
        "line": line,
        "requirement": Requirement.objects.filter(measure=assignment.measure_id).first(),
        "hands_on": speaks and assignment.state in LIVE,
        "errands": errands_for(assignment, reader),
    }


def _predecessors(assignment: Assignment) -> list[Assignment]:
    """Return whose work the organisation took over, the nearest first."""
    found: list[Assignment] = []
    here = assignment.inherits_id
    while here is not None and len(found) < LONGEST_LINE:
        row = Assignment.objects.select_related("unit").get(pk=here)
        found.append(row)
        here = row.inherits_id
    return found


def reports_of(assignments: list[Assignment]) -> list[Report]:
    """Return what was sent, the newest first, with its evidence; a draft is its author's own business."""
    sent = Report.objects.filter(assignment__in=assignments).exclude(sent_at=None)
    sent = sent.exclude(outcome=Report.Outcome.DRAFT).select_related("author", "assignment__unit")
    return list(sent.prefetch_related("evidence").order_by("-sent_at", "-pk"))


def _draft(assignment: Assignment) -> Report | None:
    """Return the draft with its evidence, or the returned report that is to be mended."""
    draft = assignment.reports.filter(outcome=Report.Outcome.DRAFT).prefetch_related("evidence").first()
    return draft or mended(assignment)


def _lines(assignment: Assignment, line: list[Assignment]) -> list[Line]:
    """Return the log, the newest first, with what predecessors did."""
    of = {row.pk: row for row in line}
    steps = Step.objects.filter(assignment__in=[assignment, *line]).select_related("actor")
    latest = steps.order_by("-at", "-pk")[:STEPS]
    return [Line(step, step_words(step), of.get(step.assignment_id)) for step in latest]


def last_return(assignment: Assignment) -> Step | None:
    """Return who returned the report, when and why."""
    returned = assignment.steps.filter(act__in=(Act.RETURN, Act.REOPEN)).select_related("actor")
    return returned.order_by("-pk").first()


def needed_words(requirement: Requirement | None) -> list[str]:
    """Return the kinds of evidence that a measure needs, in words."""
    names = dict(Evidence.Kind.choices)
    return [str(names[kind]) for kind in (requirement.kinds if requirement else ()) if kind in names]
