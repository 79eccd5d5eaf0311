from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.assessment.works import guessing
from avgust.domain.assessment.works.guessing import guess, head_row
from avgust.domain.assessment.works.heads import Field
from avgust.domain.assessment.works.mapping import Mapping
from avgust.domain.assessment.works.meanings import (
    IGNORED,
    Meaning,
    doubts_about,
    faults_for,
    faults_in,
    mapping_of,
    meanings_of,
)
from avgust.domain.assessment.works.readers import read_table
from avgust.domain.assessment.works.specification import Item, Specification

HEADS = [
    ("a running number", "№ п/п", IGNORED, guessing.RUNNING),
    ("a bare number sign", "№", IGNORED, guessing.RUNNING),
    ("a login", "Логин ОО", Meaning(Field.SCHOOL), guessing.BY_HEAD),
    ("a school by its name", "Школа", Meaning(Field.SCHOOL_NAME), guessing.BY_HEAD),
    ("a class", "Класс", Meaning(Field.GROUP), guessing.BY_HEAD),
    ("a cipher", "Шифр", Meaning(Field.PUPIL), guessing.BY_HEAD),
    ("an item in words", "Задание 1", Meaning(None, "1"), guessing.BY_NUMBER),
    ("a part of an item", "1.1", Meaning(None, "1.1"), guessing.BY_NUMBER),
    ("a number as a number", 12.0, Meaning(None, "12"), guessing.BY_NUMBER),
    ("a criterion with points", "4К1 (3б)", Meaning(None, "4К1", 3), guessing.BY_POINTS),
    ("points in words", "Зад. 7 (макс. 2 балла)", Meaning(None, "7", 2), guessing.BY_POINTS),
    ("a question", "Вопрос №5", Meaning(None, "5"), guessing.BY_NUMBER),
    ("as a machine writes it", "Q_03", Meaning(None, "03"), guessing.BY_NUMBER),
    ("a criterion of an essay", "К2 (2б)", Meaning(None, "К2", 2), guessing.BY_POINTS),
    ("a criterion of spelling", "ГК1", Meaning(None, "ГК1"), guessing.BY_NUMBER),
    ("1.2 made a date", date(2026, 2, 1), Meaning(None, "1.2"), guessing.BY_DATE),
    ("a primary score", "Первичный балл", Meaning(Field.PRIMARY), guessing.BY_HEAD),
    ("a total", "Итого", Meaning(Field.PRIMARY), guessing.BY_HEAD),
    ("a mark", "Отметка", Meaning(Field.MARK), guessing.BY_HEAD),
    ("a mark of before", "Оценка за четверть", Meaning(Field.JOURNAL), guessing.BY_HEAD),
    ("attendance", "Явка", Meaning(Field.ATTENDANCE), guessing.BY_HEAD),
    ("a variant", "Вариант", Meaning(Field.VARIANT), guessing.BY_HEAD),
    ("a name", "Ф.И.О. ученика", IGNORED, guessing.NAMES),
    ("a surname", "Фамилия", IGNORED, guessing.NAMES),
    ("a number of a document", "СНИЛС", IGNORED, guessing.PERSONAL),
    ("the day of birth", "Дата рождения", IGNORED, guessing.PERSONAL),
    ("a scaled score", "Тестовый балл", IGNORED, guessing.SAYS_NOTHING),
    ("a share", "% выполнения", IGNORED, guessing.SAYS_NOTHING),
    ("no head", None, IGNORED, guessing.NO_HEAD),
    ("a class is no item", "5А", IGNORED, guessing.SAYS_NOTHING),
    ("a year is no item", "2025", IGNORED, guessing.SAYS_NOTHING),
]


@pytest.mark.parametrize(
    ("head", "meaning", "why"), [row[1:] for row in HEADS], ids=[row[0] for row in HEADS]
)
def test_a_head_says_what_its_column_is(head: Any, meaning: Meaning, why: str) -> None:
    (found,) = guess([head], [])
    assert (found.meaning, found.why.msgid) == (meaning, why)


VALUES = [
    ("logins", "Учреждение?", ["edu000001", "edu000002"], Meaning(Field.SCHOOL), guessing.LOGINS),
    ("classes", "Кл.", ["4А", "4 «Б»", "10в"], Meaning(Field.GROUP), guessing.CLASSES),
    ("codes", "Бланк", ["17-1", "17-2", "17-5", "18-1", "18-4"], Meaning(Field.PUPIL), guessing.ALL_DIFFERENT),
    ("a running number in disguise", "Позиция", [1.0, 2.0, 3.0, 4.0, 5.0], IGNORED, guessing.SAYS_NOTHING),
    ("names under another head", "Кто", ["Капустина Зоя", "Репин И. К."], IGNORED, guessing.NAMES),
    ("names under a head of codes", "Участник", ["Капустина Зоя", "Репин И. К."], IGNORED, guessing.NAMES),
    ("a number over words", "7", ["да", "нет", "да"], IGNORED, guessing.NO_SCORES),
    ("scores with X", "7", [1.0, "X", 2.0], Meaning(None, "7"), guessing.NO_POINTS),
    ("who did not come", "7", [1.0, "отсутствовал", 2.0], Meaning(None, "7"), guessing.NO_POINTS),
]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "cells", "meaning", "why"), [row[1:] for row in VALUES], ids=[row[0] for row in VALUES]
)
def test_values_say_what_a_head_leaves_open(head: str, cells: list[Any], meaning: Meaning, why: str) -> None:
    (found,) = guess([head], [(cell,) for cell in cells])
    assert (found.meaning, found.why.msgid) == (meaning, why)


TABLES = [
    ("wide", ["Код", "1", "2", "Балл"], [Field.PUPIL, "1", "2", Field.PRIMARY]),
    ("the sum is called points", ["Код", "1", "2", "Баллы"], [Field.PUPIL, "1", "2", Field.PRIMARY]),
    ("long", ["Код", "Задание", "Балл"], [Field.PUPIL, Field.ITEM, Field.SCORE]),
    (
        "long with a sum",
        ["Код", "Задание", "Баллы", "Итого"],
        [Field.PUPIL, Field.ITEM, Field.SCORE, Field.PRIMARY],
    ),
    ("an item without points", ["Код", "Задание", "1"], [Field.PUPIL, None, "1"]),
    ("a field twice", ["Код", "Шифр", "1"], [Field.PUPIL, None, "1"]),
    ("an item twice", ["Код", "1", "Задание 1"], [Field.PUPIL, "1", None]),
    ("a head twice", ["Код", "1", "1"], [Field.PUPIL, "1", None]),
]


@pytest.mark.parametrize(("heads", "expected"), [row[1:] for row in TABLES], ids=[row[0] for row in TABLES])
def test_columns_are_told_by_each_other(heads: list[str], expected: list[Any]) -> None:
    found = [one.meaning for one in guess(heads, [])]
    assert [one.field or one.item or None for one in found] == expected
    assert not faults_in(heads, found)


def test_the_row_of_heads_is_found_below_titles() -> None:
    titles = [("Результаты работы", None, None), ("Школа № 3", "4А", None), (None, None, None)]
    heads, first = ("Код", "1", "2"), ("77", 1.0, 0.0)
    assert head_row([*titles, heads, first]) == 3
    assert head_row([("aaa", "bbb"), ("1", "2")]) == 1  # numbers of items alone are heads too
    assert head_row([("aaa", None), ("bbb", "ccc"), ("x", "y")]) == 1
    assert head_row([]) == 0


CANONICAL = {
    Field.SCHOOL: "Логин ОО", Field.MUNICIPALITY: "Муниципалитет", Field.SCHOOL_NAME: "Название ОО",
    Field.LASTING: "Постоянный код", Field.GROUP: "Класс", Field.VARIANT: "Вариант",
    Field.PRIMARY: "Первичный балл", Field.MARK: "Отметка", Field.JOURNAL: "Отметка по журналу",
    Field.ATTENDANCE: "Присутствие",
}  # fmt: skip


@st.composite
def written(draw: Any) -> tuple[Mapping, list[str], list[tuple[Any, ...]]]:
    """A mapping with the heads that everybody writes, the columns in any order, rows below them."""
    fields = {Field.PUPIL: "Код участника"}
    fields |= {one: CANONICAL[one] for one in draw(st.sets(st.sampled_from(list(CANONICAL))))}
    items: dict[str, str] = {}
    maxima: dict[str, int] = {}
    if draw(st.booleans()):
        fields |= {Field.ITEM: "Задание", Field.SCORE: "Балл за задание"}
    else:
        codes = st.tuples(st.integers(1, 40), st.sampled_from(["", ".1", ".2", "К1", "К2"]))
        for task, part in draw(st.lists(codes, min_size=1, max_size=8, unique=True)):
            points = draw(st.none() | st.integers(1, 9))
            head = f"{task}{part}" if points is None else f"{task}{part} ({points}б)"
            items[head] = f"{task}{part}"
            if points is not None:
                maxima[head] = points
    mapping = Mapping("Своя", fields, items, maxima)
    heads = draw(st.permutations([*fields.values(), *items, "№ п/п", "Фамилия"]))
    rows = [
        tuple(
            draw(st.sampled_from([0.0, 1.0, "X", None])) if head in items else _cell(head, number)
            for head in heads
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    return mapping, list(heads), rows


def _cell(head: str, number: int) -> Any:
    return {
        "Логин ОО": "edu000001", "Класс": "4А", "Код участника": f"{number + 10001}", "Присутствие": "да",
        "Задание": "1", "Балл за задание": 1.0, "Фамилия": "Капустина", "№ п/п": number + 1.0,
    }.get(head, 3.0)  # fmt: skip


@given(table=written())
def test_a_file_written_by_a_mapping_gives_the_mapping_back(table: Any) -> None:
    mapping, heads, rows = table
    assert head_row([heads, *rows]) == 0
    meanings = [one.meaning for one in guess(heads, rows)]
    assert not faults_in(heads, meanings)
    assert mapping_of("Своя", heads, meanings) == mapping
    assert meanings_of(mapping, heads) == tuple(meanings)
    assert Mapping.of_package(mapping.package()) == mapping
    assert read_table("CSV", [heads, *rows], mapping, ("1",)) is not None


cells = st.none() | st.text(max_size=12) | st.floats() | st.booleans() | st.dates()


@given(rows=st.lists(st.lists(cells, max_size=6), max_size=6))
def test_any_table_gets_a_guess_for_each_column_with_a_reason(rows: list[list[Any]]) -> None:
    at = head_row(rows)
    heads = rows[at] if rows else []
    found = guess(heads, rows[at + 1 :])
    assert len(found) == len(heads)
    assert all(one.why.render("ru") for one in found)
    assert all(fault.column is None for fault in faults_in(heads, [one.meaning for one in found]))


FAULTS = [
    ("no code", ["A", "1"], [IGNORED, Meaning(None, "1")], "participant's code"),
    ("no items", ["A"], [Meaning(Field.PUPIL)], "scores of items"),
    ("half of a long table", ["A", "B"], [Meaning(Field.PUPIL), Meaning(Field.ITEM)], "needs two columns"),
    (
        "long and wide",
        ["A", "B", "C", "D"],
        [Meaning(Field.PUPIL), Meaning(Field.ITEM), Meaning(Field.SCORE), Meaning(None, "1")],
        "leave one or the other",
    ),
    ("a field twice", ["A", "B", "1"], [Meaning(Field.PUPIL)] * 2 + [Meaning(None, "1")], "Column 1 is already"),
    ("an item twice", ["A", "1", "2"], [Meaning(Field.PUPIL)] + [Meaning(None, "1")] * 2, "Column 2 is already"),
    ("no head", ["A", None], [Meaning(Field.PUPIL), Meaning(None, "1")], "without a head"),
    ("the same head", ["A", "1", "1"], [Meaning(Field.PUPIL), Meaning(None, "1"), Meaning(None, "2")], "rename one"),
    ("a long head", ["A", "1" * 300], [Meaning(Field.PUPIL), Meaning(None, "1")], "too long"),
    ("a long number", ["A", "1"], [Meaning(Field.PUPIL), Meaning(None, "1" * 30)], "20 characters"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "said", "what"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_what_is_no_mapping_is_said(heads: list[Any], said: list[Meaning], what: str) -> None:
    assert any(what in fault.what.render("en") for fault in faults_in(heads, said))


def test_a_mapping_fits_only_columns_that_have_all_its_heads() -> None:
    mapping = Mapping("Наша", {Field.PUPIL: "ID"}, {"a": "1", "b": "2"}, {"a": 2})
    assert meanings_of(mapping, ["b", "Прочее", "ID", "a"]) == (
        Meaning(None, "2"), IGNORED, Meaning(Field.PUPIL), Meaning(None, "1", 2)
    )  # fmt: skip
    assert meanings_of(mapping, ["a", "ID"]) is None


WORK = Specification((Item("1", 2), Item("2", 1)), variants=frozenset({"1", "2"}))
VARIANT, CODE = Meaning(Field.VARIANT), Meaning(Field.PUPIL)
AGAINST = [
    ("all is said", (CODE, VARIANT, Meaning(None, "1", 2), Meaning(None, "2")), []),
    ("no variant", (CODE, Meaning(None, "1")), [(None, "variants 1, 2")]),
    ("another item", (CODE, VARIANT, Meaning(None, "7")), [(2, "no item 7")]),
    ("other points", (CODE, VARIANT, Meaning(None, "1", 3)), [(2, "2 points for item 1")]),
]


@pytest.mark.parametrize(("meanings", "said"), [row[1:] for row in AGAINST], ids=[row[0] for row in AGAINST])
def test_what_a_work_asks_of_the_columns(
    meanings: tuple[Meaning, ...], said: list[tuple[int | None, str]]
) -> None:
    found = faults_for(WORK, meanings)
    assert [fault.column for fault in found] == [column for column, _words in said]
    assert all(words in fault.what.render("en") for fault, (_, words) in zip(found, said, strict=True))


def test_first_rows_may_contradict_the_points() -> None:
    meanings = (CODE, Meaning(None, "1"), Meaning(None, "2", 1), Meaning(None, "9", 3), Meaning(None, "8"))
    rows = [("a", "2", "2", "3", "50"), ("b", "5", "x", "4", "60"), ("c", "3", "", "1", "")]
    found = {one.column: one.what.params for one in doubts_about(WORK, meanings, rows)}
    assert found == {
        1: {"highest": 5, "maximum": 2, "count": 2},
        2: {"highest": 2, "maximum": 1, "count": 1},
        3: {"highest": 4, "maximum": 3, "count": 1},
    }
    assert doubts_about(None, (CODE, Meaning(None, "1")), [("a", "99")]) == []  # no maximum is known
