"""Cells as people fill them in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.messages import Message
from avgust.domain.tables import Sheet
from avgust.domain.territory.imports.columns import CHOICES, HEADERS, Field, choice_of, choice_text, field_of
from avgust.domain.territory.imports.rows import day_of, rows_of, table_of, value_of

DAYS = {
    "a date": (date(1974, 9, 1), date(1974, 9, 1)),
    "a text": ("01.09.1974", date(1974, 9, 1)),
    "without noughts": ("1.9.1974", date(1974, 9, 1)),
    "with the word": ("01.09.1974 г.", date(1974, 9, 1)),
    "slashes": ("01/09/1974", date(1974, 9, 1)),
    "of a computer": ("1974-09-01", date(1974, 9, 1)),
    "with a time": ("1974-09-01 12:30:00", date(1974, 9, 1)),
    "a serial number": (27273.0, date(1974, 9, 1)),
    "the first of 1900": (1, date(1900, 1, 1)),
    "the last day before the leap that never was": (59, date(1900, 2, 28)),
    "the day after it": (61, date(1900, 3, 1)),
    "older than spreadsheets": ("15.10.1868", date(1868, 10, 15)),
}
NO_DAYS = {
    "31 September": "31.09.1974",
    "the 29 February of 1900": 60,
    "a year": "1974",
    "a year as a number": 1974.0,
    "two digits of a year": "01.09.74",
    "words": "сентябрь 1974",
    "nought": 0,
    "far ahead": date(9999, 1, 1),
    "yes": True,
    "month first": "09/15/2020",
}


@pytest.mark.parametrize(("cell", "day"), DAYS.values(), ids=DAYS.keys())
def test_days(cell, day: date) -> None:
    assert day_of(cell) == day


@pytest.mark.parametrize("cell", NO_DAYS.values(), ids=NO_DAYS.keys())
def test_no_days_say_why(cell) -> None:
    answer = day_of(cell)
    assert isinstance(answer, Message)
    assert answer.render("ru")


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.dates()))
def test_any_cell_of_any_column_has_a_value_or_a_reason(cell) -> None:
    for name in Field:
        value = value_of(name, cell)
        if isinstance(value, Message):
            assert value.render("ru")


VALUES = {
    "a leading zero eaten": (Field.INN, 12345678.0, Message),
    "a tax number as a number": (Field.INN, 7707083893.0, "7707083893"),
    "its zero restored": (Field.INN, 105001230.0, Message),
    "an error of a formula": (Field.NAME, "#REF!", Message),
    "spaces": (Field.NAME, "  Школа \n № 1 ", "Школа № 1"),
    "too long": (Field.SHORT_NAME, "я" * 201, Message),
    "a number with its sign": (Field.NUMBER, "№ 12", 12),
    "a choice in other letters": (Field.KIND, "ШКОЛА", "school"),
    "a choice in English": (Field.KIND, "kindergarten", "kindergarten"),
    "a choice as offices say": (Field.SETTLEMENT, "сельское", "rural"),
    "no choice": (Field.KIND, "центр обр.", Message),
}


@pytest.mark.parametrize(("name", "cell", "value"), VALUES.values(), ids=VALUES.keys())
def test_values(name: Field, cell, value) -> None:
    got = value_of(name, cell)
    assert isinstance(got, Message) if value is Message else got == value


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_we_write_we_read(language: str) -> None:
    for name in Field:
        assert field_of(HEADERS[name]) == name
    for name, choices in CHOICES.items():
        for code in choices:
            assert choice_of(name, choice_text(name, code, language)) == code


def test_heads_may_stand_below_a_title() -> None:
    sheet = Sheet(
        "Реестр",
        (
            ("Организации области", None, None),
            (None, None, None),
            ("Наименование", "ИНН", "Примечание"),
            ("Школа", "7707083894", "что угодно"),
            (None, None, None),
            ("Сад", None, None),
        ),
    )
    found = table_of([Sheet("Другой", (("а", "б"),)), sheet])
    assert found
    rows = list(rows_of(*found, {}))
    assert [(row.number, row.text(Field.NAME)) for row in rows] == [(4, "Школа"), (6, "Сад")]
    assert [(fault.cell, fault.text) for fault in rows[0].faults] == [("B4", "7707083894")]
    mended = list(rows_of(*found, {"Реестр!B4": "7707083893"}))
    assert mended[0].text(Field.INN) == "7707083893"
    assert not next(rows_of(*found, {"Реестр!B4": None})).faults
