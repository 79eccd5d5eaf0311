"""A CSV file as columns: its encoding and separator found out, each strange cell known by its line."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from avgust.commands.files import UnreadableError
from avgust.domain.assessment.arrays import Bools, Floats, Ints
from avgust.domain.messages import Message, mark

BLANK: Final = frozenset({"", "NA", "NaN", "nan", "null", "None", "#N/A"})
_SEPARATORS: Final = ";,\t|"
_GZIP: Final = b"\x1f\x8b"
_ROWS: Final = 4096
MAX_BYTES: Final = 2_000_000_000  # unpacked; more is a bomb or wants the warehouse


@dataclass(frozen=True)
class Column:
    """One column: each different cell once with its first line, and the number of its value by row."""

    name: str
    values: tuple[str, ...]
    codes: Ints
    lines: tuple[int, ...]

    def texts(self) -> list[str]:
        """Return the cells as printed, without spaces around."""
        return [self.values[code] for code in self.codes]

    def numbers(self) -> Floats:
        """Return the cells as numbers, blank ones as nan; UnreadableError names the first other cell."""
        return np.array([self._number(value, line) for value, line in self._places()])[self.codes]

    def _places(self) -> Iterator[tuple[str, int]]:
        return zip(self.values, self.lines, strict=True)

    def _number(self, value: str, line: int) -> float:
        if value in BLANK:
            return float("nan")
        number = number_of(value)
        if number is None:
            raise UnreadableError(
                Message(
                    mark("Line %(line)d, column “%(column)s”: “%(cell)s” is not a number."),
                    {"line": line, "column": self.name, "cell": value[:40]},
                )
            )
        return number


@dataclass(frozen=True)
class Table:
    """The columns of a file in their order; `rows` without the heading."""

    columns: dict[str, Column]
    rows: int

    def only(self, chosen: Bools) -> Table:
        """Return some rows (n)."""
        columns = {name: replace(one, codes=one.codes[chosen]) for name, one in self.columns.items()}
        return Table(columns, int(chosen.sum()))

    def column(self, name: str) -> Column:
        """Return a column by its name; UnreadableError lists those that exist."""
        if name in self.columns:
            return self.columns[name]
        folded = [other for other in self.columns if other.casefold() == name.casefold()]
        if len(folded) == 1:
            return self.columns[folded[0]]
        raise UnreadableError(
            Message(
                mark("There is no column “%(column)s”. The columns are: %(columns)s."),
                {"column": name, "columns": ", ".join(list(self.columns)[:60])},
            )
        )


def number_of(text: str) -> float | None:
    """Return the number that a cell prints, with a decimal point or comma; None for anything else."""
    plain = text.replace("\u00a0", "").replace(" ", "").replace("−", "-")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if np.isfinite(number) and "_" not in plain else None


def read_table(name: str) -> Table:
    """Read a CSV file (also .csv.gz) in UTF-8, UTF-16 or Windows-1251, with any usual separator."""
    return parse_table(_text_of(_bytes_of(Path(name))))


def _bytes_of(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError(Message(mark("There is no such file."))) from error
    except IsADirectoryError as error:
        raise UnreadableError(Message(mark("It is a folder, not a file."))) from error
    except PermissionError as error:
        raise UnreadableError(Message(mark("The file may not be read: permission denied."))) from error
    except OSError as error:
        said = {"error": error.strerror or str(error)}
        raise UnreadableError(Message(mark("The file cannot be read: %(error)s."), said)) from error
    return _unpacked(data) if data.startswith(_GZIP) else data


def _unpacked(data: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            unpacked = packed.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(Message(mark("The packed file is damaged."))) from error
    if len(unpacked) > MAX_BYTES:
        raise UnreadableError(Message(mark("The file is too large.")))
    return unpacked


def _text_of(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:4096]:
        raise UnreadableError(
            Message(mark("It is not a text table: save the sheet as CSV and name that file."))
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")


def parse_table(text: str) -> Table:
    """Divide a text into columns; UnreadableError says which line is broken."""
    if not text.strip():
        raise UnreadableError(Message(mark("The file is empty.")))
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        heading = [cell.strip() for cell in next(reader)]
        while heading and heading[-1] == "":
            heading.pop()
        _check_heading(heading)
        return _columns(heading, reader)
    except csv.Error as error:
        said = {"line": reader.line_num, "error": str(error)}
        raise UnreadableError(Message(mark("Line %(line)d is broken: %(error)s."), said)) from error


def _separator(text: str) -> str:
    """Return the sign that occurs most often in the heading, outside quotation marks."""
    heading = text.lstrip("\r\n").split("\n", 1)[0]
    outside = "".join(heading.split('"')[::2])
    return max(_SEPARATORS, key=lambda sign: (outside.count(sign), sign == ","))


def _check_heading(heading: Sequence[str]) -> None:
    seen: set[str] = set()
    for place, name in enumerate(heading, start=1):
        if name in seen or not name:
            said = {"column": name, "place": place}
            raise UnreadableError(
                Message(mark("Column %(place)d of the heading has no name."), said)
                if not name
                else Message(mark("Column “%(column)s” is twice in the heading."), said)
            )
        seen.add(name)


def _columns(heading: Sequence[str], reader: Iterator[list[str]]) -> Table:
    coders = [_Coder() for _ in heading]
    width, line, rows = len(heading), 2, 0
    while block := list(islice(reader, _ROWS)):
        numbered = [(number, row) for number, row in enumerate(block, start=line) if any(map(str.strip, row))]
        line += len(block)
        for number, row in numbered:
            if len(row) != width:
                _fit_row(row, width, number)
        for coder, cells in zip(coders, zip(*(row for _, row in numbered), strict=True), strict=False):
            coder.take(cells, [number for number, _ in numbered])
        rows += len(numbered)
    if not rows:
        raise UnreadableError(Message(mark("The file has a heading and no rows.")))
    return Table({name: coder.column(name) for name, coder in zip(heading, coders, strict=True)}, rows)


def _fit_row(row: list[str], width: int, line: int) -> None:
    """Cut empty cells that stand after the last column; any other difference is an error."""
    while len(row) > width and not row[-1].strip():
        row.pop()
    if len(row) != width:
        raise UnreadableError(
            Message(
                mark("Line %(line)d has %(cells)d cells, the heading has %(width)d."),
                {"line": line, "cells": len(row), "width": width},
            )
        )


class _Coder:
    """Numbers the different cells of a column as they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.lines: list[int] = []
        self.parts: list[Ints] = []

    def take(self, cells: Sequence[str], lines: Sequence[int]) -> None:
        """Add the cells of some rows."""
        try:
            codes = list(map(self.numbers.__getitem__, cells))
        except KeyError:
            codes = [self._number(cell, line) for cell, line in zip(cells, lines, strict=True)]
        self.parts.append(np.array(codes, dtype=np.intp))

    def _number(self, cell: str, line: int) -> int:
        number = self.numbers.get(cell)
        if number is None:
            number = self.numbers[cell] = len(self.lines)
            self.lines.append(line)
        return number

    def column(self, name: str) -> Column:
        """Return what was taken; cells that differ by spaces around stay apart, and are stripped."""
        values = tuple(cell.strip() for cell in self.numbers)
        return Column(name, values, np.concatenate(self.parts), tuple(self.lines))
