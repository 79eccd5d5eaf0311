"""What a reader may choose from: each value of a filter with the number of measures that it would leave.

The number counts with all the other filters of the view, so that choosing a value shows exactly as many.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avgust.domain.messages import translate
from avgust.domain.resolutions.export.wording import theme_label
from avgust.domain.resolutions.findings import finding_labels
from avgust.domain.resolutions.model import DeadlineKind, Theme
from avgust.web.programmes.models import Measure
from avgust.web.programmes.showing import Showing
from avgust.web.programmes.table import AHEAD, KINDS, NOBODY, PAST, SOON
from avgust.web.programmes.tally import Tally
from avgust.web.ui.requests import language

MOST: Final = 200  # a select with more is no help; the search finds the rest
KIND_NAMES: Final = {
    DeadlineKind.RECURRING: gettext_lazy("again and again"),
    DeadlineKind.PERMANENT: gettext_lazy("all the time"),
    DeadlineKind.RELATIVE: gettext_lazy("after an event"),
    DeadlineKind.CONDITIONAL: gettext_lazy("on a condition"),
    DeadlineKind.NONE: gettext_lazy("no deadline"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter, its name, and how many measures it would leave."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the programme's calendar."""

    start: date
    count: int
    value: str
    current: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """Everything to choose from, in the language of the reader."""

    themes: list[Choice]
    executors: list[Choice]
    months: list[tuple[str, date, int]]
    dues: list[Choice]
    findings: list[Choice]
    sections: list[Choice]


def facets(showing: Showing, tally: Tally) -> Facets:
    """Return the choices; `tally` is of the view as it is, filters that are set are counted without them."""
    view = showing.view
    spanned = bool(view.due or view.since or view.until)
    dated = showing.tally_of(due="", since=None, until=None) if spanned else tally
    return Facets(
        themes=_themes(showing.tally_of(theme="") if view.theme else tally),
        executors=_executors(showing),
        months=[(f"{month:%Y-%m}", month, count) for month, count in _months(dated).items()],
        dues=_dues(showing, showing.tally_of(due="") if view.due else tally),
        findings=_findings(showing.tally_of(finding="") if view.finding else tally),
        sections=_sections(showing),
    )


def _themes(tally: Tally) -> list[Choice]:
    counts = tally.themes
    found = [Choice(t.value, theme_label(t, language()), counts[t.value]) for t in Theme if counts[t.value]]
    found.sort(key=lambda choice: choice.name)
    return [*found, *([Choice(NOBODY, _("no theme"), counts[""])] if counts[""] else [])]


def _executors(showing: Showing) -> list[Choice]:
    """Return who answers, the busiest first."""
    rows = showing.executors(executor="").values("name")
    counted = rows.annotate(n=Count("measure", distinct=True)).order_by("-n", "name")
    found = [Choice(row["name"], row["name"], row["n"]) for row in counted[:MOST]]
    now = showing.view.executor
    if now and now != NOBODY and now not in {choice.value for choice in found}:
        found.append(Choice(now, now, showing.measures().count()))
    return found


def _months(tally: Tally) -> dict[date, int]:
    """Return how many measures are due in each month, by its first day, in order."""
    months: Counter[date] = Counter()
    for day, n in tally.days.items():
        months[day.replace(day=1)] += n
    return dict(sorted(months.items()))


def _dues(showing: Showing, tally: Tally) -> list[Choice]:
    today = showing.today
    counted = [
        Choice(PAST, _("the date has passed"), tally.before(today)),
        Choice(SOON, _("within 30 days"), tally.between(today, today + AHEAD)),
        *(Choice(kind.value, str(KIND_NAMES[kind]), tally.kinds[kind.value]) for kind in KINDS),
    ]
    return [choice for choice in counted if choice.count or choice.value == showing.view.due]


def _findings(tally: Tally) -> list[Choice]:
    labels = finding_labels()
    known = [(kind, n) for kind, n in tally.findings.items() if kind in labels]
    found = [Choice(kind, translate(labels[kind], language()), n) for kind, n in known]
    return sorted(found, key=lambda choice: choice.name)


def _sections(showing: Showing) -> list[Choice]:
    """Return the sections in the order of the document, each under the first measure that the view shows."""
    rows = showing.measures(section=0).exclude(section="").order_by().values("section")
    counted = rows.annotate(n=Count("pk"), first=Min("order"), key=Min("pk")).order_by("first")[: MOST + 1]
    found = [Choice(str(row["key"]), row["section"], row["n"]) for row in counted]
    return found[:MOST] if len(found) > 1 or showing.view.section else []


def calendar(showing: Showing, months: list[tuple[str, date, int]]) -> list[Month]:
    """Return the months of the school year with how many measures are due in each."""
    counts = {start: count for _value, start, count in months}
    return [
        Month(month.start, counts.get(month.start, 0), f"{month.start:%Y-%m}", showing.today in month)
        for month in showing.year.months()
    ]


@dataclass(frozen=True, slots=True)
class Outside:
    """What falls due before and after the months of the calendar, and its last and first day there."""

    before: int
    after: int
    last_before: date
    first_after: date


def outside(showing: Showing, months: list[tuple[str, date, int]]) -> Outside:
    """Return how many measures the calendar has no month for."""
    start, end = showing.year.start, showing.year.end
    before = sum(count for _value, month, count in months if month < start)
    after = sum(count for _value, month, count in months if month > end)
    return Outside(before, after, start - timedelta(days=1), end + timedelta(days=1))


def lede_of(showing: Showing, tally: Tally) -> dict[str, Any]:
    """Return the numbers of the head sentence and of the ready views; `tally` is of the whole programme."""
    today, everything = showing.today, showing.all.order_by()
    ahead = everything.filter(due__gte=today).order_by("due", "order")
    out = Measure.objects.filter(programme=showing.programme).exclude(status=Measure.Status.IN_FORCE)
    return {
        "count": tally.count,
        "overdue": tally.before(today),
        "soon": tally.between(today, today + AHEAD),
        "undated": tally.kinds[DeadlineKind.NONE],
        "findings": tally.with_findings,
        "nearest": ahead.only("pk", "label", "text", "due").first(),
        "unclear": tally.unclear,
        "out": out.count(),
        "mine": showing.executors_of_reader.aggregate(n=Count("measure", distinct=True))["n"],
    }
