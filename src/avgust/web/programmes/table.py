"""What the table of measures shows: filters, order and their place in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.functions import TruncMonth

from avgust.domain.periods import Period
from avgust.domain.resolutions.model import DeadlineKind, Theme
from avgust.web.programmes.models import Measure, MeasureExecutor, Programme

MOST_EXECUTORS: Final = 200  # a select with more is no help; the search finds the rest
ORDERS: Final = {"number": "order", "executor": "executor_order", "due": "due", "theme": "theme"}
KINDS: Final = (
    DeadlineKind.RECURRING,
    DeadlineKind.PERMANENT,
    DeadlineKind.RELATIVE,
    DeadlineKind.CONDITIONAL,
    DeadlineKind.NONE,
)
DEFAULT_SORT: Final = "number"
PAST: Final = "past"  # the date has passed


@dataclass(frozen=True, slots=True)
class View:
    """A view of a programme, as the address says it. Unknown values are as if they were not there."""

    words: str = ""
    theme: str = ""
    executor: str = ""
    due: str = ""  # "2025-10", a kind without a date, or "past"
    findings: bool = False
    unclear: bool = False  # nobody answers, or it is not known which organisation does
    mine: bool = False  # what the reader's own organisations answer for
    sort: str = DEFAULT_SORT

    @classmethod
    def of(cls, given: Mapping[str, str]) -> View:
        """Read the view from a query string."""
        sort = given.get("sort", "")
        due = given.get("due", "")
        theme = given.get("theme", "")
        return cls(
            words=given.get("q", "").strip()[:200],
            theme=theme if theme in set(Theme) or theme == "none" else "",
            executor=given.get("executor", "")[:500],
            due=due if due == PAST or due in {kind.value for kind in KINDS} or _month(due) else "",
            findings=given.get("findings") == "1",
            unclear=given.get("unclear") == "1",
            mine=given.get("mine") == "1",
            sort=sort if sort.removeprefix("-") in ORDERS else DEFAULT_SORT,
        )

    @property
    def filtered(self) -> bool:
        """True when the view leaves something out."""
        return self != replace(View(), sort=self.sort)

    @property
    def grouped(self) -> bool:
        """True when rows stand under their sections: only in the order of the document."""
        return self.sort == DEFAULT_SORT

    def of_programme(self, measures: QuerySet[Measure], today: date, mine: Q) -> QuerySet[Measure]:
        """Return the measures that the view shows, in its order. `mine` is what falls on the reader."""
        found = measures.in_force()  # type: ignore[attr-defined]
        found = found.search(self.words) if self.words else found
        if self.theme:
            found = found.filter(theme="" if self.theme == "none" else self.theme)
        if self.executor:
            named = MeasureExecutor.objects.answering().filter(name=self.executor)
            found = found.filter(pk__in=named.values("measure"))
        if self.due:
            found = found.filter(_due(self.due, today))
        if self.findings:
            found = found.filter(finding_count__gt=0)
        if self.unclear:
            found = found.filter(unclear())
        if self.mine:
            found = found.filter(mine)
        return found.order_by(*self._order())

    def _order(self) -> list[OrderBy | str]:
        """Return the order with the number last, so that equal rows never change places between pages."""
        key = self.sort.removeprefix("-")
        column = F(ORDERS[key])
        by = column.desc(nulls_last=True) if self.sort.startswith("-") else column.asc(nulls_last=True)
        return [by] if key == "number" else [by, "order"]


def unclear() -> Q:
    """Return the condition on measures that nobody answers for, or nobody knows which organisation does."""
    of_measure = MeasureExecutor.objects.filter(measure=OuterRef("pk"))
    return Q(Exists(of_measure.unclear())) | ~Q(Exists(of_measure.answering()))


def _month(text: str) -> Period | None:
    """Return the month «2025-10» names."""
    year, _, month = text.partition("-")
    if len(text) != 7 or not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and int(year)):
        return None
    return Period.month(int(year), int(month))


def _due(due: str, today: date) -> Q:
    if due == PAST:
        return Q(due__lt=today)
    month = _month(due)
    return Q(due__gte=month.start, due__lte=month.end) if month else Q(deadline_kind=due)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the programme's calendar."""

    start: date
    count: int
    value: str
    current: bool


def due_counts(programme: Programme) -> dict[date, int]:
    """Return how many measures are due in each month, by its first day, in order."""
    months = programme.measures.in_force().exclude(due=None).order_by().annotate(month=TruncMonth("due"))
    rows = months.values_list("month").annotate(Count("pk")).order_by("month")
    return {month: count for month, count in rows if month}


def calendar(programme: Programme, counts: Mapping[date, int], today: date) -> list[Month]:
    """Return the months of the programme's school year with how many measures are due in each."""
    try:
        year = Period.of_label(programme.school_year)
    except ValueError:
        return []
    return [
        Month(month.start, counts.get(month.start, 0), f"{month.start:%Y-%m}", today in month)
        for month in year.months()
    ]


def executors_of(programme: Programme) -> list[tuple[str, int]]:
    """Return who answers in the programme with the number of measures, the busiest first."""
    rows = MeasureExecutor.objects.in_force().answering().filter(measure__programme=programme)
    counted = rows.values("name").annotate(n=Count("measure", distinct=True)).order_by("-n", "name")
    return [(row["name"], row["n"]) for row in counted[:MOST_EXECUTORS]]
