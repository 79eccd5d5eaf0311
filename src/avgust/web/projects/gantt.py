"""A project along its months: places of bars, links and months for a picture that a server draws.

X is in percent with two digits and Y in pixels, so that the picture fits any width and its lines stay sharp.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from avgust.domain.periods import Period
from avgust.domain.planning.network import Network
from avgust.web.projects.models import Milestone

ROW, HEAD, BAR = 30, 26, 12  # px
MOST_LABELS: Final = 6  # names of months: more would meet on a telephone
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a bar: "done", "plan", "critical" or "late"."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A milestone in the picture."""

    number: int
    row: Milestone
    y: int
    stretches: tuple[Stretch, ...]

    @property
    def top(self) -> int:
        """Where the bar itself begins, in px."""
        return self.y + (ROW - BAR) // 2

    @property
    def middle(self) -> int:
        """The middle of the row, in px."""
        return self.y + ROW // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the end of one bar to the beginning of another: down (or up), then along."""

    x: str
    y: int
    to_x: str
    to_y: int
    critical: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month with the place of its first day; not every one is named."""

    start: date
    x: str
    named: bool


@dataclass(frozen=True, slots=True)
class Gantt:
    """The whole picture."""

    bars: tuple[Bar, ...]
    arrows: tuple[Arrow, ...]
    months: tuple[Month, ...]
    today: str  # its place; "" outside the picture
    due: str  # the deadline of the measure; "" outside the picture
    height: int


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to percent."""

    span: Period

    def start(self, day: date) -> float:
        """Return where a day begins."""
        return (day - self.span.start).days / self.span.days * 100

    def at(self, day: date) -> str:
        """Return where a day begins, written."""
        return f"{self.start(day):.2f}%"

    def stretch(self, kind: str, first: date, last: date) -> Stretch:
        """Return the part of a bar from `first` to `last`, both inclusive."""
        return Stretch(kind, self.at(first), f"{self.start(last + _DAY) - self.start(first):.2f}%")


def gantt(rows: Sequence[Milestone], foreseen: Network, today: date, due: date | None) -> Gantt:
    """Return the picture of `rows` as foreseen on `today`; `due` is the last day of the measure."""
    ends = [*(one.end for one in foreseen.timed.values()), *(row.due for row in rows)]
    starts = [*(one.start for one in foreseen.timed.values()), *(row.start for row in rows)]
    span = Period(min(starts).replace(day=1), _end_of_month(max([*ends, *([due] if due else [])])))
    scale = Scale(span)
    bars = tuple(_bars(rows, foreseen, scale))
    return Gantt(
        bars,
        tuple(_arrows(bars, foreseen, scale)),
        tuple(_months(span, scale)),
        scale.at(today) if today in span else "",
        scale.at(due + _DAY) if due else "",
        HEAD + ROW * len(rows) + 6,
    )


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY


def _bars(rows: Sequence[Milestone], foreseen: Network, scale: Scale) -> Iterator[Bar]:
    for place, row in enumerate(rows):
        one = foreseen.timed[row.pk]
        if row.done_on:
            stretches = [scale.stretch("done", one.start, one.end)]
        else:
            kind = "critical" if one.critical else "plan"
            until = min(one.end, max(row.due, one.start))
            stretches = [scale.stretch(kind, one.start, until)]
            if one.end > until:
                stretches.append(scale.stretch("late", until + _DAY, one.end))
        yield Bar(place + 1, row, HEAD + ROW * place, tuple(stretches))


def _arrows(bars: Sequence[Bar], foreseen: Network, scale: Scale) -> Iterator[Arrow]:
    at = {bar.row.pk: bar for bar in bars}
    for link in foreseen.links:
        before, after = foreseen.timed[link.before], foreseen.timed[link.after]
        yield Arrow(
            scale.at(before.end + _DAY),
            at[link.before].middle,
            scale.at(after.start),
            at[link.after].middle,
            before.critical and after.critical,
        )


def _months(span: Period, scale: Scale) -> Iterator[Month]:
    months = list(span.months())
    step = -(-len(months) // MOST_LABELS)
    for place, month in enumerate(months):
        yield Month(month.start, scale.at(month.start), place % step == 0)
