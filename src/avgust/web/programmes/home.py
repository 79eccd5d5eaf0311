"""What the home page says about programmes: what is due, what is not clear.

What falls on the reader's own organisation is said by control, as assignments.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import ngettext

from avgust.web.accounts.rights import Action
from avgust.web.programmes.counting import SHOWN, counted, newest
from avgust.web.programmes.models import Measure
from avgust.web.ui.requests import SignedInRequest
from avgust.web.ui.stations import HomeSection

AHEAD: Final = timedelta(days=30)


def section(request: SignedInRequest) -> HomeSection | None:
    """Return the programmes that bind the reader and what falls due in them; nothing where there is none."""
    user = request.user
    if not user.may(Action.SEE_PROGRAMMES):
        return None
    programmes = newest(user)
    if not programmes:
        return None
    today = timezone.localdate()
    due = Measure.objects.visible_to(user).in_force().filter(due__gte=today, due__lte=today + AHEAD)
    count = due.count()
    said = ngettext(
        "%(count)d measure falls due in the next 30 days.",
        "%(count)d measures fall due in the next 30 days.",
        count,
    ) % {"count": count}
    named = count and not user.may(Action.CONTROL_ASSIGNMENTS)  # to who controls, the desk shows them
    values = {
        "measures": list(due.select_related("programme").order_by("due", "order")[:SHOWN]) if named else [],
        "programmes": counted(programmes, today),
        "count": count,
    }
    return HomeSection("programmes/_home.html", values, order=20, sentence=said if count else "")
