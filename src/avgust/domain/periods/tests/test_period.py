"""Period: constructors, labels, containment, neighbours; and what holds for every period."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.periods import Period

CONSTRUCTED = [
    ("day", Period.day(date(2025, 9, 1)), date(2025, 9, 1), date(2025, 9, 1), "2025-09-01"),
    ("month", Period.month(2025, 2), date(2025, 2, 1), date(2025, 2, 28), "2025-02"),
    ("leap month", Period.month(2024, 2), date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
    ("december", Period.month(2025, 12), date(2025, 12, 1), date(2025, 12, 31), "2025-12"),
    ("quarter", Period.quarter(2025, 4), date(2025, 10, 1), date(2025, 12, 31), "2025-Q4"),
    ("half-year", Period.half_year(2025, 1), date(2025, 1, 1), date(2025, 6, 30), "2025-H1"),
    ("year", Period.year(2025), date(2025, 1, 1), date(2025, 12, 31), "2025"),
    ("years", Period.years(2021, 2024), date(2021, 1, 1), date(2024, 12, 31), "2021-01-01..2024-12-31"),
    ("school year", Period.school_year(2025), date(2025, 9, 1), date(2026, 8, 31), "2025/2026"),
    ("last year", Period.year(9999), date(9999, 1, 1), date(9999, 12, 31), "9999"),
]


@pytest.mark.parametrize(
    ("period", "start", "end", "label"), [row[1:] for row in CONSTRUCTED], ids=[r[0] for r in CONSTRUCTED]
)
def test_constructor_gives_both_ends_and_label(period, start, end, label):
    assert (period.start, period.end, period.label) == (start, end, label)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2025, 8, 31), 2024),
        (date(2025, 9, 1), 2025),
        (date(2025, 12, 31), 2025),
        (date(2026, 1, 1), 2025),
        (date(2026, 8, 31), 2025),
    ],
    ids=str,
)
def test_school_year_of_a_day(day, first):
    assert Period.school_year_of(day) == Period.school_year(first)


def test_school_year_reads_its_label():
    assert Period.of_label("2025/2026") == Period.school_year(2025)


@pytest.mark.parametrize(
    "label", ["2025/2027", "2025", "2025-2026", "", "2025/26"], ids=lambda label: label or "empty"
)
def test_other_labels_are_refused(label):
    with pytest.raises(ValueError, match="no school year"):
        Period.of_label(label)


@pytest.mark.parametrize(
    "build",
    [
        lambda: Period(date(2025, 1, 2), date(2025, 1, 1)),
        lambda: Period.quarter(2025, 5),
        lambda: Period.half_year(2025, 0),
        lambda: Period.month(2025, 13),
    ],
    ids=["ends before start", "fifth quarter", "half-year 0", "month 13"],
)
def test_impossible_periods_are_refused(build):
    with pytest.raises(ValueError):
        build()


@pytest.mark.parametrize(
    ("period", "following"),
    [
        (Period.month(2025, 12), Period.month(2026, 1)),
        (Period.quarter(2025, 4), Period.quarter(2026, 1)),
        (Period.half_year(2025, 2), Period.half_year(2026, 1)),
        (Period.year(2024), Period.year(2025)),
        (Period.school_year(2024), Period.school_year(2025)),
        (Period.day(date(2024, 2, 28)), Period.day(date(2024, 2, 29))),
        (Period(date(2025, 3, 3), date(2025, 3, 9)), Period(date(2025, 3, 10), date(2025, 3, 16))),
    ],
    ids=["month", "quarter", "half-year", "year", "school year", "day", "week"],
)
def test_neighbours_are_of_the_same_kind(period, following):
    assert period.next == following
    assert following.previous == period


def test_months_and_quarters_of_a_school_year():
    year = Period.school_year(2025)
    months = list(year.months())
    assert (len(months), months[0], months[-1]) == (12, Period.month(2025, 9), Period.month(2026, 8))
    assert [p.label for p in year.quarters()] == ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]


def test_contains_days_and_periods_with_both_ends():
    year = Period.school_year(2025)
    assert date(2025, 9, 1) in year
    assert date(2026, 8, 31) in year
    assert date(2026, 9, 1) not in year
    assert Period.month(2026, 8) in year
    assert Period.year(2025) not in year
    assert "2025" not in year


def test_overlap_is_what_both_have():
    assert Period.year(2025).overlap(Period.school_year(2025)) == Period(date(2025, 9, 1), date(2025, 12, 31))
    assert Period.year(2025).overlap(Period.year(2026)) is None


DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
PERIODS = st.tuples(DAYS, DAYS).map(lambda ends: Period(min(ends), max(ends)))
bounded = settings(max_examples=150, deadline=None)


@bounded
@given(DAYS)
def test_every_day_lies_in_its_school_year_and_no_other(day):
    year = Period.school_year_of(day)
    assert day in year
    assert day not in year.next
    assert day not in year.previous
    assert year.end + timedelta(days=1) == year.next.start


@bounded
@given(PERIODS, PERIODS)
def test_overlap_is_symmetric_and_inside_both(a, b):
    common = a.overlap(b)
    assert common == b.overlap(a)
    assert common is None or (common in a and common in b)


@bounded
@given(PERIODS)
def test_months_touch_without_gaps_and_cover(period):
    months = list(period.months())
    assert months[0].start <= period.start
    assert months[-1].end >= period.end
    assert all(a.end + timedelta(days=1) == b.start for a, b in itertools.pairwise(months))


@bounded
@given(PERIODS)
def test_next_begins_where_the_period_ends(period):
    assert period.next.start == period.end + timedelta(days=1)
    assert period.previous.end == period.start - timedelta(days=1)
    assert period.next.days >= 1


@pytest.mark.parametrize(
    "day", [date.min, date(1, 8, 31), date(1, 9, 1), date.max], ids=["first", "August", "September", "last"]
)
def test_every_day_has_a_school_year(day):
    year = Period.school_year_of(day)
    assert year.start <= day <= year.end
    assert year.label
