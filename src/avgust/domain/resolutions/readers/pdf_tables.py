"""Rows of ruled tables: letters put into their cells, tables cut by a page end put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from avgust.domain.resolutions.readers.assemble import CellDraft
from avgust.domain.resolutions.readers.hyphenation import Hyphens
from avgust.domain.resolutions.readers.pdf_grid import Grid, RuledCell
from avgust.domain.resolutions.readers.pdf_lines import PdfLine, line_of, rows_of
from avgust.domain.resolutions.readers.pdf_page import Page, Segment

_SAME: Final = 4.0  # points: columns no farther apart are the same
_ITEM: Final = re.compile(r"(?:\d{1,2}[.)]|[а-яa-z]\)|[-–—•])\s")
_ENDED: Final = re.compile(r"[.;:!?]$")


@dataclass(slots=True)
class PdfCell:
    """A cell with its lines."""

    ruled: RuledCell
    lines: list[PdfLine]
    continued: bool = False

    @property
    def bold(self) -> bool | None:
        """Whether all lines with letters are bold; None where there are no letters («№»)."""
        lettered = [line.bold for line in self.lines if any(map(str.isalpha, line.text))]
        return all(lettered) if lettered else None

    def text(self, hyphens: Hyphens) -> str:
        """Return the words: wrapped lines joined, paragraphs of the cell on lines of their own."""
        text = ""
        above: PdfLine | None = None
        for line in self.lines:
            if above is None:
                text = line.text
            elif self._parts(above, line):
                text += "\n" + line.text
            else:
                text = hyphens.join(text, line.text)
            above = line
        return text

    def _parts(self, above: PdfLine, line: PdfLine) -> bool:
        """Tell whether a paragraph of the cell ends with `above`."""
        if line.y - above.y > 1.9 * line.size:
            return True
        word = line.text.split(maxsplit=1)[0]
        needed = (line.x1 - line.x0) / len(line.text) * (len(word) + 0.7)
        short = self.ruled.x1 - above.x1 - self._padding() > needed
        if _ITEM.match(line.text):
            return short or _ENDED.search(above.text) is not None
        return short and (line.text[0].isupper() or _ENDED.search(above.text) is not None)

    def _padding(self) -> float:
        return max(min(min(line.x0 for line in self.lines) - self.ruled.x0, 12.0), 1.0)


@dataclass(slots=True)
class PdfRow:
    """A row as printed."""

    cells: list[PdfCell]
    page: int
    header: bool = False

    def drafts(self, hyphens: Hyphens) -> list[CellDraft]:
        """Return the cells for the assembler."""
        return [
            CellDraft(cell.text(hyphens), cell.ruled.column, cell.ruled.colspan, self.header, cell.continued)
            for cell in self.cells
        ]

    @property
    def words(self) -> tuple[str, ...]:
        """The printed words of every cell."""
        return tuple(" ".join(line.text for line in cell.lines) for cell in self.cells)


@dataclass(slots=True)
class PdfTable:
    """A ruled table, on one page or over several."""

    columns: tuple[float, ...]
    top: float
    rows: list[PdfRow] = field(default_factory=list)


def read_tables(page: Page, grids: Sequence[Grid]) -> tuple[list[PdfTable], list[Segment]]:
    """Return the tables of a page and the segments outside of them."""
    rest = list(page.segments)
    tables: list[PdfTable] = []
    for grid in grids:
        inside = [s for s in rest if grid.holds((s.x0 + s.x1) / 2, s.y - s.size / 3)]
        table = _table(page, grid, inside)
        if table is not None:
            tables.append(table)
            rest = _without(rest, inside)
    return tables, rest


def _without(segments: list[Segment], gone: list[Segment]) -> list[Segment]:
    names = {id(segment) for segment in gone}
    return [segment for segment in segments if id(segment) not in names]


def _table(page: Page, grid: Grid, segments: list[Segment]) -> PdfTable | None:
    """Return the table of a grid; a grid whose rows all have one cell is a frame around prose."""
    filled: dict[tuple[int, int], list[Segment]] = {}
    owner = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    }
    for segment in segments:
        row = _place(grid.rows, segment.y - segment.size / 3)
        cell = owner[row, _place(grid.columns, (segment.x0 + segment.x1) / 2)]
        filled.setdefault((cell.row, cell.column), []).append(segment)
    table = PdfTable(grid.columns, grid.rows[0])
    for row in range(len(grid.rows) - 1):
        table.rows.append(_row(page, grid, row, filled))
    if all(len(row.cells) < 2 for row in table.rows):
        return None
    lettered = [cell.bold for cell in table.rows[0].cells if cell.bold is not None]
    table.rows[0].header = len(lettered) > 1 and all(lettered)
    return table


def _row(page: Page, grid: Grid, row: int, filled: dict[tuple[int, int], list[Segment]]) -> PdfRow:
    cells: list[PdfCell] = []
    for cell in grid.cells:
        if cell.row == row:
            rows = rows_of(filled.get((cell.row, cell.column), ()))
            cells.append(PdfCell(cell, [line_of(found, page.number) for found in rows]))
        elif cell.row < row < cell.row + cell.rowspan:
            cells.append(PdfCell(cell, [], continued=True))
    cells.sort(key=lambda found: found.ruled.column)
    return PdfRow(cells, page.number)


def _place(edges: tuple[float, ...], at: float) -> int:
    """Return the index of the interval of `edges` that holds `at`."""
    for index, edge in enumerate(edges[1:-1], start=1):
        if at < edge:
            return index - 1
    return len(edges) - 2


def joined_over_pages(above: PdfTable, below: PdfTable) -> PdfTable | None:
    """Return one table where `below` goes on with the columns of `above` on the next page, else None."""
    if not above.rows or not below.rows or below.rows[0].page == above.rows[-1].page:
        return None
    if len(above.columns) != len(below.columns) or any(
        abs(a - b) > _SAME for a, b in zip(above.columns, below.columns, strict=True)
    ):
        return None
    rows = list(below.rows)
    if rows[0].words == above.rows[0].words:
        rows = rows[1:]  # the head is printed again on every page
    if rows and _is_rest(above.rows[-1], rows[0]):
        last = above.rows[-1]
        cells = [
            replace(a, lines=[*a.lines, *b.lines]) for a, b in zip(last.cells, rows[0].cells, strict=True)
        ]
        return PdfTable(
            above.columns, above.top, [*above.rows[:-1], PdfRow(cells, last.page, last.header), *rows[1:]]
        )
    return PdfTable(above.columns, above.top, [*above.rows, *rows])


def _is_rest(above: PdfRow, below: PdfRow) -> bool:
    """Tell whether a row was cut by the end of the page: no number of its own, and a sentence goes on."""
    spans = [[(c.ruled.column, c.ruled.colspan) for c in row.cells] for row in (above, below)]
    if spans[0] != spans[1] or below.words[0] or not above.words[0]:
        return False
    return any(a and b and b[0].islower() for a, b in zip(above.words, below.words, strict=True))
