"""What the home page says about programmes: what falls on the reader, what is due, what is not clear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avgust.domain.resolutions.model import DeadlineKind
from avgust.web.accounts.rights import Action
from avgust.web.programmes.models import UNCLEAR, Measure, MeasureExecutor, Programme
from avgust.web.programmes.presenting import MeasureWords
from avgust.web.programmes.reach import Own, organisations_of
from avgust.web.ui.requests import SignedInRequest, language
from avgust.web.ui.stations import HomeSection

SHOWN: Final = 8
AHEAD: Final = timedelta(days=30)
_NONE: Final = {"all": 0, "past": 0, "undated": 0, "known": 0, "unclear": 0}


@dataclass(frozen=True, slots=True)
class Share:
    """A programme, how many of its measures fall on the reader, and of how many the date has passed."""

    programme: Programme
    count: int
    past: int


def section(request: SignedInRequest) -> HomeSection | None:
    """Return the reader's own measures and the programmes that bind her; nothing where there is none."""
    user = request.user
    if not user.may(Action.SEE_PROGRAMMES):
        return None
    programmes = list(Programme.objects.visible_to(user).select_related("unit")[:SHOWN])
    if not programmes:
        return None
    today = timezone.localdate()
    mine = _mine(request, programmes, today)
    due = Measure.objects.visible_to(user).in_force().filter(due__gte=today, due__lte=today + AHEAD)
    count = due.count()
    sentences = [mine["sentence"]] if mine["shares"] else []
    if count:
        said = ngettext(
            "%(count)d measure falls due in the next 30 days.",
            "%(count)d measures fall due in the next 30 days.",
            count,
        )
        sentences.append(said % {"count": count})
    values = {
        "measures": list(due.select_related("programme").order_by("due", "order")[:SHOWN]),
        "programmes": _counted(programmes, today),
        "count": count,
        "mine": mine,
    }
    return HomeSection("programmes/_home.html", values, order=20, sentence=" ".join(sentences))


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


def _mine(request: SignedInRequest, programmes: list[Programme], today: date) -> dict[str, Any]:
    """Return what falls on the reader's organisations: the nearest, and how many of each programme."""
    own = Own(organisations_of(request.user))
    found = Q(pk__in=())
    shares = []
    for programme in programmes if own.units else ():
        condition = own.measures(programme)
        found |= condition
        counted = programme.measures.in_force().filter(condition)
        now = counted.aggregate(count=Count("pk"), past=Count("pk", filter=Q(due__lt=today)))
        shares += [Share(programme, **now)] if now["count"] else []
    total, past = sum(share.count for share in shares), sum(share.past for share in shares)
    measures = Measure.objects.filter(found)
    return {
        "units": own.units,
        "shares": shares,
        "rows": [MeasureWords(row, language()) for row in _next(measures, today)] if total else [],
        "sentence": _sentence(total, past),
    }


def _next(measures: QuerySet[Measure], today: date) -> list[Measure]:
    """Return what is to be done: first what has a date ahead, then what lasts, recurs or waits."""
    ahead = list(measures.filter(due__gte=today).order_by("due", "order")[:SHOWN])
    lasting = (
        measures.filter(due=None).exclude(deadline_kind=DeadlineKind.NONE).order_by("programme", "order")
    )
    return ahead + list(lasting[: SHOWN - len(ahead)])


def _sentence(total: int, past: int) -> str:
    said = ngettext(
        "%(count)d measure falls on your organisation.",
        "%(count)d measures fall on your organisation.",
        total,
    ) % {"count": total}
    return said + " " + _("The date has passed: %(count)d.") % {"count": past} if past else said
