"""The rows and cells of an OpenDocument table, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from avgust.domain.resolutions.readers.markup import Element
from avgust.domain.resolutions.readers.odt_styles import TABLE
from avgust.domain.resolutions.readers.spanning import TALLEST, WIDEST, PlacedRow, place, span_of

_GROUPS: Final = frozenset(TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group"))
_HEAD: Final = TABLE + "table-header-rows"
_MOST_COPIES: Final = 50  # a cell or row that repeats more often is the empty edge of a sheet


def read_rows(table: Element) -> list[PlacedRow]:
    """Return the rows of `table` with every cell in its column; covered cells are no cells."""
    return place(_rows(table, in_head=False))


def _rows(parent: Element, *, in_head: bool) -> Iterator[tuple[Sequence[tuple[Element, int, int]], bool]]:
    for child in parent:
        if child.tag == TABLE + "table-row":
            cells = list(_cells(child))
            for _copy in range(_copies(child.get(TABLE + "number-rows-repeated"))):
                yield cells, in_head
        elif child.tag in _GROUPS:
            yield from _rows(child, in_head=in_head or child.tag == _HEAD)


def _cells(row: Element) -> Iterator[tuple[Element, int, int]]:
    for cell in row:
        if cell.tag == TABLE + "table-cell":
            colspan = span_of(cell.get(TABLE + "number-columns-spanned"), WIDEST)
            rowspan = span_of(cell.get(TABLE + "number-rows-spanned"), TALLEST)
            for _copy in range(_copies(cell.get(TABLE + "number-columns-repeated"))):
                yield cell, colspan, rowspan


def _copies(text: str | None) -> int:
    copies = span_of(text, TALLEST)
    return copies if copies <= _MOST_COPIES else 1
