"""Importing a codifier: the file, its faults or its difference, then the import itself."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from avgust.domain.assessment.codifiers import Codifier
from avgust.domain.assessment.codifiers.difference import difference
from avgust.domain.tables import MAX_TABLE_BYTES, TableError
from avgust.web.accounts.rights import Action
from avgust.web.assessments.codifiers import actions
from avgust.web.assessments.codifiers.forms import ImportForm
from avgust.web.assessments.codifiers.models import CodifierDraft, KindName
from avgust.web.assessments.codifiers.presenting import parts_of
from avgust.web.assessments.codifiers.shelf import codifier_of, earlier_of, editions_of
from avgust.web.assessments.subjects import Subject
from avgust.web.ui.requests import SignedInRequest, language

FAULTS: Final = 50  # on the page; the rest is counted


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_(request: SignedInRequest) -> HttpResponse:
    """Take a file; all its faults are told at once, a sound one becomes a draft."""
    if not request.user.may(Action.IMPORT_RESULTS):
        raise PermissionDenied
    posted = request.method == "POST"
    form = ImportForm(request.user, request.POST if posted else None, request.FILES if posted else None)
    faults: list[str] = []
    if posted and form.is_valid():
        made = _drafted(request, form, faults)
        if made is not None:
            return redirect("assessments:codifier_draft", made.pk)
    context = {"form": form, "faults": faults[:FAULTS], "count": len(faults)}
    return render(request, "assessments/codifier_import.html", context, status=422 if posted else 200)


def _drafted(request: SignedInRequest, form: ImportForm, faults: list[str]) -> CodifierDraft | None:
    """Return the draft of a file; None where `faults` or the form say why there is none."""
    file, unit = form.cleaned_data["file"], form.cleaned_data["unit"]
    actions.require(request.user, unit)
    try:
        reading = actions.read_file(file.read(MAX_TABLE_BYTES + 1), form.given)
        if reading.codifier is None:
            faults += [fault.render(language()) for fault in reading.faults]
            return None
        return actions.draft_codifier(reading.codifier, actor=request.user, unit=unit, name=file.name or "")
    except TableError as error:
        form.add_error("file", error.message.render(language()))
    except ValidationError as error:
        form.add_error("file", error)
    return None


def seen_draft(request: SignedInRequest, pk: int) -> CodifierDraft:
    """Return the draft; 403 for who imports nothing, 404 for a foreign one."""
    if not request.user.may(Action.IMPORT_RESULTS):
        raise PermissionDenied
    drafts = CodifierDraft.objects.visible_to(request.user).select_related("unit", "uploaded_by", "made")
    return get_object_or_404(drafts, pk=pk)


@login_required
@require_safe
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what a draft would change; one that is imported leads to its edition."""
    found = seen_draft(request, pk)
    if found.made is not None:
        return redirect(found.made)
    if found.status != CodifierDraft.Status.CHECKING:
        return render(request, "assessments/codifier_draft.html", {"draft": found})
    read = actions.codifier_in(found)
    return render(request, "assessments/codifier_draft.html", {"draft": found, **_shown(found, read)})


def _shown(found: CodifierDraft, read: Codifier) -> dict[str, Any]:
    editions = editions_of(found.unit, read.name)
    earlier = earlier_of(editions, read.since)
    said = difference(codifier_of(earlier) if earlier else None, read)
    return {
        "codifier": read,
        "subject": Subject(read.subject).label,
        "kind": KindName(read.kind).label,
        "earlier": earlier,
        "said": said,
        "parts": parts_of(said) if earlier else [],
        "tree": read.tree[:20] if earlier is None else (),
        "beyond": max(0, len(read.entries) - 20),
    }


@login_required
@require_POST
def apply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Import the draft that was looked at."""
    found = seen_draft(request, pk)
    against = request.POST.get("against", "")
    try:
        made = actions.apply_draft(
            found, actor=request.user, against=int(against) if against.isdecimal() else None
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("assessments:codifier_draft", found.pk)
    messages.success(request, _("The codifier is imported."))
    return redirect(made)


@login_required
@require_POST
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put the draft away."""
    found = seen_draft(request, pk)
    try:
        actions.drop_draft(found, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The draft is put away."))
    return redirect("assessments:codifiers")
