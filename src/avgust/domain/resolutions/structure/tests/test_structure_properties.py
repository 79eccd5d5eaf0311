"""Whatever the text: nothing raises, nothing is lost, order is kept, spans point at their words."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import Block, BlockKind, Cell, SourceDocument, Span, Structure
from avgust.domain.resolutions.structure import read_structure

LINES = st.sampled_from(
    [
        "РЕЗОЛЮЦИЯ",
        "ПРИКАЗЫВАЮ:",
        "Участники рекомендуют:",
        "п о с т а н о в л я е т:",
        "СЛУШАЛИ: Орлова",
        "1. Отделу образования:",
        "1.1. Провести семинар.",
        "2) обновить планы;",
        "а) создать совет",
        "I. Кадры",
        "- разработать программу;",
        "• школам:",
        "* открыть кружок",
        "постоянно",
        "до 01.06.2019",
        "Срок: до 1 мая. Ответственный: Ивлев А.А.",
        "в части питания",
        "Приложение № 1",
        "План мероприятий",
        "Положение о совете",
        "в составе:",
        "Ивлев А.А. – председатель",
        "Утвердить прилагаемый план.",
        "Директор А.А. Ивлев",
        "[bookmark: _GoBack]- вести учёт;",
        "**",
        "____________",
        "Обеспечить:",
        "и продолжить работу,",
        "",
        "   ",
        "1 | 2 | 3",
    ]
)
ANY = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)


def plain(text: str) -> SourceDocument:
    """Return a document with a block for each line that is not blank, as a reader of text makes it."""
    blocks: list[Block] = []
    at = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + len(line) - len(line.lstrip())
            blocks.append(Block(BlockKind.PARAGRAPH, stripped, Span(start, start + len(stripped))))
        at += len(line) + 1
    return SourceDocument(text, tuple(blocks), "txt")


def table(rows: list[list[str]]) -> SourceDocument:
    """Return a document of one table, as a reader of office files makes it."""
    blocks: list[Block] = []
    text = ""
    for row in rows:
        cells: list[Cell] = []
        start = len(text)
        for column, words in enumerate(row):
            cells.append(Cell(words, Span(len(text), len(text) + len(words)), column))
            text += words + ("\t" if column + 1 < len(row) else "")
        blocks.append(
            Block(BlockKind.TABLE_ROW, text[start:], Span(start, len(text)), cells=tuple(cells), table=0)
        )
        text += "\n"
    return SourceDocument(text, tuple(blocks), "docx")


def sound(document: SourceDocument) -> Structure:
    """Check the promises of structure on one document."""
    structure = read_structure(document)
    at = 0
    for part in structure.parts:
        assert part.span.start >= at
        assert not document.text[at : part.span.start].strip()
        at = part.span.end
    assert not document.text[at:].strip()
    for clause in structure.clauses:
        assert Fragment.of(document.text, clause.span).text == clause.text
        assert clause.full_span.start <= clause.span.start < clause.span.end <= clause.full_span.end
        for line in clause.lines:
            assert Fragment.of(document.text, line.span).text == line.text
    starts = [clause.span.start for clause in structure.clauses]
    assert starts == sorted(starts)
    return structure


@given(st.lists(st.one_of(LINES, ANY), max_size=25))
@settings(max_examples=300, deadline=None)
def test_any_lines(lines: list[str]) -> None:
    sound(plain("\n".join(lines)))


@given(st.lists(LINES, min_size=3, max_size=40))
@settings(max_examples=300, deadline=None)
def test_lines_of_the_genre_in_any_order(lines: list[str]) -> None:
    sound(plain("\n".join(lines)))


CELLS = st.sampled_from(
    ["№", "Мероприятие", "Срок", "Ответственный", "1", "1.1.", "II", "", "Провести сбор", "до 01.01.2020", "-",
     "Раздел 1", "1) Обновить\n2) Создать", "май\nиюнь", "Школы", "Результат", "\n"]
)  # fmt: skip


@given(st.lists(st.lists(st.one_of(CELLS, ANY), min_size=1, max_size=5), max_size=12))
@settings(max_examples=300, deadline=None)
def test_any_table(rows: list[list[str]]) -> None:
    sound(table(rows))


def calls(text: str) -> int:
    """Return how many functions are called to read `text`: a measure of work that is the same on any machine."""
    document = plain(text)
    count = 0

    def tally(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tally)
    try:
        read_structure(document)
    finally:
        sys.setprofile(None)
    return count


REPEATED = ["1.1. Провести семинар для молодых учителей.", "Школам:", "- обновить планы;", "до 01.06.2019",
            "и далее работу", "1. Обеспечить:", "а", "Приложение", "(((((", "ПРИКАЗЫВАЮ:"]  # fmt: skip


@pytest.mark.parametrize("line", REPEATED)
def test_work_grows_no_faster_than_the_text(line: str) -> None:
    """Eight times the text is about eight times the work, for every line of the genre repeated."""
    short, long = ("РЕШИЛИ:\n" + (line + "\n") * times for times in (50, 400))
    assert calls(long) < calls(short) * 10


@pytest.mark.parametrize(
    "text",
    ["РЕШИЛИ: 1. " + "провести, " * 5_000, "(" * 10_000, "а б в г " * 5_000],
    ids=["list", "brackets", "letters"],
)
def test_a_paragraph_without_end_is_read(text: str) -> None:
    """`python -m bench hostile` says how long such texts take; here they must end, whole."""
    sound(plain(text))
