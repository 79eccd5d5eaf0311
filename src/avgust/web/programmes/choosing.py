"""Which organisation is meant: candidates for an executor, and the form that says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from avgust.domain.addressing import Register
from avgust.domain.addressing.register import normalised
from avgust.web.accounts.rights import Action
from avgust.web.documents.actions import Refused
from avgust.web.programmes import actions
from avgust.web.programmes.models import Measure, MeasureExecutor, Programme
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest, language

MOST: Final = 12  # candidates of a search; more words find fewer


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that may be meant, with the place it stands in: two schools may have one name."""

    unit: Unit
    place: str


def candidates(programme: Programme, wanted: list[int]) -> list[Candidate]:
    """Return the units of `wanted` in their order, each with its place on the programme's day."""
    if not wanted:
        return []
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=wanted).with_parent(programme.addressed_on)}
    parents = Unit.objects.in_bulk({unit.parent_on_day for unit in units.values() if unit.parent_on_day})
    found = (units[pk] for pk in wanted if pk in units)
    return [Candidate(unit, str(parents.get(unit.parent_on_day or 0, ""))) for unit in found]


def search(register: Register, words: str, beside: frozenset[int] = frozenset()) -> list[int]:
    """Return the first units of the register whose names hold every word, without those of `beside`."""
    asked = normalised(words).split()
    if not asked:
        return []
    units = (unit for unit in register.units if unit.id not in beside)
    return [unit.id for unit in units if all(word in unit.words for word in asked)][:MOST]


@login_required
@require_POST
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take what a person says about who acts in a measure."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    visible = Measure.objects.visible_to(request.user).select_related("programme__unit")
    measure = get_object_or_404(visible, pk=pk)
    if not request.user.may(Action.EDIT_PROGRAMME, measure.programme.unit):
        raise PermissionDenied
    try:
        messages.success(request, _said(request, measure))
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
    return redirect(f"{measure.get_absolute_url()}#who")


def _said(request: SignedInRequest, measure: Measure) -> str:
    """Do what the form asks for; return it in words."""
    posted = request.POST
    executor = measure.executors.filter(pk=number(posted.get("executor", ""))).first()
    if posted.get("act") == "release":
        actions.release_executor(_found(executor), actor=request.user)
        return _("The choice is taken back.")
    unit = Unit.objects.filter(pk=number(posted.get("unit", ""))).first()
    if unit is None:
        raise Refused(actions.NO_UNIT)
    if posted.get("act") == "name":
        actions.name_executor(measure, unit, actor=request.user)
        return _("%(unit)s answers for the measure.") % {"unit": unit}
    everywhere = posted.get("everywhere") == "1"
    changed = actions.choose_executor(_found(executor), unit, actor=request.user, everywhere=everywhere)
    said = ngettext(
        "%(unit)s is chosen in %(count)d measure.", "%(unit)s is chosen in %(count)d measures.", len(changed)
    )
    return said % {"unit": unit, "count": len(changed)}


def _found(executor: MeasureExecutor | None) -> MeasureExecutor:
    if executor is None:
        raise Refused(actions.NO_EXECUTOR)
    return executor


def number(text: str) -> int:
    """Return the key that a form sent; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
