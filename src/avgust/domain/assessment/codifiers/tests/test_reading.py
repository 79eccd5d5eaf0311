"""Packages and tables of codifiers: what is written is read back, and every fault is named with its row."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.assessment.codifiers import Codifier, Fact, Kind, SubjectCode
from avgust.domain.assessment.codifiers.files import codifier_csv, codifier_xlsx
from avgust.domain.assessment.codifiers.model import MOST_ENTRIES
from avgust.domain.assessment.codifiers.package import from_package, to_package
from avgust.domain.assessment.codifiers.table import from_table, table_of
from avgust.domain.assessment.codifiers.tests.making import SMALL, codifiers
from avgust.domain.assessment.codifiers.values import circles_in, day_of, grades_of
from avgust.domain.tables import Cell, Sheet
from avgust.domain.tables.reading import read_sheets


def said(*entries: dict[str, Any], **other: Any) -> dict[str, Any]:
    """Return a package as an object, with entries in place of its own and other facts."""
    return {**json.loads(to_package(SMALL)), **({"entries": list(entries)} if entries else {}), **other}


def faults(value: Any) -> list[str]:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    reading = from_package(data)
    assert reading.codifier is None
    return [fault.render("en") for fault in reading.faults]


@settings(max_examples=60, deadline=None)
@given(codifiers())
def test_a_package_comes_back(codifier: Codifier) -> None:
    assert from_package(to_package(codifier)).codifier == codifier
    assert to_package(codifier) == to_package(from_package(to_package(codifier)).codifier or SMALL)


@settings(max_examples=60, deadline=None)
@given(codifiers())
def test_a_table_comes_back(codifier: Codifier) -> None:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        tuple(cell or None for cell in row) for row in table_of(codifier)
    )
    reading = from_table([Sheet("Кодификатор", rows)])
    assert reading.codifier == codifier, [fault.render() for fault in reading.faults]


def test_a_workbook_comes_back() -> None:
    assert from_table(read_sheets(codifier_xlsx(SMALL))).codifier == SMALL


def test_a_csv_comes_back_and_starts_no_formula() -> None:
    assert from_table(read_sheets(codifier_csv(SMALL))).codifier == SMALL
    hostile = replace(SMALL, title="=cmd()")
    cells = [
        cell
        for row in csv.reader(io.StringIO(codifier_csv(hostile).decode("utf-8-sig")), delimiter=";")
        for cell in row
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda some: (
            st.lists(some, max_size=3)
            | st.dictionaries(
                st.sampled_from(["format", "version", "entries", "code", "edition", "basis"]),
                some,
                max_size=4,
            )
        ),
        max_leaves=8,
    ).map(lambda value: json.dumps(value).encode())
)
def test_whatever_comes_is_a_reading(data: bytes) -> None:
    reading = from_package(data)
    assert reading.codifier is None
    assert reading.faults


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("no JSON", b"PK\x03\x04", "it is not JSON"),
        ("deep", b'{"a":' * 100_000, "it is not JSON"),
        ("another format", {"format": "avgust-results-mapping"}, "its “format” must be “avgust-codifier”"),
        ("a later version", said(version=2), "The package is of version 2, version 1 is read here"),
        ("no version", said(version=None), "The package is of version —"),
        ("no entries", said(entries={}), "has no list “entries”"),
        ("empty", said(entries=[]), "The codifier has no entry"),
        ("too many", said(*[{"code": "1", "title": "а"}] * (MOST_ENTRIES + 1)), f"at most {MOST_ENTRIES}"),
        ("no code", said({"title": "Ударение"}), "Entry 1: “Ударение” has no code"),
        ("a code with a space", said({"code": "1 2", "title": "а"}), "Entry 1: “1 2” is no code"),
        ("a long code", said({"code": "1" * 41, "title": "а"}), "is no code"),
        ("empty title", said({"code": "1", "title": " "}), "Entry 1: code “1” has no title"),
        ("a long title", said({"code": "1", "title": "а" * 501}), "Entry 1: the title is longer than 500"),
        (
            "doubled",
            said({"code": "1", "title": "а"}, {"code": "2", "title": "б"}, {"code": "1", "title": "в"}),
            "Entry 3: code “1” stands in entry 1 already",
        ),
        (
            "unknown parent",
            said({"code": "1", "title": "а"}, {"code": "2.1", "title": "б", "parent": "2"}),
            "Entry 2: parent “2” of “2.1” is not there. Did you mean “1”?",
        ),
        ("a parent like no other", said({"code": "1", "title": "а", "parent": "К.7"}), "add its row, or mend it"),
        ("own parent", said({"code": "1", "title": "а", "parent": "1"}), "in a circle, 1 → 1"),
        (
            "circle",
            said(
                {"code": "7", "title": "ж"},
                {"code": "1", "title": "а", "parent": "3"},
                {"code": "2", "title": "б", "parent": "1"},
                {"code": "3", "title": "в", "parent": "2"},
            ),
            "Entry 2: parents run in a circle, 1 → 3 → 2 → 1",
        ),
        ("grade", said({"code": "1", "title": "а", "grades": [12]}), "Entry 1: the grades “12” are not known"),
        ("grades", said({"code": "1", "title": "а", "grades": [{}]}), "Entry 1: the grades “?”"),
        ("bad date", said(since="31.02.2026"), "“Действует с”: there is no date “31.02.2026”"),
        ("no date", said(since=""), "Nothing says from which day it is in force"),
        ("end before start", said(until="2024-01-01"), "The last day in force is before the first one"),
        ("date of the act", said(basis={"date": "завтра"}), "“Дата документа”: there is no date “завтра”"),
        ("subject", said(subject="магия"), "The subject “магия” is not known"),
        ("no subject", said(subject=None), "Nothing says the subject"),
        ("kind", said(kind="?!"), "The kind “?!” is not known"),
        ("no edition", said(edition={"title": "а"}), "Nothing says which edition it is"),
        ("no title", said(edition={"id": "1"}), "Nothing says the title of the edition"),
        ("edition with a slash", said(edition={"id": "1/2", "title": "а"}), "has a slash"),
        ("name", said(name="Кодификатор"), "The name “Кодификатор” is not right"),
    ],
)  # fmt: skip
def test_faults_of_a_package(name: str, value: Any, complaint: str) -> None:
    assert any(complaint in fault for fault in faults(value)), (name, faults(value))


def test_letters_that_no_database_holds_are_left_out() -> None:
    hostile = said({"code": "1", "title": "Зв\x00ук\ud800и"}, basis={"title": "При\x00каз"})
    read = from_package(json.dumps(hostile).encode()).codifier
    assert read is not None
    assert (read.entries[0].title, read.basis.title) == ("Звуки", "Приказ")
    assert to_package(read)
    assert "has no title" in faults(said({"code": "1", "title": "\x00"}))[0]


def test_all_faults_are_told_at_once() -> None:
    wrong = said({"code": "1", "title": ""}, {"title": "б"}, since="вчера", kind="")
    assert len(faults(wrong)) == 4


def sheet(*rows: tuple[Cell, ...]) -> list[Sheet]:
    width = max(map(len, rows))
    return [Sheet("Лист1", tuple((*row, *[None] * (width - len(row))) for row in rows))]


GIVEN = {
    Fact.SUBJECT: "Русский язык",
    Fact.KIND: "умения",
    Fact.EDITION: "2026",
    Fact.TITLE: "Умения, 4 класс",
    Fact.SINCE: "01.09.2026",
    Fact.GRADES: "4 класс",
}


def read(*rows: tuple[Cell, ...], **given: str) -> Any:
    return from_table(sheet(*rows), {**GIVEN, **{Fact(key): text for key, text in given.items()}})


def test_a_bare_table_of_codes_and_titles_stands_by_its_dots() -> None:
    found = read(
        ("КЭС", "Проверяемые умения"),
        (1, 2),
        ("1.", "Письмо"),
        (1.1, "Почерк"),
        ("1.1.1", "Наклон"),
        ("2.4", "Речь"),
    )
    one = found.codifier
    assert [(entry.code, entry.parent, entry.grades) for entry in one.entries] == [
        ("1", "", (4,)), ("1.1", "1", (4,)), ("1.1.1", "1.1", (4,)), ("2.4", "", (4,)),
    ]  # fmt: skip
    assert (one.name, one.subject, one.kind) == ("ru-4-skills", SubjectCode.RUSSIAN, Kind.SKILLS)
    assert one.since == date(2026, 9, 1)


def test_a_section_may_have_its_code_in_a_column_of_its_own() -> None:
    found = read(
        ("Код раздела", "Код элемента", "Элементы содержания"),
        ("1", None, "Фонетика"),
        ("1", "1.1", "Звуки"),
        ("К2", "К2", "Письмо"),
        ("К2", "7", "Почерк"),
    )
    assert [(one.code, one.parent) for one in found.codifier.entries] == [
        ("1", ""), ("1.1", "1"), ("К2", ""), ("7", "К2"),
    ]  # fmt: skip


def test_what_stands_above_the_heads_is_stronger_than_what_is_given() -> None:
    found = read(
        ("Предмет", "математика"), ("Действует с", date(2027, 1, 1)), ("Прочее", "слова"), ("Код", "Название"),
        ("1", "Счёт"), ("Код", "Название"), (None, None), ("2", "Меры"),
    )  # fmt: skip
    assert found.codifier.subject is SubjectCode.MATHEMATICS
    assert found.codifier.since == date(2027, 1, 1)
    assert [one.code for one in found.codifier.entries] == [
        "1",
        "2",
    ]  # heads printed again on a page are no row


@pytest.mark.parametrize(
    ("name", "rows", "complaint"),
    [
        ("no heads", [("Один", "Два")], "No sheet has the heads"),
        (
            "a date of a code",
            [("Код", "Название"), (date(2026, 2, 1), "Слово")],
            "Row 2: the spreadsheet made a date",
        ),
        (
            "a lost zero",
            [("Код", "Название"), ("1", "а"), (1.1, "б"), (1.1, "в")],
            "Row 4: code “1.1” stands in row 3 already. A spreadsheet takes the last zero",
        ),
        ("a banner", [("Код", "Название"), (None, "Раздел 1")], "Row 2: “Раздел 1” has no code"),
        ("heads only", [("Код", "Название")], "The codifier has no entry"),
    ],
)
def test_faults_of_a_table(name: str, rows: list[tuple[Cell, ...]], complaint: str) -> None:
    assert any(complaint in fault.render("en") for fault in read(*rows).faults), name


def test_many_unknown_parents_are_told_at_once() -> None:
    rows = [(f"{n}", f"Элемент {n}", f"x{n}") for n in range(MOST_ENTRIES)]
    found = read(("Код", "Название", "Раздел"), *rows)
    assert len(found.faults) == MOST_ENTRIES


@pytest.mark.parametrize(
    ("parents", "circles"),
    [
        ({"a": "", "b": "a"}, []),
        ({"a": "a"}, [("a",)]),
        ({"x": "a", "a": "b", "b": "a", "y": "x"}, [("a", "b")]),
        ({"a": "b", "b": "a", "c": "d", "d": "c"}, [("a", "b"), ("c", "d")]),
        ({"a": "elsewhere"}, []),
    ],
)
def test_circles(parents: dict[str, str], circles: list[tuple[str, ...]]) -> None:
    assert circles_in(parents) == circles


@pytest.mark.parametrize(
    ("text", "grades"),
    [("", ()), ("4", (4,)), ("5–7", (5, 6, 7)), ("9, 11", (9, 11)), ("1-2; 4", (1, 2, 4)), ("4 класс", (4,)),
     ("12", None), ("0", None), ("7-5", None), ("все", None)],
)  # fmt: skip
def test_grades(text: str, grades: tuple[int, ...] | None) -> None:
    assert grades_of(text) == grades


@pytest.mark.parametrize(
    ("text", "day"),
    [("1.9.2026", date(2026, 9, 1)), ("01.09.2026 г.", date(2026, 9, 1)), ("2026-09-01", date(2026, 9, 1)),
     ("30.02.2026", None), ("сентябрь", None)],
)  # fmt: skip
def test_days(text: str, day: date | None) -> None:
    assert day_of(text) == day
