from __future__ import annotations

import pytest

from avgust.domain.assessment.works.cells import (
    BadCellError,
    ItemHead,
    is_absent,
    item_head,
    level_of,
    mark_of,
    number_of,
    score_of,
    share_of,
)
from avgust.domain.assessment.works.results import NOT_ATTEMPTED
from avgust.domain.assessment.works.specification import Level

HEADS = [
    ("as ФИС ОКО prints it", "1 (2б)", ItemHead("1", 2)),
    ("a criterion", "4К1 (3б)", ItemHead("4К1", 3)),
    ("a criterion with a Latin K and spaces", "4 K 1 ( 3 б. )", ItemHead("4К1", 3)),
    ("a part with a point", "9.1 (1б)", ItemHead("9.1", 1)),
    ("a part with a comma", "9,1 (1 балл)", ItemHead("9.1", 1)),
    ("words before", "Задание № 12 (2 балла)", ItemHead("12", 2)),
    ("no maximum", "7", ItemHead("7", None)),
    ("a maximum of nothing", "7 (0б)", None),
    ("a head of another column", "Первичный балл", None),
    ("a class", "5А", None),
    ("a year", "2025", None),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in HEADS], ids=[row[0] for row in HEADS])
def test_head_of_an_item(text, expected):
    assert item_head(text) == expected


SCORES = [
    ("a number", 2.0, 2),
    ("a number as text", "2", 2),
    ("a number as text with a comma", "2,0", 2),
    ("Latin X", "X", NOT_ATTEMPTED),
    ("Cyrillic Х", "х", NOT_ATTEMPTED),
    ("words", "не приступал", NOT_ATTEMPTED),
    ("empty", None, None),
    ("a dash", "–", None),
]


@pytest.mark.parametrize(("cell", "expected"), [row[1:] for row in SCORES], ids=[row[0] for row in SCORES])
def test_score(cell, expected):
    assert score_of(cell) == expected


@pytest.mark.parametrize("cell", [1.5, -1.0, 101.0, float("nan"), float("inf"), "два", "1/2", True, "=1+1"])
def test_no_score(cell):
    with pytest.raises(BadCellError):
        score_of(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (5.0, 5),
        ("4", 4),
        ("хорошо", 4),
        ("нет отметки", None),
        (None, None),
        ("н/а", None),
        ("отсутствовал", None),
    ],
)
def test_mark(cell, expected):
    assert mark_of(cell) == expected


@pytest.mark.parametrize("cell", [0.0, 6.0, "пять", 3.5])
def test_no_mark(cell):
    with pytest.raises(BadCellError):
        mark_of(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("отсутствовал", True), ("Отсутствовала", True), ("н/б", True), ("нет отметки", False), (1.0, False)],
)
def test_absent(cell, expected):
    assert is_absent(cell) is expected


@pytest.mark.parametrize(
    ("cell", "expected"), [("Б", Level.BASIC), ("п", Level.ADVANCED), ("B", Level.HIGH), ("1", None)]
)
def test_level(cell, expected):
    assert level_of(cell) is expected


def test_numbers_and_shares():
    assert number_of("1 722 202") == 1722202
    assert number_of("1\N{NO-BREAK SPACE}722") == 1722
    assert share_of("37,22 %") == 37.22
    for wrong in ("сто", 101.0, "137,2"):
        with pytest.raises(BadCellError):
            share_of(wrong)
