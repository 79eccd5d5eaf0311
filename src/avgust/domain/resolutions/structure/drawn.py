"""Tables drawn with pipes in plain text, without the ruled line that would make a reader sure of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from avgust.domain.resolutions.model import Block, BlockKind, Cell, Span

_FEWEST_PIPES: Final = 2
_DRAWN_FROM: Final = 10_000  # table numbers of drawn tables, clear of a reader's own
_RULE: Final = re.compile(r"[-–—=+|:\s]+")


def with_drawn_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield `blocks` with neighbouring lines of the same number of pipes as rows of a table."""
    table = _DRAWN_FROM
    at = 0
    while at < len(blocks):
        end = at
        while (
            end < len(blocks)
            and _pipes(blocks[end]) >= _FEWEST_PIPES
            and _pipes(blocks[end]) == _pipes(blocks[at])
        ):
            end += 1
        if end - at > 1:
            for block in blocks[at:end]:
                if not _RULE.fullmatch(block.text):
                    yield _row(block, table)
            table += 1
            at = end
        else:
            yield blocks[at]
            at += 1


def _pipes(block: Block) -> int:
    if block.kind is not BlockKind.PARAGRAPH or "\n" in block.text:
        return 0
    return block.text.strip("|").count("|")


def _row(block: Block, table: int) -> Block:
    """Return the row that a line draws; outer pipes open and close it."""
    cells: list[Cell] = []
    at = 1 if block.text.startswith("|") else 0
    pieces = block.text[at:].split("|")
    if block.text.endswith("|") and len(pieces) > 1:
        pieces.pop()
    for column, piece in enumerate(pieces):
        lead = len(piece) - len(piece.lstrip())
        start = block.span.start + at + lead
        words = piece.strip()
        cells.append(Cell(words, Span(start, start + len(words)), column))
        at += len(piece) + 1
    return Block(BlockKind.TABLE_ROW, block.text, block.span, cells=tuple(cells), table=table)
