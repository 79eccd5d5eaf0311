"""Pages of the territory."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from avgust.web.territory.models import Unit


@login_required
def unit_list(request: HttpRequest) -> HttpResponse:
    """Show the units of the reader's territory on a date."""
    today = timezone.localdate()
    units = Unit.objects.visible_to(request.user).on(today)
    return render(request, "territory/list.html", {"units": units, "day": today})


@login_required
def unit_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a unit."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    return render(request, "territory/card.html", {"unit": unit, "line": unit.line_on(timezone.localdate())})
