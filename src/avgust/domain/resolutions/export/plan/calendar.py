"""Deadlines as an iCalendar file (RFC 5545) that Outlook, Thunderbird and telephones subscribe to or import.

One event for each measure with a known date, all day, without an alarm, and never "busy": a deadline does not
occupy the day. What recurs is one event with its rhythm. What lasts, waits or has no date has no event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import IO, Any, Final

from avgust.domain.control.course import course, weeks_of
from avgust.domain.messages import Message, mark
from avgust.domain.periods import Period
from avgust.domain.resolutions.export.plan.paper import who
from avgust.domain.resolutions.export.plan.row import PlanRow
from avgust.domain.resolutions.export.printable import printable
from avgust.domain.resolutions.model import Deadline, DeadlineKind

_DAY: Final = timedelta(days=1)
_ALWAYS_THERE: Final = 28  # days that every month has
_SUMMARY: Final = 180
_WORKING_DAYS: Final = ("MO", "TU", "WE", "TH", "FR")


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure for the calendar. `uid` stays the same from export to export, so that events are replaced."""

    uid: str
    row: PlanRow
    deadline: Deadline
    address: str  # of its card


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of something that is no measure (a milestone of a project), both ends inclusive."""

    uid: str
    title: str
    first: date
    last: date
    told: tuple[str, ...]  # lines of the description
    category: str
    address: str


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day of an event, and how it comes again."""

    first: date
    last: date
    rule: dict[str, Any] | None = None


def write_ics(
    out: IO[bytes],
    name: str,
    entries: Iterable[Entry | Stretch],
    year: Period,
    language: str,
    *,
    stamp: datetime,
) -> None:
    """Write the calendar to `out`, event after event. What recurs does so within `year`."""
    from icalendar import Calendar  # noqa: PLC0415 - 200 ms that other formats need not pay

    calendar = Calendar()
    calendar.add("prodid", "-//Avgust//Programme of measures//RU")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", printable(name))
    head, tail, _end = calendar.to_ical().partition(b"END:VCALENDAR")
    out.write(head)
    for entry in entries:
        if isinstance(entry, Stretch):
            out.write(_event(entry, Span(entry.first, entry.last), stamp))
            continue
        for number, span in enumerate(spans(entry.deadline, year)):
            out.write(_event(_stretch(entry, span, number, language), span, stamp))
    out.write(tail + b"\r\n")


def spans(deadline: Deadline, year: Period) -> Iterator[Span]:
    """Yield when the deadline is in the calendar, with what follows it."""
    alone = replace(deadline, then=None)
    match deadline.kind:
        case DeadlineKind.DATE if deadline.end:
            yield Span(deadline.end, deadline.end)
        case DeadlineKind.INTERVAL if deadline.end:
            yield Span(min(deadline.start or deadline.end, deadline.end), deadline.end)
        case DeadlineKind.RECURRING if deadline.every == "P1D":
            for held in course(alone, year).lasting:
                yield _working_days(held)
        case DeadlineKind.RECURRING:
            yield from _again(course(alone, year).days, weeks_of(deadline))
    if deadline.then is not None:
        yield from spans(deadline.then, year)


def _working_days(held: Period) -> Span:
    first = held.start + max(0, 7 - held.start.weekday()) * _DAY if held.start.weekday() > 4 else held.start
    return Span(first, first, {"freq": "weekly", "byday": list(_WORKING_DAYS), "until": held.end})


def _again(days: tuple[date, ...], weeks: int | None) -> Iterator[Span]:
    """Yield one event with a rule for `days`, or an event for each where no rule says them."""
    rule = {"freq": "weekly", "interval": weeks} if weeks else _monthly(days)
    if len(days) > 1 and rule:
        yield Span(days[0], days[0], {**rule, "count": len(days)})
    else:
        yield from (Span(day, day) for day in days)


def _monthly(days: tuple[date, ...]) -> dict[str, Any] | None:
    """Return the rule by which months come again on the same day, or on their last one."""
    steps = {(b.year - a.year) * 12 + b.month - a.month for a, b in pairwise(days)}
    if len(steps) != 1:
        return None
    rule: dict[str, Any] = {"freq": "monthly", "interval": steps.pop()}
    numbers = {day.day for day in days}
    if len(numbers) == 1 and max(numbers) <= _ALWAYS_THERE:
        return {**rule, "bymonthday": max(numbers)}
    if all((day + _DAY).day == 1 for day in days):
        return {**rule, "bymonthday": -1}
    # The 30th, and the last day of February: the last of those that the month has.
    return {**rule, "bymonthday": list(range(_ALWAYS_THERE, max(numbers) + 1)), "bysetpos": -1}


def _stretch(entry: Entry, span: Span, number: int, language: str) -> Stretch:
    """Return what one event of a measure says."""
    row = entry.row
    return Stretch(
        uid=f"{number}-{entry.uid}" if number else entry.uid,
        title=f"{row.number}. {row.text}" if row.number else row.text,
        first=span.first,
        last=span.last,
        told=tuple(_told(row, language)),
        category=row.theme,
        address=entry.address,
    )


def _event(said: Stretch, span: Span, stamp: datetime) -> bytes:
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", said.uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", span.first)
    event.add("dtend", span.last + _DAY if span.last < date.max else span.last)
    if span.rule:
        event.add("rrule", span.rule)
    title = printable(said.title)
    event.add("summary", title if len(title) <= _SUMMARY else title[: _SUMMARY - 1].rstrip() + "…")
    event.add("description", printable("\n".join(said.told)))
    if said.category:
        event.add("categories", [said.category])
    event.add("url", said.address)
    event.add("transp", "TRANSPARENT")
    return bytes(event.to_ical())


def _told(row: PlanRow, language: str) -> Iterator[str]:
    """Yield the lines of the description."""
    yield row.text
    yield Message(mark("Deadline: %(deadline)s"), {"deadline": row.deadline}).render(language)
    if names := who(row, language).replace("\n", " "):
        yield Message(mark("Executor: %(names)s"), {"names": names}).render(language)
    if row.target:
        yield Message(mark("Target: %(target)s"), {"target": row.target}).render(language)
