"""Plain text and Markdown: one block a line, white space and marks left as they are.

The canonical text is the decoded file itself, so spans point into what the user typed. Hard-wrapped
lines are joined by structure, which knows what a sentence is.
"""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.model import Block, BlockKind, SourceDocument, Span
from avgust.domain.resolutions.readers.assemble import require_text
from avgust.domain.resolutions.readers.encoding import decode
from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.resolutions.readers.limits import MAX_BLOCKS, MAX_TEXT
from avgust.domain.resolutions.readers.text_tables import find_table, row_block

_ = mark

BROKEN_LETTERS: Final = _("Some letters of the file were broken and are shown as “�”.")
SPACE_POINTS: Final = 6.0  # the width of a column of typewriter text
_NEWLINE: Final = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\ud800-\udfff]")
_LINE: Final = re.compile(r"[^\n]+")
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_BOLD: Final = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+\1[.:]?")
_SOFT: Final = " \t\u00a0\u00ad\u200b\u2002\u2003\u2060\ufeff"


def read(data: bytes) -> SourceDocument:
    """Return the document in the bytes of a text file."""
    raw, encoding = decode(data)
    if len(raw) > MAX_TEXT:
        raise ReadError("too_long", limit=MAX_TEXT)
    text = _CONTROL.sub(" ", _NEWLINE.sub("\n", raw))
    require_text(text)
    lines = _lines(text)
    blocks: list[Block] = []
    tables = 0
    at = 0
    while at < len(lines):
        found = find_table(text, lines, at)
        if found:
            blocks.extend(
                row_block(text, row, tables, header=found.headed and n == 0)
                for n, row in enumerate(found.rows)
            )
            tables += 1
            at = found.end
        else:
            blocks.append(_line_block(text, lines[at]))
            at += 1
    notes = (Message(BROKEN_LETTERS),) if "\ufffd" in text else ()
    return SourceDocument(text, tuple(blocks), "txt", encoding, notes=notes)


def _lines(text: str) -> list[Span]:
    """Return the printed lines without their outer white space, which may hold invisible marks."""
    lines: list[Span] = []
    for found in _LINE.finditer(text):
        line = found.group().rstrip()
        start = found.start() + len(line) - len(line.lstrip(_SOFT))
        end = found.start() + len(line.rstrip(_SOFT))
        if start < end:
            lines.append(Span(start, end))
    if len(lines) > MAX_BLOCKS:
        raise ReadError("too_many_blocks", limit=MAX_BLOCKS)
    return lines


def _line_block(text: str, line: Span) -> Block:
    """Return the block of a line; a Markdown heading is without its signs."""
    indent = _indent(text, line.start)
    if text[line.start] == "#" and (heading := _HEADING.match(text, line.start, line.end)):
        span = Span(heading.end(), line.end)
        return Block(BlockKind.HEADING, span.of(text), span, level=len(heading.group(1)), indent=indent)
    bold = text[line.start] in "*_" and _BOLD.fullmatch(text, line.start, line.end) is not None
    return Block(BlockKind.PARAGRAPH, line.of(text), line, bold=bold, indent=indent)


def _indent(text: str, start: int) -> float:
    """Return how far a line is set in, in points; a tab reaches the next multiple of eight columns."""
    white = text[text.rfind("\n", 0, start) + 1 : start]
    return len(white.expandtabs(8)) * SPACE_POINTS if white else 0.0
