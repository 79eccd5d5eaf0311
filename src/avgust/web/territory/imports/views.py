"""Pages of files: upload, the difference with the register, writing, undoing."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from avgust.domain.tables import TableError
from avgust.domain.territory.imports.difference import State
from avgust.web.accounts.rights import Action
from avgust.web.territory.imports import actions, undoing
from avgust.web.territory.imports.forms import UploadForm
from avgust.web.territory.imports.reading import compared, known_register, scope_of
from avgust.web.territory.imports.showing import SHOWN, DifferenceView, written_changes
from avgust.web.territory.models import ImportFile, Unit
from avgust.web.ui.requests import SignedInRequest

PAGE: Final = 30
_FIX, _LEAVE, _ANSWER = "fix:", "leave:", "answer:"


def seen_file(request: SignedInRequest, pk: int) -> ImportFile:
    """Return the file; 403 for who changes no territory, 404 for a foreign one."""
    if not request.user.may(Action.EDIT_TERRITORY):
        raise PermissionDenied
    files = ImportFile.objects.visible_to(request.user).select_related("unit", "uploaded_by")
    return get_object_or_404(files, pk=pk)


def top_of(request: SignedInRequest) -> Unit:
    """Return the tree for which the person uploads: that of the post; 403 for who has none."""
    posts = request.user.posts_allowing(Action.EDIT_TERRITORY)
    if not posts:
        raise PermissionDenied
    return posts[0].unit


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: SignedInRequest) -> HttpResponse:
    """Take a file; show those that were taken earlier."""
    top = top_of(request)
    form = UploadForm.asked(request, initial={"day": timezone.localdate()})
    if form.is_sent:
        taken = _taken(request, form, top)
        if taken:
            return redirect("territory:file", pk=taken.pk)
    found = ImportFile.objects.visible_to(request.user).select_related("uploaded_by").defer("table")
    page = Paginator(found.exclude(status=ImportFile.Status.DROPPED), PAGE).get_page(request.GET.get("page"))
    status = 422 if form.is_bound else 200
    return render(request, "territory/files.html", {"form": form, "page": page}, status=status)


def _taken(request: SignedInRequest, form: UploadForm, top: Unit) -> ImportFile | None:
    """Return the kept file; None with the sentence on the form where it cannot be read."""
    said = form.cleaned_data
    try:
        return actions.upload_file(
            actor=request.user,
            unit=top,
            name=form.name,
            data=form.read(),
            day=said["day"],
            renaming=said["renaming"],
        )
    except TableError as error:
        form.refuse(error)
        return None


@login_required
@require_safe
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what a file would change, or what it changed."""
    found = seen_file(request, pk)
    if found.status != ImportFile.Status.CHECKING:
        return _written(request, found)
    view = DifferenceView(*compared(found, request.user))
    context = {
        "file": found,
        "counts": view.counts,
        "faults": view.faults(),
        "questions": view.rows(State.QUESTION),
        "changed": view.rows(State.CHANGED),
        "new": view.rows(State.NEW),
        "same": view.same(),
        "missing": view.missing(),
        "beyond_changed": view.beyond(State.CHANGED),
        "beyond_new": view.beyond(State.NEW),
    }
    return render(request, "territory/file.html", context)


def _written(request: SignedInRequest, found: ImportFile) -> HttpResponse:
    lines = [line for line in found.lines.select_related("unit") if line.says]
    standing: set[int] = set()
    if found.status == ImportFile.Status.WRITTEN:
        known = known_register(scope_of(request.user, found.unit), found.day)
        standing = {row.line.pk for row in undoing.untouched(found, known) if row.line.says}
    changed_since = [line for line in lines if line.pk not in standing and not line.undone]
    context = {
        "file": found,
        "rows": [(line, written_changes(line.changes)) for line in lines[:SHOWN]],
        "total": len(lines),
        "beyond": max(len(lines) - SHOWN, 0),
        "undoable": len(standing),
        "changed_since": changed_since if found.status == ImportFile.Status.WRITTEN else [],
        "left": [line for line in lines if not line.undone],
    }
    return render(request, "territory/file_written.html", context)


def _back(found: ImportFile) -> HttpResponseRedirect:
    return redirect("territory:file", pk=found.pk)


def _say_error(request: HttpRequest, error: ValidationError) -> None:
    for sentence in error.messages:
        messages.error(request, sentence)


@login_required
@require_POST
def mend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep what is said about wrong cells and questions."""
    found = seen_file(request, pk)
    said = {key: str(value).strip()[:2000] for key, value in request.POST.items()}
    left = {key.removeprefix(_LEAVE) for key in said if key.startswith(_LEAVE)}
    fixes: dict[str, str | None] = {
        key.removeprefix(_FIX): value
        for key, value in said.items()
        if key.startswith(_FIX) and value and value != said.get(f"was:{key.removeprefix(_FIX)}")
    }
    fixes |= dict.fromkeys(left)
    answers = {
        key.removeprefix(_ANSWER): int(value)
        for key, value in said.items()
        if key.startswith(_ANSWER) and value.isdecimal() and len(value) < 12
    }
    try:
        actions.mend_file(found, actor=request.user, fixes=fixes, answers=answers)
    except ValidationError as error:
        _say_error(request, error)
    return _back(found)


@login_required
@require_POST
def write(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the marked rows, and those that the page did not show."""
    found = seen_file(request, pk)
    try:
        count = actions.write_file(found, actor=request.user, chosen=_chosen(request, found))
    except ValidationError as error:
        _say_error(request, error)
    else:
        said = ngettext("%(count)d row is written.", "%(count)d rows are written.", count)
        messages.success(request, said % {"count": count})
    return _back(found)


def _chosen(request: SignedInRequest, found: ImportFile) -> set[int]:
    """Return the numbers of the marked rows; a row beyond those shown has the mark it would have."""
    marked = _numbers(request.POST.getlist("row"))
    shown = _numbers(request.POST.getlist("shown"))
    _known, difference = compared(found, request.user) if found.status == "checking" else (None, None)
    lines = difference.lines if difference else []
    return marked | {line.row.number for line in lines if line.proposed and line.row.number not in shown}


def _numbers(values: list[Any]) -> set[int]:
    return {int(value) for value in values if str(value).isdecimal() and len(value) < 10}


@login_required
@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back what a file wrote, where nobody has changed it since."""
    found = seen_file(request, pk)
    try:
        restored, left = undoing.undo_file(found, actor=request.user)
    except ValidationError as error:
        _say_error(request, error)
        return _back(found)
    said = ngettext("%(count)d row is undone.", "%(count)d rows are undone.", restored) % {"count": restored}
    if left:
        said += " " + _("Left as they are: %(names)s.") % {"names": ", ".join(left[:10])}
    messages.success(request, said)
    return _back(found)


@login_required
@require_POST
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a file away."""
    found = seen_file(request, pk)
    try:
        actions.drop_file(found, actor=request.user)
    except ValidationError as error:
        _say_error(request, error)
        return _back(found)
    messages.success(request, _("The file is put away; nothing was written."))
    return redirect("territory:files")
