"""Reading a workbook (XLSX, ODS, XLS) or CSV into sheets. Runs in the isolated process, never in a server.

What a file is tells its content, not its name. Formulas are read as the values that were saved with them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from avgust.domain.resolutions.readers.archive import Archive
from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.tables.faults import FAULTS, TableError
from avgust.domain.tables.sheet import (
    BINARY,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    MAX_TABLE_BYTES,
    MAX_TEXT,
    Cell,
    Sheet,
)

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # XLS, and what office programs lock with a password


def read_sheets(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of the table in `data`. Raises TableError, and nothing else, for what is none."""
    if not data:
        raise TableError("empty")
    if len(data) > MAX_TABLE_BYTES:
        raise TableError("too_large", limit=MAX_TABLE_BYTES // 2**20)
    try:
        sheets = tuple(_trimmed(sheet) for sheet in _sheets(data))
    except ReadError as error:
        raise TableError(error.code if error.code in FAULTS else "corrupted") from error
    kept = tuple(sheet for sheet in sheets if sheet.rows)
    if not kept:
        raise TableError("no_rows")
    return kept


def _sheets(data: bytes) -> Iterator[Sheet]:
    if data.startswith(_ZIP):
        archive = Archive(data)
        if "[Content_Types].xml" in archive.names or archive.mimetype():
            yield from _workbook(data)
        else:
            yield from _csv_archive(archive)
    elif data.startswith(_OLE):
        yield from _workbook(data)
    else:
        yield _csv("CSV", data)


def _workbook(data: bytes) -> Iterator[Sheet]:
    import python_calamine as calamine  # noqa: PLC0415 - only the isolated process pays for it

    try:
        book = calamine.load_workbook(io.BytesIO(data))
        visible = [
            one.name for one in book.sheets_metadata if one.visible == calamine.SheetVisibleEnum.Visible
        ]
        for name in visible[:MAX_SHEETS]:
            yield _of_calamine(name, book.get_sheet_by_name(name))
    except calamine.PasswordError as error:
        raise TableError("encrypted") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise TableError("corrupted" if data.startswith(_ZIP) else "no_table") from error


def _of_calamine(name: str, sheet: Any) -> Sheet:
    if sheet.total_height > MAX_ROWS:
        raise TableError("too_many_rows", sheet=name[:40], limit=MAX_ROWS)
    if sheet.total_width > MAX_COLUMNS:
        raise TableError("too_wide", sheet=name[:40], limit=MAX_COLUMNS)
    rows = [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _spread(rows, top, left, bottom, right)
    return Sheet(name, tuple(tuple(row) for row in rows))


def _spread(rows: list[list[Cell]], top: int, left: int, bottom: int, right: int) -> None:
    """Put the value of a merged cell into each of its places."""
    if top >= len(rows) or left >= len(rows[top]):
        return
    value = rows[top][left]
    for row in rows[top : bottom + 1]:
        for column in range(left, min(right + 1, len(row))):
            row[column] = value


def _plain(value: Any) -> Cell:
    match value:
        case str():
            return value[:MAX_TEXT].strip() or None
        case datetime():
            return value.date() if value.time() == time() else value.isoformat(" ")
        case date() | bool() | int() | float() | None:
            return value
        case timedelta() | time():
            return str(value)
    return str(value)[:MAX_TEXT]


def _csv_archive(archive: Archive) -> Iterator[Sheet]:
    """Yield the CSV files of a ZIP (OneRoster), each as a sheet with the file's name."""
    names = sorted(name for name in archive.names if name.lower().endswith(".csv"))
    if not names:
        raise TableError("no_table")
    for name in names[:MAX_SHEETS]:
        yield _csv(name.rsplit("/", 1)[-1], archive.read(name))


def _csv(name: str, data: bytes) -> Sheet:
    if data.startswith(BINARY) or b"\0" in data[:4096].replace(b"\xff\xfe", b""):
        raise TableError("no_table")
    text = _decoded(data)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) >= MAX_ROWS:
                raise TableError("too_many_rows", sheet=name[:40], limit=MAX_ROWS)
            if len(row) > MAX_COLUMNS:
                raise TableError("too_wide", sheet=name[:40], limit=MAX_COLUMNS)
            rows.append([cell[:MAX_TEXT].strip() or None for cell in row])
    except csv.Error as error:
        raise TableError("corrupted") from error
    width = max(map(len, rows), default=0)
    if width < 2:
        raise TableError("no_table")
    return Sheet(name, tuple((*row, *[None] * (width - len(row))) for row in rows))


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError("garbled")


def _trimmed(sheet: Sheet) -> Sheet:
    """Return the sheet without the empty rows below its last one; rows above keep their numbers."""
    rows = sheet.rows
    last = max((n for n, row in enumerate(rows, 1) if any(cell is not None for cell in row)), default=0)
    return Sheet(sheet.name, rows[:last])
