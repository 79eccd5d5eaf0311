"""Uploads: sending files, watching them being read, the rows that were refused, taking an upload out."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from avgust.web import audit
from avgust.web.accounts.rights import Action
from avgust.web.assessments import actions, codes
from avgust.web.assessments.forms import TableForm, UploadForm
from avgust.web.assessments.models import MappingPackage, RefusedRow, Upload
from avgust.web.assessments.refusals import refused_xlsx
from avgust.web.assessments.views import visible_work
from avgust.web.ui.attachments import attached
from avgust.web.ui.requests import SignedInRequest, is_fragment, language

FILES: Final = 100  # of an upload on its page
ROWS: Final = 50
REASONS: Final = 8
LONGEST_PACKAGE: Final = 1024 * 1024


def seen_upload(request: SignedInRequest, pk: int) -> Upload:
    """Return the upload; 403 for who imports nothing, 404 for a foreign one."""
    if not request.user.may(Action.IMPORT_RESULTS):
        raise PermissionDenied
    uploads = Upload.objects.visible_to(request.user).select_related(
        "work__unit", "uploaded_by", "amends", "mapping"
    )
    return get_object_or_404(uploads, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take files of a work."""
    work = visible_work(request, pk, to_import=True)
    posted = request.method == "POST"
    form = UploadForm(request.user, request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.upload_results(
                work, actor=request.user, sent=said["files"], mapping=said.get("mapping")
            )
        except ValidationError as error:
            form.add_error("files", error)
        else:
            return redirect("assessments:upload", made.pk)
    return render(
        request, "assessments/send.html", {"work": work, "form": form}, status=422 if posted else 200
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take mended rows of an upload back: only their participants change."""
    found = seen_upload(request, pk)
    posted = request.method == "POST"
    form = UploadForm(request.user, request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            said = form.cleaned_data
            mapping = said.get("mapping") or found.mapping
            made = actions.upload_results(
                found.work, actor=request.user, sent=said["files"], mapping=mapping, amends=found
            )
        except ValidationError as error:
            form.add_error("files", error)
        else:
            return redirect("assessments:upload", made.pk)
    context = {"work": found.work, "upload": found, "form": form}
    return render(request, "assessments/send.html", context, status=422 if posted else 200)


@login_required
@require_safe
def upload(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how far the reading is; then what was taken and what was not."""
    found = seen_upload(request, pk)
    context = _context(request, found)
    template = "assessments/_upload.html" if is_fragment(request) else "assessments/upload.html"
    return render(request, template, context)


def _context(request: SignedInRequest, found: Upload) -> dict[str, Any]:
    if found.is_under_way:
        return {"upload": found, "work": found.work}
    rows = found.refused_rows.filter(mended_by=None).select_related("file")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    files = found.files.all()
    said = language()
    noted = files.exclude(remarks=[])[:FILES]
    faults = files.exclude(fault=None)
    return {
        "upload": found,
        "work": found.work,
        "open": page.paginator.count,
        "page": page,
        "rows": [(row, row.reason.render(said)) for row in page],
        "reasons": _reasons(rows, said),
        "stopped": found.why.render(said) if found.why else "",
        "failed": [(one, one.why.render(said)) for one in faults[:FILES] if one.why],
        "failures": faults.count(),
        "remarks": [(one, [what.render(said) for what in one.said[:5]]) for one in noted],
        "files": files.filter(Q(taken__gt=0) | Q(refused__gt=0))[:FILES],
        "beyond": max(found.total - FILES, 0),
        "amended": found.amendments.order_by("pk"),
    }


def _reasons(rows: QuerySet[RefusedRow], said: str) -> list[tuple[int, str]]:
    """Return how many rows are refused for each reason, said by its first row; the commonest first."""
    kinds = rows.order_by().values("why__msgid").annotate(n=Count("pk"), first=Min("pk")).order_by("-n")
    found = list(kinds[:REASONS])
    examples = RefusedRow.objects.in_bulk([one["first"] for one in found])
    return [(one["n"], examples[one["first"]].reason.render(said)) for one in found]


@login_required
@require_safe
def refused(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return the refused rows as a workbook; the journal keeps the taking: numbers of pupils stand in it."""
    found = seen_upload(request, pk)
    count = found.refused_rows.filter(mended_by=None).count()
    with transaction.atomic():
        audit.record(
            actor=request.user,
            code=codes.REFUSED_TAKEN,
            subject=found.work,
            after={"count": count},
            unit=found.work.unit,
        )
    return attached(refused_xlsx(found), f"refused-{found.pk}.xlsx")


@login_required
@require_POST
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have an upload at which reading stopped read again."""
    found = seen_upload(request, pk)
    try:
        actions.read_again(found, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("assessments:upload", pk)


@login_required
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the rows of an upload out of the results."""
    found = seen_upload(request, pk)
    try:
        actions.withdraw_upload(found, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("assessments:upload", pk)
    messages.success(request, _("The upload is taken out. The results are rewritten within a minute."))
    return redirect(found.work)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mappings(request: SignedInRequest) -> HttpResponse:
    """Show the mappings that are kept; keep one of a package."""
    posts = request.user.posts_allowing(Action.IMPORT_RESULTS)
    if not posts:
        raise PermissionDenied
    posted = request.method == "POST"
    form = TableForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        data = form.cleaned_data["file"].read(LONGEST_PACKAGE)
        try:
            actions.keep_mapping(actor=request.user, unit=posts[0].unit, data=data)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.success(request, _("The mapping is kept."))
            return redirect("assessments:mappings")
    known = MappingPackage.objects.visible_to(request.user).select_related("unit")
    return render(
        request, "assessments/mappings.html", {"form": form, "mappings": known}, status=422 if posted else 200
    )


@login_required
@require_safe
def mapping(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return a mapping as a package."""
    if not request.user.may(Action.IMPORT_RESULTS):
        raise PermissionDenied
    found = get_object_or_404(MappingPackage.objects.visible_to(request.user), pk=pk)
    return attached(found.package, f"mapping-{found.pk}-{found.edition}.json")
