"""Beginning the act of an organisation and filling its fields in. A draft keeps whatever was typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from avgust.domain.acts.carrying import carried
from avgust.domain.acts.fields import Kind
from avgust.domain.acts.states import Move, Status
from avgust.domain.acts.text import Template
from avgust.web.accounts.rights import Action
from avgust.web.acts.actions import ALREADY, begin_act, fill_act, move_act, owns, renew_act
from avgust.web.acts.cards import visible_act
from avgust.web.acts.forms import FillForm
from avgust.web.acts.models import ActTemplate, LocalAct
from avgust.web.acts.template_pages import visible_template
from avgust.web.control.standing import reporting_units
from avgust.web.documents.actions import Refused
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest, language


def _unit(request: SignedInRequest) -> Unit:
    """Return the organisation whose act it will be: the one of the address, else the only one."""
    units = list(Unit.objects.filter(pk__in=reporting_units(request.user)))
    asked = request.POST.get("unit") or request.GET.get("unit", "")
    if not asked:
        return units[0]
    found = next((unit for unit in units if str(unit.pk) == asked), None)
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the fields of a template for an organisation, or begin its act."""
    template = visible_template(request, pk)
    if not request.user.may(Action.WRITE_ACTS) or not reporting_units(request.user):
        raise PermissionDenied
    unit = _unit(request)
    under_way = LocalAct.objects.filter(
        template=template, unit=unit, status__in=(Status.DRAFT, Status.AGREEING, Status.AGREED)
    ).first()
    if under_way is not None:
        messages.info(request, ALREADY.render(language()))
        return redirect(under_way)
    said = template.newest.said
    if request.method != "POST":
        initial = FillForm.initial_of(said, _known(template, unit, said))
        return _shown(request, FillForm(said, unit, initial=initial), unit, template)
    form = FillForm(said, unit, request.POST)
    try:
        act = begin_act(template, unit, form.filled, actor=request.user)
    except Refused as refused:
        return _shown(request, form, unit, template, refused=refused.reason.render(language()))
    return _sent(request, act, form)


def _known(template: ActTemplate, unit: Unit, said: Template) -> dict[str, str]:
    """Return what is known before anything is asked: the earlier act's values, the organisation itself."""
    earlier = LocalAct.objects.filter(template=template, unit=unit).exclude(status=Status.DROPPED)
    last = earlier.select_related("version").order_by("-pk").first()
    own = next((field.key for field in said.fields if field.kind is Kind.UNIT), "")
    values = carried(last.values, last.version.said.fields, said.fields) if last else {}
    return ({own: unit.name} if own else {}) | values


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the fields of a draft, or keep what was filled in."""
    act = visible_act(request, pk)
    if not owns(request.user, act.unit_id):
        raise PermissionDenied
    said = act.version.said
    if act.state is not Status.DRAFT:
        messages.info(request, _("The act is no draft any more: take it back to change it."))
        return redirect(act)
    if request.method != "POST":
        initial = FillForm.initial_of(said, act.values)
        return _shown(request, FillForm(said, act.unit, initial=initial), act.unit, act.template, act=act)
    form = FillForm(said, act.unit, request.POST)
    seen = request.POST.get("revision", "")
    try:
        kept = fill_act(
            act,
            form.filled,
            actor=request.user,
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else None,
        )
    except Refused as refused:
        said_why = refused.reason.render(language())
        return _shown(request, form, act.unit, act.template, act=visible_act(request, pk), refused=said_why)
    return _sent(request, kept, form)


def _sent(request: SignedInRequest, act: LocalAct, form: FillForm) -> HttpResponse:
    """Go on as the pressed button says: send for agreement what is whole, else show what is missing."""
    if request.POST.get("do") != "send":
        messages.success(request, _("The draft is saved."))
        return redirect(act)
    if not form.is_valid():
        return _shown(request, form, act.unit, act.template, act=act)
    try:
        move_act(act, Move.SUBMIT, actor=request.user)
    except Refused as refused:
        return _shown(
            request, form, act.unit, act.template, act=act, refused=refused.reason.render(language())
        )
    messages.success(request, _("The draft is sent for agreement."))
    return redirect(act)


def _shown(
    request: SignedInRequest,
    form: FillForm,
    unit: Unit,
    template: ActTemplate,
    *,
    act: LocalAct | None = None,
    refused: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "rows": [(form[name], form.names.get(name, ())) for name in form.fields],
        "unit": unit,
        "units": Unit.objects.filter(pk__in=reporting_units(request.user)) if act is None else (),
        "template": template,
        "act": act,
        "refused": refused,
        "saved": form.is_bound and act is not None and not refused,
    }
    wrong = bool(refused or (form.is_bound and form.errors))
    return render(request, "acts/fill.html", context, status=422 if wrong else 200)


@login_required
@require_POST
def renew(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the newest version of the template into a draft."""
    act = visible_act(request, pk)
    try:
        renewed = renew_act(act, actor=request.user)
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
        return redirect(act)
    messages.success(request, _("The draft follows the newest version; look what is to be filled in."))
    return redirect("acts:fill", renewed.pk)
