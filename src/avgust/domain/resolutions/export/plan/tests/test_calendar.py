"""The calendar, read back by a parser of iCalendar and expanded by the rules of RFC 5545."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from avgust.domain.control.course import course
from avgust.domain.periods import Period
from avgust.domain.resolutions.export.plan import PlanRow
from avgust.domain.resolutions.export.plan.calendar import Entry, spans, write_ics
from avgust.domain.resolutions.model import Deadline, DeadlineKind

YEAR = Period.school_year(2025)
STAMP = datetime(2025, 8, 28, 9, 0, tzinfo=UTC)
K = DeadlineKind
ROW = PlanRow(
    "1.1",
    "Кадры",
    "Провести смотр, конкурс; слёт\nи \\ «ещё»",
    ("Отдел",),
    ("Школы",),
    "до 1 октября",
    "",
    "Кадры",
)


def again(every: str, day: str | None = None, start: date | None = None, end: date | None = None) -> Deadline:
    return Deadline(K.RECURRING, start, end, every=every, day_of_period=day)


def made(*deadlines: Deadline, row: PlanRow = ROW) -> Any:
    entries = [
        Entry(f"m{n}@avgust", row, one, f"https://avgust.example/{n}/") for n, one in enumerate(deadlines)
    ]
    out = BytesIO()
    write_ics(out, "Программа", entries, YEAR, "ru", stamp=STAMP)
    return Calendar.from_ical(out.getvalue()), out.getvalue()


def test_every_line_is_folded_and_read_back() -> None:
    calendar, data = made(Deadline(K.DATE, end=date(2025, 10, 1)))
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    (event,) = calendar.walk("VEVENT")
    assert event["summary"] == f"1.1. {ROW.text}"
    assert event.decoded("dtstart") == date(2025, 10, 1)
    assert event.decoded("dtend") == date(2025, 10, 2)
    assert ROW.text in event["description"]
    assert "Исполнитель: Отдел; соисполнители: Школы" in event["description"]
    assert (event["uid"], event["url"]) == ("m0@avgust", "https://avgust.example/0/")
    assert "BEGIN:VALARM" not in data.decode()


def test_uids_stay_from_export_to_export() -> None:
    compound = Deadline(K.DATE, end=date(2025, 10, 1), then=again("P3M", "25"))
    uids = [[event["uid"] for event in made(compound)[0].walk("VEVENT")] for _ in range(2)]
    assert uids[0] == uids[1] == ["m0@avgust", "1-m0@avgust"]


@pytest.mark.parametrize(
    ("deadline", "rule"),
    [
        pytest.param(again("P1M", "25"), "FREQ=MONTHLY;INTERVAL=1;COUNT=12;BYMONTHDAY=25", id="monthly"),
        pytest.param(again("P1M"), "FREQ=MONTHLY;INTERVAL=1;COUNT=12;BYMONTHDAY=-1", id="the last day"),
        pytest.param(again("P1M", "30"), "FREQ=MONTHLY;INTERVAL=1;COUNT=12;BYMONTHDAY=28,29,30;BYSETPOS=-1", id="30 or the last"),
        pytest.param(again("P3M"), "FREQ=MONTHLY;INTERVAL=3;COUNT=4;BYMONTHDAY=-1", id="quarterly"),
        pytest.param(again("P1W"), "FREQ=WEEKLY;INTERVAL=1;COUNT=52", id="weekly"),
        pytest.param(again("P14D"), "FREQ=WEEKLY;INTERVAL=2;COUNT=26", id="every two weeks"),
        pytest.param(again("P1D"), "FREQ=WEEKLY;UNTIL=20260831;BYDAY=MO,TU,WE,TH,FR", id="daily"),
        pytest.param(again("P1Y", "12-31"), None, id="yearly is one day of the year"),
    ],
)  # fmt: skip
def test_a_rhythm_is_a_rule(deadline: Deadline, rule: str | None) -> None:
    (event,) = made(deadline)[0].walk("VEVENT")
    said = (
        dict(part.split("=") for part in event["rrule"].to_ical().decode().split(";"))
        if "rrule" in event
        else None
    )
    assert said == (dict(part.split("=") for part in rule.split(";")) if rule else None)


@pytest.mark.parametrize(
    "deadline",
    [Deadline(), Deadline(K.PERMANENT), Deadline(K.RELATIVE, offset="P3M"), Deadline(K.INTERVAL, start=date(2025, 9, 1))],
)  # fmt: skip
def test_what_has_no_date_has_no_event(deadline: Deadline) -> None:
    assert made(deadline)[0].walk("VEVENT") == []


@given(
    st.sampled_from(["P1M", "P2M", "P3M", "P6M", "P12M", "P1Y", "P7D", "P14D"]),
    st.one_of(st.none(), st.integers(1, 31).map(str)),
    st.dates(date(2025, 9, 1), date(2026, 5, 1)),
    st.integers(40, 300),
)
def test_the_calendar_says_the_days_of_control(every: str, day: str | None, start: date, length: int) -> None:
    """Whatever the rhythm, the events expand to exactly the days on which control waits for a report."""
    deadline = again(every, day, start, start + timedelta(days=length))
    expanded = []
    for span in spans(deadline, YEAR):
        if span.rule is None:
            expanded.append(span.first)
            continue
        values = {key: value if isinstance(value, list) else [value] for key, value in span.rule.items()}
        text = ";".join(
            f"{key.upper()}={','.join(str(one).upper() for one in value)}" for key, value in values.items()
        )
        begin = datetime.combine(span.first, datetime.min.time())
        expanded += [moment.date() for moment in rrulestr(text, dtstart=begin)]
    assert expanded == list(course(deadline, YEAR).days)
