"""The card of a milestone: what it is, what shows that it is done, and who decided."""

from __future__ import annotations

import logging
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from avgust.web import files
from avgust.web.accounts.rights import Action
from avgust.web.control.forms import PaperForm
from avgust.web.control.receiving import received
from avgust.web.documents.actions import Refused
from avgust.web.programmes.choosing import number
from avgust.web.projects import actions
from avgust.web.projects.actions.doing import standing_report
from avgust.web.projects.forms import DoneForm
from avgust.web.projects.models import Milestone, MilestoneReport
from avgust.web.projects.pages import rendered
from avgust.web.ui.requests import SignedInRequest, language

logger = logging.getLogger(__name__)

UNPROCESSABLE: Final = 422
_POLICY: Final = "default-src 'none'; sandbox"


def visible_milestone(request: SignedInRequest, pk: int) -> Milestone:
    """Return the milestone; 403 for who may see no programmes at all, 404 for a foreign one."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    rows = Milestone.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("project__measure__programme__unit", "accepted_by"), pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a milestone; posted, report that it is done."""
    row = visible_milestone(request, pk)
    posted = request.POST if request.method == "POST" else None
    if posted is not None and not actions.may_report(row.project, request.user):
        raise PermissionDenied
    form = DoneForm(posted, initial={"version": row.version, "done_on": timezone.localdate()})
    paper = PaperForm(posted)
    if posted is not None and form.is_valid() and paper.is_valid():
        try:
            _report(request, row, form, paper)
        except Refused as refused:
            form.add_error(None, refused.reason.render(language()))
        else:
            messages.success(request, _("The milestone is reported."))
            return redirect(row)
    return _card(request, row, form, paper, status=UNPROCESSABLE if posted is not None else 200)


def _report(request: SignedInRequest, row: Milestone, form: DoneForm, paper: PaperForm) -> None:
    """Report a milestone with what was sent; the file is examined before anything is written."""
    sent = request.FILES.get("file")
    said = form.cleaned_data
    actions.report_milestone(
        row,
        actor=request.user,
        seen=said["version"],
        done_on=said["done_on"],
        text=said["text"],
        paper=None if paper.paper.blank else paper.paper,
        file=received(sent) if sent else None,
    )


def _card(
    request: SignedInRequest, row: Milestone, form: DoneForm, paper: PaperForm, *, status: int
) -> HttpResponse:
    report = standing_report(row)
    open_report = report is not None and report.outcome != MilestoneReport.Outcome.ACCEPTED
    barred = actions.why_not_accept(row, report, request.user) if report is not None and open_report else None
    in_force = row.project.measure.in_force
    context: dict[str, Any] = {
        "row": row,
        "measure": row.project.measure,
        "programme": row.project.measure.programme,
        "reports": row.reports.select_related("author", "decided_by").order_by("-pk"),
        "sees_files": _sees_files(request, row),
        "waits": row.waits.select_related("before"),
        "followers": row.followers.select_related("after"),
        "form": form,
        "paper": paper,
        "planned": row.stage == Milestone.Stage.PLANNED,
        "may_edit": in_force and actions.may_edit(row.project, request.user),
        "may_report": in_force and actions.may_report(row.project, request.user),
        "may_decide": in_force and open_report and barred is None,
        "why_not": rendered(barred),
        "may_withdraw": in_force
        and open_report
        and report is not None
        and report.author_id == request.user.pk,
    }
    return render(request, "projects/milestone.html", context, status=status)


def _sees_files(request: SignedInRequest, row: Milestone) -> bool:
    """Return whether the reader sees what was sent: who reports or decides; others see its name."""
    unit = row.project.measure.programme.unit
    return request.user.may(Action.CONTROL_ASSIGNMENTS, unit) or actions.may_report(row.project, request.user)


@login_required
@require_POST
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept a milestone, return its report, or take one's own report back."""
    row = visible_milestone(request, pk)
    asked, seen = request.POST.get("act", ""), number(request.POST.get("version", ""))
    try:
        if asked == "accept":
            actions.accept_milestone(row, actor=request.user, seen=seen)
            messages.success(request, _("The milestone is accepted."))
        elif asked == "return":
            actions.return_milestone(
                row, actor=request.user, seen=seen, reason=request.POST.get("reason", "")
            )
            messages.success(request, _("The report is returned."))
        else:
            actions.withdraw_report(row, actor=request.user, seen=seen)
            messages.success(request, _("The report is withdrawn."))
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
    return redirect(row)


@login_required
@require_safe
def proof(request: SignedInRequest, pk: int) -> FileResponse:
    """Return the file that shows that a milestone is done, always as a download."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    visible = Milestone.objects.visible_to(request.user)
    rows = MilestoneReport.objects.exclude(sha256="").filter(milestone__in=visible)
    report = get_object_or_404(rows.select_related("milestone__project__measure__programme__unit"), pk=pk)
    if not _sees_files(request, report.milestone):
        raise Http404
    try:
        file = files.place_of(report.sha256).open("rb")
    except FileNotFoundError as absent:  # the database was restored without the folder of uploads
        logger.error("The file of milestone report %s is not in the folder of uploads.", pk)  # noqa: TRY400
        raise Http404 from absent
    answer = FileResponse(file, as_attachment=True, filename=report.file_name)
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer
