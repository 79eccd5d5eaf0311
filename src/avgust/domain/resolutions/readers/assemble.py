"""Builds the canonical text of a document with the spans of its blocks.

Every reader but plain text writes its blocks here, one after another; the invariant
`block.text == document.text[block.span.start:block.span.end]` holds by construction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from avgust.domain.messages import Message
from avgust.domain.resolutions.model import Block, BlockKind, Cell, SourceDocument, Span
from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.resolutions.readers.limits import MAX_BLOCKS, MAX_CELLS, MAX_TEXT

# Marks that are not printed, control characters, halves of letters: nothing of a text.
_UNPRINTED: Final = re.compile(
    "[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\ufffe\uffff\ud800-\udfff\x00-\x08\x0e-\x1f\x7f]+"
)
_BREAKS: Final = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_AROUND_BREAK: Final = re.compile(r"(?<![ \t\u00a0])[ \t\u00a0]*\n\s*")
_OUTER: Final = " \t\n\u00a0\u2002\u2003\u3000"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is printed, as far as its format knows."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int | None = None
    auto_label: str | None = None
    bold: bool = False
    centered: bool = False
    indent: float = 0.0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class CellDraft:
    """A cell before it has a place in the text."""

    text: str
    column: int
    colspan: int = 1
    header: bool = False
    continued: bool = False


def clean(text: str) -> str:
    """Return `text` as it is printed: no invisible marks, no blank lines, no outer white space."""
    text = _UNPRINTED.sub("", _BREAKS.sub("\n", text))
    if "\n" in text:
        text = _AROUND_BREAK.sub("\n", text)
    return text.strip(_OUTER)


def clean_cell(text: str) -> str:
    """Return the text of a cell: as `clean`, and a tab inside it is a space, since tabs part cells."""
    return clean(text.replace("\t", " "))


@dataclass
class Assembler:
    """Collects blocks in reading order; footnotes wait until `document` puts them at the end."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    tables: int = 0
    _at: int = 0
    _cells: int = 0
    _footnotes: list[str] = field(default_factory=list)

    def paragraph(self, text: str, look: Look | None = None) -> None:
        """Add a paragraph or heading; one without a printed character is dropped."""
        text = clean(text)
        if not text:
            return
        look = look or Look()
        self._add(
            Block(
                kind=look.kind,
                text=text,
                span=Span(self._at, self._at + len(text)),
                level=look.level,
                auto_label=look.auto_label,
                bold=look.bold,
                centered=look.centered,
                indent=look.indent,
                page=look.page,
            )
        )

    def footnote(self, text: str) -> None:
        """Keep the text of a footnote for the end of the document."""
        if text := clean(text):
            self._footnotes.append(text)

    def row(self, drafts: Sequence[CellDraft], table: int, page: int | None = None) -> None:
        """Add a row of table number `table`; a row without a printed character is dropped."""
        texts = [clean_cell(draft.text) for draft in drafts]
        if not any(texts):
            return
        self._cells += len(texts)
        if self._cells > MAX_CELLS:
            raise ReadError("too_many_cells", limit=MAX_CELLS)
        cells: list[Cell] = []
        at = self._at
        for draft, text in zip(drafts, texts, strict=True):
            span = Span(at, at + len(text))
            cells.append(Cell(text, span, draft.column, draft.colspan, draft.header, draft.continued))
            at = span.end + 1
        whole = "\t".join(texts)
        span = Span(self._at, self._at + len(whole))
        self._add(Block(BlockKind.TABLE_ROW, whole, span, cells=tuple(cells), table=table, page=page))

    def new_table(self) -> int:
        """Return the running number of a table that begins."""
        self.tables += 1
        return self.tables - 1

    def note(self, message: Message) -> None:
        """Tell the user what was left out or repaired, once."""
        if message not in self.notes:
            self.notes.append(message)

    def document(
        self, format_name: str, *, encoding: str | None = None, pages: int | None = None
    ) -> SourceDocument:
        """Return what was collected; a document without a printed letter or digit is an error."""
        for text in self._footnotes:
            self.paragraph(text, Look(kind=BlockKind.FOOTNOTE))
        self._footnotes.clear()
        text = "".join(self.pieces)
        require_text(text)
        return SourceDocument(text, tuple(self.blocks), format_name, encoding, pages, notes=tuple(self.notes))

    def _add(self, block: Block) -> None:
        self._at = block.span.end + 1
        if self._at > MAX_TEXT:
            raise ReadError("too_long", limit=MAX_TEXT)
        if len(self.blocks) >= MAX_BLOCKS:
            raise ReadError("too_many_blocks", limit=MAX_BLOCKS)
        self.pieces.extend((block.text, "\n"))
        self.blocks.append(block)


def require_text(text: Iterable[str]) -> None:
    """Raise ReadError where `text` has no letter and no digit."""
    if not any(letter.isalnum() for letter in text):
        raise ReadError("no_text")
