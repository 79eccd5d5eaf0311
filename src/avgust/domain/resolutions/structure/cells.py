"""The printed lines of a table cell."""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.model import Block, BlockKind, Cell, Span
from avgust.domain.resolutions.structure.labels import read_label
from avgust.domain.resolutions.structure.lines import Paragraph, read_paragraph

_LINE: Final = re.compile(r"[^\n]*\S")


def plain(cell: Cell) -> Block:
    """Return a cell as a paragraph."""
    return Block(BlockKind.PARAGRAPH, cell.text, cell.span)


def lines_for(source: str, cell: Cell, wanted: int) -> list[Paragraph]:
    """Return the lines of a cell of fields: joined where sentences were wrapped, or as many as are wanted."""
    joined = [line for line in cell_lines(source, cell) if line.body]
    if len(joined) == wanted:
        return joined
    block = plain(cell)
    single = [
        read_paragraph(source, Span(cell.span.start + found.start(), cell.span.start + found.end()), block)
        for found in _LINE.finditer(cell.text)
    ]
    return [line for line in single if line.body]


def cell_lines(source: str, cell: Cell) -> list[Paragraph]:
    """Return the printed lines of a cell; a line that begins small goes on with the one above."""
    spans: list[Span] = []
    for found in _LINE.finditer(cell.text):
        start = cell.span.start + found.end() - len(found.group().lstrip())
        span = Span(start, cell.span.start + found.end())
        text = found.group().lstrip()
        label = read_label(text[:40])
        if spans and label is None and text[0].islower() and source[spans[-1].end - 1] not in ".;:":
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    block = plain(cell)
    return [read_paragraph(source, span, block) for span in spans]
