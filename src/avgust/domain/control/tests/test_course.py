"""How deadlines lie in the school year 2025/2026."""

from __future__ import annotations

from datetime import date

import pytest

from avgust.domain.control.course import Course, course
from avgust.domain.periods import Period
from avgust.domain.resolutions.model import Deadline, DeadlineKind

YEAR = Period.school_year(2025)
K = DeadlineKind


def d(text: str) -> date:
    day, month, year = text.split(".")
    return date(2000 + int(year), int(month), int(day))


def p(first: str, last: str) -> Period:
    return Period(d(first), d(last))


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        pytest.param(Deadline(K.DATE, end=d("1.10.25")), Course((d("1.10.25"),)), id="a day"),
        pytest.param(Deadline(K.DATE, end=d("1.10.26")), Course(), id="a day of another year"),
        pytest.param(Deadline(K.INTERVAL, d("1.6.25"), d("1.11.25")), Course((), (p("1.9.25", "1.11.25"),)), id="cut to the year"),
        pytest.param(Deadline(K.INTERVAL, d("1.2.26")), Course((), (p("1.2.26", "31.8.26"),)), id="from a day on"),
        pytest.param(Deadline(K.INTERVAL, d("1.2.24"), d("1.3.24")), Course(), id="a stretch of another year"),
        pytest.param(Deadline(K.PERMANENT), Course((), (), (YEAR,)), id="all the time"),
        pytest.param(Deadline(K.RECURRING, every="P6M"), Course((d("31.12.25"), d("30.6.26"))), id="half-years"),
        pytest.param(Deadline(K.RECURRING, every="P3M", day_of_period="25"),
                     Course((d("25.9.25"), d("25.12.25"), d("25.3.26"), d("25.6.26"))), id="quarters by a day"),
        pytest.param(Deadline(K.RECURRING, d("1.10.25"), d("20.10.25"), every="P1W"),
                     Course((d("3.10.25"), d("10.10.25"), d("17.10.25"))), id="each Friday"),
        pytest.param(Deadline(K.RECURRING), Course((), (), (YEAR,)), id="regularly"),
        pytest.param(Deadline(K.RECURRING, every="P1D"), Course((), (), (YEAR,)), id="daily"),
        pytest.param(Deadline(K.RELATIVE, offset="P3M"), Course(), id="after an event"),
        pytest.param(Deadline(), Course(), id="nothing"),
        pytest.param(Deadline(K.DATE, end=d("15.2.26"), then=Deadline(K.RECURRING, every="P6M")),
                     Course((d("15.2.26"), d("30.6.26"))), id="then again and again"),
    ],
)  # fmt: skip
def test_course(deadline: Deadline, expected: Course) -> None:
    assert course(deadline, YEAR) == expected
    assert bool(expected) == bool(expected.days or expected.stretches or expected.lasting)
