"""A programme by executor: who answers for how much, what comes next; and what falls on one organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from avgust.domain.addressing import Outcome
from avgust.domain.resolutions.model import DeadlineKind
from avgust.web.programmes.models import UNCLEAR
from avgust.web.programmes.showing import Showing
from avgust.web.programmes.views import laid_out, visible_programme
from avgust.web.ui.requests import SignedInRequest

PAGE: Final = 100
ORDERS: Final = {
    "count": "count",
    "name": "folded",
    "nearest": "nearest",
    "past": "past",
    "undated": "undated",
}
DEFAULT: Final = "-count"


@dataclass(frozen=True, slots=True)
class ExecutorRow:
    """A name that answers for measures, with what they come to. `sample` is one of its rows."""

    name: str
    count: int
    nearest: date | None
    past: int
    undated: int
    sample: int
    units: int
    role: bool
    unclear: int


@login_required
@require_GET
def executors(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show who answers in a programme, and for an organisation what falls on it."""
    showing = Showing(visible_programme(request, pk), request.GET, request.user)
    order = ordered(request.GET.get("order", ""))
    page = Paginator(summed(showing, order), PAGE).get_page(request.GET.get("page"))
    values = {
        "page": page,
        "count": showing.tally.count,
        "rows": [row_of(values) for values in page.object_list],
        "order": order,
        "nobody": showing.measures(executor="none").count() if not showing.view.executor else 0,
        "falls": _falls(showing) if showing.unit else None,
    }
    return laid_out(request, showing, "executors", values)


def ordered(asked: str) -> str:
    """Return a known order; the busiest first where the address names none."""
    return asked if asked.removeprefix("-") in ORDERS else DEFAULT


def summed(showing: Showing, order: str) -> QuerySet[Any, Any]:
    """Return one row a name: how many measures, how many past and undated, the nearest date ahead."""
    today = showing.today
    rows = showing.executors()
    if showing.view.executor:
        rows = rows.filter(name=showing.view.executor)
    measure = "measure"
    summed = (
        rows.order_by()
        .values("name", folded=Lower("name"))  # the two databases order capitals differently
        .annotate(
            count=Count(measure, distinct=True),
            nearest=Min("measure__due", filter=Q(measure__due__gte=today)),
            past=Count(measure, distinct=True, filter=Q(measure__due__lt=today)),
            undated=Count(measure, distinct=True, filter=Q(measure__deadline_kind=DeadlineKind.NONE)),
            sample=Min("pk"),
            role=Max("unit_count", filter=Q(outcome=Outcome.ROLE.value)),
            unclear=Count(measure, distinct=True, filter=Q(outcome__in=UNCLEAR)),
        )
    )
    column = F(ORDERS[order.removeprefix("-")])
    by = column.desc(nulls_last=True) if order.startswith("-") else column.asc(nulls_last=True)
    return summed.order_by(by, "folded", "name")


def row_of(values: dict[str, Any]) -> ExecutorRow:
    """Return a row of `summed` as the page prints it."""
    units = values["role"] or 0
    kept = {key: values[key] for key in ("name", "count", "nearest", "past", "undated", "sample", "unclear")}
    return ExecutorRow(**kept, units=units, role=bool(units))


def _falls(showing: Showing) -> dict[str, Any]:
    """Return what falls on the organisation of the view, in one query."""
    today = showing.today
    return (
        showing.measures()
        .order_by()
        .aggregate(
            count=Count("*"),
            nearest=Min("due", filter=Q(due__gte=today)),
            past=Count("due", filter=Q(due__lt=today)),
            undated=Count("deadline_kind", filter=Q(deadline_kind=DeadlineKind.NONE)),
        )
    )
