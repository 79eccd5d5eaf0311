"""The sheet that comes back: unchanged it says nothing, changed it says what was changed, broken it says how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.control.facts import Facts
from avgust.domain.control.states import Side
from avgust.domain.messages import Message
from avgust.domain.reporting.worksheet.judging import Does, Standing, Verdict, judge
from avgust.domain.reporting.worksheet.keys import KEY_HEAD, Key, Ticket, text_print, ticket_of
from avgust.domain.reporting.worksheet.reading import NotOursError, Said, read_returned
from avgust.domain.reporting.worksheet.rows import Choice, WorkRow
from avgust.domain.reporting.worksheet.writing import About, write_returnable
from avgust.domain.tables import Cell, Sheet
from avgust.domain.tables.reading import read_sheets

TICKET = Ticket(12, date(2025, 11, 10), 5)
OWN = WorkRow(
    7, 3, "1.1", "Принять положение", "Школа № 3", "Заозёрный округ", "01.10.2025", Message("is on control"), "",
    (Choice.SEND,),
)  # fmt: skip
SENT = replace(OWN, assignment=8, unit="Школа № 4", text="Сделано", choices=(Choice.ACCEPT, Choice.RETURN))


def workbook(rows: list[WorkRow], language: str = "ru", **options: bool) -> list[Sheet]:
    out = BytesIO()
    about = About(TICKET, "Резолюция", [(Message("Programme"), "Резолюция")])
    write_returnable(out, about, [], rows, language, **options)
    return list(read_sheets(out.getvalue()))


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)
LONG = WORDS.map(lambda words: words * 50)
ROWS = st.builds(
    WorkRow, st.integers(1, 10**12), st.integers(0, 10**6), WORDS, WORDS, WORDS, WORDS, WORDS,
    st.just(Message("is reported")), WORDS | LONG,
    st.sampled_from([(Choice.SEND,), (Choice.ACCEPT, Choice.RETURN), ()]),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, max_size=8, unique_by=lambda row: row.assignment), st.sampled_from(["ru", "en"]))
def test_unchanged_it_says_nothing(rows: list[WorkRow], language: str) -> None:
    found = read_returned(workbook(rows, language))
    assert (found.said, found.faults, found.same) == ((), (), len(rows))
    assert found.ticket == TICKET


@given(WORDS)
def test_no_words_are_a_ticket_by_chance(words: str) -> None:
    assert ticket_of(words) is None
    assert ticket_of(str(TICKET)) == TICKET


def edited(sheets: list[Sheet], change: Callable[[list[list[Cell]]], None]) -> list[Sheet]:
    """Return the sheets after somebody worked in the one to fill."""
    about, fill = sheets
    cells = [list(row) for row in fill.rows]
    change(cells)
    width = max(map(len, cells))
    return [about, Sheet("Лист1", tuple((*row, *[None] * (width - len(row))) for row in cells))]


TEXT, LINK, CHOICE, REASON = 7, 8, 9, 10


def write(row: int, column: int, words: Cell) -> Callable[[list[list[Cell]]], None]:
    def change(cells: list[list[Cell]]) -> None:
        cells[row][column] = words

    return change


def test_what_is_written_is_said_with_its_row() -> None:
    def fill(cells: list[list[Cell]]) -> None:
        cells[1][TEXT], cells[1][CHOICE] = "Принято, приказ 41-ОД", "отправить на приёмку"
        cells[2][CHOICE], cells[2][REASON] = "Return for rework", "Нет подписи"

    first, second = read_returned(edited(workbook([OWN, SENT]), fill)).said
    assert (first.row, first.text, first.choice) == (2, "Принято, приказ 41-ОД", Choice.SEND)
    assert (second.key.assignment, second.text, second.choice) == (8, "", Choice.RETURN)
    assert second.reason == "Нет подписи"


def drop(row: int) -> Callable[[list[list[Cell]]], None]:
    return lambda cells: cells.__delitem__(row)


def sort_all(cells: list[list[Cell]]) -> None:
    cells[1:] = reversed(cells[1:])


def move_a_column(cells: list[list[Cell]]) -> None:
    for row in cells:
        row.insert(1, row.pop(CHOICE))


def add_a_note(cells: list[list[Cell]]) -> None:
    cells.append([None, "Итого", "2 строки", *[None] * 8])


@pytest.mark.parametrize("change", [drop(1), drop(2), sort_all, move_a_column, add_a_note])
def test_a_sheet_may_be_sorted_cut_and_rearranged(change: Callable[[list[list[Cell]]], None]) -> None:
    found = read_returned(edited(workbook([OWN, SENT]), change))
    assert not found.said
    assert not found.faults


def sort_a_part(cells: list[list[Cell]]) -> None:
    """Sort the words and leave the hidden column: every decision would fall on a neighbour."""
    cells[1][1:], cells[2][1:] = cells[2][1:], cells[1][1:]


def paste_twice(cells: list[list[Cell]]) -> None:
    cells.append(list(cells[1]))


def paste_from_elsewhere(cells: list[list[Cell]]) -> None:
    cells.append([None, "1.1", "Мера", "Школа", "", "", "", "Сделано", None, None, None])


@pytest.mark.parametrize(
    ("change", "rows", "said"),
    [
        (sort_a_part, [2, 3], "отсортирован"),
        (paste_twice, [2, 4], "строке"),
        (paste_from_elsewhere, [4], "скрытого ключа"),
        (write(1, 3, "Школа № 5"), [2], "отсортирован"),
        (write(1, CHOICE, "да"), [2], "Отправить на приёмку"),
        (write(1, TEXT, "я" * 2000), [2], "Сократите"),
        (write(1, 0, "7.3.aaaaaaaa.bbbbbbbb"), [2], "отсортирован"),
    ],
)
def test_a_broken_row_is_refused_with_its_number(
    change: Callable[[list[list[Cell]]], None], rows: list[int], said: str
) -> None:
    found = read_returned(edited(workbook([OWN, SENT]), change))
    assert [one.row for one in found.faults] == rows
    assert all(said in one.why.render("ru") for one in found.faults)
    assert not found.said


def test_a_row_of_another_programme_is_refused() -> None:
    other = replace(OWN, assignment=70)
    alien = [None, *["x"] * 10]
    alien[0] = str(other.key(99))
    alien[1], alien[3], alien[5], alien[CHOICE] = "1.1", "Школа № 3", "01.10.2025", "Отправить на приёмку"
    found = read_returned(edited(workbook([OWN]), lambda cells: cells.append(alien)))
    assert [one.row for one in found.faults] == [3]


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ([], "не отчёт"),
        ([Sheet("Лист1", (("Мера", "Срок"), ("1", "2")))], "не отчёт"),
        ([Sheet("О файле", ((str(Ticket(1, date(2025, 1, 1))), None),))], "Лист со строками"),
        ([Sheet("О файле", ((str(Ticket(1, date(2025, 1, 1), schema=2)), None),))], "другой версии"),
        (
            [
                Sheet("a", ((str(Ticket(1, date(2025, 1, 1))),),)),
                Sheet("b", ((str(Ticket(2, date(2025, 1, 1))),),)),
            ],
            "Два отчёта",
        ),
    ],
)
def test_what_is_no_report_is_told(sheets: list[Sheet], said: str) -> None:
    with pytest.raises(NotOursError) as told:
        read_returned(sheets)
    assert said in told.value.message.render("ru")


def test_a_lost_column_is_named() -> None:
    def lose(cells: list[list[Cell]]) -> None:
        cells[0][CHOICE] = None

    with pytest.raises(NotOursError) as told:
        read_returned(edited(workbook([OWN]), lose))
    assert "«Решение»" in told.value.message.render("ru")


def test_refused_rows_come_back_with_what_was_written() -> None:
    row = replace(OWN, said="Сделано", choice=Choice.SEND, fault="Добавьте, чем это подтверждается")
    sheets = workbook([row], refused=True)
    assert "Добавьте" in str(sheets[1].rows[1][-1])
    (one,) = read_returned(sheets).said
    assert (one.text, one.choice) == ("Сделано", Choice.SEND)


def test_no_cell_is_a_formula() -> None:
    row = replace(SENT, text='=HYPERLINK("http://evil.example")', unit="+7", measure="@SUM(1)")
    (_about, fill) = workbook([row])
    assert fill.rows[0][0] == KEY_HEAD
    assert fill.rows[1][TEXT] == '=HYPERLINK("http://evil.example")'


TODAY = date(2025, 11, 10)
OPEN = Facts("open", 30, TODAY, actor=1, actor_units=frozenset({30}))
REPORTED = Facts("reported", 31, TODAY, actor=1, actor_units=frozenset({30}), spoke=frozenset({9}))
NONE, DONE = text_print(""), text_print("Сделано")


def said(
    choice: Choice | None = None, *, text: str = "", link: str = "", reason: str = "", key: str = NONE
) -> Said:
    return Said(2, Key(7, 3, key, "00000000"), "1.1", "Школа", text, link, choice, reason)


def standing(facts: Facts, *sides: Side, version: int = 3, text: str = NONE) -> Standing:
    return Standing(facts, version, frozenset(sides), text)


EXECUTOR, CONTROLLER = Side.EXECUTOR, Side.CONTROLLER


@pytest.mark.parametrize(
    ("row", "now", "verdict", "why"),
    [
        (said(text="Сделано"), standing(OPEN, EXECUTOR), Verdict.READY, ""),
        (said(Choice.SEND), standing(OPEN, EXECUTOR), Verdict.REFUSED, "подтверждает"),
        (said(Choice.SEND, link="https://s.example/a"), standing(OPEN, EXECUTOR), Verdict.READY, ""),
        (said(Choice.SEND, link="javascript:x"), standing(OPEN, EXECUTOR), Verdict.REFUSED, "адрес"),
        (said(text="x"), standing(OPEN, CONTROLLER), Verdict.REFUSED, "не отчитываетесь"),
        (said(text="x"), None, Verdict.REFUSED, "Удалите строку"),
        (said(text="x"), standing(OPEN, EXECUTOR, version=4), Verdict.CONFLICT, "на контроле"),
        (said(text="x"), standing(OPEN, EXECUTOR, text=DONE), Verdict.CONFLICT, "переписан"),
        (said(Choice.ACCEPT), standing(REPORTED, CONTROLLER), Verdict.READY, ""),
        (said(Choice.ACCEPT), standing(REPORTED), Verdict.REFUSED, "не контролирует"),
        (said(Choice.ACCEPT, reason="?"), standing(REPORTED, CONTROLLER), Verdict.REFUSED, "Вернуть на доработку"),
        (said(Choice.ACCEPT, text="x"), standing(REPORTED, CONTROLLER), Verdict.REFUSED, "не пишет"),
        (said(Choice.RETURN), standing(REPORTED, CONTROLLER), Verdict.REFUSED, "причину"),
        (said(Choice.RETURN, reason="Нет подписи"), standing(REPORTED, CONTROLLER), Verdict.READY, ""),
        (
            said(Choice.ACCEPT),
            standing(replace(REPORTED, spoke=frozenset({1})), CONTROLLER),
            Verdict.REFUSED,
            "второе лицо",
        ),
        (
            said(Choice.ACCEPT),
            standing(replace(REPORTED, unit=30), CONTROLLER),
            Verdict.REFUSED,
            "второе лицо",
        ),
    ],
)  # fmt: skip
def test_what_a_row_would_do(row: Said, now: Standing | None, verdict: Verdict, why: str) -> None:
    found = judge(row, now)
    assert found.verdict is verdict
    assert found.does is (Does(row.choice.value) if row.choice else Does.DRAFT)
    assert why in (found.why.render("ru") if found.why else "")
