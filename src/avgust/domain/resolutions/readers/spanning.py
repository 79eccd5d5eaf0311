"""Grids in which a cell may span rows and columns, as HTML and OpenDocument write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.resolutions.readers.limits import MAX_CELLS
from avgust.domain.resolutions.readers.markup import Element

WIDEST: Final = 200  # columns that one cell may span
TALLEST: Final = 5_000  # rows


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell with its place; `element` is None where it goes on from above."""

    element: Element | None
    column: int
    colspan: int

    @property
    def continued(self) -> bool:
        """Whether the cell goes on from the row above."""
        return self.element is None


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of the grid."""

    cells: tuple[PlacedCell, ...]
    header: bool


def place(rows: Iterable[tuple[Sequence[tuple[Element, int, int]], bool]]) -> list[PlacedRow]:
    """Return rows of (element, colspan, rowspan) with every cell in its column.

    A cell that spans rows leaves a continued cell in each row below it.
    """
    placed: list[PlacedRow] = []
    hanging: dict[int, tuple[int, int]] = {}  # column → (rows left, colspan)
    total = 0
    for row, header in rows:
        cells: list[PlacedCell] = []
        fresh: dict[int, tuple[int, int]] = {}
        column = 0
        for element, colspan, rowspan in row:
            while column in hanging:
                cells.append(PlacedCell(None, column, hanging[column][1]))
                column += hanging[column][1]
            cells.append(PlacedCell(element, column, colspan))
            if rowspan > 1:
                fresh[column] = (rowspan, colspan)
            column += colspan
        cells.extend(
            PlacedCell(None, at, span) for at, (_left, span) in sorted(hanging.items()) if at >= column
        )
        total += len(cells)
        if total > MAX_CELLS:
            raise ReadError("too_many_cells", limit=MAX_CELLS)
        hanging = {at: (left - 1, span) for at, (left, span) in (hanging | fresh).items() if left > 1}
        placed.append(PlacedRow(tuple(cells), header))
    return placed


def span_of(text: str | None, most: int) -> int:
    """Return a number of columns or rows that a file states; nonsense is 1."""
    digits = (text or "").strip()[:6]
    return min(max(int(digits), 1), most) if digits.isascii() and digits.isdecimal() else 1
