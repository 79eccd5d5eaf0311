"""The organisations of a role: the list behind «57 организаций», and its exceptions by hand."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from avgust.domain.addressing import Fall, Register, RegisterUnit, falls_on
from avgust.domain.addressing.register import normalised
from avgust.web.accounts.rights import Action
from avgust.web.documents.actions import Refused
from avgust.web.documents.registers import register_for, rule_words
from avgust.web.programmes import actions
from avgust.web.programmes.choosing import Candidate, candidates, number, search
from avgust.web.programmes.models import ExecutorException, Measure, MeasureExecutor
from avgust.web.programmes.reach import acting_of
from avgust.web.programmes.whom import linked_to
from avgust.web.territory.models import Unit
from avgust.web.ui import addresses
from avgust.web.ui.requests import SignedInRequest, language

if TYPE_CHECKING:
    from django.http import QueryDict

    from avgust.web.accounts.models import User

OPEN: Final = 60  # organisations up to which the groups of a list stand open
WHOLE: Final = 200  # organisations up to which all are named; of a longer list one municipality at a time


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """The organisations of one municipality, or those of the region; of a long list only their number."""

    place: Unit | None
    count: int
    units: list[Named]


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation of the list; `address` is "" where the reader may not open it."""

    id: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Together:
    """Exceptions that were made together: one reason, one person, one day."""

    first: ExecutorException
    rows: list[ExecutorException]


def visible_executor(request: SignedInRequest, pk: int) -> MeasureExecutor:
    """Return the executor; 403 for who may see no programmes at all, 404 for a foreign one."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    rows = MeasureExecutor.objects.filter(measure__in=Measure.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("measure__programme__unit"), pk=pk)


@login_required
@require_safe
def whom(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the organisations of a role on a day, with the exceptions and how to make one."""
    executor = visible_executor(request, pk)
    if not executor.is_role:
        return redirect(executor.measure)
    programme = executor.measure.programme
    day = _day(request.GET) or programme.addressed_on
    register = register_for(programme.unit, day)
    falls = falls_on(acting_of(executor), register, {})
    words, more = (request.GET.get(name, "").strip()[:200] for name in ("q", "add"))
    shown = _found(register, falls, words)
    asked = request.GET.get("place", "")
    groups = _groups(request.user, shown, asked if len(shown) > WHOLE else None)
    context: dict[str, Any] = {
        "executor": executor,
        "measure": executor.measure,
        "programme": programme,
        "day": day,
        "fall": falls,
        "rule": rule_words(executor.rule),
        "groups": groups,
        "shown": len(shown),
        "open": len(shown) <= OPEN,
        "long": len(shown) > WHOLE,
        "words": words,
        "words_added": more,
        "found": _candidates(executor, register, falls, more),
        "together": _together(executor),
        "elsewhere": _elsewhere(executor),
        "may_edit": request.user.may(Action.EDIT_PROGRAMME, programme.unit),
    }
    return render(request, "programmes/whom.html", context)


def _day(query: QueryDict) -> date | None:
    try:
        return date.fromisoformat(query.get("on", ""))
    except ValueError:
        return None


def _found(register: Register, falls: Fall, words: str) -> list[RegisterUnit]:
    """Return the organisations that the role falls on and whose names hold every word."""
    now, asked = frozenset(falls.units), normalised(words).split()
    units = (unit for unit in register.units if unit.id in now)
    return [unit for unit in units if all(word in unit.words for word in asked)]


def _groups(reader: User, units: Iterable[RegisterUnit], asked: str | None) -> list[PlaceGroup]:
    """Return organisations by municipality in the order of names; those of the region stand first.

    With `asked` only that municipality's are named ("0" for the region's): a page never holds a thousand.
    """
    ordered = sorted(units, key=lambda unit: unit.municipality or 0)
    by_place = {
        pk or 0: list(rows) for pk, rows in itertools.groupby(ordered, lambda unit: unit.municipality)
    }
    named = [unit for pk, rows in by_place.items() if asked is None or asked == str(pk) for unit in rows]
    linked = linked_to(reader, {unit.id for unit in named})
    shown = {
        unit.id: Named(
            unit.id,
            unit.short_name or unit.name,
            addresses.of("territory:card", unit.id) if unit.id in linked else "",
        )
        for unit in named
    }
    places: list[Unit | None] = [None] if 0 in by_place else []
    places += Unit.objects.filter(pk__in=[pk for pk in by_place if pk]).order_by("order")
    keyed = ((place, by_place[place.pk if place else 0]) for place in places)
    return [
        PlaceGroup(place, len(rows), [shown[unit.id] for unit in rows if unit.id in shown])
        for place, rows in keyed
    ]


def _candidates(executor: MeasureExecutor, register: Register, falls: Fall, words: str) -> list[Candidate]:
    """Return the organisations outside the role whose names hold the words."""
    now = frozenset(falls.units)
    return candidates(executor.measure.programme, search(register, words, beside=now))


def _together(executor: MeasureExecutor) -> list[Together]:
    rows = list(executor.exceptions.select_related("unit", "made_by").order_by("added", "pk"))
    runs = itertools.groupby(rows, lambda row: (row.added, row.reason, row.made_by_id, row.made_at.date()))
    groups = [list(run) for _key, run in runs]
    return [Together(group[0], group) for group in groups]


def _elsewhere(executor: MeasureExecutor) -> int:
    """Return in how many other measures of the programme the same role stands."""
    rows = MeasureExecutor.objects.filter(measure__programme=executor.measure.programme_id)
    return rows.filter(name=executor.name, form=executor.form).exclude(pk=executor.pk).count()


@login_required
@require_POST
def except_units(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take organisations out of a role, add them, or take such an exception back."""
    executor = visible_executor(request, pk)
    if not request.user.may(Action.EDIT_PROGRAMME, executor.measure.programme.unit):
        raise PermissionDenied
    try:
        messages.success(request, _done(request, executor))
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
    day = _day(request.POST)
    back = reverse("programmes:whom", args=[executor.pk])
    return redirect(f"{back}?on={day.isoformat()}" if day else back)


def _done(request: SignedInRequest, executor: MeasureExecutor) -> str:
    """Do what the form asks for; return it in words."""
    posted = request.POST
    if posted.get("act") == "end":
        keys = [number(value) for value in posted.getlist("exception")]
        rows = list(executor.exceptions.filter(pk__in=keys))
        actions.end_exceptions(executor, rows, actor=request.user)
        return _("The exception is taken back: the rule speaks again.")
    added = posted.get("act") == "in"
    units = list(Unit.objects.filter(pk__in=_chosen(executor, posted, added=added)))
    actions.except_units(
        executor,
        units,
        actor=request.user,
        added=added,
        reason=posted.get("reason", ""),
        day=_day(posted),
        everywhere=posted.get("everywhere") == "1",
    )
    said = (
        ngettext("%(count)d organisation is added.", "%(count)d organisations are added.", len(units))
        if added
        else ngettext(
            "%(count)d organisation is taken out.", "%(count)d organisations are taken out.", len(units)
        )
    )
    return said % {"count": len(units)}


def _chosen(executor: MeasureExecutor, posted: QueryDict, *, added: bool) -> Sequence[int]:
    """Return the organisations that the form names, one by one or by their municipality."""
    units = [number(value) for value in posted.getlist("unit")]
    places = {number(value) for value in posted.getlist("place")}
    if not places or added:
        return units
    programme = executor.measure.programme
    register = register_for(programme.unit, _day(posted) or programme.addressed_on)
    now = frozenset(falls_on(acting_of(executor), register, {}).units)
    whole = [unit.id for unit in register.units if unit.municipality in places and unit.id in now]
    return [*units, *whole]
