"""A plan in a table of a stranger: which column says what, and the rows below the head with their cells.

Tables of a workbook and of a document come here alike, as sheets. A file exported by the product reads back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from avgust.domain.resolutions.model import Block, BlockKind
from avgust.domain.resolutions.morphology import fold
from avgust.domain.tables import Cell, Sheet, address

MOST_ROWS: Final = 1_000  # of a programme; the longest known has a few hundred


class Column(StrEnum):
    """What a column says of a measure."""

    NUMBER = "number"
    SECTION = "section"
    TEXT = "text"
    DEADLINE = "deadline"
    CO_EXECUTORS = "co_executors"  # before executors: its head holds their word
    EXECUTORS = "executors"
    TARGET = "target"
    THEME = "theme"


# How the heads of columns begin, folded.
HEADS: Final[Mapping[Column, tuple[str, ...]]] = {
    Column.NUMBER: ("№", "n п/п", "no", "номер", "пункт", "number"),
    Column.SECTION: ("раздел", "section"),
    Column.TEXT: ("мера", "меропри", "наименование меропри", "наименование меры", "содержание", "measure"),
    Column.DEADLINE: ("срок", "дата исполнения", "deadline"),
    Column.CO_EXECUTORS: ("соисполнител", "co-executor"),
    Column.EXECUTORS: ("исполнител", "ответственн", "executor", "responsible"),
    Column.TARGET: ("показател", "целев", "ожидаемый результат", "результат", "target"),
    Column.THEME: ("тема", "theme"),
}
_HELPERS: Final = re.compile(r"^\s*(?:соисполнител\w*|co-executors?)\s*:\s*", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[\d.]+")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A row of a plan as it is printed; a field without a column, or with an empty cell, is not in `said`."""

    place: str  # "Лист 1, строка 5" is told by who shows it; here the sheet's name
    row: int  # from 1, as spreadsheets count
    said: Mapping[Column, str] = field(default_factory=dict)
    cells: Mapping[Column, str] = field(default_factory=dict)  # addresses

    @property
    def number(self) -> str:
        """The number without its last point."""
        return self.said.get(Column.NUMBER, "").strip().rstrip(".")


def lines_of(sheets: Sequence[Sheet]) -> list[PlanLine]:
    """Return the rows of every table that has the heads of a plan, in order; none where no table has."""
    return [line for sheet in sheets for line in _lines(sheet)]


def sheets_of_blocks(blocks: Sequence[Block]) -> tuple[Sheet, ...]:
    """Return the tables of a document as sheets; a merged cell stands in each of its places."""
    tables: dict[int, list[list[Cell]]] = {}
    for block in blocks:
        if block.kind is BlockKind.TABLE_ROW and block.table is not None:
            rows = tables.setdefault(block.table, [])
            row: list[Cell] = []
            for cell in block.cells:
                row += [None] * (cell.column - len(row))
                above = (
                    rows[-1][cell.column] if cell.continued and rows and cell.column < len(rows[-1]) else None
                )
                row += [above if cell.continued else (cell.text.strip() or None)] * cell.colspan
            rows.append(row)
    return tuple(_even(number, rows) for number, rows in sorted(tables.items()))


def _even(number: int, rows: list[list[Cell]]) -> Sheet:
    width = max(map(len, rows))
    return Sheet(str(number + 1), tuple((*row, *[None] * (width - len(row))) for row in rows))


def _lines(sheet: Sheet) -> Iterator[PlanLine]:
    columns: dict[Column, int] = {}
    section = ""
    for number, row in enumerate(sheet.rows):
        heads = heads_in(row)
        if heads:
            columns = heads
        elif columns:
            title = _section(row, columns)
            if title:
                section = title
                continue
            said = {
                column: _text(row[at], column) for column, at in columns.items() if _text(row[at], column)
            }
            if said:
                cells = {column: address(number, at) for column, at in columns.items()}
                own = {Column.SECTION: section} if section and Column.SECTION not in columns else {}
                yield PlanLine(sheet.name, number + 1, {**own, **said}, cells)


def heads_in(row: Sequence[Cell]) -> dict[Column, int]:
    """Return where each column stands if `row` is the head of a plan: a measure and one thing about it."""
    found: dict[Column, int] = {}
    for at, cell in enumerate(row):
        words = " ".join(fold(cell).split()) if isinstance(cell, str) else ""
        column = next((one for one, starts in HEADS.items() if words and words.startswith(starts)), None)
        if column is not None and column not in found:
            found[column] = at
    known = {Column.DEADLINE, Column.EXECUTORS, Column.TARGET} & found.keys()
    short = all(len(cell) < 80 for cell in row if isinstance(cell, str))
    return found if Column.TEXT in found and known and short else {}


def _section(row: Sequence[Cell], columns: Mapping[Column, int]) -> str:
    """Return the title of a section if `row` is one: the same words across, or words in one cell only."""
    filled = [cell for cell in row if cell is not None]
    if not filled or len(set(filled)) > 1 or not isinstance(filled[0], str):
        return ""
    alone = len(filled) == 1 and row[columns[Column.TEXT]] is None
    if (len(filled) > 1 or alone) and not _NUMBER.fullmatch(filled[0]):
        return " ".join(filled[0].split())
    return ""


def _text(cell: Cell, column: Column) -> str:
    """Return a cell as words; a day of a spreadsheet is a deadline as a document would print it."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, date):
        return f"до {cell:%d.%m.%Y}" if column is Column.DEADLINE else f"{cell:%d.%m.%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def names_of(line: PlanLine) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return executors and co-executors: of their columns, and those named below the executor."""
    executors: list[str] = []
    helpers = list(_parted(line.said.get(Column.CO_EXECUTORS, "")))
    names = executors
    for part in re.split(r"[;\n]", line.said.get(Column.EXECUTORS, "")):
        if _HELPERS.match(part):
            names = helpers
        name = " ".join(_HELPERS.sub("", part).split())
        if name:
            names.append(name)
    return tuple(dict.fromkeys(executors)), tuple(dict.fromkeys(helpers))


def _parted(words: str) -> Iterator[str]:
    for part in re.split(r"[;\n]", words):
        name = " ".join(part.split())
        if name:
            yield name
