"""When a measure is owed in a school year, by the kind of its deadline."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.control.occurrences import occurrences, since
from avgust.domain.periods import Period
from avgust.domain.resolutions.model import Deadline, DeadlineKind

YEAR = Period.school_year(2025)
K = DeadlineKind


def seen(deadline: Deadline, event_on: date | None = None) -> list[tuple[str, str, str]]:
    return [
        (one.key, f"{one.starts:%d.%m.%y}", f"{one.due:%d.%m.%y}" if one.due else "")
        for one in occurrences(deadline, YEAR, event_on)
    ]


@pytest.mark.parametrize(
    ("name", "deadline", "expected"),
    [
        (
            "one day",
            Deadline(K.DATE, end=date(2025, 10, 1)),
            [("", "01.09.25", "01.10.25")],
        ),
        (
            "a day before the year",
            Deadline(K.DATE, end=date(2025, 8, 30)),
            [("", "30.08.25", "30.08.25")],
        ),
        (
            "a span",
            Deadline(K.INTERVAL, start=date(2025, 11, 1), end=date(2025, 11, 30)),
            [("", "01.11.25", "30.11.25")],
        ),
        (
            "a beginning without an end",
            Deadline(K.INTERVAL, start=date(2026, 1, 12)),
            [("", "12.01.26", "31.08.26")],
        ),
        (
            "every quarter",
            Deadline(K.RECURRING, every="P3M"),
            [
                ("2025-Q3", "01.09.25", "30.09.25"),
                ("2025-Q4", "01.10.25", "31.12.25"),
                ("2026-Q1", "01.01.26", "31.03.26"),
                ("2026-Q2", "01.04.26", "30.06.26"),
            ],
        ),
        (
            "twice a year",
            Deadline(K.RECURRING, every="P6M"),
            [("2025-H2", "01.09.25", "31.12.25"), ("2026-H1", "01.01.26", "30.06.26")],
        ),
        (
            "once a year by a day",
            Deadline(K.RECURRING, every="P1Y", day_of_period="12-31"),
            [("2025/2026", "01.09.25", "31.12.25")],
        ),
        (
            "what lasts",
            Deadline(K.PERMANENT),
            [("2025-12", "01.09.25", "31.12.25"), ("2026-05", "01.01.26", "31.05.26")],
        ),
        (
            "regularly",
            Deadline(K.RECURRING),
            [("2025-12", "01.09.25", "31.12.25"), ("2026-05", "01.01.26", "31.05.26")],
        ),
        ("after an event", Deadline(K.RELATIVE, offset="P1M"), [("", "01.09.25", "")]),
        ("on a condition", Deadline(K.CONDITIONAL), [("", "01.09.25", "")]),
        ("no deadline", Deadline(), [("", "01.09.25", "31.08.26")]),
        (
            "a day, then every half-year",
            Deadline(K.DATE, end=date(2025, 10, 15), then=Deadline(K.RECURRING, every="P6M")),
            [
                ("", "01.09.25", "15.10.25"),
                ("2025-H2", "01.09.25", "31.12.25"),
                ("2026-H1", "01.01.26", "30.06.26"),
            ],
        ),
    ],
)
def test_by_kind(name: str, deadline: Deadline, expected: list[tuple[str, str, str]]) -> None:
    assert seen(deadline) == expected, name


def test_every_month_by_the_25th() -> None:
    found = seen(Deadline(K.RECURRING, every="P1M", day_of_period="25"))
    assert len(found) == 12
    assert found[0] == ("2025-09", "01.09.25", "25.09.25")
    assert found[5] == ("2026-02", "01.02.26", "25.02.26")


@pytest.mark.parametrize("every", ["P1D", "P7D", "P10D"])
def test_more_often_than_monthly_is_controlled_by_month(every: str) -> None:
    assert [key for key, _starts, _due in seen(Deadline(K.RECURRING, every=every))][:2] == [
        "2025-09",
        "2025-10",
    ]


@pytest.mark.parametrize(
    ("offset", "event_on", "due"),
    [
        ("P10D", date(2025, 11, 1), "11.11.25"),
        ("P1M", date(2026, 1, 31), "28.02.26"),
        ("P1Y", date(2026, 2, 28), "28.02.27"),
        (None, date(2025, 11, 1), "31.08.26"),
    ],
)
def test_the_day_of_the_event_starts_the_clock(offset: str | None, event_on: date, due: str) -> None:
    assert seen(Deadline(K.RELATIVE, offset=offset), event_on) == [("", f"{event_on:%d.%m.%y}", due)]


@pytest.mark.parametrize(
    ("event_on", "due"),
    [
        (date(2025, 11, 5), "19.11.25"),  # ten days of two weeks
        (date(2025, 12, 26), "21.01.26"),  # the holidays of January are not worked
    ],
)
def test_working_days_are_counted_by_the_production_calendar(event_on: date, due: str) -> None:
    deadline = Deadline(K.RELATIVE, offset="P10D", working=True)
    assert seen(deadline, event_on) == [("", f"{event_on:%d.%m.%y}", due)]


def test_a_rhythm_within_a_span_keeps_to_it() -> None:
    deadline = Deadline(K.RECURRING, start=date(2025, 11, 10), end=date(2026, 1, 31), every="P1M")
    assert [key for key, _starts, _due in seen(deadline)] == ["2025-11", "2025-12", "2026-01"]


days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
durations = st.one_of(
    st.none(), st.builds("P{}{}".format, st.integers(1, 400), st.sampled_from("DMY")), st.just("nonsense")
)


@given(
    st.builds(
        Deadline,
        kind=st.sampled_from(list(K)),
        start=st.one_of(st.none(), days),
        every=durations,
        offset=durations,
        day_of_period=st.one_of(st.none(), st.just("25"), st.just("31"), st.just("02-29"), st.just("12-31")),
    ),
    st.integers(0, 500),
    st.one_of(st.none(), days),
)
def test_there_is_always_something_to_control(deadline: Deadline, length: int, event_on: date | None) -> None:
    if deadline.start:
        end = deadline.start + timedelta(days=length)
        deadline = Deadline(deadline.kind, deadline.start, end, every=deadline.every, offset=deadline.offset)
    found = occurrences(deadline, YEAR, event_on)
    assert found
    assert len({one.key for one in found}) == len(found)
    assert all(one.due is None or one.starts <= one.due for one in found)
    assert len(found) <= 13


MONTHLY = Deadline(K.RECURRING, every="P1M")
QUARTERLY = Deadline(K.RECURRING, every="P3M")
YEARLY = Deadline(K.RECURRING, every="P1Y", day_of_period="12-31")
LATE_ADOPTION = (
    # what it is, deadline, day from which it binds, periods over before, the first owed, since when
    ("adopted before the year", QUARTERLY, date(2025, 8, 27), 0, "2025-Q3", date(2025, 9, 1)),
    ("no day of adoption is known", QUARTERLY, None, 0, "2025-Q3", date(2025, 9, 1)),
    ("in the middle of a period", QUARTERLY, date(2025, 11, 12), 1, "2025-Q4", date(2025, 11, 12)),
    ("on the last day of a period", QUARTERLY, date(2025, 12, 31), 1, "2025-Q4", date(2025, 12, 31)),
    ("on the first day of a period", QUARTERLY, date(2026, 1, 1), 2, "2026-Q1", date(2026, 1, 1)),
    ("every month", MONTHLY, date(2026, 2, 10), 5, "2026-02", date(2026, 2, 10)),
    ("control points of what lasts", Deadline(K.PERMANENT), date(2026, 1, 15), 1, "2026-05", date(2026, 1, 15)),
    ("once a year, the day has passed", YEARLY, date(2026, 2, 1), 1, None, None),
    ("after all periods", QUARTERLY, date(2026, 7, 1), 4, None, None),
    ("a day before the adoption stays as printed", Deadline(K.DATE, end=date(2025, 10, 1)), date(2025, 11, 12),
     0, "", date(2025, 9, 1)),
    ("what waits for its event", Deadline(K.RELATIVE, offset="P1M"), date(2025, 11, 12), 0, "", date(2025, 9, 1)),
    ("no deadline is printed", Deadline(), date(2025, 11, 12), 0, "", date(2025, 9, 1)),
    ("a day, then every half-year",
     Deadline(K.DATE, end=date(2025, 10, 15), then=Deadline(K.RECURRING, every="P6M")), date(2026, 2, 1),
     1, "", date(2025, 9, 1)),
)  # fmt: skip


@pytest.mark.parametrize("case", LATE_ADOPTION, ids=[case[0] for case in LATE_ADOPTION])
def test_a_duty_begins_on_the_day_of_adoption(case: tuple) -> None:
    _name, deadline, begins, earlier, first, starts = case
    begun = since(occurrences(deadline, YEAR), begins)
    assert len(begun.earlier) == earlier
    assert [one.key for one in begun.owed][:1] == ([] if first is None else [first])
    assert [one.starts for one in begun.owed][:1] == ([] if starts is None else [starts])


@given(st.dates(date(2025, 6, 1), date(2026, 12, 31)), st.sampled_from(["P1M", "P3M", "P6M", "P1Y"]))
def test_a_later_adoption_never_owes_more(begins: date, every: str) -> None:
    times = occurrences(Deadline(K.RECURRING, every=every), YEAR)
    now, later = since(times, begins), since(times, begins + timedelta(days=1))
    assert {one.key for one in later.owed} <= {one.key for one in now.owed}
    assert {one.key for one in (*now.owed, *now.earlier)} == {one.key for one in times}
    assert all(one.due is not None and begins <= one.due and one.starts <= one.due for one in now.owed)
