"""Rows of a CSV file of any length, one at a time: answers of a country do not fit into a sheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from avgust.domain.tables import Cell, TableError
from avgust.domain.tables.sheet import BINARY

MOST_COLUMNS: Final = 200
MOST_TEXT: Final = 200  # characters of a cell
_LOOK: Final = 65_536
_SIGNS: Final = ",;\t"


def csv_rows(path: Path) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of the file; comma, semicolon or tab, UTF-8 or Windows-1251. Raises TableError."""
    with path.open("rb") as file:
        first = file.read(_LOOK)
    if not first:
        raise TableError("empty")
    if first.startswith(BINARY) or b"\0" in first:
        raise TableError("no_table")
    encoding = _encoding(first)
    delimiter = _delimiter(first.decode(encoding, "replace"))
    try:
        with path.open(encoding=encoding, newline="") as text:
            for row in csv.reader(text, delimiter=delimiter):
                if len(row) > MOST_COLUMNS:
                    raise TableError("too_wide", sheet="CSV", limit=MOST_COLUMNS)
                yield tuple(cell[:MOST_TEXT].strip() or None for cell in row)
    except (csv.Error, UnicodeDecodeError) as error:
        raise TableError("garbled") from error


def _delimiter(text: str) -> str:
    """Return what divides the cells of the first line that has two; a title may stand above the heads."""
    for line in text.splitlines():
        if any(sign in line for sign in _SIGNS):
            return max(_SIGNS, key=line.count)
    raise TableError("no_table")


def _encoding(first: bytes) -> str:
    whole = first[: first.rfind(b"\n") + 1] or first
    try:
        whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8-sig"
