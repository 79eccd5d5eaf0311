"""The grid of a DOCX table: which columns each cell covers and which cells go on from above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from avgust.domain.resolutions.readers.docx_package import W, attribute, number_of, switch
from avgust.domain.resolutions.readers.docx_runs import chosen
from avgust.domain.resolutions.readers.markup import Element

_WIDEST: Final = 500  # columns; a wider span is a damaged file
_WRAPPERS: Final = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of the file with its place in the grid."""

    element: Element
    column: int
    colspan: int
    continued: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row that the accepted document prints."""

    cells: tuple[GridCell, ...]
    header: bool


def block_children(parent: Element, *kinds: str) -> Iterator[Element]:
    """Yield the children of `kinds` (paragraphs, tables, pasted files), also inside harmless wrappers."""
    wanted = frozenset(W + kind for kind in kinds or ("p", "tbl", "altChunk"))
    yield from _within(parent, wanted)


def read_rows(table: Element) -> list[GridRow]:
    """Return the rows of a table; rows deleted in a tracked change are not printed."""
    rows: list[GridRow] = []
    for row in block_children(table, "tr"):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        column = min(number_of(properties, "gridBefore") or 0, _WIDEST)
        cells: list[GridCell] = []
        for cell in block_children(row, "tc"):
            made = _cell(cell, column)
            column += made.colspan
            if made.element.find(f"{W}tcPr/{W}cellDel") is None:
                cells.append(made)
        rows.append(GridRow(tuple(cells), header=bool(switch(properties, "tblHeader"))))
    return rows


def _cell(cell: Element, column: int) -> GridCell:
    properties = cell.find(f"{W}tcPr")
    merged = None if properties is None else properties.find(f"{W}vMerge")
    across = None if properties is None else properties.find(f"{W}hMerge")
    return GridCell(
        element=cell,
        column=column,
        colspan=min(max(number_of(properties, "gridSpan") or 1, 1), _WIDEST),
        continued=any(
            found is not None and (attribute(found, "val") or "continue") == "continue"
            for found in (merged, across)
        ),
    )


def _within(parent: Element, wanted: frozenset[str]) -> Iterator[Element]:
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, wanted)
        elif str(child.tag).endswith("}AlternateContent"):
            yield from _within(chosen(child), wanted)
