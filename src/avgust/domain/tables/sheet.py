"""A sheet as plain cells, and as JSON that crosses from a process that read a hostile file.

Nothing is trusted on the way back: a value of another type or a row of another length is a ValueError.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

MAX_TABLE_BYTES: Final = 10 * 1024 * 1024  # 1,500 organisations make 150 KB
MAX_ROWS: Final = 50_000  # of a sheet; the schools of the country are 40,000
MAX_COLUMNS: Final = 100
MAX_SHEETS: Final = 20
MAX_TEXT: Final = 2_000  # characters of a cell; what is longer is cut
# How files begin that are no text: documents, pictures, archives, programs of Windows and of Linux.
BINARY: Final = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
    b"MZ",
    b"\x7fELF",
)

Cell = str | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells from the top left corner, all of one length; a merged cell is in each of its places."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def address(row: int, column: int) -> str:
    """Return the address of a cell as spreadsheets write it: (0, 0) is "A1"."""
    return f"{_letters(column)}{row + 1}"


@lru_cache(maxsize=1024)
def _letters(column: int) -> str:
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def encode_sheets(sheets: Iterable[Sheet]) -> bytes:
    """Return sheets as JSON in UTF-8; a day is an object, so that a text that looks like one stays a text."""
    plain = [[sheet.name, [[_out(cell) for cell in row] for row in sheet.rows]] for sheet in sheets]
    return json.dumps({"sheets": plain}, ensure_ascii=False, separators=(",", ":")).encode()


def decode_sheets(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets that `encode_sheets` wrote. Raises ValueError for anything else."""
    try:
        value = json.loads(data)
        return tuple(_sheet_in(name, rows) for name, rows in value["sheets"])
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("no sheets") from error


def _sheet_in(name: Any, rows: Any) -> Sheet:
    sheet = Sheet(str(name), tuple(tuple(_in(cell) for cell in row) for row in rows))
    if len(sheet.rows) > MAX_ROWS or len({len(row) for row in sheet.rows}) > 1:
        raise ValueError("rows of another length")
    return sheet


def _out(cell: Cell) -> Any:
    return {"day": cell.isoformat()} if isinstance(cell, date) else cell


def _in(value: Any) -> Cell:
    if isinstance(value, dict):
        return date.fromisoformat(value["day"])
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise ValueError("no cell")
