"""What the home page says about programmes: what is due, what is not clear.

What falls on the reader's own organisation is said by control, as assignments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import ngettext

from avgust.domain.resolutions.model import DeadlineKind
from avgust.web.accounts.rights import Action
from avgust.web.programmes.models import UNCLEAR, Measure, MeasureExecutor, Programme
from avgust.web.ui.requests import SignedInRequest
from avgust.web.ui.stations import HomeSection

SHOWN: Final = 8
AHEAD: Final = timedelta(days=30)
_NONE: Final = {"all": 0, "past": 0, "undated": 0, "known": 0, "unclear": 0}


def section(request: SignedInRequest) -> HomeSection | None:
    """Return the programmes that bind the reader and what falls due in them; nothing where there is none."""
    user = request.user
    if not user.may(Action.SEE_PROGRAMMES):
        return None
    programmes = list(Programme.objects.visible_to(user).select_related("unit")[:SHOWN])
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
    values = {
        "measures": list(due.select_related("programme").order_by("due", "order")[:SHOWN]),
        "programmes": _counted(programmes, today),
        "count": count,
    }
    return HomeSection("programmes/_home.html", values, order=20, sentence=said if count else "")


@dataclass(frozen=True, slots=True)
class Counted:
    """A programme with the counts that open: passed, without a deadline, without a known executor."""

    programme: Programme
    past: int
    undated: int
    unclear: int


def _counted(programmes: list[Programme], today: date) -> list[Counted]:
    """Count the measures of all `programmes` in two queries, which read the rows of these programmes only."""
    measures = Measure.objects.in_force().filter(programme__in=programmes).order_by().values("programme")
    counts: dict[int, Any] = {
        row["programme"]: row
        for row in measures.annotate(
            all=Count("pk"),
            past=Count("pk", filter=Q(due__lt=today)),
            undated=Count("pk", filter=Q(deadline_kind=DeadlineKind.NONE)),
        )
    }
    answering = (
        MeasureExecutor.objects.in_force().answering().filter(measure__programme__in=programmes).order_by()
    )
    answered: dict[int, Any] = {
        row["measure__programme"]: row
        for row in answering.values("measure__programme").annotate(
            known=Count("measure", distinct=True),
            unclear=Count("measure", distinct=True, filter=Q(outcome__in=UNCLEAR)),
        )
    }
    lines = []
    for programme in programmes:
        row = {**_NONE, **counts.get(programme.pk, {}), **answered.get(programme.pk, {})}
        nobody = row["all"] - row["known"]
        lines.append(Counted(programme, row["past"], row["undated"], row["unclear"] + nobody))
    return lines
