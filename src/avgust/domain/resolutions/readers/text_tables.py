"""Tables typed in plain text: pipes with a ruled line under the head, or columns parted by tabs.

Only what is certain is a table; a line with a stray pipe or tab stays a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from avgust.domain.resolutions.model import Block, BlockKind, Cell, Span

_RULE: Final = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_TAB_ROWS: Final = 3  # fewer rows with tabs may be an accident
_TAB_COLUMNS: Final = 3  # "1.<tab>Провести" is a numbered line, not a table


@dataclass(frozen=True, slots=True)
class TextTable:
    """Rows as spans of their cells, and the index of the first line below the table."""

    rows: tuple[tuple[Span, ...], ...]
    headed: bool
    end: int


def find_table(text: str, lines: Sequence[Span], at: int) -> TextTable | None:
    """Return the table that begins with line `at`, if one certainly does."""
    line = lines[at]
    if text.find("|", line.start, line.end) >= 0:
        return _pipe_table(text, lines, at)
    if text.count("\t", line.start, line.end) >= _TAB_COLUMNS - 1:
        return _tab_table(text, lines, at)
    return None


def row_block(text: str, cells: Sequence[Span], table: int, *, header: bool) -> Block:
    """Return a row of a table; its text runs from its first cell to its last as it was typed."""
    span = Span(cells[0].start, cells[-1].end)
    made = tuple(Cell(cell.of(text), cell, column, header=header) for column, cell in enumerate(cells))
    return Block(BlockKind.TABLE_ROW, span.of(text), span, cells=made, table=table)


def _pipe_table(text: str, lines: Sequence[Span], at: int) -> TextTable | None:
    """Return a Markdown table: a head, a ruled line of as many cells, rows."""
    if at + 1 >= len(lines) or not _RULE.fullmatch(text, lines[at + 1].start, lines[at + 1].end):
        return None
    head = _pipe_cells(text, lines[at])
    if len(head) < 2 or len(head) != len(_pipe_cells(text, lines[at + 1])):
        return None
    rows = [head]
    end = at + 2
    while end < len(lines) and (cells := _pipe_cells(text, lines[end])) and len(cells) > 1:
        rows.append(cells)
        end += 1
    return TextTable(tuple(rows), headed=True, end=end)


def _tab_table(text: str, lines: Sequence[Span], at: int) -> TextTable | None:
    """Return neighbouring lines with the same number of tabs, as pasted from a spreadsheet."""
    rows: list[tuple[Span, ...]] = []
    end = at
    while end < len(lines):
        cells = _parts(text, lines[end], re.finditer("\t", lines[end].of(text)))
        if (
            (end > at and _is_gap(text, lines, end))
            or len(cells) < _TAB_COLUMNS
            or (rows and len(cells) != len(rows[0]))
        ):
            break
        rows.append(cells)
        end += 1
    if len(rows) < _TAB_ROWS:
        return None
    return TextTable(tuple(rows), headed=False, end=end)


def _is_gap(text: str, lines: Sequence[Span], at: int) -> bool:
    """Tell whether a blank line parts line `at` from the one above."""
    return text.count("\n", lines[at - 1].end, lines[at].start) > 1


def _pipe_cells(text: str, line: Span) -> tuple[Span, ...]:
    """Return the cells between pipes; outer pipes open and close the row."""
    cells = _parts(text, line, _PIPE.finditer(line.of(text)))
    first = 1 if text[line.start] == "|" else 0
    last = -1 if text[line.end - 1] == "|" and len(cells) > 1 else None
    return cells[first:last]


def _parts(text: str, line: Span, marks: Iterable[re.Match[str]]) -> tuple[Span, ...]:
    """Return the stretches between `marks`, without their outer white space."""
    bounds = [line.start - 1]
    bounds.extend(line.start + found.start() for found in marks)
    bounds.append(line.end)
    return tuple(_stripped(text, a + 1, b) for a, b in pairwise(bounds))


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
