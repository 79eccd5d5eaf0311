"""A kept file as tables: a workbook through the isolated process, a CSV of any length row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from avgust.domain.assessment.works.csv_rows import csv_rows
from avgust.domain.assessment.works.mapping import Mapping
from avgust.domain.assessment.works.readers import Table, read_table
from avgust.domain.resolutions.readers.archive import Archive
from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.tables import MAX_TABLE_BYTES, Cell, TableError
from avgust.isolation import read_table_isolated
from avgust.web import files

_BOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
TABLES: Final = (".xlsx", ".xls", ".ods", ".csv")


class KeptFile(Protocol):
    """A file among those that the server keeps."""

    name: str
    size: int
    sha256: str


def tables_of(file: KeptFile, mapping: Mapping | None, codes: tuple[str, ...]) -> Iterator[tuple[str, Table]]:
    """Yield the tables of results in a file, with the names of their sheets. Raises TableError."""
    found = False
    for sheet, rows in sheets_of(file):
        table = read_table(sheet, rows, mapping, codes)
        if table is not None:
            found = True
            yield sheet, table
    if not found:
        raise TableError("no_results")


def sheets_of(file: KeptFile) -> Iterator[tuple[str, Iterator[Sequence[Cell]]]]:
    """Yield the sheets of a file with their names; rows are read as they are asked for. Raises TableError."""
    path = files.place_of(file.sha256)
    with path.open("rb") as opened:
        start = opened.read(4)
    if start.startswith(_BOOKS):
        if file.size > MAX_TABLE_BYTES:
            raise TableError("too_large", limit=MAX_TABLE_BYTES // 2**20)
        for sheet in read_table_isolated(path.read_bytes()):
            yield sheet.name, iter(sheet.rows)
    else:
        yield "CSV", csv_rows(path)


def unpacked(name: str, data: bytes) -> list[tuple[str, bytes]]:
    """Return the tables in a ZIP of files, by name; any other file as it is. Raises TableError.

    What is called a table goes on as one: a workbook cut off in the middle is told of when it is read, and
    stops none of those sent with it.
    """
    if not data.startswith(_BOOKS[0]) or name.lower().endswith(TABLES):
        return [(name, data)]
    try:
        archive = Archive(data)
        if "[Content_Types].xml" in archive.names or archive.mimetype():
            return [(name, data)]
        tables = (one for one in archive.names if one.lower().endswith(TABLES))
        wanted = sorted(one for one in tables if "__MACOSX" not in one)
        return [(_decoded(one), archive.read(one)) for one in wanted]
    except ReadError as error:
        raise TableError("bomb" if error.code == "bomb" else "corrupted") from error


def _decoded(name: str) -> str:
    """Return a name as it was: packers of Windows write Cyrillic in code page 866, which ZIP reads as 437."""
    try:
        return name.encode("cp437").decode("cp866")
    except UnicodeError:
        return name
