"""The rows of a list of people: who, which role, where, since when; each wrong cell with its address.

A row with a wrong cell is held back alone. The heads may be in any row above the people and in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.morphology import fold
from avgust.domain.tables import Cell, Sheet, address

_NOISE: Final = re.compile(r"\W+")
_EMAIL: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}")
_DAYS: Final = (
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"),
)
LONGEST_NAME: Final = 200
LONGEST_EMAIL: Final = 254


class Field(StrEnum):
    """What a cell is about; the order is that of the template's columns."""

    EMAIL = "email"
    NAME = "name"
    ROLE = "role"
    PLACE = "place"
    SINCE = "since"


HEADS: Final[dict[Field, str]] = {
    Field.EMAIL: mark("E-mail"),
    Field.NAME: mark("Name in full"),
    Field.ROLE: mark("Role"),
    Field.PLACE: mark("Organisation"),
    Field.SINCE: mark("Since"),
}
NO_EMAIL: Final = mark("“%(text)s” is no e-mail. An example of a right one: name@school.ru.")
LONG_NAME: Final = mark("The name is longer than %(limit)d letters.")
NO_ROLE: Final = mark("There is no role “%(text)s” that you may give.")
NO_PLACE: Final = mark("The organisation is missing: its name as in the register, or the tax number.")
NO_DAY: Final = mark("“%(text)s” is no date. An example of a right one: 01.09.2025.")
_CALLED: Final[dict[str, Field]] = {
    "e mail": Field.EMAIL, "email": Field.EMAIL, "почта": Field.EMAIL, "электронная почта": Field.EMAIL,
    "адрес электронной почты": Field.EMAIL,
    "фио": Field.NAME, "ф и о": Field.NAME, "фамилия имя отчество": Field.NAME, "name in full": Field.NAME,
    "full name": Field.NAME, "name": Field.NAME,
    "роль": Field.ROLE, "role": Field.ROLE, "должность": Field.ROLE,
    "организация": Field.PLACE, "organisation": Field.PLACE, "учреждение": Field.PLACE, "инн": Field.PLACE,
    "инн организации": Field.PLACE,
    "с какого дня": Field.SINCE, "since": Field.SINCE, "с": Field.SINCE, "дата назначения": Field.SINCE,
    "назначен с": Field.SINCE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A row that was understood; `number` is the row of the sheet as spreadsheets count."""

    number: int
    email: str
    full_name: str
    role: str
    place: str
    since: date


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that holds its row back: where it is, what is wrong, how to mend it."""

    number: int
    cell: str
    message: Message


@dataclass(frozen=True, slots=True)
class Roster:
    """What a file says: the rows that were understood, and what is wrong with the others."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


def plain(text: str) -> str:
    """Return `text` as heads, roles and names are compared: no case, no ё, letters and digits only."""
    return _NOISE.sub(" ", fold(text)).strip()


def read_roster(sheets: Iterable[Sheet], roles: Mapping[str, str], today: date) -> Roster | None:
    """Return the people of the first sheet that has the heads; None where none has.

    `roles` are the codes by the words for them (`plain`); an empty first day is `today`.
    """
    for sheet in sheets:
        for top, row in enumerate(sheet.rows):
            columns = _columns(row)
            if {Field.EMAIL, Field.ROLE, Field.PLACE} <= columns.keys():
                return _read(sheet, top, columns, roles, today)
    return None


def _columns(row: Sequence[Cell]) -> dict[Field, int]:
    found: dict[Field, int] = {}
    for column, cell in enumerate(row):
        field = _CALLED.get(plain(cell)) if isinstance(cell, str) else None
        if field is not None:
            found.setdefault(field, column)
    return found


def _read(
    sheet: Sheet, top: int, columns: Mapping[Field, int], roles: Mapping[str, str], today: date
) -> Roster:
    lines: list[Line] = []
    faults: list[Fault] = []
    for number in range(top + 1, len(sheet.rows)):
        cells = {field: sheet.rows[number][column] for field, column in columns.items()}
        if all(cell is None for cell in cells.values()):
            continue
        wrong = [
            Fault(number + 1, address(number, columns[field]), message)
            for field, message in _wrong(cells, roles)
        ]
        faults += wrong
        if not wrong:
            lines.append(_line(number + 1, cells, roles, today))
    return Roster(tuple(lines), tuple(faults))


def _wrong(cells: Mapping[Field, Cell], roles: Mapping[str, str]) -> Iterator[tuple[Field, Message]]:
    email, role, since = (_text(cells.get(field)) for field in (Field.EMAIL, Field.ROLE, Field.SINCE))
    if not _EMAIL.fullmatch(email) or len(email) > LONGEST_EMAIL:
        yield Field.EMAIL, Message(NO_EMAIL, {"text": email})
    if len(_text(cells.get(Field.NAME))) > LONGEST_NAME:
        yield Field.NAME, Message(LONG_NAME, {"limit": LONGEST_NAME})
    if plain(role) not in roles:
        yield Field.ROLE, Message(NO_ROLE, {"text": role})
    if not _text(cells.get(Field.PLACE)):
        yield Field.PLACE, Message(NO_PLACE)
    if since and _day(cells[Field.SINCE]) is None:
        yield Field.SINCE, Message(NO_DAY, {"text": since})


def _line(number: int, cells: Mapping[Field, Cell], roles: Mapping[str, str], today: date) -> Line:
    return Line(
        number,
        _text(cells[Field.EMAIL]).lower(),
        " ".join(_text(cells.get(Field.NAME)).split()),
        roles[plain(_text(cells[Field.ROLE]))],
        _text(cells[Field.PLACE]),
        _day(cells.get(Field.SINCE)) or today,
    )


def _text(cell: Cell) -> str:
    """Return a cell as text; a tax number that a spreadsheet took for a number has no fraction."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _day(cell: Cell) -> date | None:
    if isinstance(cell, date):
        return cell
    for form in _DAYS:
        found = form.fullmatch(_text(cell))
        if found:
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None
