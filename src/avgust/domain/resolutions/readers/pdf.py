"""PDF with a text layer: paragraphs and tables by geometry; a scan is told from a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pypdfium2 as pdfium

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.model import BlockKind, SourceDocument
from avgust.domain.resolutions.readers.assemble import Assembler, Look
from avgust.domain.resolutions.readers.encoding import likeness
from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.resolutions.readers.limits import MAX_PAGES
from avgust.domain.resolutions.readers.pdf_grid import find_grids
from avgust.domain.resolutions.readers.pdf_lines import PdfLine, lines_of
from avgust.domain.resolutions.readers.pdf_margins import without_margins
from avgust.domain.resolutions.readers.pdf_page import Page, read_page
from avgust.domain.resolutions.readers.pdf_paragraphs import Joiner, Paragraph, joiner_of
from avgust.domain.resolutions.readers.pdf_tables import PdfTable, joined_over_pages, read_tables

_ = mark

SCANNED_PAGES: Final = _("%(count)s pages are pictures without text and were not read: %(pages)s.")
MENDED_LETTERS: Final = _("The letters of the PDF were stored wrongly and were mended; check the text.")

_WRONG_LETTERS: Final = re.compile("[\u00c0-\u00ff]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_CP1251: Final = {code: bytes([code]).decode("cp1251") for code in (0xA8, 0xB8, *range(0xC0, 0x100))}
_PRIVATE_BULLET: Final = re.compile("^[\ue000-\uf8ff]+[ \t]*")
_FEW_LETTERS: Final = 12  # of a page; fewer beside a picture are a stamp on a scan


def read(data: bytes) -> SourceDocument:
    """Return the document in the bytes of a PDF."""
    pages = _pages(data)
    scanned = [page.number for page in pages if _is_scan(page)]
    if len(scanned) == len(pages) and pages:
        raise ReadError("scan", pages=len(pages))
    out = Assembler()
    if scanned:
        shown = ", ".join(map(str, scanned[:20]))
        out.note(Message(SCANNED_PAGES, {"count": len(scanned), "pages": shown}))
    if _mend_letters(pages):
        out.note(Message(MENDED_LETTERS))
    PdfWriter(pages, out).write()
    document = out.document("pdf", pages=len(pages))
    if _is_garbled(document.text):
        raise ReadError("garbled")
    return document


def _pages(data: bytes) -> list[Page]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("encrypted") from error
        raise ReadError("corrupted", part="PDF") from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise ReadError("too_many_pages", limit=MAX_PAGES)
        return [read_page(document, number) for number in range(1, count + 1)]
    except pdfium.PdfiumError as error:
        raise ReadError("corrupted", part="PDF") from error
    finally:
        document.close()


def _is_scan(page: Page) -> bool:
    letters = sum(segment.letters for segment in page.segments)
    return page.pictures > 0 and letters < _FEW_LETTERS


def _mend_letters(pages: Sequence[Page]) -> bool:
    """Turn «Ïðîâåñòè» back into «Провести»: fonts of old programs give Russian letters Latin codes."""
    segments = [segment for page in pages for segment in page.segments]
    sample = "".join(segment.text for segment in segments)[:20_000]
    wrong = len(_WRONG_LETTERS.findall(sample))
    if wrong < 20 or wrong < 3 * len(_CYRILLIC.findall(sample)):
        return False
    if likeness(sample.translate(_CP1251)) < 0.2:
        return False
    for segment in segments:
        segment.text = segment.text.translate(_CP1251)
    return True


def _is_garbled(text: str) -> bool:
    """Tell a text layer whose letters mean nothing: fonts without a map to Unicode."""
    sample = text[:20_000]
    odd = sum(1 for letter in sample if "\ue000" <= letter <= "\uf8ff" or letter == "\ufffd")
    printed = sum(1 for letter in sample if not letter.isspace())
    return odd * 4 > printed


@dataclass(slots=True)
class _Item:
    """Something of a page in reading order: a stretch of lines or a table."""

    lines: list[PdfLine]
    table: PdfTable | None = None


class PdfWriter:
    """Writes pages into an assembler: paragraphs and tables go on over the ends of pages."""

    def __init__(self, pages: Sequence[Page], out: Assembler) -> None:
        self._pages = pages
        self._out = out

    def write(self) -> None:
        """Write all blocks."""
        tables: list[list[PdfTable]] = []
        pages: list[list[PdfLine]] = []
        for page in self._pages:
            found, rest = read_tables(page, find_grids(page))
            tables.append(found)
            pages.append(lines_of(rest, page.number, page.width))
        pages = without_margins(pages, [page.height for page in self._pages])
        joiner = joiner_of(pages, [page.width for page in self._pages])
        footnotes = [_split_footnotes(lines, joiner) for lines in pages]
        items = [
            item
            for lines, notes, found in zip(pages, footnotes, tables, strict=True)
            for item in _items(lines[: len(lines) - len(notes)], found)
        ]
        for item in joined_items(items):
            if item.table is not None:
                self._table(item.table, joiner)
            else:
                for paragraph in joiner.paragraphs(item.lines):
                    self._paragraph(paragraph, joiner)
        for paragraph in joiner.paragraphs(line for notes in footnotes for line in notes):
            self._out.footnote(joiner.text(paragraph))

    def _paragraph(self, paragraph: Paragraph, joiner: Joiner) -> None:
        first = paragraph.lines[0]
        left = min(line.x0 for line in paragraph.lines)
        look = Look(
            kind=BlockKind.PARAGRAPH,
            bold=all(line.bold for line in paragraph.lines),
            centered=paragraph.centered,
            indent=max(0.0, round(left - joiner.edges(first).left, 1)),
            page=first.page,
        )
        self._out.paragraph(_PRIVATE_BULLET.sub("- ", joiner.text(paragraph)), look)

    def _table(self, table: PdfTable, joiner: Joiner) -> None:
        number = self._out.new_table()
        for row in table.rows:
            self._out.row(row.drafts(joiner.hyphens), number, page=row.page)


def joined_items(items: Sequence[_Item]) -> Iterator[_Item]:
    """Yield items with what a page end cut in two put together."""
    held: _Item | None = None
    for item in items:
        if held is None:
            held = item
        elif item.table is None and held.table is None:
            held = replace(held, lines=[*held.lines, *item.lines])
        elif item.table and held.table and (whole := joined_over_pages(held.table, item.table)):
            held = replace(held, table=whole)
        else:
            yield held
            held = item
    if held is not None:
        yield held


def _items(lines: Sequence[PdfLine], tables: Sequence[PdfTable]) -> Iterator[_Item]:
    """Yield the lines and tables of a page from top to bottom."""
    waiting = list(tables)
    now: list[PdfLine] = []
    for line in lines:
        while waiting and waiting[0].top < line.y:
            if now:
                yield _Item(now)
                now = []
            yield _Item([], waiting.pop(0))
        now.append(line)
    if now:
        yield _Item(now)
    for table in waiting:
        yield _Item([], table)


def _split_footnotes(lines: Sequence[PdfLine], joiner: Joiner) -> list[PdfLine]:
    """Return the small lines at the foot of a page that begin with the mark of a footnote."""
    at = len(lines)
    while at and lines[at - 1].size < 0.93 * joiner.size:
        at -= 1
    while at < len(lines) and not lines[at].marked:
        at += 1
    return list(lines[at:])
