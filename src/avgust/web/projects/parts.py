"""Forms of the rows of a project: milestones, lines of the budget, risks; added, changed, removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avgust.web.accounts.rights import Action
from avgust.web.documents.actions import Refused
from avgust.web.programmes.choosing import number
from avgust.web.projects import actions
from avgust.web.projects.actions import Overtaken
from avgust.web.projects.forms import LineForm, MilestoneForm, PartForm, RiskForm
from avgust.web.projects.models import BudgetLine, Milestone, Project, Risk
from avgust.web.ui.requests import SignedInRequest, language

UNPROCESSABLE, CONFLICT = 422, 409
P = TypeVar("P", Milestone, BudgetLine, Risk)


def editable_project(request: SignedInRequest, pk: int) -> Project:
    """Return the project; 404 for a foreign one, 403 for who may not change its measure."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    rows = Project.objects.visible_to(request.user).select_related("measure__programme__unit")
    found = get_object_or_404(rows, pk=pk)
    if not actions.may_edit(found, request.user):
        raise PermissionDenied
    return found


def _editable(rows: QuerySet[P], request: SignedInRequest, pk: int) -> P:
    """Return a row of a project; 404 for a foreign one, 403 for who may not change its measure."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    row = get_object_or_404(rows.select_related("project__measure__programme__unit"), pk=pk)
    if not actions.may_edit(row.project, request.user):
        raise PermissionDenied
    return row


def _page(
    request: SignedInRequest,
    project: Project,
    form: PartForm,
    *,
    title: str,
    save: Callable[[], object],
    remove: Callable[[str, int], None] | None = None,
) -> HttpResponse:
    """Show a form; posted, save the row or remove it, or show it again with the words and the reason kept."""
    status, back = 200, redirect("projects:project", project.measure_id)
    if request.method == "POST":
        status = UNPROCESSABLE
        try:
            if remove is not None and request.POST.get("act") == "remove":
                remove(request.POST.get("why", ""), number(request.POST.get("version", "")))
                messages.success(request, _("Removed."))
                return back
            if form.is_valid():
                save()
                messages.success(request, _("Saved."))
                return back
        except Refused as refused:
            form.add_error(None, refused.reason.render(language()))
            status = CONFLICT if isinstance(refused, Overtaken) else UNPROCESSABLE
    context: dict[str, Any] = {
        "project": project,
        "measure": project.measure,
        "form": form,
        "title": title,
        "removable": remove is not None,
        "waits": getattr(form, "waits", []),
    }
    return render(request, "projects/form.html", context, status=status)


def _posted(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("act") != "remove" else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_milestone(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a milestone."""
    project = editable_project(request, pk)
    form = MilestoneForm(_posted(request), others=list(project.milestones.all()))

    def save() -> object:
        return actions.put_milestone(
            project, form.words, actor=request.user, reason=form.cleaned_data["reason"]
        )

    return _page(request, project, form, title=_("Add a milestone"), save=save)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_milestone(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a milestone, or remove it."""
    row = _editable(Milestone.objects.visible_to(request.user), request, pk)
    others = list(row.project.milestones.exclude(pk=row.pk))
    form = MilestoneForm(_posted(request), others=others, row=row)

    def save() -> object:
        said = form.cleaned_data
        return actions.put_milestone(
            row.project,
            form.words,
            actor=request.user,
            reason=said["reason"],
            milestone=row,
            seen=said["version"],
        )

    def remove(reason: str, seen: int) -> None:
        actions.remove_milestone(row, actor=request.user, reason=reason, seen=seen)

    return _page(request, row.project, form, title=_("Change the milestone"), save=save, remove=remove)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_line(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a line of the budget."""
    project = editable_project(request, pk)
    form = LineForm(_posted(request))

    def save() -> object:
        return actions.put_line(project, form.words, actor=request.user, reason=form.cleaned_data["reason"])

    return _page(request, project, form, title=_("Add a line of the budget"), save=save)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_line(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a line of the budget, or remove it."""
    row = _editable(BudgetLine.objects.visible_to(request.user), request, pk)
    form = LineForm(_posted(request), row=row)

    def save() -> object:
        said = form.cleaned_data
        return actions.put_line(
            row.project, form.words, actor=request.user, reason=said["reason"], line=row, seen=said["version"]
        )

    def remove(reason: str, seen: int) -> None:
        actions.remove_part(row, actor=request.user, reason=reason, seen=seen)

    return _page(
        request, row.project, form, title=_("Change the line of the budget"), save=save, remove=remove
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_risk(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a risk."""
    project = editable_project(request, pk)
    form = RiskForm(_posted(request))

    def save() -> object:
        return actions.put_risk(project, form.words, actor=request.user, reason=form.cleaned_data["reason"])

    return _page(request, project, form, title=_("Add a risk"), save=save)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_risk(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a risk, say what became of it, or remove it."""
    row = _editable(Risk.objects.visible_to(request.user), request, pk)
    form = RiskForm(_posted(request), row=row)

    def save() -> object:
        said = form.cleaned_data
        return actions.put_risk(
            row.project, form.words, actor=request.user, reason=said["reason"], risk=row, seen=said["version"]
        )

    def remove(reason: str, seen: int) -> None:
        actions.remove_part(row, actor=request.user, reason=reason, seen=seen)

    return _page(request, row.project, form, title=_("Change the risk"), save=save, remove=remove)
