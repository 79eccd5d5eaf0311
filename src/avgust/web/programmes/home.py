"""What the home page says about programmes."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import ngettext

from avgust.web.accounts.rights import Action
from avgust.web.programmes.models import Measure, Programme
from avgust.web.ui.requests import SignedInRequest
from avgust.web.ui.stations import HomeSection

SHOWN: Final = 8
AHEAD: Final = timedelta(days=30)


def section(request: SignedInRequest) -> HomeSection | None:
    """Return the measures that fall due in the next 30 days; nothing where there is no programme."""
    user = request.user
    if not user.may(Action.SEE_PROGRAMMES):
        return None
    programmes = Programme.objects.visible_to(user)
    if not programmes.exists():
        return None
    today = timezone.localdate()
    due = Measure.objects.visible_to(user).filter(due__gte=today, due__lte=today + AHEAD)
    count = due.count()
    sentence = ngettext(
        "%(count)d measure falls due in the next 30 days.",
        "%(count)d measures fall due in the next 30 days.",
        count,
    ) % {"count": count}
    values = {
        "measures": list(due.select_related("programme").order_by("due", "order")[:SHOWN]),
        "programmes": list(programmes.select_related("unit")[:SHOWN]),
        "count": count,
    }
    return HomeSection("programmes/_home.html", values, order=20, sentence=sentence if count else "")
