"""A programme along the months of a school year: days as marks, stretches as bars, what lasts as a line.

Places are shares of the year's days, in percent with one digit, so that a server's picture fits any width.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from avgust.domain.control.course import Course, course
from avgust.domain.periods import Period
from avgust.domain.resolutions.model import DeadlineKind
from avgust.web.programmes.models import Measure
from avgust.web.programmes.presenting import MeasureWords
from avgust.web.programmes.showing import Showing
from avgust.web.programmes.views import laid_out, visible_programme
from avgust.web.ui.requests import SignedInRequest, language

PAGE: Final = 100
UNPLACED: Final = 50  # measures without a place on the line that are listed below it
GROUPS: Final = ("section", "theme", "date")
_UNDATED: Final = (DeadlineKind.NONE, DeadlineKind.RELATIVE, DeadlineKind.CONDITIONAL)
_ORDERS: Final[dict[str, tuple[Any, ...]]] = {
    "section": ("order",),
    "theme": ("theme", F("due").asc(nulls_last=True), "order"),
    "date": (F("due").asc(nulls_last=True), "order"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch on the line."""

    x: str
    width: str
    end: str


@dataclass(frozen=True, slots=True)
class TrackFacts:
    """A row of the line: everything that is printed in it, and nothing else."""

    number: str
    text: str
    address: str
    executors: tuple[str, ...]
    due: date | None  # when the deadline is one day
    deadline: str  # in words, when it is not
    again: bool
    days: tuple[str, ...]
    stretches: tuple[Bar, ...]
    lasting: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line of the list that a telephone shows in place of the picture."""

    days: str  # of the month, «5, 19»; "" for what lasts
    number: str
    text: str
    address: str
    deadline: str


@dataclass(frozen=True)
class Track:
    """A measure on the line of a year."""

    words: MeasureWords
    year: Period

    @cached_property
    def course(self) -> Course:
        """How the deadline lies in the year."""
        return course(self.words.whole_deadline, self.year)

    @property
    def again(self) -> bool:
        """True for what is due several times."""
        return len(self.course.days) > 1

    @property
    def days(self) -> list[str]:
        """The places of the days on which it is due."""
        return [place(day, self.year) for day in self.course.days]

    @property
    def stretches(self) -> list[Bar]:
        """The bars of the time to work on it."""
        return [self._bar(period) for period in self.course.stretches]

    @property
    def lasting(self) -> list[Bar]:
        """The lines of the time throughout which it holds."""
        return [self._bar(period) for period in self.course.lasting]

    @property
    def facts(self) -> TrackFacts:
        """What the line prints of the measure."""
        row = self.words.facts
        return TrackFacts(
            number=row.number,
            text=row.text,
            address=row.address,
            executors=tuple(who.name for who in row.executors),
            due=row.due,
            deadline=row.deadline,
            again=self.again,
            days=tuple(self.days),
            stretches=tuple(self.stretches),
            lasting=tuple(self.lasting),
        )

    def line(self, days: str = "") -> LineFacts:
        """Return the line of the list: with its days and its deadline, or of what lasts without them."""
        measure = self.words.measure
        deadline = self.words.deadline if days else ""
        return LineFacts(days, measure.label, measure.text, measure.get_absolute_url(), deadline)

    def _bar(self, period: Period) -> Bar:
        width = period.days / self.year.days * 100
        x = (period.start - self.year.start).days / self.year.days * 100
        return Bar(f"{x:.1f}%", f"{width:.1f}%", f"{x + width:.1f}%")


@dataclass(frozen=True, slots=True)
class TrackGroup:
    """Tracks under one section or theme."""

    name: str
    facts: list[TrackFacts]


@dataclass(frozen=True, slots=True)
class MonthOfList:
    """A month of the list that a telephone shows in place of the line."""

    start: date
    rows: list[LineFacts]


def place(day: date, year: Period) -> str:
    """Return the place of the middle of a day."""
    return f"{((day - year.start).days + 0.5) / year.days * 100:.1f}%"


def in_year(year: Period) -> Q:
    """Return the condition on measures that may have a place in `year`."""
    interval = Q(deadline_kind=DeadlineKind.INTERVAL)
    interval &= Q(deadline_start=None) | Q(deadline_start__lte=year.end)
    interval &= Q(due=None) | Q(due__gte=year.start)
    dated = Q(deadline_kind=DeadlineKind.DATE)
    dated &= Q(due__gte=year.start, due__lte=year.end) | Q(
        due__lt=year.start, deadline_values__has_key="then"
    )
    return dated | interval | Q(deadline_kind__in=(DeadlineKind.RECURRING, DeadlineKind.PERMANENT))


@login_required
@require_GET
def timeline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the measures of a programme along a school year."""
    showing = Showing(visible_programme(request, pk), request.GET, request.user)
    group = request.GET.get("group", "")
    group = group if group in GROUPS else GROUPS[0]
    year = year_of(request.GET.get("year", ""), showing)
    page = Paginator(placed(showing, year, group).prefetch_related("executors"), PAGE).get_page(
        request.GET.get("page")
    )
    tracks = [Track(MeasureWords(row, language()), year) for row in page.object_list]
    unplaced = showing.measures().filter(deadline_kind__in=_UNDATED)
    unplaced_count = sum(showing.tally.kinds[kind] for kind in _UNDATED)
    values = {
        "page": page,
        "count": showing.tally.count,
        "groups": _grouped(tracks, group),
        "group": group,
        "year": year,
        "years": _years(showing, year),
        "months": list(year.months()),
        "now": place(showing.today, year) if showing.today in year else "",
        "boundaries": [place(month.start, year) for month in list(year.months())[1:]],
        "by_month": _by_month(tracks, year),
        "steady": [track.line() for track in tracks if track.course.lasting and not track.course.days],
        "unplaced": [
            MeasureWords(row, language()) for row in unplaced.prefetch_related("executors")[:UNPLACED]
        ],
        "unplaced_count": unplaced_count,
    }
    return laid_out(request, showing, "timeline", values)


def placed(showing: Showing, year: Period, group: str) -> QuerySet[Measure]:
    """Return the measures that may have a place in `year`, in the order of their groups."""
    return showing.measures().filter(in_year(year)).order_by(*_ORDERS[group])


def year_of(asked: str, showing: Showing) -> Period:
    """Return the school year that begins in `asked`; the programme's own where nothing sensible is asked."""
    known = asked.isascii() and asked.isdecimal() and 1900 <= int(asked[:5]) <= 2200
    return Period.school_year(int(asked)) if known else showing.year


def _years(showing: Showing, shown: Period) -> list[tuple[Period, int]]:
    """Return the school years in which something is due, with how much, and the one that is shown."""
    counts: Counter[Period] = Counter({shown: 0, showing.year: 0})
    for day, count in showing.tally.days.items():
        counts[Period.school_year_of(day)] += count
    return sorted(counts.items())


def _grouped(tracks: Iterable[Track], group: str) -> list[TrackGroup]:
    groups: list[TrackGroup] = []
    for track in tracks:
        name = {"section": track.words.measure.section, "theme": track.words.theme}.get(group, "")
        if not groups or groups[-1].name != name:
            groups.append(TrackGroup(name, []))
        groups[-1].facts.append(track.facts)
    return groups


def _by_month(tracks: list[Track], year: Period) -> list[MonthOfList]:
    """Return the months with what is due in each; a stretch is due on its last day."""
    rows: defaultdict[date, list[tuple[list[date], Track]]] = defaultdict(list)
    for track in tracks:
        ends = (stretch.end for stretch in track.course.stretches)
        for start, days in groupby(sorted((*track.course.days, *ends)), key=lambda day: day.replace(day=1)):
            rows[start].append((list(days), track))
    months = []
    for month in year.months():
        found = sorted(rows[month.start], key=lambda row: (row[0][0], row[1].words.measure.order))
        lines = [track.line(", ".join(str(day.day) for day in days)) for days, track in found]
        months.append(MonthOfList(month.start, lines))
    return months
