"""A milestone is done by an act: shown by a document, or accepted by a second person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from avgust.domain.control.facts import Facts
from avgust.domain.control.guards import reason_given, second_person
from avgust.domain.evidence import Paper, faults
from avgust.domain.messages import Message, mark
from avgust.web import files
from avgust.web.accounts.rights import Action
from avgust.web.audit import record
from avgust.web.control.receiving import Received
from avgust.web.control.reporting import file_values, paper_values
from avgust.web.control.standing import reporting_units, working_units
from avgust.web.documents.actions import Refused
from avgust.web.notices.actions import settle
from avgust.web.projects import codes
from avgust.web.projects.actions.projects import LONGEST, NOT_IN_FORCE, Overtaken, may_edit
from avgust.web.projects.models import Milestone, MilestoneReport, Project
from avgust.web.projects.telling import ACCEPTED, CLAIMED, RETURNED, nearest_deciders, tell_people

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.audit import LogCode

_NOT_REPORTED: Final = Message(mark("Nobody reported this milestone, or the report was decided about."))


def may_report(project: Project, user: User) -> bool:
    """Return whether `user` may say that a milestone is done: an editor, or who speaks for an executor."""
    if may_edit(project, user):
        return True
    units = reporting_units(user)
    return bool(units) and project.measure.assignments.filter(unit__in=units).exists()


@transaction.atomic
def report_milestone(
    milestone: Milestone,
    *,
    actor: User,
    seen: int,
    done_on: date,
    text: str = "",
    paper: Paper | None = None,
    file: Received | None = None,
) -> MilestoneReport:
    """Say that a milestone was done on a day.

    With a file, or a paper that can be found again, it is done by document. Without, it waits for a second
    person. Raises Refused for a day to come, for a paper that says too little and for neither word nor
    evidence.
    """
    row = _locked(milestone, seen)
    if not may_report(row.project, actor):
        raise PermissionDenied
    _require_sayable(row, done_on, text, paper, file)
    shown = _evidence(paper, file)
    outcome = MilestoneReport.Outcome
    report = MilestoneReport.objects.create(
        milestone=row,
        author=actor,
        spoke={"units": sorted(working_units(actor))},
        done_on=done_on,
        text=text.strip()[:LONGEST],
        outcome=outcome.DOCUMENTED if shown else outcome.SENT,
        **shown,
    )
    _stage(row, Milestone.Stage.DONE if shown else Milestone.Stage.CLAIMED, done_on if shown else None)
    code = codes.DOCUMENTED if shown else codes.CLAIMED
    _record(row, code, actor, done_on=done_on)
    if not shown:
        tell_people(row, CLAIMED, nearest_deciders(row, lambda who: why_not_accept(row, report, who) is None))
    return report


def _require_sayable(
    row: Milestone, done_on: date, text: str, paper: Paper | None, file: Received | None
) -> None:
    today = timezone.localdate()
    if row.stage != Milestone.Stage.PLANNED:
        raise Refused(Message(mark("This milestone is reported already.")))
    if done_on > today:
        raise Refused(Message(mark("This day has not come yet: what lies ahead proves nothing.")))
    if paper is not None:
        wrong = faults(paper, today)
        if wrong:
            raise Refused(next(iter(wrong.values())))
    if not (text.strip() or paper or file):
        raise Refused(Message(mark("Say what was done, or add what shows it.")))


def _evidence(paper: Paper | None, file: Received | None) -> dict[str, Any]:
    """Return the columns of what shows it; a file is kept when the act is."""
    found: dict[str, Any] = paper_values(paper) if paper else {}
    if file is None:
        return found
    of_file = file_values(file)
    of_file.pop("pages")
    files.hold(str(of_file["sha256"]))
    files.keep(file.content.data)
    return {**found, **of_file, "kind": of_file["kind"]}


def _locked(milestone: Milestone, seen: int) -> Milestone:
    """Return a milestone locked as it stands. Raises Overtaken when it changed after version `seen`."""
    rows = Milestone.objects.select_for_update(of=("self",)).select_related(
        "project__measure__programme__unit"
    )
    row = rows.get(pk=milestone.pk)
    if row.version != seen:
        raise Overtaken
    if not row.project.measure.in_force:
        raise Refused(NOT_IN_FORCE)
    return row


def _stage(
    row: Milestone, stage: Milestone.Stage, done_on: date | None, accepted_by: User | None = None
) -> None:
    row.stage, row.done_on, row.accepted_by = stage, done_on, accepted_by
    row.version += 1
    row.save()


def standing_report(row: Milestone) -> MilestoneReport | None:
    """Return the report on which a milestone stands."""
    last = row.reports.select_related("author", "decided_by").last()
    return last if last is not None and last.standing else None


def why_not_accept(row: Milestone, report: MilestoneReport, user: User) -> Message | None:
    """Return what bars `user` from deciding about a report; None for a second person."""
    if not user.may(Action.CONTROL_ASSIGNMENTS, row.project.measure.programme.unit):
        return Message(mark("You cannot accept it."))
    return second_person(_facts(row, report, user))


def _facts(row: Milestone, report: MilestoneReport, user: User) -> Facts:
    """Return what the guards look at; a milestone has no organisation of its own, the one who spoke has."""
    return Facts(
        status=row.stage,
        unit=0,
        today=timezone.localdate(),
        actor=user.pk,
        actor_units=working_units(user),
        spoke=frozenset({report.author_id}),
        spoke_units=frozenset(report.spoke.get("units", ())),
    )


def _decided(milestone: Milestone, actor: User, seen: int) -> tuple[Milestone, MilestoneReport]:
    """Return the milestone and the report that `actor` decides about; a second person only."""
    row = _locked(milestone, seen)
    if not actor.may(Action.CONTROL_ASSIGNMENTS, row.project.measure.programme.unit):
        raise PermissionDenied
    report = standing_report(row)
    if report is None or report.outcome == MilestoneReport.Outcome.ACCEPTED:
        raise Refused(_NOT_REPORTED)
    barred = second_person(_facts(row, report, actor))
    if barred is not None:
        raise Refused(barred)
    return row, report


@transaction.atomic
def accept_milestone(milestone: Milestone, *, actor: User, seen: int) -> None:
    """Accept that a milestone is done, as a second person."""
    row, report = _decided(milestone, actor, seen)
    _close(report, MilestoneReport.Outcome.ACCEPTED, actor)
    _stage(row, Milestone.Stage.DONE, report.done_on, actor)
    _record(row, codes.ACCEPTED, actor, done_on=report.done_on)
    tell_people(row, ACCEPTED, [report.author])


@transaction.atomic
def return_milestone(milestone: Milestone, *, actor: User, seen: int, reason: str) -> None:
    """Return a report: the milestone is not done. A second person says why."""
    row, report = _decided(milestone, actor, seen)
    missing = reason_given(replace(_facts(row, report, actor), reason=reason))
    if missing is not None:
        raise Refused(missing)
    report.remark = reason.strip()[:500]
    _close(report, MilestoneReport.Outcome.RETURNED, actor)
    _stage(row, Milestone.Stage.PLANNED, None)
    _record(row, codes.RETURNED, actor, reason=report.remark)
    tell_people(row, RETURNED, [report.author])


@transaction.atomic
def withdraw_report(milestone: Milestone, *, actor: User, seen: int) -> None:
    """Take one's own report back before anybody accepted it."""
    row = _locked(milestone, seen)
    report = standing_report(row)
    if report is None or report.outcome == MilestoneReport.Outcome.ACCEPTED:
        raise Refused(_NOT_REPORTED)
    if report.author_id != actor.pk:
        raise PermissionDenied
    _close(report, MilestoneReport.Outcome.WITHDRAWN, actor)
    _stage(row, Milestone.Stage.PLANNED, None)
    _record(row, codes.WITHDREW, actor)


def _close(report: MilestoneReport, outcome: MilestoneReport.Outcome, actor: User) -> None:
    settle(CLAIMED, subject=report.milestone)
    report.outcome, report.decided_by, report.decided_at = outcome, actor, timezone.now()
    report.save()


def _record(row: Milestone, code: LogCode, actor: User, *, reason: str = "", **after: Any) -> None:
    """Write an act on a milestone into the history of its measure."""
    measure, values = row.project.measure, {"title": row.title, **after}
    record(actor=actor, code=code, subject=measure, after=values, reason=reason)
