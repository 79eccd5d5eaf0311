"""Pages of roadmaps: the list, taking and giving packages, applying one to a project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from avgust.domain.planning.network import Link
from avgust.domain.planning.programme_plan import MOST_BYTES as PLAN_BYTES
from avgust.domain.planning.programme_plan import ProgrammePlan, plan_of, write_plan
from avgust.domain.planning.roadmap import (
    Roadmap,
    dated,
    embedded,
    roadmap_from,
    roadmap_of,
    write_roadmap,
)
from avgust.web.accounts.rights import Action
from avgust.web.documents.actions import Refused
from avgust.web.programmes.choosing import number
from avgust.web.programmes.editing import editable_programme
from avgust.web.projects.actions import roadmaps as actions
from avgust.web.projects.actions.milestones import tasks_of
from avgust.web.projects.forms import WRITTEN, day_field
from avgust.web.projects.models import Dependency, Project
from avgust.web.projects.parts import UNPROCESSABLE, editable_project
from avgust.web.projects.programme_plans import plan_of_programme
from avgust.web.projects.roadmap_packages import RoadmapPackage
from avgust.web.ui.attachments import attached
from avgust.web.ui.requests import SignedInRequest, language

MOST_SHOWN: Final = 200
MOST_PLANS: Final = 30


@dataclass(frozen=True, slots=True)
class Offered:
    """A roadmap that the reader may use; `kept` is None for one that comes with the product."""

    key: str
    roadmap: Roadmap
    kept: RoadmapPackage | None = None
    may_drop: bool = False


def offered(request: SignedInRequest) -> list[Offered]:
    """Return the roadmaps that the reader may use: those of the product, then those of the offices."""
    kept = RoadmapPackage.objects.visible_to(request.user).filter(kind=RoadmapPackage.Kind.PROJECT)
    kept = kept.select_related("unit", "made_by")[:MOST_SHOWN]
    rows = [Offered(one.code, one) for one in embedded()]
    return rows + [
        Offered(str(row.pk), roadmap_of(row.package), row, request.user.may(Action.EDIT_PROGRAMME, row.unit))
        for row in kept
    ]


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """The plan of a programme that an office keeps."""

    kept: RoadmapPackage
    may_drop: bool


def kept_plans(request: SignedInRequest) -> list[KeptPlan]:
    """Return the plans of programmes that the reader may use."""
    rows = _plans(request).select_related("unit", "made_by").defer("package").order_by("-made_at", "pk")
    return [KeptPlan(row, request.user.may(Action.EDIT_PROGRAMME, row.unit)) for row in rows[:MOST_PLANS]]


def _plans(request: SignedInRequest) -> QuerySet[RoadmapPackage]:
    return RoadmapPackage.objects.visible_to(request.user).filter(kind=RoadmapPackage.Kind.PROGRAMME)


class PackageForm(forms.Form):
    """A package to keep."""

    file = forms.FileField(
        label=gettext_lazy("Package of a roadmap"),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("The file is empty."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
        help_text=gettext_lazy("JSON, as downloaded here or from a project; a newer one replaces the older."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roadmaps(request: SignedInRequest) -> HttpResponse:
    """Show the roadmaps; posted, keep a package for the office of the reader."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    posts = request.user.posts_allowing(Action.EDIT_PROGRAMME)
    posted = request.method == "POST"
    if posted and not posts:
        raise PermissionDenied
    form = PackageForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            data = form.cleaned_data["file"].read(PLAN_BYTES + 1)
            actions.keep_roadmap(posts[0].unit, data, actor=request.user)
        except Refused as refused:
            form.add_error("file", refused.reason.render(language()))
        else:
            messages.success(request, _("The roadmap is kept."))
            return redirect("projects:roadmaps")
    plans = kept_plans(request)
    context = {"rows": offered(request), "plans": plans, "form": form, "may_keep": bool(posts)}
    return render(request, "projects/roadmaps.html", context, status=UNPROCESSABLE if posted else 200)


def _chosen(request: SignedInRequest, key: str) -> Offered:
    """Return the roadmap of a key; 404 for one that the reader may not use."""
    found = next((one for one in offered(request) if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _package(found: Roadmap | ProgrammePlan, name: str = "roadmap.json") -> HttpResponse:
    return attached(write_plan(found) if isinstance(found, ProgrammePlan) else write_roadmap(found), name)


@login_required
@require_safe
def programme_package(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return the plan of a programme as a package, for another year or another territory."""
    programme = editable_programme(request, pk)
    try:
        return _package(plan_of_programme(programme), f"plan-{pk}.json")
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
        return redirect("projects:plan_files", pk)


@login_required
@require_POST
def keep_programme(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep the plan of a programme among the roadmaps of its office."""
    programme = editable_programme(request, pk)
    try:
        actions.keep_programme_plan(programme, actor=request.user)
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
        return redirect("projects:plan_files", pk)
    messages.success(request, _("The plan is kept among the roadmaps: another year can take it."))
    return redirect("projects:roadmaps")


@login_required
@require_safe
def package(request: SignedInRequest, key: str) -> HttpResponse:
    """Return a roadmap as a package."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    plan = _plans(request).filter(pk=number(key)).first()
    if plan is not None:
        return _package(plan_of(plan.package), f"plan-{key}.json")
    return _package(_chosen(request, key).roadmap)


@login_required
@require_POST
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Delete a roadmap of the reader's office."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    rows = RoadmapPackage.objects.visible_to(request.user).select_related("unit")
    actions.drop_roadmap(get_object_or_404(rows, pk=pk), actor=request.user)
    messages.success(request, _("The roadmap is deleted."))
    return redirect("projects:roadmaps")


@login_required
@require_safe
def package_of_project(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return the plan of a project as a package, to be used for another measure or another year."""
    project = editable_project(request, pk)
    rows = list(project.milestones.all())
    if not rows:
        raise Http404
    links = Dependency.objects.filter(after__project=project).values_list("before", "after", "lag")
    title = str(project.measure.text)[:300]
    code = f"measure-{project.measure_id}"
    return _package(
        roadmap_from(code, title, project.goal[:2000], tasks_of(rows), [Link(*one) for one in links])
    )


class ApplyForm(forms.Form):
    """Which roadmap, from which day, on which ground."""

    roadmap = forms.ChoiceField(label=gettext_lazy("Roadmap"))
    start = day_field(gettext_lazy("First day of the plan"))
    reason = forms.CharField(
        label=gettext_lazy("Ground"), max_length=500, widget=forms.TextInput(attrs={"lang": "ru"})
    )

    def __init__(self, rows: list[Offered], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["roadmap"].choices = [(one.key, one.roadmap.title) for one in rows]  # type: ignore[attr-defined]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show on which days a roadmap would fall; posted, add its milestones to the project."""
    project = editable_project(request, pk)
    rows = offered(request)
    posted = request.method == "POST"
    asked = request.POST if posted else request.GET
    initial = {"start": timezone.localdate(), "roadmap": rows[0].key}
    form = ApplyForm(rows, asked if asked else None, initial=initial)
    shown: Any = ()
    if asked:
        if not posted:
            form.fields["reason"].required = False
        valid = form.is_valid()
        said = form.cleaned_data
        if said.get("roadmap") and said.get("start"):
            found = _chosen(request, said["roadmap"]).roadmap
            shown = dated(found, said["start"])
            if posted and valid:
                answer = _applied(request, project, found, form)
                if answer is not None:
                    return answer
    start = form.cleaned_data.get("start") if shown else None
    context = {
        "project": project,
        "measure": project.measure,
        "form": form,
        "rows": shown,
        "start": start.strftime(WRITTEN) if start else "",
    }
    return render(request, "projects/apply.html", context, status=UNPROCESSABLE if posted else 200)


def _applied(
    request: SignedInRequest, project: Project, found: Roadmap, form: ApplyForm
) -> HttpResponse | None:
    said = form.cleaned_data
    try:
        made = actions.apply_roadmap(project, found, said["start"], actor=request.user, reason=said["reason"])
    except Refused as refused:
        form.add_error(None, refused.reason.render(language()))
        return None
    words = ngettext("%(count)d milestone is added.", "%(count)d milestones are added.", len(made))
    messages.success(request, words % {"count": len(made)})
    return redirect("projects:project", project.measure_id)
