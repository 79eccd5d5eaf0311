"""Rows of a CSV file of any length, one at a time: answers of a country do not fit into a sheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from avgust.domain.tables import Cell, TableError

MOST_COLUMNS: Final = 200
MOST_TEXT: Final = 200  # characters of a cell
_LOOK: Final = 65_536


def csv_rows(path: Path) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of the file; comma, semicolon or tab, UTF-8 or Windows-1251. Raises TableError."""
    with path.open("rb") as file:
        first = file.read(_LOOK)
    if not first:
        raise TableError("empty")
    if b"\0" in first:
        raise TableError("no_table")
    encoding = _encoding(first)
    line = first.split(b"\n", 1)[0].decode(encoding, "replace")
    delimiter = max(",;\t", key=line.count)
    try:
        with path.open(encoding=encoding, newline="") as text:
            for row in csv.reader(text, delimiter=delimiter):
                if len(row) > MOST_COLUMNS:
                    raise TableError("too_wide", sheet="CSV", limit=MOST_COLUMNS)
                yield tuple(cell[:MOST_TEXT].strip() or None for cell in row)
    except (csv.Error, UnicodeDecodeError) as error:
        raise TableError("garbled") from error


def _encoding(first: bytes) -> str:
    whole = first[: first.rfind(b"\n") + 1] or first
    try:
        whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8-sig"
