"""What the document says about its own time: the ground on which a missing year is resolved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

from avgust.domain.periods import Period
from avgust.domain.resolutions.model import Header

# A document made long before its school year (a plan adopted in June) means dates of that school year;
# one made on its eve (an August conference) also means the last days of August.
_EVE: Final = timedelta(days=31)
_SUMMER: Final = timedelta(days=92)  # June, July, August: lessons are over, the talk is of the new year
_LEAP_SEARCH: Final = 9  # years until 29 February surely comes again

_PLAN_YEAR: Final = re.compile(r"\bна ((?:19|20)\d\d) ?(?:год|г\.|календарный)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date of adoption, the school year meant and the calendar year planned; any may be unknown."""

    adopted: date | None = None
    school_year: Period | None = None
    year: Period | None = None  # «План мероприятий на 2022 год»

    @classmethod
    def of(cls, header: Header) -> Self:
        """Read the anchor from a header; a fact whose value is no date or school year is left out."""
        planned = _PLAN_YEAR.search(header.title.text.lower()) if header.title else None
        return cls(
            _date(header.adopted.value) if header.adopted else None,
            _school_year(header.school_year.value) if header.school_year else None,
            Period.year(int(planned[1])) if planned else None,
        )

    @property
    def origin(self) -> date | None:
        """The first day that a date printed without a year can mean; None when nothing is known."""
        known = [self.adopted] if self.adopted else []
        if self.year:
            known.append(self.year.start)
        elif self.school_year:
            known.append(self.school_year.start - _EVE if self.adopted else self.school_year.start)
        return max(known, default=None)

    @property
    def current_year(self) -> int | None:
        """The calendar year that «текущий год» means."""
        if self.year:
            return self.year.start.year
        origin = self.adopted or self.origin
        return origin.year if origin else None

    @property
    def current_school_year(self) -> Period | None:
        """The school year that «новый» or «текущий учебный год» means.

        Without a printed one it is the year of the adoption; in the three months before its end, the next.
        """
        if self.school_year or self.adopted is None:
            return self.school_year
        return Period.school_year_of(self.adopted + _SUMMER)

    def next_day(self, month: int, day: int) -> date | None:
        """Return the first such date on or after the origin; None when nothing is known or no such day."""
        if self.origin is None:
            return None
        for year in range(self.origin.year, self.origin.year + _LEAP_SEARCH):
            found = day_or_none(year, month, day)
            if found and found >= self.origin:
                return found
        return None

    def next_period(self, periods: tuple[Period, Period]) -> Period:
        """Return the earlier of two like periods of successive years that has not ended by the origin."""
        first, second = periods
        return first if self.origin is None or first.end >= self.origin else second


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return the date, None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _school_year(value: str) -> Period | None:
    try:
        return Period.of_label(value)
    except ValueError:
        return None
