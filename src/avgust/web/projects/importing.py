"""Pages of a plan from a file: upload, the difference with the programme, writing, undoing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from avgust.domain.planning.plan_difference import Line, State
from avgust.domain.planning.plan_table import Column
from avgust.domain.planning.programme_plan import plan_of, years_named
from avgust.web.accounts.rights import Action
from avgust.web.control.assigning import school_year_of
from avgust.web.documents.actions import Refused
from avgust.web.programmes.choosing import number
from avgust.web.programmes.editing import editable_programme
from avgust.web.programmes.models import Programme
from avgust.web.projects.actions import importing as actions
from avgust.web.projects.actions.packaged import offered_projects
from avgust.web.projects.plan_files import PlanFile
from avgust.web.projects.plans import compared
from avgust.web.projects.programme_plans import planned_of, span_of
from avgust.web.projects.roadmap_packages import RoadmapPackage
from avgust.web.ui.requests import SignedInRequest, language
from avgust.web.ui.tables import TableForm

FILES: Final = 30
UNPROCESSABLE: Final = 422
COLUMNS: Final = {
    Column.NUMBER: pgettext_lazy("field of a plan", "number"),
    Column.SECTION: pgettext_lazy("field of a plan", "section"),
    Column.TEXT: pgettext_lazy("field of a plan", "text"),
    Column.DEADLINE: pgettext_lazy("field of a plan", "deadline"),
    Column.EXECUTORS: pgettext_lazy("field of a plan", "executors"),
    Column.CO_EXECUTORS: pgettext_lazy("field of a plan", "co-executors"),
    Column.TARGET: pgettext_lazy("field of a plan", "target"),
    Column.THEME: pgettext_lazy("field of a plan", "theme"),
}


class PlanForm(TableForm):
    """The file of a plan."""

    label = gettext_lazy("File with the plan")
    hint = gettext_lazy("XLSX, ODS, XLS or CSV, a document DOCX with the plan in a table, or a package JSON.")
    endings = ".xlsx,.ods,.xls,.csv,.docx,.json"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_files(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a file of a plan; show those that were taken earlier."""
    programme = editable_programme(request, pk)
    kept = RoadmapPackage.objects.visible_to(request.user).filter(kind=RoadmapPackage.Kind.PROGRAMME)
    if request.POST.get("package"):
        return _from_package(request, programme, kept)
    form = PlanForm.asked(request)
    if form.is_sent:
        try:
            data = form.read()
            return redirect(actions.upload_plan(programme, actor=request.user, name=form.name, data=data))
        except Refused as refused:
            form.refuse(refused.reason)
    rows = (
        PlanFile.objects.filter(programme=programme)
        .exclude(status=PlanFile.Status.DROPPED)
        .select_related("uploaded_by")
    )
    context = {
        "programme": programme,
        "form": form,
        "files": rows.defer("table", "projects")[:FILES],
        "packages": kept.select_related("unit").defer("package")[:FILES],
    }
    return render(
        request, "projects/plan_files.html", context, status=UNPROCESSABLE if form.is_bound else 200
    )


def _from_package(
    request: SignedInRequest, programme: Programme, kept: QuerySet[RoadmapPackage]
) -> HttpResponse:
    """Take the plan that an office keeps as a file for this programme."""
    row = get_object_or_404(kept, pk=number(request.POST["package"]))
    plan = plan_of(row.package)
    return redirect(actions.begin_package(programme, plan, actor=request.user, name=row.title))


def _seen(request: SignedInRequest, pk: int) -> PlanFile:
    """Return the file; 404 for a foreign one, 403 for who may not change its programme."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    rows = PlanFile.objects.visible_to(request.user).select_related("programme__unit", "uploaded_by")
    found = get_object_or_404(rows, pk=pk)
    if not request.user.may(Action.EDIT_PROGRAMME, found.programme.unit):
        raise PermissionDenied
    return found


@login_required
@require_safe
def plan_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what a file would change, or what it changed."""
    found = _seen(request, pk)
    if found.status != PlanFile.Status.CHECKING:
        return _written(request, found)
    return _check(request, found)


def _check(request: SignedInRequest, found: PlanFile, error: str = "") -> HttpResponse:
    difference = compared(found)
    projects = offered_projects(found, difference.lines)
    only_projects = [line for line in difference.of(State.SAME) if line.key in projects]
    changing = [*difference.of(State.CHANGED), *only_projects]
    year = school_year_of(found.programme)
    texts = dict(found.programme.measures.values_list("pk", "text"))  # a row may name its measure by number
    context: dict[str, Any] = {
        "file": found,
        "programme": found.programme,
        "refused": [_refused(line) for line in difference.of(State.REFUSED)],
        "changed": [
            (line, _changes(line), texts.get(line.measure or 0, ""), _project(projects, line))
            for line in changing
        ],
        "added": [
            (line, _fields(line), _project(projects, line), years_named(_words(line), year))
            for line in difference.of(State.ADDED)
        ],
        "same": len(difference.of(State.SAME)) - len(only_projects),
        "missing": difference.missing,
        "total": len(difference.lines),
        "writable": len(changing) + len(difference.of(State.ADDED)),
        "error": error,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "projects/plan_file.html", context, status=UNPROCESSABLE if error else 200)


@dataclass(frozen=True, slots=True)
class ProjectWords:
    """What a package makes of a measure: milestones from day to day, what they cost, what may go wrong."""

    days: tuple[date, date] | None
    late: bool  # it begins on the day the package was taken
    titles: list[str]
    planned: Decimal  # roubles
    risks: list[str]


def _project(projects: dict[str, Any], line: Line) -> ProjectWords | None:
    if line.key not in projects:
        return None
    found = projects[line.key]
    return ProjectWords(
        span_of(found),
        found.get("late", False),
        [one["title"] for one in found["stages"]],
        planned_of(found),
        [one["title"] for one in found.get("risks", [])],
    )


def _words(line: Line) -> str:
    """Return the words of a row in which a year of the past may have stayed."""
    said = line.row.said
    return " ".join(said.get(column, "") for column in (Column.SECTION, Column.TEXT, Column.TARGET))


def _changes(line: Line) -> list[tuple[Any, str, str]]:
    return [(COLUMNS[one.column], one.before, one.after) for one in line.changes]


def _fields(line: Line) -> list[tuple[Any, str]]:
    """Return what a new row says beside its number and text."""
    skipped = (Column.NUMBER, Column.TEXT)
    return [(COLUMNS[column], words) for column, words in line.row.said.items() if column not in skipped]


def _refused(line: Line) -> tuple[Line, list[tuple[str, str]]]:
    return line, [(fault.cell, fault.reason.render(language())) for fault in line.faults]


def _written(request: SignedInRequest, found: PlanFile) -> HttpResponse:
    rows = list(found.lines.select_related("measure__programme"))
    written = found.status == PlanFile.Status.WRITTEN
    context = {
        "file": found,
        "programme": found.programme,
        "rows": [(line, [(COLUMNS[Column(c)], b, a) for c, b, a in line.changes]) for line in rows],
        "undoable": len(actions.untouched([line for line in rows if not line.undone])) if written else 0,
    }
    return render(request, "projects/plan_written.html", context)


@login_required
@require_POST
def write_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the marked rows with their ground."""
    found = _seen(request, pk)
    try:
        count = actions.write_plan(
            found,
            actor=request.user,
            chosen=set(request.POST.getlist("row")),
            reason=request.POST.get("reason", ""),
        )
    except Refused as refused:
        if found.status == PlanFile.Status.CHECKING:
            return _check(request, found, refused.reason.render(language()))
        messages.error(request, refused.reason.render(language()))
        return redirect(found)
    said = ngettext("%(count)d row is written.", "%(count)d rows are written.", count)
    messages.success(request, said % {"count": count})
    return redirect(found)


@login_required
@require_POST
def undo_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back what a file wrote, where nobody has changed it since."""
    found = _seen(request, pk)
    try:
        count, left = actions.undo_plan(found, actor=request.user)
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
        return redirect(found)
    said = ngettext("%(count)d row is undone.", "%(count)d rows are undone.", count) % {"count": count}
    if left:
        changed = ngettext(
            "%(count)d was changed since and stays.", "%(count)d were changed since and stay.", left
        )
        said = f"{said} {changed % {'count': left}}"
    messages.success(request, said)
    return redirect(found)


@login_required
@require_POST
def drop_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a file away."""
    found = _seen(request, pk)
    try:
        actions.drop_plan(found, actor=request.user)
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
        return redirect(found)
    messages.success(request, _("The file is put away; nothing was written."))
    return redirect("projects:plan_files", found.programme_id)
