"""Adoption is the report: what was adopted is sent for acceptance, so that nobody types it a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from avgust.domain.control.states import OWED, Act, Status
from avgust.web.control.actions import act_on
from avgust.web.control.models import Assignment, Evidence, Report
from avgust.web.control.reporting import add_evidence, drop_evidence, open_draft
from avgust.web.documents.actions import Refused

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.acts.models import LocalAct


def report_adoption(act: LocalAct, *, actor: User) -> list[Assignment]:
    """Report the assignments of the organisation that require the act, with the act as evidence.

    One that control refuses (another kind of evidence is needed) keeps the act in its draft.
    """
    done = []
    owed = Assignment.objects.filter(
        unit=act.unit_id, measure__demand__template=act.template_id, status__in=sorted(OWED)
    )
    for assignment in owed.order_by("pk"):
        report = open_draft(assignment, actor=actor)
        try:
            with transaction.atomic():
                _attach(act, report, assignment, actor)
            with transaction.atomic():
                act_on(assignment, Act.REPORT, actor=actor)
        except Refused:
            continue
        done.append(assignment)
    return done


def _attach(act: LocalAct, report: Report, assignment: Assignment, actor: User) -> None:
    if not report.evidence.filter(**_same(act)).exists():
        count = report.evidence.count()
        add_evidence(_evidence(act, report), subject=assignment, count=count, actor=actor, file=None)


def _same(act: LocalAct) -> dict[str, Any]:
    return {
        "kind": Evidence.Kind.LOCAL_ACT,
        "number": act.number,
        "dated": act.adopted_on,
        "sha256": act.sha256,
    }


def _evidence(act: LocalAct, report: Report) -> Evidence:
    return Evidence(
        report=report,
        title=act.title[:300],
        file_name=act.file_name,
        size=act.size,
        mime=act.mime,
        **_same(act),
    )


def withdraw_report(act: LocalAct, *, actor: User) -> None:
    """Take back what waits for acceptance by an act whose adoption was entered by mistake."""
    waiting = Assignment.objects.filter(
        unit=act.unit_id, measure__demand__template=act.template_id, status=Status.REPORTED
    )
    for assignment in waiting.order_by("pk"):
        last = assignment.reports.filter(outcome=Report.Outcome.SENT).last()
        proof = last.evidence.filter(kind=Evidence.Kind.LOCAL_ACT, title=act.title[:300]) if last else None
        if proof is not None and proof.exists():
            act_on(assignment, Act.WITHDRAW, actor=actor)
            drop_evidence(list(proof), subject=assignment, actor=actor)
