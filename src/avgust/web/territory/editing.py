"""Pages on which an officer of the region changes the territory: one form, one act, one page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from avgust.domain.territory import Event, Opened
from avgust.web.accounts.rights import Action
from avgust.web.territory import actions, amending, register
from avgust.web.territory.forms import (
    AddForm,
    CloseForm,
    CorrectionForm,
    DateForm,
    DescriptionForm,
    MergeForm,
    MoveForm,
    RenameForm,
    UndoForm,
)
from avgust.web.territory.history import words_of
from avgust.web.territory.models import Membership, Unit, UnitQuerySet
from avgust.web.territory.tree import PLACES
from avgust.web.ui.requests import SignedInRequest

AnyForm = forms.Form | DescriptionForm
FOUND: Final = 60  # organisations offered for a merger at once
_methods = require_http_methods(["GET", "HEAD", "POST"])


def edited_unit(request: SignedInRequest, pk: int) -> Unit:
    """Return the unit; 404 for a foreign one, 403 for who sees it and may not change it."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    actions.require(request.user, unit)
    return unit


def edited_units(request: SignedInRequest) -> UnitQuerySet:
    """Return what the person may change."""
    return Unit.objects.in_scope_of(request.user, Action.EDIT_TERRITORY)


def holders(request: SignedInRequest) -> UnitQuerySet:
    """Return what an organisation may stand under today: places, and what others stand under already."""
    today = timezone.localdate()
    holding = Membership.objects.on(today).values("parent")
    units = edited_units(request)
    return (units.filter(kind__in=PLACES) | units.filter(pk__in=holding)).exclude(closed__lt=today)


def _posted(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _done(form: AnyForm, act: Callable[[dict[str, Any]], object]) -> bool:
    """Do `act` with what was said; where the rules refuse, their sentences stand on the form."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except ValidationError as error:
        known = hasattr(error, "error_dict") and error.error_dict.keys() <= form.fields.keys()
        form.add_error(None, error if known else ValidationError(error.messages))
        return False
    return True


def _page(request: SignedInRequest, template: str, form: AnyForm, **values: Any) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **values}, status=status)


def _card(unit: Unit) -> HttpResponseRedirect:
    return redirect("territory:card", pk=unit.pk)


@login_required
@_methods
def add(request: SignedInRequest) -> HttpResponse:
    """Add an organisation; `?under=` names its place."""
    if not request.user.may(Action.EDIT_TERRITORY):
        raise PermissionDenied
    form = AddForm(_posted(request), initial={"parent": request.GET.get("under"), "kind": Unit.Kind.SCHOOL})
    form.fields["parent"].queryset = holders(request)  # type: ignore[attr-defined]
    made: list[Unit] = []

    def act(said: dict[str, Any]) -> None:
        unit = Unit(**{name: said[name] for name in actions.DESCRIBING})
        values = {name: said[name] for name in ("parent", "since", "basis")}
        made.append(actions.add_unit(unit, actor=request.user, **values))

    if request.method == "POST" and _done(form, act):
        messages.success(request, _("“%(unit)s” is added.") % {"unit": made[0]})
        return _card(made[0])
    return _page(request, "territory/add.html", form)


@login_required
@_methods
def describe(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct what is known about a unit."""
    unit = edited_unit(request, pk)
    form = CorrectionForm(
        _posted(request), initial={name: getattr(unit, name) for name in actions.DESCRIBING}
    )

    def act(said: dict[str, Any]) -> None:
        values = {name: said[name] for name in actions.DESCRIBING}
        actions.describe_unit(unit, actor=request.user, values=values, reason=said["reason"])

    if request.method == "POST" and _done(form, act):
        messages.success(request, _("Saved."))
        return _card(unit)
    return _page(request, "territory/describe.html", form, unit=unit)


@login_required
@_methods
def rename(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a new name from a day on."""
    unit = edited_unit(request, pk)
    form = RenameForm(_posted(request), initial={"name": unit.name, "short_name": unit.short_name})
    if request.method == "POST" and _done(
        form, lambda said: actions.rename_unit(unit, actor=request.user, **said)
    ):
        messages.success(request, _("The new name is recorded; on earlier days the earlier one stays."))
        return _card(unit)
    return _page(request, "territory/rename.html", form, unit=unit)


@login_required
@_methods
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move to another place from a day on."""
    unit = edited_unit(request, pk)
    form = MoveForm(_posted(request))
    form.fields["parent"].queryset = holders(request).exclude(pk=unit.pk)  # type: ignore[attr-defined]
    if request.method == "POST" and _done(
        form, lambda said: actions.move_unit(unit, actor=request.user, **said)
    ):
        messages.success(request, _("The new place is recorded; on earlier days the earlier one stays."))
        return _card(unit)
    return _page(request, "territory/move.html", form, unit=unit, line=unit.line_on(timezone.localdate()))


@login_required
@_methods
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close with a last day; with a successor it is a merger."""
    unit = edited_unit(request, pk)
    form = CloseForm(_posted(request))
    form.fields["successor"].among = edited_units(request).exclude(pk=unit.pk)  # type: ignore[attr-defined]
    if request.method == "POST" and _done(
        form, lambda said: actions.close_unit(unit, actor=request.user, **said)
    ):
        messages.success(request, _("The closing is recorded."))
        return _card(unit)
    inside = unit.members.on(timezone.localdate()).count()
    return _page(request, "territory/close.html", form, unit=unit, inside=inside)


@login_required
@_methods
def merge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Merge other organisations into this one; `?q=` finds them, those of its own place are offered first."""
    unit = edited_unit(request, pk)
    form = MergeForm(_posted(request))
    form.fields["units"].queryset = _mergeable(request, unit)  # type: ignore[attr-defined]
    chosen = request.POST.getlist("units") or request.GET.getlist("units")
    moved: list[Unit] = []

    def act(said: dict[str, Any]) -> None:
        values = {"closed": said["closed"], "basis": said["basis"], "actor": request.user}
        moved.extend(actions.merge_units(list(said["units"]), successor=unit, **values))

    if request.method == "POST" and _done(form, act):
        messages.success(request, _merger_words(len(form.cleaned_data["units"]), len(moved)))
        return _card(unit)
    words = request.GET.get("q", "").strip()[:200]
    offered = _offered(request, unit, words, [int(one) for one in chosen if one.isdecimal()])
    return _page(
        request, "territory/merge.html", form, unit=unit, offered=offered, chosen=chosen, words=words
    )


def _merger_words(units: int, members: int) -> str:
    """Return «Присоединяется 1 организация; с ними переходят 3»."""
    said = ngettext("%(count)d organisation merges", "%(count)d organisations merge", units) % {
        "count": units
    }
    if members:
        inside = ngettext("%(count)d moves with it", "%(count)d move with them", members)
        said += f"; {inside % {'count': members}}"
    return f"{said}."


def _mergeable(request: SignedInRequest, unit: Unit) -> UnitQuerySet:
    """Return what may merge into `unit`: of the same level, and not closed yet."""
    units = edited_units(request).filter(closed=None).exclude(pk=unit.pk)
    return units.filter(kind=unit.kind) if unit.kind in PLACES else units.exclude(kind__in=PLACES)


def _offered(request: SignedInRequest, unit: Unit, words: str, chosen: list[int]) -> list[Unit]:
    """Return the chosen ones, then what answers the words; without words the neighbours in its place."""
    candidates = _mergeable(request, unit)
    if words:
        found = candidates.search(words)
    else:
        place = unit.memberships.order_by("-since").first()
        found = candidates.filter(
            memberships__parent=place.parent if place else None, memberships__until=None
        )
    kept = list(candidates.filter(pk__in=chosen[:FOUND]))
    offered = [one for one in found.distinct()[:FOUND] if one not in kept]
    return kept + sorted(offered, key=lambda one: one.kind != unit.kind)  # its like come first


@login_required
@_methods
def event(request: SignedInRequest, pk: int, kind: str, day: str) -> HttpResponse:
    """Correct the day of something recorded by mistake, or take it back."""
    unit = edited_unit(request, pk)
    found = _event(unit, kind, day)
    undoing = request.POST.get("act") == "undo"
    initial = {"day": found.day, "basis": found.basis}
    dating = DateForm(None if undoing else _posted(request), initial=initial)
    undo = UndoForm(_posted(request) if undoing else None, prefix="undo")
    gone: list[bool] = []

    def act(said: dict[str, Any]) -> None:
        if undoing:
            gone.append(amending.undo_event(unit, found, actor=request.user, reason=said["reason"]))
        else:
            amending.correct_date(unit, found, actor=request.user, **said)

    form = undo if undoing else dating
    if request.method == "POST" and _done(form, act):
        messages.success(request, _("The record is taken back.") if undoing else _("The date is corrected."))
        return redirect("territory:list") if any(gone) else _card(unit)
    values = {"unit": unit, "words": words_of(found), "dating": dating, "undo": undo, "kind": kind}
    return _page(request, "territory/event.html", form, removes=isinstance(found, Opened), **values)


def _event(unit: Unit, kind: str, day: str) -> Event:
    """Return what the address names; 404 for what is not recorded."""
    if kind not in amending.KINDS:
        raise Http404
    try:
        on = None if day == "unknown" else date.fromisoformat(day)
    except ValueError as wrong:
        raise Http404 from wrong
    record = register.records(Unit.objects.filter(pk=unit.pk))[unit.pk]
    found = amending.event_called(record, kind, on)
    if found is None:
        raise Http404
    return found
