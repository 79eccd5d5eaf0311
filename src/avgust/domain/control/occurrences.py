"""How often a measure is to be done in a school year, and when: its deadline as a list of occurrences.

What recurs has one occurrence a period; what lasts has control points; what follows an event waits for it;
what names no date is owed by the end of the school year, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta
from typing import Final

from avgust.domain.control.parameters import CONTROL_POINTS
from avgust.domain.periods import Period, add_working_days
from avgust.domain.resolutions.model import Deadline, DeadlineKind

ONCE: Final = ""
_DURATION: Final = re.compile(r"P(\d{1,4})([DMY])")
_MONTHS_OF: Final = {"M": 1, "Y": 12}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a measure is owed.

    `key` tells occurrences of a measure apart: "" for the only one, else the label of its period
    ("2025-10", "2025-Q4"). `due` is the last day, inclusive; None while it waits for its event.
    """

    key: str
    starts: date
    due: date | None
    assumed: bool = False  # the document names no day: the end of the school year stands in

    @property
    def waits(self) -> bool:
        """True until the day of its event is known."""
        return self.due is None

    @property
    def once(self) -> bool:
        """True for what no period tells apart."""
        return not self.key.rstrip("+")


def occurrences(deadline: Deadline, year: Period, event_on: date | None = None) -> tuple[Occurrence, ...]:
    """Return the occurrences of `deadline` within the school year `year`, in order, at least one.

    A date outside the year stays as it is printed: the document decides. `event_on` is the day of the
    event on which a relative or conditional deadline waits.
    """
    first = _of_kind(deadline, year, event_on)
    if deadline.then is None:
        return first
    ended = max((one.due for one in first if one.due), default=year.start)
    later = (one for one in _of_kind(deadline.then, year, event_on) if one.due is None or one.due > ended)
    known = {one.key for one in first}
    return (*first, *(one if one.key not in known else replace(one, key=f"{one.key}+") for one in later))


@dataclass(frozen=True, slots=True)
class Begun:
    """What of the occurrences is owed, and how many periods were over before the duty began."""

    owed: tuple[Occurrence, ...]
    earlier: tuple[Occurrence, ...] = ()


def since(times: Iterable[Occurrence], begins: date | None) -> Begun:
    """Return which of `times` are owed when the duty begins on `begins`; without a day, all.

    An act of an authority binds from the day of its adoption and has no force backwards unless it says so:
    nobody could owe a period that was over by then. Of the period that was running only the rest is owed.
    What is owed once stays as it is printed: a last day before the adoption is a fault of the document, told
    by a finding (`deadline.past`).
    """
    if begins is None:
        return Begun(tuple(times))
    owed, earlier = [], []
    for one in times:
        if one.once or one.due is None:
            owed.append(one)
        elif one.due < begins:
            earlier.append(one)
        else:
            owed.append(replace(one, starts=max(one.starts, begins)))
    return Begun(tuple(owed), tuple(earlier))


def _of_kind(deadline: Deadline, year: Period, event_on: date | None) -> tuple[Occurrence, ...]:
    match deadline.kind:
        case DeadlineKind.DATE | DeadlineKind.INTERVAL:
            return (_dated(deadline, year),)
        case DeadlineKind.RECURRING:
            return tuple(_recurring(deadline, year)) or _points(year)
        case DeadlineKind.PERMANENT:
            return _points(year)
        case DeadlineKind.RELATIVE | DeadlineKind.CONDITIONAL:
            return (_after_event(deadline, year, event_on),)
        case _:
            return (Occurrence(ONCE, year.start, year.end, assumed=True),)


def _dated(deadline: Deadline, year: Period) -> Occurrence:
    due = deadline.end or max(year.end, deadline.start or year.end)
    starts = min(deadline.start or year.start, due)
    return Occurrence(ONCE, starts, due, assumed=deadline.end is None)


def _points(year: Period) -> tuple[Occurrence, ...]:
    """Return the control points of what lasts the whole year."""
    months = CONTROL_POINTS.on(year.start)
    found, starts = [], year.start
    for month in year.months():
        if month.start.month in months:
            found.append(Occurrence(month.label, starts, month.end))
            starts = month.end + timedelta(days=1)
    return tuple(found)


def _recurring(deadline: Deadline, year: Period) -> Iterator[Occurrence]:
    """Yield one occurrence a period; what recurs more often than monthly is controlled by month.

    Nothing for a rhythm without a length («регулярно»): it has control points like what lasts.
    """
    months = _months(deadline.every)
    if months is None:
        return
    span = Period(max(year.start, deadline.start or year.start), max(year.start, deadline.end or year.end))
    for period in _periods(year, months):
        due = _day_of(period, deadline.day_of_period)
        if due < span.start or period.start > span.end:
            continue
        yield Occurrence(period.label, max(period.start, span.start), due)


def _months(every: str | None) -> int | None:
    """Return the length of a rhythm in months, at least 1; None where it is not known."""
    match = _DURATION.fullmatch(every or "")
    if match is None:
        return None
    return max(1, int(match[1]) * _MONTHS_OF.get(match[2], 0))


def _periods(year: Period, months: int) -> Iterator[Period]:
    """Yield the periods of `months` months that end within the school year.

    Quarters and halves are those of the calendar; a rhythm of a year or longer falls on the school year.
    """
    if months == 1:
        yield from year.months()
    elif months < 12 and 12 % months == 0:
        for count in range(12 // months + 1):
            start = (year.start.year * 12 + (year.start.month - 1) // months * months) + count * months
            period = _run(start, months)
            if period.end in year:
                yield period
    else:
        yield year


def _run(first: int, months: int) -> Period:
    """Return `months` months from month number `first`, counted from year 0."""
    after = first + months
    end = date(after // 12, after % 12 + 1, 1) if after // 12 <= MAXYEAR else date.max
    return Period(date(first // 12, first % 12 + 1, 1), end - timedelta(days=1))


def _day_of(period: Period, day_of_period: str | None) -> date:
    """Return the day within `period` that the document names ("25", "12-31"); its last day by default."""
    if not day_of_period:
        return period.end
    month, _, day = day_of_period.rpartition("-")
    for candidate in period.months():
        if (not month and candidate.end == period.end) or month == f"{candidate.start.month:02}":
            return candidate.start.replace(day=min(int(day), candidate.end.day))
    return period.end


def _after_event(deadline: Deadline, year: Period, event_on: date | None) -> Occurrence:
    if event_on is None:
        return Occurrence(ONCE, year.start, None)
    match = _DURATION.fullmatch(deadline.offset or "")
    if match is None:
        return Occurrence(ONCE, event_on, max(event_on, year.end), assumed=True)
    size = int(match[1])
    if match[2] == "D" and deadline.working:
        return Occurrence(ONCE, event_on, add_working_days(event_on, size))
    if match[2] == "D":
        return Occurrence(ONCE, event_on, event_on + timedelta(days=size))
    return Occurrence(ONCE, event_on, _months_later(event_on, size * _MONTHS_OF[match[2]]))


def _months_later(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month (art. 192 of the Civil Code)."""
    month = _run(day.year * 12 + day.month - 1 + months, 1)
    return month.start.replace(day=min(day.day, month.end.day))
