"""The rows and cells of an HTML table, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from avgust.domain.resolutions.readers.markup import Element
from avgust.domain.resolutions.readers.spanning import TALLEST, WIDEST, PlacedRow, place, span_of


def read_rows(table: Element) -> list[PlacedRow]:
    """Return the rows of `table` with every cell in its column."""
    return place(_rows(table))


def _rows(table: Element) -> Iterator[tuple[Sequence[tuple[Element, int, int]], bool]]:
    for row, in_head in _row_elements(table):
        cells = [child for child in row if child.tag in ("td", "th")]
        heads = [cell.tag == "th" for cell in cells]
        spans = [
            (cell, span_of(cell.get("colspan"), WIDEST), span_of(cell.get("rowspan"), TALLEST))
            for cell in cells
        ]
        yield spans, in_head or (len(heads) > 1 and all(heads))


def _row_elements(table: Element) -> Iterator[tuple[Element, bool]]:
    for child in table:
        if child.tag == "tr":
            yield child, False
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from ((row, child.tag == "thead") for row in child if row.tag == "tr")
