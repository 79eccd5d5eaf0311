"""Pages of a report that is sent back: upload, the difference, progress, the outcome, refused rows."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from avgust.domain.messages import message_of
from avgust.domain.reporting.worksheet.judging import Does, Verdict
from avgust.web.accounts.rights import Action
from avgust.web.documents.actions import Refused
from avgust.web.reports import returning
from avgust.web.reports.asking import programme_of
from avgust.web.reports.models import PLANS, ReturnedFile, ReturnedRow
from avgust.web.reports.refused_rows import write_refused
from avgust.web.ui.attachments import TYPES
from avgust.web.ui.requests import SignedInRequest, is_fragment, language
from avgust.web.ui.tables import TableForm

FILES: Final = 20
PAGE: Final = 50
UNPROCESSABLE: Final = 422


class ReturnForm(TableForm):
    """The filled-in report."""

    label = gettext_lazy("Filled-in report")
    hint = gettext_lazy("The workbook that was downloaded here, XLSX or saved as ODS.")
    endings = ".xlsx,.ods"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a filled-in report; show those that the reader sent earlier."""
    programme = programme_of(request, pk, Action.SEE_ASSIGNMENTS)
    if not returning.may_return(request.user):
        raise PermissionDenied
    form = ReturnForm.asked(request)
    if form.is_sent:
        try:
            data = form.read()
            kept = returning.upload_returned(programme, actor=request.user, name=form.name, data=data)
            return redirect(kept)
        except Refused as refused:
            form.refuse(refused.reason)
    earlier = ReturnedFile.objects.visible_to(request.user).filter(programme=programme)
    context = {
        "programme": programme,
        "form": form,
        "files": earlier.exclude(status=ReturnedFile.Status.DROPPED)[:FILES],
        "may_export": request.user.may(Action.EXPORT_PROGRAMME),
    }
    return render(request, "reports/send_back.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _seen(request: SignedInRequest, pk: int) -> ReturnedFile:
    """Return the reader's own file; 403 for who can say nothing in a report, 404 for another's."""
    if not returning.may_return(request.user):
        raise PermissionDenied
    rows = ReturnedFile.objects.visible_to(request.user).select_related("programme")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_safe
def returned(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how far a file is, what it would do, or what it did."""
    found = _seen(request, pk)
    counts = found.counts()
    context: dict[str, Any] = {"file": found, "programme": found.programme, "counts": counts}
    if is_fragment(request) and found.is_under_way:
        return render(request, "reports/_returned_progress.html", context)
    why = message_of(found.why)
    context |= {"why": why.render(language()) if why else "", "does": _does(counts)}
    if not found.is_under_way:
        context |= _lists(request, found)
    response = render(request, "reports/returned.html", context)
    if is_fragment(request):
        response.headers["HX-Refresh"] = "true"
    return response


def _does(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Return how many rows do what, where there is any."""
    return [(str(PLANS[one]), counts[one.value]) for one in Does if counts[one.value]]


def _lists(request: SignedInRequest, found: ReturnedFile) -> dict[str, Any]:
    """Return a page of the rows that are taken and one of those that are not, each with its own number."""
    rows = found.rows.select_related("assignment__measure")
    against = rows.exclude(verdict=Verdict.READY.value).order_by("row")
    ready = Paginator(rows.filter(verdict=Verdict.READY.value).order_by("row"), PAGE)
    refused = Paginator(against, PAGE)
    page = ready.get_page(request.GET.get("page"))
    faulty = refused.get_page(request.GET.get("faults"))
    return {"page": page, "faults": [(row, _why(row)) for row in faulty.object_list], "faulty": faulty}


def _why(row: ReturnedRow) -> str:
    message = message_of(row.why)
    return message.render(language()) if message else ""


@login_required
@require_POST
def apply_returned(request: SignedInRequest, pk: int) -> HttpResponse:
    """Apply the rows that can be."""
    found = _seen(request, pk)
    try:
        returning.apply_returned(found, actor=request.user)
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
    return redirect(found)


@login_required
@require_POST
def drop_returned(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a file away."""
    found = _seen(request, pk)
    try:
        returning.drop_returned(found, actor=request.user)
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
        return redirect(found)
    messages.success(request, _("The file is put away; nothing was written."))
    return redirect("reports:send_back", found.programme_id)


@login_required
@require_safe
def refused(request: SignedInRequest, pk: int) -> FileResponse:
    """Return the rows that were not taken as a workbook that can be mended and sent back again."""
    found = _seen(request, pk)
    out = TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_refused(out, found, request.user, language())
    out.seek(0)
    name = f"report-{found.programme_id}-{timezone.localdate()}-rows.xlsx"
    return FileResponse(out, as_attachment=True, filename=name, content_type=TYPES["xlsx"])
