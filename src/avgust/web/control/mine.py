"""The list of the assignments of one's own organisations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from avgust.domain.control.states import OWED, Status
from avgust.web.accounts.rights import Action
from avgust.web.control.models import STATUSES, Assignment, AssignmentQuerySet
from avgust.web.control.owing import end_of_week
from avgust.web.control.standing import reporting_units
from avgust.web.control.wording import period_of
from avgust.web.programmes.models import Programme
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest, is_fragment

PAGE: Final = 50
OWED_VIEW: Final = "owed"
DUE: Final = {
    "late": _("late"),
    "week": _("this week"),
    "month": _("within 30 days"),
    "none": _("waits for its event"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list shows, as the address says it; unknown values are as if they were not there."""

    status: str = ""  # a status, or what must be done
    due: str = ""
    programme: int = 0
    unit: int = 0

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Wanted:
        """Read the filters from a query string."""
        status, due = given.get("status", OWED_VIEW), given.get("due", "")
        known = {OWED_VIEW, *(value for value, _label in STATUSES)}
        return cls(
            status=status if status in known else "",
            due=due if due in DUE else "",
            programme=_number(given.get("programme", "")),
            unit=_number(given.get("unit", "")),
        )

    def of_rows(self, rows: AssignmentQuerySet, today: date) -> AssignmentQuerySet:
        """Return the assignments that the filters leave, the nearest deadline first."""
        if self.status:
            rows = rows.filter(status__in=sorted(OWED) if self.status == OWED_VIEW else [self.status])
        if self.programme:
            rows = rows.filter(programme=self.programme)
        if self.unit:
            rows = rows.filter(unit=self.unit)
        if self.due:
            rows = rows.filter(_due(self.due, today))
        return rows.order_by("due", "pk")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _due(which: str, today: date) -> Q:
    match which:
        case "late":
            return Q(due__lt=today, status__in=sorted(OWED))
        case "week":
            return Q(due__gte=today, due__lte=end_of_week(today))
        case "month":
            return Q(due__gte=today, due__lte=today + timedelta(days=30))
    return Q(status=Status.WAITING.value)


@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """Show what the reader's organisations owe, owed and finished."""
    if not request.user.may(Action.SEE_ASSIGNMENTS):
        raise PermissionDenied
    today, wanted = timezone.localdate(), Wanted.of(request.GET)
    own = Assignment.objects.filter(unit__in=reporting_units(request.user))
    found = wanted.of_rows(own, today).select_related("measure", "programme", "unit")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    units = Unit.objects.filter(pk__in=reporting_units(request.user))
    context: dict[str, Any] = {
        "wanted": wanted,
        "page": page,
        "rows": [(row, period_of(row), row.proof_on(today), row.late_on(today)) for row in page.object_list],
        "units": list(units),
        "today": today,
    }
    if is_fragment(request):
        return render(request, "control/_mine.html", context)
    context |= {
        "statuses": STATUSES,
        "dues": DUE.items(),
        "programmes": Programme.objects.filter(pk__in=own.values("programme")),
        "owed": own.owed().count(),
        "late": own.late(today).count(),
    }
    return render(request, "control/mine.html", context)
