"""The production calendar against the published sums of each month, and what always holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.periods import (
    Period,
    add_working_days,
    calendar_of,
    short_day,
    working_day,
    working_day_from,
    working_day_until,
)
from avgust.domain.periods.working import LAW, is_holiday

# Working days of a five-day week by month, as the published production calendars count them.
MONTHS = {
    2024: (17, 20, 20, 21, 20, 19, 23, 22, 21, 23, 21, 21),
    2025: (17, 20, 21, 22, 18, 19, 23, 21, 22, 23, 19, 22),
    2026: (15, 19, 21, 22, 19, 21, 23, 21, 22, 22, 20, 22),
}


@pytest.mark.parametrize(("year", "months"), MONTHS.items())
def test_working_days_of_each_month(year: int, months: tuple[int, ...]) -> None:
    counted = []
    for month in range(1, 13):
        span = Period.month(year, month)
        counted.append(sum(working_day(span.start + timedelta(days=n)) for n in range(span.days)))
    assert tuple(counted) == months


SHORT = {
    2024: [(2, 22), (3, 7), (5, 8), (6, 11), (11, 2)],
    2025: [(3, 7), (4, 30), (6, 11), (11, 1)],
    2026: [(4, 30), (5, 8), (6, 11), (11, 3)],
}


@pytest.mark.parametrize(("year", "days"), SHORT.items())
def test_short_days(year: int, days: list[tuple[int, int]]) -> None:
    assert sorted(calendar_of(year).short) == [date(year, *day) for day in days]


CASES = {
    "a Saturday worked for a Monday": (date(2024, 4, 27), True),
    "the Monday it was worked for": (date(2024, 4, 29), False),
    "a day off moved from January": (date(2025, 12, 31), False),
    "a holiday on a Sunday gives the Monday": (date(2026, 3, 9), False),
    "a holiday on a Saturday gives the Monday": (date(2026, 5, 11), False),
    "a moved holiday gives no Monday": (date(2025, 2, 24), True),
    "an ordinary Tuesday": (date(2025, 9, 2), True),
    "no act is known: the law alone": (date(2027, 6, 14), False),
    "a year without a file": (date(2031, 11, 4), False),
}


@pytest.mark.parametrize(("day", "worked"), CASES.values(), ids=CASES.keys())
def test_day(day: date, worked: bool) -> None:
    assert working_day(day) is worked


def test_what_is_not_known_is_said() -> None:
    assert calendar_of(2026).known
    assert (calendar_of(2027).known, calendar_of(2027).source) == (False, LAW)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2025, 4, 30), 1, date(2025, 5, 5)),
        (date(2025, 12, 30), 1, date(2026, 1, 12)),
        (date(2026, 1, 12), -1, date(2025, 12, 30)),
        (date(2025, 11, 1), 1, date(2025, 11, 5)),
        (date(2025, 11, 2), 0, date(2025, 11, 2)),
    ],
)
def test_adding_working_days(day: date, count: int, expected: date) -> None:
    assert add_working_days(day, count) == expected


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(1, 40))
def test_adding_and_taking_away_lead_back(day: date, count: int) -> None:
    start = working_day_from(day)
    later = add_working_days(start, count)
    assert working_day(later)
    assert add_working_days(later, -count) == start


@given(DAYS)
def test_neighbours_are_worked_and_near(day: date) -> None:
    before, after = working_day_until(day), working_day_from(day)
    assert before <= day <= after
    assert working_day(before)
    assert working_day(after)
    assert (after - before).days <= 13
    assert not (is_holiday(day) and working_day(day))
    assert not short_day(day) or working_day(day)
