"""What the home page says about the territory to those who keep it."""

from __future__ import annotations

from django.utils import timezone

from avgust.domain.periods import Period
from avgust.web.accounts.rights import Action
from avgust.web.territory import changes
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest
from avgust.web.ui.stations import HomeSection

SHOWN = 5


def section(request: SignedInRequest) -> HomeSection | None:
    """Return how many organisations work and what changed since 1 September; nothing for who keeps none."""
    user = request.user
    if not (user.may(Action.EDIT_TERRITORY) or user.may(Action.MANAGE_ACCOUNTS)):
        return None
    today = timezone.localdate()
    year_start = Period.school_year_of(today).start
    places = (Unit.Kind.REGION, Unit.Kind.MUNICIPALITY)
    values = {
        "working": Unit.objects.visible_to(user).on(today).exclude(kind__in=places).count(),
        "changes": changes.between(user, year_start, today)[:SHOWN],
        "year_start": year_start,
    }
    return HomeSection("territory/_home.html", values, order=30)
