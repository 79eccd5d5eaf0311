"""The rows of a sheet: each with its values, the places of its cells, and the cells that are wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.tables import Cell, Sheet, address
from avgust.domain.territory.imports.columns import CHOICES, DATES, Field, choice_of, heads_in
from avgust.domain.territory.inn import inn_fault

Value = str | date | int
_HEAD_ROWS: Final = 20  # a title and a date may stand above the heads
_LIMITS: Final = {Field.NAME: 500, Field.SHORT_NAME: 200, Field.BASIS: 300}
_RUSSIAN: Final = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:\s*г\.?)?")
_ISO: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T].*)?")
_EXCEL: Final = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|Н/Д|ССЫЛКА!|ЗНАЧ!|ИМЯ\?|ДЕЛ/0!)")
_EARLIEST, _LATEST = 1700, 2200  # years
_NO_DAY: Final = 60  # the serial number of 29 February 1900
_LAST_SERIAL: Final = 200_000  # in the year 2447


@dataclass(frozen=True, slots=True)
class CellFault:
    """A wrong cell: where, what it says, what is wrong and how to mend it, what may have been meant."""

    field: Field
    cell: str
    text: str
    message: Message
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `values` holds what is stated: an empty cell says nothing and changes nothing."""

    sheet: str
    number: int  # as the spreadsheet counts it
    values: Mapping[Field, Value] = field(default_factory=dict)
    cells: Mapping[Field, str] = field(default_factory=dict)
    faults: tuple[CellFault, ...] = ()
    external: str = ""  # its number in the other system
    parent_external: str = ""
    leaves: bool = False  # the other system is about to delete it

    def text(self, name: Field) -> str:
        """Return the stated text of a column, "" for nothing."""
        return str(self.values.get(name, ""))

    @property
    def key(self) -> str:
        """Return what tells the row apart in the file."""
        return f"{self.sheet}!{self.number}"


# What a person said instead of a cell: another text, or None for "leave as it is".
Fixes = Mapping[str, str | None]


def fix_key(sheet: str, cell: str) -> str:
    """Return how a fixed cell is called."""
    return f"{sheet}!{cell}"


def table_of(sheets: Sequence[Sheet]) -> tuple[Sheet, int, dict[int, Field]] | None:
    """Return the sheet that holds organisations, the row of its heads, its columns; None where none does."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:_HEAD_ROWS]):
            heads = heads_in([cell if isinstance(cell, str) else "" for cell in row])
            if len(heads) > 1 and Field.NAME in heads.values():
                return sheet, number, heads
    return None


def rows_of(sheet: Sheet, head: int, columns: Mapping[int, Field], fixes: Fixes) -> Iterator[Row]:
    """Yield the rows below the heads; wholly empty ones are skipped."""
    for number, cells in enumerate(sheet.rows[head + 1 :], start=head + 1):
        if any(cells[column] is not None for column in columns):
            yield _row(sheet.name, number, cells, columns, fixes)


def _row(sheet: str, number: int, cells: Sequence[Cell], columns: Mapping[int, Field], fixes: Fixes) -> Row:
    values: dict[Field, Value] = {}
    places: dict[Field, str] = {}
    faults: list[CellFault] = []
    for column, name in columns.items():
        place = address(number, column)
        places[name] = place
        cell = fixes.get(fix_key(sheet, place), cells[column])
        if cell is None:
            continue
        value = value_of(name, cell)
        if isinstance(value, Message):
            offers = tuple(CHOICES[name].values()) if name in CHOICES else ()
            faults.append(CellFault(name, place, shown(cell), value, offers))
        elif value != "":
            values[name] = value
    return Row(sheet, number + 1, values, places, tuple(faults))


def shown(cell: Cell) -> str:
    """Return a cell as a person sees it."""
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def value_of(name: Field, cell: Cell) -> Value | Message:
    """Return the value of a cell, or what is wrong with it."""
    text = " ".join(shown(cell).split())
    if _EXCEL.match(text):
        return Message(mark("A formula ended with an error here. Put the value itself."))
    if name in DATES:
        return day_of(cell)
    if name is Field.NUMBER:
        digits = text.removeprefix("№").strip()
        wrong = Message(mark("The number in the register is a whole number, as the exported file has it."))
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else wrong
    if name is Field.INN:
        return _inn(cell, text)
    if name in CHOICES:
        return choice_of(name, text) or Message(
            mark("There is no such value. Possible ones are in the list beside it.")
        )
    limit = _LIMITS.get(name, 500)
    if len(text) > limit:
        return Message(mark("The text is longer than %(limit)d characters."), {"limit": limit})
    return text


def _inn(cell: Cell, text: str) -> str | Message:
    """Return a tax number; a spreadsheet that took it for a number has eaten its leading zero."""
    if isinstance(cell, int | float) and len(text) in {9, 11}:
        text = "0" + text
    return inn_fault(text) or text


def day_of(cell: Cell) -> date | Message:
    """Return the day of a cell: a date, a text, or a number as spreadsheets count days."""
    if isinstance(cell, date):
        return _sensible(cell)
    if isinstance(cell, bool):
        return Message(mark("Here must be a date, such as 01.09.2025."))
    if isinstance(cell, int | float):
        return _of_serial(cell)
    text = str(cell).strip()
    if match := _RUSSIAN.fullmatch(text):
        day, month, year = match.groups()
        if len(year) == 2:
            return Message(mark("Write the year with four digits: 01.09.1974 or 01.09.2074?"))
        return _of_parts(int(year), int(month), int(day))
    if match := _ISO.fullmatch(text):
        return _of_parts(*(int(part) for part in match.groups()))
    if text.isascii() and text.isdigit() and len(text) == 4:
        return _only_a_year(int(text))
    return Message(mark("This is no date. An example of a right one: 01.09.2025."))


def _only_a_year(year: int) -> Message:
    return Message(
        mark("The day and the month are missing. If they are not known, write 01.01.%(year)d."),
        {"year": year},
    )


def _of_serial(number: float) -> date | Message:
    """Return the day of a serial number: 1 is 1 January 1900, 60 is a 29 February that never was.

    A number that looks like a year is no day of 1904 to 1906: people type years.
    """
    if not 1 <= number <= _LAST_SERIAL or int(number) == _NO_DAY:  # also what is no number
        return Message(mark("This is no date. An example of a right one: 01.09.2025."))
    whole = int(number)
    if _EARLIEST <= number <= _LATEST and number == whole:
        return _only_a_year(whole)
    base = date(1899, 12, 31) if whole < _NO_DAY else date(1899, 12, 30)
    return _sensible(base + timedelta(days=whole))


def _of_parts(year: int, month: int, day: int) -> date | Message:
    try:
        return _sensible(date(year, month, day))
    except ValueError:
        return Message(mark("There is no such day in the calendar: check the day and the month."))


def _sensible(day: date) -> date | Message:
    if not _EARLIEST <= day.year <= _LATEST:
        return Message(mark("The year %(year)d cannot be right."), {"year": day.year})
    return day
