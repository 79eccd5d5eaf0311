"""What local acts add to other pages: to a measure its coverage, to an assignment its act, to the home."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext

from avgust.domain.acts.standing import Standing
from avgust.domain.acts.states import Status
from avgust.web.accounts.rights import Action
from avgust.web.acts.actions import owns
from avgust.web.acts.counting import counts, required_of, standing_in
from avgust.web.acts.models import Demand, LocalAct
from avgust.web.control.models import Assignment
from avgust.web.programmes.models import Measure
from avgust.web.ui.stations import HomeSection

SHOWN: Final = 5


def measure_section(request: HttpRequest, measure: Measure) -> HomeSection | None:
    """Return which act a measure requires and where it is in force, for the card of the measure."""
    user: Any = request.user
    if not user.may(Action.SEE_ACTS):
        return None
    demand = Demand.objects.filter(measure=measure).select_related("template").first()
    edits = user.may(Action.EDIT_PROGRAMME, measure.programme.unit)
    if demand is None and not edits:
        return None
    values: dict[str, Any] = {"measure": measure, "demand": demand, "edits": edits}
    if demand is not None:
        owed = Assignment.objects.filter(measure=measure).values("unit")
        units = required_of(demand.template, user).filter(pk__in=owed)
        counted = counts(standing_in(units, demand.template, timezone.localdate()))
        values |= {"counts": counted, "total": sum(counted.values())}
        values["in_force"] = counted.get(Standing.IN_FORCE, 0)
    return HomeSection("acts/_measure.html", values, order=15)


def assignment_section(request: HttpRequest, assignment: Assignment) -> HomeSection | None:
    """Return the act that an assignment requires: begin it, go on with it, or what stands."""
    user: Any = request.user
    demand = Demand.objects.filter(measure=assignment.measure_id).select_related("template").first()
    if demand is None or not user.may(Action.SEE_ACTS):
        return None
    today = timezone.localdate()
    acts = LocalAct.objects.visible_to(user).filter(template=demand.template, unit=assignment.unit_id)
    order = list(Standing)
    known = sorted(
        acts.exclude(status=Status.DROPPED).defer("values"),
        key=lambda act: (order.index(act.standing_on(today)), -act.pk),
    )
    values = {
        "template": demand.template,
        "unit": assignment.unit,
        "acts": [(act, act.standing_on(today)) for act in known[:SHOWN]],
        "begins": owns(user, assignment.unit_id) and demand.template.offered and not known,
    }
    return HomeSection("acts/_assignment.html", values, order=10)


def home_section(request: HttpRequest) -> HomeSection | None:
    """Return the drafts that wait for the reader's agreement; nothing where none does."""
    user: Any = request.user
    if not user.may(Action.AGREE_ACTS):
        return None
    waiting = LocalAct.objects.visible_to(user).filter(status=Status.AGREEING).defer("values")
    rows = [act for act in waiting.select_related("unit")[: SHOWN * 10] if user.pk not in act.authors]
    if not rows:
        return None
    sentence = ngettext(
        "%(count)d local act waits for agreement.", "%(count)d local acts wait for agreement.", len(rows)
    ) % {"count": len(rows)}
    return HomeSection(
        "acts/_home.html", {"acts": rows[:SHOWN], "count": len(rows)}, order=30, sentence=sentence
    )
