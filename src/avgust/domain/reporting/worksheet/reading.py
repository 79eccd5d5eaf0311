"""Reading a returned workbook: rows that say something, and each fault with its row and how to mend it.

Sheets may be renamed, rows sorted, hidden or deleted, columns moved or added: what counts is the key of a row
and the heads of the columns. A row that says nothing new is only counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from avgust.domain.messages import LANGUAGES, Message, mark, translate
from avgust.domain.reporting.worksheet.keys import (
    KEY_HEAD,
    READ_TO,
    SCHEMA,
    Key,
    Ticket,
    check_print,
    key_of,
    text_print,
    ticket_of,
)
from avgust.domain.reporting.worksheet.rows import (
    CHECKED,
    CHOICES,
    FILLED,
    HEADS,
    SPELLINGS,
    Choice,
    Field,
)
from avgust.domain.tables import Cell, Sheet

NO_TICKET: Final = Message(
    mark(
        "This is not a report from Avgust: the sheet “About the file” is missing. Download the report as"
        " XLSX, fill it in and upload that workbook."
    )
)
NEWER: Final = Message(mark("The workbook is of another version of Avgust. Download the report anew."))
TWO_TICKETS: Final = Message(
    mark("Two reports are put together in this workbook. Upload each as a file of its own.")
)
NO_SHEET: Final = Message(
    mark(
        "The sheet with the rows to fill is missing, or its hidden first column is. Download the report anew."
    )
)
NO_COLUMN: Final = Message(
    mark("The column “%(column)s” is missing. Give its head back as it was downloaded.")
)
NO_KEY: Final = Message(
    mark("The row was added or pasted and has no hidden key. Write in the rows of the downloaded report.")
)
WRONG_KEY: Final = Message(
    mark(
        "The number, the organisation or the deadline is another one than was downloaded here: the sheet was"
        " sorted in part, or the row is of another report. Download the report anew and fill this row there."
    )
)
TWICE: Final = Message(mark("The same assignment stands in row %(row)s too. Leave one of them."))
NO_CHOICE: Final = Message(
    mark("“%(words)s” is no decision. Choose from the list in the cell: %(send)s; %(accept)s; %(return)s.")
)
TOO_LONG: Final = Message(
    mark("The cell “%(column)s” has %(limit)s characters or more. Shorten it, or write it on the page.")
)


class NotOursError(Exception):
    """A workbook that is no report of ours, or cannot be told from one."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.render("en"))


@dataclass(frozen=True, slots=True)
class Said:
    """A row that says something: about which assignment, and what."""

    row: int  # as spreadsheets count
    key: Key
    number: str
    unit: str
    text: str  # "" where the text is as it was downloaded
    link: str
    choice: Choice | None
    reason: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be taken, and why."""

    row: int
    number: str
    unit: str
    why: Message
    key: Key | None = None
    filled: Mapping[Field, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Returned:
    """What a workbook says."""

    ticket: Ticket
    said: tuple[Said, ...]
    faults: tuple[Fault, ...]
    same: int  # rows that say nothing new


def read_returned(sheets: Sequence[Sheet]) -> Returned:
    """Return what the workbook says. Raises NotOursError where it is no report of ours."""
    ticket = _ticket(sheets)
    rows = [row for sheet in sheets for row in _rows(sheet)]
    if not any(_head_row(sheet) is not None for sheet in sheets):
        raise NotOursError(NO_SHEET)
    return _sorted_out(ticket, rows)


def _ticket(sheets: Sequence[Sheet]) -> Ticket:
    found = {
        ticket
        for sheet in sheets
        for row in sheet.rows[:40]
        for value in row[:4]
        if isinstance(value, str) and (ticket := ticket_of(value))
    }
    if not found:
        raise NotOursError(NO_TICKET)
    if len(found) > 1:
        raise NotOursError(TWO_TICKETS)
    ticket = found.pop()
    if ticket.schema != SCHEMA:
        raise NotOursError(NEWER)
    return ticket


def _head_row(sheet: Sheet) -> tuple[int, int] | None:
    """Return the row and the column of the head of keys."""
    for place, row in enumerate(sheet.rows[:40]):
        if KEY_HEAD in row:
            return place, row.index(KEY_HEAD)
    return None


_Row = tuple[int, str, dict[Field, str]]


def _rows(sheet: Sheet) -> Iterator[_Row]:
    """Yield each row below the heads: its number, the words of its key, its cells."""
    head = _head_row(sheet)
    if head is None:
        return
    top, keys = head
    columns = _columns(sheet.rows[top])
    for place, row in enumerate(sheet.rows[top + 1 :], start=top + 2):
        yield place, _plain(row[keys]), {one: _plain(row[at]) for one, at in columns.items()}


def _columns(heads: Sequence[Cell]) -> dict[Field, int]:
    named = {_plain(head).casefold(): at for at, head in reversed(list(enumerate(heads)))}
    found: dict[Field, int] = {}
    for one, (head, _width) in HEADS.items():
        places = [named.get(translate(head, language).casefold()) for language in LANGUAGES]
        known = next((at for at in places if at is not None), None)
        if known is not None:
            found[one] = known
        elif one in FILLED or one in CHECKED:
            raise NotOursError(Message(NO_COLUMN.msgid, {"column": Message(head)}))
    return found


def _plain(value: Cell) -> str:
    """Return a cell as words; a whole number without its point, as office programs keep them."""
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case date():
            return f"{value:%d.%m.%Y}"
    return str(value).strip()


def _sorted_out(ticket: Ticket, rows: Sequence[_Row]) -> Returned:
    said: list[Said] = []
    faults: list[Fault] = []
    same = 0
    counts = Counter(words for _row, words, _cells in rows if words)
    first: dict[str, int] = {}
    for row, words, cells in rows:
        key = key_of(words)
        if key is None and not any(cells.get(one) for one in FILLED):
            continue  # an empty line, a sum, a note beside the table
        why = _fault(ticket, key, cells)
        if why is None and key and counts[words] > 1:
            other = first.setdefault(words, row)
            why = Message(TWICE.msgid, {"row": _other(rows, words, row) if other == row else other})
        if why is not None:
            filled = {one: cells.get(one, "") for one in FILLED}
            faults.append(
                Fault(row, cells.get(Field.NUMBER, ""), cells.get(Field.UNIT, ""), why, key, filled)
            )
        elif key:
            one = _said(row, key, cells)
            same += one is None
            said += [one] if one else []
    return Returned(ticket, tuple(said), tuple(faults), same)


def _other(rows: Sequence[_Row], words: str, row: int) -> int:
    return next(place for place, same, _cells in rows if same == words and place != row)


def _fault(ticket: Ticket, key: Key | None, cells: Mapping[Field, str]) -> Message | None:
    if key is None:
        return NO_KEY
    beside = [cells.get(one, "") for one in CHECKED]
    if key.check != check_print(ticket.programme, key.assignment, key.version, key.text, beside):
        return WRONG_KEY
    chosen = cells.get(Field.CHOICE, "")
    if chosen and chosen.casefold() not in SPELLINGS:
        return Message(NO_CHOICE.msgid, {"words": chosen[:60], **_KNOWN})
    for one in (Field.TEXT, Field.REASON, Field.LINK):
        written = cells.get(one, "")
        if len(written) >= _LIMITS[one] and not (one is Field.TEXT and text_print(written) == key.text):
            return Message(TOO_LONG.msgid, {"column": Message(HEADS[one][0]), "limit": _LIMITS[one]})
    return None


_KNOWN: Final = {choice.value: Message(words) for choice, words in CHOICES.items()}
_LIMITS: Final = {Field.TEXT: READ_TO - 1, Field.REASON: READ_TO - 1, Field.LINK: 1_000}


def _said(row: int, key: Key, cells: Mapping[Field, str]) -> Said | None:
    written = cells.get(Field.TEXT, "")
    text = written if written and text_print(written) != key.text else ""
    one = Said(
        row,
        key,
        cells.get(Field.NUMBER, ""),
        cells.get(Field.UNIT, ""),
        text.replace("\r\n", "\n"),
        cells.get(Field.LINK, ""),
        SPELLINGS.get(cells.get(Field.CHOICE, "").casefold()),
        cells.get(Field.REASON, ""),
    )
    return one if one.text or one.link or one.choice or one.reason else None
