"""A template with where its act is in force, and the pages on which an office writes it."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from avgust.domain.acts.examples import EXAMPLES
from avgust.domain.acts.fields import Field
from avgust.domain.acts.standing import Standing
from avgust.domain.acts.text import NOTATION, Template, lines_of
from avgust.web.accounts.rights import Action
from avgust.web.acts.counting import by_place, counts, required_of, standing_in
from avgust.web.acts.forms import FieldRows, TemplateForm
from avgust.web.acts.models import ActTemplate, Demand, LocalAct
from avgust.web.acts.offering import save_template, set_stage
from avgust.web.control.standing import reporting_units
from avgust.web.documents.actions import Refused
from avgust.web.programmes.models import Measure
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest, language

PAGE: Final = 100


def visible_template(request: SignedInRequest, pk: int) -> ActTemplate:
    """Return the template; 403 for who may see none at all, 404 for a foreign one."""
    if not request.user.may(Action.SEE_ACTS):
        raise PermissionDenied
    visible = ActTemplate.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(visible, pk=pk)


@login_required
@require_safe
def template(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a template: where its act is in force, by municipality and organisation, and its text."""
    row, user, today = visible_template(request, pk), request.user, timezone.localdate()
    place, state = _place(request), request.GET.get("state", "")
    units = standing_in(required_of(row, user), row, today)
    here = units if place is None else units.filter(pk__in=Unit.objects.under(place, today).values("pk"))
    counted = counts(here)
    places = list(
        Unit.objects.in_scope_of(user, Action.SEE_ACTS).on(today).filter(kind=Unit.Kind.MUNICIPALITY)
    )
    listed = here.filter(stand=state) if state in set(Standing) else here
    version = row.newest
    context: dict[str, Any] = {
        "template": row,
        "version": version,
        "versions": row.versions.select_related("made_by").defer("body", "fields")[:20],
        "lines": lines_of(version.said, {}),
        "fields": version.said.fields,
        "counts": counted,
        "total": sum(counted.values()),
        "in_force": counted.get(Standing.IN_FORCE, 0),
        "state": state if state in set(Standing) else "",
        "place": place,
        "by_place": by_place(units, places, today) if place is None and len(places) > 1 else [],
        "page": _page(request, listed),
        "measures": _measures(request, row),
        "edits": user.may(Action.EDIT_TEMPLATES, row.unit),
        "own": _own(request, row),
        "today": today,
    }
    return render(request, "acts/template.html", context)


def _place(request: SignedInRequest) -> Unit | None:
    asked = request.GET.get("unit", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 9:
        raise Http404
    return get_object_or_404(Unit.objects.in_scope_of(request.user, Action.SEE_ACTS), pk=asked)


def _page(request: SignedInRequest, units: Any) -> Any:
    """Return a page of organisations, each with the act that speaks for it where the reader may open it."""
    page: Any = Paginator(units.order_by("order", "pk"), PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    visible = LocalAct.objects.visible_to(request.user).defer("values")
    acts = visible.in_bulk([unit.act for unit in rows if unit.act])
    page.rows = [(unit, Standing(unit.stand), acts.get(unit.act)) for unit in rows]
    return page


def _measures(request: SignedInRequest, row: ActTemplate) -> list[Measure]:
    demands = Demand.objects.filter(template=row, measure__in=Measure.objects.visible_to(request.user))
    return [one.measure for one in demands.select_related("measure__programme").order_by("measure__due")]


def _own(request: SignedInRequest, row: ActTemplate) -> bool:
    """Return whether the reader may begin an act from the template."""
    user = request.user
    return row.offered and user.may(Action.WRITE_ACTS) and bool(reporting_units(user))


def _offices(request: SignedInRequest) -> list[Unit]:
    """Return the places for which the reader writes templates: those of the posts."""
    posts = request.user.posts_allowing(Action.EDIT_TEMPLATES)
    return list({post.unit_id: post.unit for post in posts}.values())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Begin a template: blank, or from an example."""
    offices = _offices(request)
    if not offices:
        raise PermissionDenied
    if request.method == "POST":
        asked = request.POST.get("unit") or str(offices[0].pk)
        unit = next((one for one in offices if str(one.pk) == asked), None)
        if unit is None:
            raise Http404
        return _saved(request, None, unit)
    name = request.GET.get("from", "")
    return _form(request, None, *_typed(EXAMPLES.get(name, Template("", ""))), offices=offices)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a template: what is saved is its next version."""
    row = visible_template(request, pk)
    if not request.user.may(Action.EDIT_TEMPLATES, row.unit):
        raise PermissionDenied
    if request.method == "POST":
        return _saved(request, row, row.unit)
    return _form(request, row, *_typed(row.newest.said))


def _typed(said: Template) -> tuple[TemplateForm, Any]:
    """Return the forms with what a template says."""
    rows = [
        {
            "key": row.key,
            "label": row.label,
            "kind": row.kind.value,
            "required": row.required,
            "hint": row.hint,
        }
        for row in said.fields
    ]
    form = TemplateForm(initial={"title": said.title, "body": said.body})
    return form, FieldRows(initial=rows, prefix="f")


def _saved(request: SignedInRequest, row: ActTemplate | None, unit: Unit) -> HttpResponse:
    form, rows = TemplateForm(request.POST), FieldRows(request.POST, prefix="f")
    if form.is_valid() and rows.is_valid():
        typed = form.cleaned_data
        fields = tuple(one.said for one in rows.forms if one.said is not None)
        body = "\n".join(typed["body"].splitlines()).strip()
        said = Template(" ".join(typed["title"].split()), body, fields)
        if request.POST.get("do") == "places":
            return _form(request, row, *_with_places(said, typed["note"]), offices=_offices(request))
        try:
            saved = save_template(row, said, unit=unit, actor=request.user, note=typed["note"])
        except Refused as refused:
            form.add_error(None, refused.reason.render(language()))
        else:
            messages.success(request, _("Version %(n)s of the template is saved.") % {"n": saved.version})
            return redirect(saved)
    return _form(request, row, form, rows, offices=_offices(request))


def _with_places(said: Template, note: str) -> tuple[TemplateForm, Any]:
    """Return the forms with a row for each place of the text that has none yet."""
    known = {field.key for field in said.fields}
    new = tuple(Field(key, key.replace("_", " ").capitalize()) for key in said.places if key not in known)
    form, rows = _typed(Template(said.title, said.body, said.fields + new))
    form.initial["note"] = note
    return form, rows


def _form(
    request: SignedInRequest,
    row: ActTemplate | None,
    form: TemplateForm,
    rows: Any,
    *,
    offices: list[Unit] | None = None,
) -> HttpResponse:
    context = {
        "template": row,
        "form": form,
        "rows": rows,
        "notation": NOTATION,
        "offices": offices if row is None else None,
        "examples": [(name, said.title) for name, said in EXAMPLES.items()] if row is None else [],
    }
    wrong = form.is_bound and (form.errors or not rows.is_valid())
    return render(request, "acts/edit_template.html", context, status=422 if wrong else 200)


@login_required
@require_POST
def stage(request: SignedInRequest, pk: int) -> HttpResponse:
    """Offer a template, or withdraw it."""
    row = visible_template(request, pk)
    asked = request.POST.get("stage", "")
    if asked not in ActTemplate.Stage.values:
        raise BadRequest("stage")
    try:
        saved = set_stage(row, ActTemplate.Stage(asked), actor=request.user)
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
    else:
        said = (
            _("The template is offered to organisations.")
            if saved.offered
            else _("The template is withdrawn.")
        )
        messages.success(request, said)
    return redirect(row)
