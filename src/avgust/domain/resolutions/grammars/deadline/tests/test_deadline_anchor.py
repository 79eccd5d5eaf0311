"""A missing year: from the adoption, the school year or the plan's own year; nothing known, nothing invented."""

from datetime import date

import pytest

from avgust.domain.periods import Period
from avgust.domain.resolutions.grammars.deadline import Anchor
from avgust.domain.resolutions.model import Fact, Header, Span

AUGUST, JUNE, MARCH = date(2021, 8, 27), date(2021, 6, 10), date(2022, 3, 5)

ANCHORED = [
    # text, adopted, school year, expected
    ("до 15 сентября", AUGUST, None, "date ..2021-09-15~"),
    ("до 15 сентября", AUGUST, 2021, "date ..2021-09-15~"),
    ("до 15 сентября", None, 2021, "date ..2021-09-15~"),
    ("до 15 сентября", None, None, "date"),
    ("до 15 мая", AUGUST, None, "date ..2022-05-15~"),
    ("до 15 мая", MARCH, None, "date ..2022-05-15~"),
    ("до 1 марта", MARCH, None, "date ..2023-03-01~"),
    ("до 5 марта", MARCH, None, "date ..2022-03-05~"),
    ("до 15 мая", JUNE, 2021, "date ..2022-05-15~"),
    ("до 30 июня", JUNE, 2021, "date ..2022-06-30~"),
    ("до 30 июня", JUNE, None, "date ..2021-06-30~"),
    ("до 30 августа", AUGUST, 2021, "date ..2021-08-30~"),
    ("до 30 августа", None, 2021, "date ..2022-08-30~"),
    ("29 февраля", date(2021, 3, 1), None, "date ..2024-02-29~"),
    ("октябрь", AUGUST, None, "interval 2021-10-01..2021-10-31~"),
    ("октябрь", None, 2021, "interval 2021-10-01..2021-10-31~"),
    ("апрель", None, 2021, "interval 2022-04-01..2022-04-30~"),
    ("октябрь", None, None, "interval"),
    ("октябрь-апрель", None, 2021, "interval 2021-10-01..2022-04-30~"),
    ("август-сентябрь", None, 2021, "interval 2021-08-01..2021-09-30~"),
    ("октябрь-апрель", None, None, "interval"),
    ("с 1 по 15 октября", None, None, "interval"),
    ("с 1 по 15 октября", MARCH, None, "interval 2022-10-01..2022-10-15~"),
    ("III квартал", AUGUST, None, "interval 2021-07-01..2021-09-30~"),
    ("II квартал", AUGUST, None, "interval 2022-04-01..2022-06-30~"),
    ("II квартал", None, None, "interval"),
    ("до конца года", None, None, "date"),
    ("до конца года", MARCH, 2021, "date ..2022-12-31~"),
    ("до конца учебного года", MARCH, None, "date ..2022-08-31~"),
    ("до конца учебного года", JUNE, None, "date ..2022-08-31~"),
    ("до конца учебного года", None, None, "date"),
    ("к началу учебного года", MARCH, None, "date ..2022-09-01~"),
    ("к началу учебного года", date(2021, 10, 15), 2021, "date ..2022-09-01~"),
    ("к началу учебного года", date(2021, 10, 15), None, "date ..2022-09-01~"),
    ("до конца месяца", None, None, "date"),
    ("до 25 числа текущего месяца", MARCH, None, "date ..2022-03-25~"),
    ("до 25 числа следующего месяца", date(2021, 12, 1), None, "date ..2022-01-25~"),
    ("в новом учебном году", None, None, "interval"),
    ("в текущем году", None, None, "interval"),
    ("до 20 декабря текущего года", None, 2021, "date ..2021-12-20~"),
    ("до 20 декабря текущего года", None, None, "date"),
    ("до 1 октября 2021 года", None, None, "date ..2021-10-01"),
    ("с сентября", None, None, "interval"),
    ("до октября", None, None, "date"),
    ("осень", None, None, "interval"),
    ("осень", AUGUST, None, "interval 2021-09-01..2021-11-30~"),
    ("весной", AUGUST, None, "interval 2022-03-01..2022-05-31~"),
    ("ежегодно до 1 октября", None, None, "recurring every P1Y on 10-01"),
]


@pytest.mark.parametrize(
    ("text", "adopted", "school_year", "expected"),
    ANCHORED,
    ids=[f"{text}|{adopted}|{year}" for text, adopted, year, _ in ANCHORED],
)
def test_missing_year_comes_from_the_anchor(text, adopted, school_year, expected, read):
    assert read(text, "line", adopted, school_year) == expected


def fact(value, text=None):
    return Fact(value, text or value, Span(0, 1), "test", 1.0)


def test_anchor_reads_the_header():
    header = Header(adopted=fact("2021-08-27"), school_year=fact("2021/2022"))
    assert Anchor.of(header) == Anchor(AUGUST, Period.school_year(2021))


def test_anchor_reads_the_planned_year_of_the_title():
    header = Header(title=fact("План мероприятий на 2022 год"), adopted=fact("2021-12-20"))
    anchor = Anchor.of(header)
    assert anchor.year == Period.year(2022)
    assert anchor.next_day(12, 25) == date(2022, 12, 25)
    assert anchor.current_year == 2022


@pytest.mark.parametrize("value", ["28.08.2021", "", "2021-13-01"], ids=lambda value: value or "empty")
def test_unreadable_facts_are_left_out(value):
    assert Anchor.of(Header(adopted=fact(value), school_year=fact("2021/2023"))) == Anchor()


def test_anchor_of_an_empty_header_knows_nothing():
    anchor = Anchor.of(Header())
    assert (anchor.origin, anchor.current_year, anchor.current_school_year) == (None, None, None)
    assert anchor.next_day(9, 1) is None
