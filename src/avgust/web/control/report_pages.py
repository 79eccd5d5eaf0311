"""The form of a report: one multipart form that keeps whatever reached it, with or without scripts.

Each file is kept as soon as it comes; text and papers with every press of a button. A refusal to send changes
nothing of that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avgust.domain.control.states import OWED, Act, Side
from avgust.web.control.actions import act_on, may_act
from avgust.web.control.cards import visible_assignment
from avgust.web.control.deciding import deciders_of, why_not
from avgust.web.control.errands import errands_for
from avgust.web.control.forms import PaperForm, TextForm
from avgust.web.control.models import Assignment, Report, Requirement
from avgust.web.control.presenting import last_return, needed_words
from avgust.web.control.receiving import received
from avgust.web.control.reporting import (
    add_file,
    add_paper,
    mended,
    remove_evidence,
    take_from_errand,
    write_text,
)
from avgust.web.control.standing import working_units
from avgust.web.control.wording import period_of
from avgust.web.documents.actions import Refused
from avgust.web.ui.requests import SignedInRequest, is_fragment, language

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_FILES: Final = 20  # of one sending


@dataclass(slots=True)
class Outcome:
    """What became of a sending of the form. `lines` are files that were not taken, each with its sentence."""

    paper: PaperForm | None = None
    lines: list[tuple[str, str]] = field(default_factory=list)
    refused: str = ""
    sent: bool = False

    @property
    def failed(self) -> bool:
        """True when something of what was sent was not done."""
        return bool(self.lines or self.refused or (self.paper and self.paper.errors))


def reportable(request: SignedInRequest, pk: int) -> Assignment:
    """Return an assignment that the reader may report about: 404 for a foreign one, 403 for another's."""
    row = visible_assignment(request, pk)
    if not may_act(row, Side.EXECUTOR, request.user):
        raise PermissionDenied
    return row


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the form of a report, or take what it sends."""
    row = reportable(request, pk)
    if row.state not in OWED:
        if request.method == "POST":
            messages.error(request, _("The report was not changed: look at where the assignment stands now."))
        return _led_to(request, row.get_absolute_url())
    if request.method != "POST":
        return _shown(request, row, Outcome())
    outcome = _taken(request, row)
    if outcome.sent:
        messages.success(request, _("The report is sent for acceptance."))
        return _led_to(request, _next(request, row))
    if outcome.failed or is_fragment(request):
        return _shown(request, row, outcome)
    messages.success(request, _("The draft is saved."))
    back = urlencode(
        {"next": _next(request, row)}
    )  # without it the way back would be lost with the first file
    return redirect(f"{reverse('control:report', args=[row.pk])}?{back}")


def _taken(request: SignedInRequest, row: Assignment) -> Outcome:
    """Keep what came, then do what the pressed button says."""
    outcome, actor = Outcome(), request.user
    given: list[UploadedFile[Any]] = request.FILES.getlist("file")
    try:
        text = TextForm(request.POST)
        write_text(row, actor=actor, text=text.data.get("text", "").strip().replace("\r\n", "\n"))
        for file in given[:MOST_FILES]:
            _take_file(row, file, request, outcome)
        outcome.lines += [
            (file.name or "", _("Add it again: too many files at once.")) for file in given[MOST_FILES:]
        ]
        _take_paper(row, request, outcome)
        if request.POST.get("without", "").isdecimal():
            remove_evidence(row, int(request.POST["without"]), actor=actor)
        if request.POST.get("take", "").isdecimal():
            _take_errand(row, int(request.POST["take"]), request)
        if request.POST.get("do") == "send" and not outcome.failed:
            act_on(row, Act.REPORT, actor=actor, seen=_version(request))
            outcome.sent = True
    except Refused as refused:
        outcome.refused = refused.reason.render(language())
    return outcome


def _version(request: SignedInRequest) -> int | None:
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else None


def _take_file(row: Assignment, file: UploadedFile[Any], request: SignedInRequest, outcome: Outcome) -> None:
    """Keep one file; its error stays in its own line."""
    try:
        add_file(row, actor=request.user, file=received(file))
    except Refused as refused:
        outcome.lines.append((file.name or "", refused.reason.render(language())))


def _take_paper(row: Assignment, request: SignedInRequest, outcome: Outcome) -> None:
    """Add the paper when one was filled in; kept as typed while something is wrong with it."""
    form = PaperForm(request.POST, prefix="paper")
    valid = form.is_valid()
    if valid and form.paper.blank:
        return
    if valid:
        add_paper(row, actor=request.user, paper=form.paper)
    else:
        outcome.paper = form


def _take_errand(row: Assignment, pk: int, request: SignedInRequest) -> None:
    errand = row.errands.filter(pk=pk).first()
    if errand is not None:
        take_from_errand(row, errand, actor=request.user)


def _led_to(request: SignedInRequest, address: str) -> HttpResponse:
    """Lead to another page; a script that asked for a part is told to open the whole."""
    if is_fragment(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _next(request: SignedInRequest, row: Assignment) -> str:
    """Return where the reader goes once the report is sent: whence it was begun, else the card."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if target and safe else row.get_absolute_url()


def _shown(request: SignedInRequest, row: Assignment, outcome: Outcome) -> HttpResponse:
    """Show the form as it stands: what is kept, what was typed, what is wrong."""
    if outcome.lines or request.method == "POST":
        row.refresh_from_db(fields=["version", "status"])
    draft = row.reports.filter(outcome=Report.Outcome.DRAFT).first()
    source = draft or mended(row)
    requirement = Requirement.objects.filter(measure=row.measure_id).first()
    kinds = requirement.kinds if requirement else []
    papers = [kind for kind in kinds if kind in dict(PaperForm.base_fields["kind"].choices)]  # type: ignore[attr-defined]
    context = {
        "assignment": row,
        "measure": row.measure,
        "programme": row.programme,
        "period": period_of(row),
        "text": request.POST.get("text", source.text if source else ""),
        "evidence": list(source.evidence.all()) if source else [],
        "drafted": draft is not None,
        "outcome": outcome,
        "paper": outcome.paper or PaperForm(prefix="paper", initial={"kind": papers[0]} if papers else None),
        "paper_open": bool(papers) or outcome.paper is not None,
        "requirement": requirement,
        "needed": needed_words(requirement),
        "returned": last_return(row) if row.status == "returned" else None,
        "offered": [one for one in _flat(errands_for(row, request.user)) if one.evidence.all()],
        "deciders": deciders_of(row),
        "why_not": why_not(row, request.user, working_units(request.user)),
        "limit": settings.EVIDENCE_LIMIT // 2**20,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "fragment": is_fragment(request),
    }
    if is_fragment(request):
        return render(request, "control/_report_form.html", context)
    return render(request, "control/report.html", context, status=422 if outcome.failed else 200)


def _flat(branches: list[Any]) -> list[Any]:
    """Return the errands of a tree, depth first."""
    return [errand for branch in branches for errand in (branch.errand, *_flat(branch.parts))]
