"""A span of days with both ends inclusive; the only module that knows when a school year begins.

A school year runs from 1 September to 31 August (273-ФЗ leaves its end to the school's plan; the
programmes of education authorities count to the eve of the next one).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final, Self

SCHOOL_YEAR_MONTH: Final = 9

_DAY: Final = timedelta(days=1)
_SCHOOL_YEAR_LABEL: Final = re.compile(r"(\d{4})/(\d{4})")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days; `start` and `end` both belong to it. Ordered by start, then by end."""

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.end < self.start:
            raise ValueError(f"a period cannot end on {self.end}, before its start on {self.start}")

    # ── constructors ──────────────────────────────────────────────────────────────────────────────

    @classmethod
    def day(cls, day: date) -> Self:
        """Return the single day."""
        return cls(day, day)

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """Return a calendar month, 1…12."""
        return cls._months(year, month, 1)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        """Return a calendar quarter, 1…4."""
        if not 1 <= quarter <= 4:
            raise ValueError(f"no quarter {quarter}")
        return cls._months(year, 3 * quarter - 2, 3)

    @classmethod
    def half_year(cls, year: int, half: int) -> Self:
        """Return a calendar half-year, 1 or 2."""
        if not 1 <= half <= 2:
            raise ValueError(f"no half-year {half}")
        return cls._months(year, 6 * half - 5, 6)

    @classmethod
    def year(cls, year: int) -> Self:
        """Return a calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def years(cls, first: int, last: int) -> Self:
        """Return the calendar years from `first` to `last`, both included."""
        return cls(date(first, 1, 1), date(last, 12, 31))

    @classmethod
    def school_year(cls, year: int) -> Self:
        """Return the school year that begins in `year`: 1 September to 31 August."""
        return cls._months(year, SCHOOL_YEAR_MONTH, 12)

    @classmethod
    def school_year_of(cls, day: date) -> Self:
        """Return the school year to which `day` belongs."""
        return cls.school_year(day.year if day.month >= SCHOOL_YEAR_MONTH else day.year - 1)

    @classmethod
    def of_label(cls, label: str) -> Self:
        """Return the school year that is labelled "2025/2026"; ValueError for any other label."""
        match = _SCHOOL_YEAR_LABEL.fullmatch(label)
        if match is None or int(match[2]) != int(match[1]) + 1:
            raise ValueError(f"no school year {label!r}")
        return cls.school_year(int(match[1]))

    @classmethod
    def _months(cls, year: int, month: int, count: int) -> Self:
        """Return `count` whole months from `month` of `year`; the calendar of Python ends some of them."""
        last = year * 12 + month - 1 + count  # the month after the last one, counted from year 0
        after_year, after_month = divmod(last, 12)
        start = date(year, month, 1) if year >= MINYEAR else date.min
        end = date(after_year, after_month + 1, 1) - _DAY if after_year <= MAXYEAR else date.max
        return cls(start, end)

    # ── what it is ────────────────────────────────────────────────────────────────────────────────

    @property
    def days(self) -> int:
        """The number of days, at least 1."""
        return (self.end - self.start).days + 1

    @property
    def is_school_year(self) -> bool:
        """Whether it is exactly one school year."""
        return self == Period.school_year_of(self.start)

    @property
    def label(self) -> str:
        """The short name: "2025/2026" for a school year, "2025", "2025-Q3", "2025-09", else both ends."""
        year = self.start.year
        if self.is_school_year:
            return f"{year}/{year + 1}"
        if self == Period.year(year):
            return str(year)
        if self == Period.month(year, self.start.month):
            return f"{year}-{self.start.month:02}"
        half, quarter = (self.start.month + 5) // 6, (self.start.month + 2) // 3
        if self == Period.half_year(year, half):
            return f"{year}-H{half}"
        if self == Period.quarter(year, quarter):
            return f"{year}-Q{quarter}"
        if self.start == self.end:
            return self.start.isoformat()
        return f"{self.start.isoformat()}..{self.end.isoformat()}"

    def __contains__(self, other: object) -> bool:
        """Whether a day or a whole period lies within."""
        if isinstance(other, Period):
            return self.start <= other.start and other.end <= self.end
        return isinstance(other, date) and self.start <= other <= self.end

    def overlap(self, other: Period) -> Period | None:
        """Return the days that both have; None when they share none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None

    # ── neighbours and parts ──────────────────────────────────────────────────────────────────────

    @property
    def next(self) -> Period:
        """The period of the same kind that follows: month after month, else as many days."""
        return self._moved(1)

    @property
    def previous(self) -> Period:
        """The period of the same kind before: month before month, else as many days."""
        return self._moved(-1)

    def months(self) -> Iterator[Period]:
        """Yield every calendar month that it touches, whole, in order."""
        yield from self._steps(self.start.year, self.start.month, 1)

    def quarters(self) -> Iterator[Period]:
        """Yield every calendar quarter that it touches, whole, in order."""
        yield from self._steps(self.start.year, (self.start.month - 1) // 3 * 3 + 1, 3)

    def _steps(self, year: int, month: int, size: int) -> Iterator[Period]:
        """Yield runs of `size` months from `month` of `year` while they begin within."""
        at = Period._months(year, month, size)
        while True:
            yield at
            if at.end >= self.end:
                return
            after = at.end + _DAY
            at = Period._months(after.year, after.month, size)

    def _moved(self, by: int) -> Period:
        """Return the period `by` times its own length later; whole months stay whole months."""
        after = self.end + _DAY
        months = (after.year - self.start.year) * 12 + after.month - self.start.month
        if self.start.day == after.day == 1:
            year, month = divmod(self.start.year * 12 + self.start.month - 1 + by * months, 12)
            return Period._months(year, month + 1, months)
        shift = timedelta(days=self.days * by)
        return Period(self.start + shift, self.end + shift)
