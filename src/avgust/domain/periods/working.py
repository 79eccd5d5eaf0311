"""The production calendar of Russia: which days are worked, which are an hour shorter.

Article 112 of the Labour Code names the holidays; a day off that falls on one is moved to the next working
day after it, except in the holidays of January, of which the Government moves two. The Government may move
others too: its acts are in `calendar/`, one file a year. Article 95 shortens the day before a holiday; a
Saturday that is worked in place of such a day is short like it. The calendar is of a week of five days.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Final

HOLIDAYS: Final = (  # month, day; article 112 in force since 2013
    *((1, day) for day in range(1, 9)),
    (2, 23),
    (3, 8),
    (5, 1),
    (5, 9),
    (6, 12),
    (11, 4),
)
LAW: Final = "Трудовой кодекс РФ, статья 112"
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a year that are off, and the short ones; `source` is the act, else the law alone."""

    year: int
    off: frozenset[date]
    short: frozenset[date]
    source: str
    known: bool  # False where the days that the Government moved are not known (yet)


def is_holiday(day: date) -> bool:
    """Return whether `day` is a holiday by law, whatever day of the week it is."""
    return (day.month, day.day) in HOLIDAYS


@lru_cache(maxsize=32)
def calendar_of(year: int) -> Calendar:
    """Return the calendar of `year`."""
    act, moved = _moves(year)
    first, count = date(year, 1, 1), date(year, 12, 31).timetuple().tm_yday
    days = [first + timedelta(days=n) for n in range(count)]
    worked = {source for source in moved if not is_holiday(source)}
    off = {day for day in days if (day.weekday() >= _SATURDAY or is_holiday(day)) and day not in worked}
    off |= set(moved.values())
    for day in days:
        if is_holiday(day) and day.month > 1 and day.weekday() >= _SATURDAY and day not in moved:
            off.add(_next_outside(day, off))
    before_holiday = {day - _DAY for day in days if is_holiday(day)} | {date(year, 12, 31)}
    inherited = {source for source in worked if moved[source] in before_holiday}
    short = {day for day in before_holiday | inherited if day.year == year and day not in off}
    return Calendar(year, frozenset(off), frozenset(short), act or LAW, bool(act))


def _moves(year: int) -> tuple[str, dict[date, date]]:
    """Return the act of the Government on a year and what it moved; nothing where there is no act."""
    file = files("avgust.domain.periods") / "calendar" / f"{year}.toml"
    if not file.is_file():
        return "", {}
    kept = tomllib.loads(file.read_text("utf-8"))
    return str(kept["act"]), dict(kept["moved"])


def _next_outside(day: date, off: set[date]) -> date:
    """Return the first day after `day` that is not off."""
    day += _DAY
    while day in off:
        day += _DAY
    return day


def working_day(day: date) -> bool:
    """Return whether `day` is worked."""
    return day not in calendar_of(day.year).off


def short_day(day: date) -> bool:
    """Return whether `day` is worked and an hour shorter."""
    return day in calendar_of(day.year).short


def add_working_days(day: date, count: int) -> date:
    """Return the working day that is `count` of them after `day` (before, where it is negative).

    Nothing added gives the day itself; the day from which is counted is not counted.
    """
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while not working_day(day):
            day += step
    return day


def working_day_from(day: date) -> date:
    """Return `day`, or the first working day after it."""
    while not working_day(day):
        day += _DAY
    return day


def working_day_until(day: date) -> date:
    """Return `day`, or the last working day before it."""
    while not working_day(day):
        day -= _DAY
    return day
