"""Lists of people as offices write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.people.comparing import Account, Place, State, compare
from avgust.domain.people.roster import Line, plain, read_roster
from avgust.domain.tables import Cell, Sheet

TODAY = date(2026, 3, 12)
ROLES = {"руководитель": "head", "head": "head", "методист": "methodologist"}
HEADS = ("E-mail", "ФИО", "Роль", "Организация", "С какого дня")


def sheet(*rows: tuple[Cell, ...]) -> Sheet:
    return Sheet("Лист1", (HEADS, *rows))


ROW = ("Head@School.ru", "Боровой  Илья", "Руководитель", "Школа № 3", "01.09.2025")


def test_a_row_is_read() -> None:
    roster = read_roster([sheet(ROW)], ROLES, TODAY)
    assert roster is not None
    assert roster.faults == ()
    assert roster.lines == (Line(2, "head@school.ru", "Боровой Илья", "head", "Школа № 3", date(2025, 9, 1)),)


def test_heads_may_stand_lower_and_in_any_order() -> None:
    rows = (
        ("Список",) + (None,) * 3,
        ("ИНН", "Должность", "Почта", None),
        (7701.0, "методист", "a@b.ru", None),
    )
    roster = read_roster([Sheet("a", (("x", None, None, None),)), Sheet("b", rows)], ROLES, TODAY)
    assert roster is not None
    assert roster.lines == (Line(3, "a@b.ru", "", "methodologist", "7701", TODAY),)


def test_a_sheet_without_the_heads_is_none() -> None:
    assert read_roster([Sheet("a", (("почта", "фио"), ("a@b.ru", "Икс")))], ROLES, TODAY) is None


WRONG: dict[str, tuple[int, Cell, str]] = {
    "no e-mail": (0, "директор", "A2"),
    "two e-mails": (0, "a@b.ru, c@d.ru", "A2"),
    "an unknown role": (2, "царь", "C2"),
    "no role": (2, None, "C2"),
    "no organisation": (3, None, "D2"),
    "no such day": (4, "31.02.2026", "E2"),
    "a day in words": (4, "весной", "E2"),
    "a name without end": (1, "а" * 201, "B2"),
}


@pytest.mark.parametrize(("column", "value", "cell"), WRONG.values(), ids=WRONG)
def test_a_wrong_cell_holds_back_its_row_alone(column: int, value: Cell, cell: str) -> None:
    wrong = tuple(value if n == column else known for n, known in enumerate(ROW))
    roster = read_roster([sheet(wrong, ROW)], ROLES, TODAY)
    assert roster is not None
    assert [fault.cell for fault in roster.faults] == [cell]
    assert [line.number for line in roster.lines] == [3]
    assert roster.faults[0].message.render("ru")


def test_empty_rows_and_the_rest_of_the_sheet_are_passed_over() -> None:
    roster = read_roster([sheet((None,) * 5, ROW, (None,) * 5)], ROLES, TODAY)
    assert roster is not None
    assert [line.number for line in roster.lines] == [3]


CELLS = st.one_of(st.none(), st.text(max_size=20), st.integers(), st.floats(), st.booleans(), st.dates())


@given(st.lists(st.tuples(*[CELLS] * 5), max_size=8))
def test_no_cell_breaks_the_reading(rows: list[tuple[Cell, ...]]) -> None:
    roster = read_roster([sheet(*rows)], ROLES, TODAY)
    assert roster is not None
    read = {line.number for line in roster.lines} | {fault.number for fault in roster.faults}
    full = {n for n, row in enumerate(rows, start=2) if any(cell is not None for cell in row)}
    assert read == full


def line(email: str = "new@b.ru", name: str = "Икс", role: str = "head", place: str = "Школа") -> Line:
    return Line(2, email, name, role, place, TODAY)


PLACES = {
    "школа": (Place(1, "Школа", frozenset({"head"})),),
    "сад": (Place(2, "Сад", frozenset({"head"})), Place(3, "Сад", frozenset({"head"}))),
}
ACCOUNTS = {
    "old@b.ru": Account("Старый", open=True, posts=frozenset({("head", 1)})),
    "other@b.ru": Account("Другой", open=True, posts=frozenset()),
    "closed@b.ru": Account("Закрытый", open=False, posts=frozenset()),
}
STATES = {
    "a new person": (line(), State.NEW),
    "a known one": (line("other@b.ru", name=""), State.POST),
    "who has the post": (line("old@b.ru"), State.SAME),
    "a closed account": (line("closed@b.ru"), State.HELD),
    "an unknown place": (line(place="Лицей"), State.HELD),
    "two places": (line(place="Сад"), State.HELD),
    "a role not to be given": (line(role="methodologist"), State.HELD),
    "a new person without a name": (line(name=""), State.HELD),
}


@pytest.mark.parametrize(("row", "state"), STATES.values(), ids=STATES)
def test_what_becomes_of_a_row(row: Line, state: State) -> None:
    (planned,) = compare([row], ACCOUNTS, PLACES)
    assert planned.state is state
    assert (planned.why is not None) == (state is State.HELD)
    assert (planned.place is None) == (state is State.HELD)


def test_rows_of_one_file_know_of_each_other() -> None:
    places = {**PLACES, "лицей": (Place(9, "Лицей", frozenset({"head"})),)}
    rows = [line(), line(), line(place="Лицей"), line(name="Игрек", place="Лицей")]
    assert [row.state for row in compare(rows, {}, places)] == [
        State.NEW,
        State.SAME,
        State.POST,
        State.HELD,
    ]


def test_plain_words() -> None:
    assert plain("  МБОУ «Школа № 3 им. Ё.»") == "мбоу школа 3 им е"
