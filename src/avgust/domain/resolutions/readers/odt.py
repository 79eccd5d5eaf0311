"""ODT: paragraphs with computed list numbers, headings, tables, footnotes; changes read as accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from avgust.domain.messages import Message
from avgust.domain.resolutions.model import BlockKind, SourceDocument
from avgust.domain.resolutions.readers.archive import Archive
from avgust.domain.resolutions.readers.assemble import Assembler, CellDraft, Look
from avgust.domain.resolutions.readers.docx import CONTENTS_LEFT_OUT, TRACKED
from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.resolutions.readers.limits import MAX_NESTING
from avgust.domain.resolutions.readers.markup import Element, parse_xml
from avgust.domain.resolutions.readers.numbering import BULLET, Counter, Level
from avgust.domain.resolutions.readers.odt_styles import DRAW, OFFICE, TABLE, TEXT, OdtStyles
from avgust.domain.resolutions.readers.odt_tables import read_rows

_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
_SKIPPED: Final = frozenset(
    (
        TEXT + "tracked-changes",
        TEXT + "note-citation",
        TEXT + "ruby-text",
        TEXT + "sequence-decls",
        TEXT + "variable-decls",
        TEXT + "hidden-text",
        OFFICE + "annotation",
        OFFICE + "annotation-end",
        OFFICE + "forms",
    )
)
_CONTENTS: Final = frozenset((TEXT + "table-of-content", TEXT + "alphabetical-index"))
_SPACE: Final = re.compile(r"[ \t\r\n]+")
_MOST_SPACES: Final = 1_000


def read(data: bytes) -> SourceDocument:
    """Return the document in the bytes of an ODT file, packed or flat."""
    if not data.startswith(b"PK"):
        root = parse_xml(data, "office:document")
        return OdtReader(root, OdtStyles([root])).read()
    archive = Archive(data)
    manifest = archive.optional("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest or "encrypted-package" in archive.names:
        raise ReadError("encrypted")
    content = parse_xml(archive.read("content.xml"), "content.xml")
    common = archive.optional("styles.xml")
    roots = [content] if common is None else [parse_xml(common, "styles.xml"), content]
    return OdtReader(content, OdtStyles(roots)).read()


@dataclass
class Words:
    """The words of a paragraph in the making."""

    pieces: list[str] = field(default_factory=list)
    letters: int = 0
    bold_letters: int = 0
    boxes: list[Element] = field(default_factory=list)

    @property
    def bold(self) -> bool:
        """Whether all letters are bold."""
        return 0 < self.letters == self.bold_letters

    def add(self, text: str | None, *, bold: bool) -> None:
        """Add text; a run of white space in the file is one space, others have their own elements."""
        if text:
            text = _SPACE.sub(" ", text)
            letters = sum(map(str.isalpha, text))
            self.letters += letters
            self.bold_letters += letters if bold else 0
            self.pieces.append(text)


@dataclass(frozen=True, slots=True)
class Item:
    """Where in a list a paragraph stands."""

    counter: Counter
    style: str | None
    level: int
    numbered: bool
    start: int | None = None


@dataclass
class Cell:
    """The content of a table cell in the making."""

    lines: list[tuple[str, bool]] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)


class OdtReader:
    """Walks the text once, in order."""

    def __init__(self, root: Element, styles: OdtStyles) -> None:
        self._root = root
        self._styles = styles
        self._out = Assembler()
        self._outline = Counter()
        self._by_id: dict[str, Counter] = {}
        self._by_style: dict[str, Counter] = {}
        self._cell: Cell | None = None

    def read(self) -> SourceDocument:
        """Return the whole document."""
        body = self._root.find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise ReadError("corrupted", part="content.xml")
        if body.find(TEXT + "tracked-changes") is not None:
            self._out.note(Message(TRACKED))
        self._blocks(body, 0, None)
        return self._out.document("odt")

    def _blocks(self, parent: Element, depth: int, item: Item | None) -> None:
        if depth > 3 * MAX_NESTING:
            raise ReadError("too_deep")
        for child in parent:
            tag = child.tag
            if tag in (TEXT + "p", TEXT + "h"):
                self._paragraph(child, depth, item)
                item = None  # further paragraphs of an item have no number
            elif tag == TEXT + "list":
                self._list(child, depth + 1, item)
            elif tag == TABLE + "table":
                self._table(child, depth + 1)
            elif tag in _CONTENTS:
                self._out.note(Message(CONTENTS_LEFT_OUT))
            elif tag not in _SKIPPED:
                self._blocks(child, depth + 1, item)

    # ── paragraphs ──

    def _paragraph(self, element: Element, depth: int, item: Item | None) -> None:
        style = element.get(TEXT + "style-name")
        words = Words()
        if not self._styles.is_hidden("paragraph", style):
            self._inline(element, words, bold=bool(self._styles.is_bold("paragraph", style)), depth=depth)
        text = "".join(words.pieces).strip(" ")
        label, level, indent = self._label(element, item, style)
        printed = label if text or label != BULLET else ""
        if printed:
            text = f"{printed} {text}"
        if self._cell is not None:
            self._cell.lines.append((text, words.bold or not words.letters))
        else:
            heading = element.tag == TEXT + "h"
            outline = element.get(TEXT + "outline-level", "1")
            look = Look(
                kind=BlockKind.HEADING if heading else BlockKind.PARAGRAPH,
                level=(min(max(int(outline), 1), 9) if outline.isdecimal() else 1) if heading else level,
                auto_label=printed or None,
                bold=words.bold,
                centered=self._styles.is_centered(style),
                indent=self._styles.indent(style) or indent,
            )
            self._out.paragraph(text, look)
        for box in words.boxes:
            self._blocks(box, depth + 1, None)

    def _inline(self, parent: Element, words: Words, *, bold: bool, depth: int) -> None:
        if depth > 5 * MAX_NESTING:
            raise ReadError("too_deep")
        words.add(parent.text, bold=bold)
        for child in parent:
            tag = child.tag
            if tag == TEXT + "s":
                count = child.get(TEXT + "c", "1")
                words.pieces.append(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
            elif tag == TEXT + "tab":
                words.pieces.append("\t")
            elif tag == TEXT + "line-break":
                words.pieces.append("\n")
            elif tag == TEXT + "note":
                self._footnote(child, depth)
            elif tag == DRAW + "text-box":
                words.boxes.append(child)
            elif tag not in _SKIPPED and not self._hides(child):
                own = self._styles.is_bold("text", child.get(TEXT + "style-name"))
                self._inline(child, words, bold=bold if own is None else own, depth=depth + 1)
            words.add(child.tail, bold=bold)

    def _hides(self, span: Element) -> bool:
        return span.tag == TEXT + "span" and self._styles.is_hidden("text", span.get(TEXT + "style-name"))

    def _footnote(self, note: Element, depth: int) -> None:
        body = note.find(TEXT + "note-body")
        lines = []
        for paragraph in () if body is None else body.iter(TEXT + "p"):
            words = Words()
            self._inline(paragraph, words, bold=False, depth=depth + 1)
            lines.append("".join(words.pieces))
        self._out.footnote("\n".join(lines))

    # ── lists ──

    def _list(self, element: Element, depth: int, outer: Item | None) -> None:
        stated = element.get(TEXT + "style-name")
        if outer is not None:
            base = Item(outer.counter, stated or outer.style, outer.level + 1, numbered=True)
        else:
            base = Item(self._counter(element, stated), stated, 0, numbered=True)
        if base.level >= MAX_NESTING:
            raise ReadError("too_deep")
        for child in element:
            start = child.get(TEXT + "start-value", "")
            item = Item(
                base.counter,
                base.style,
                base.level,
                numbered=child.tag == TEXT + "list-item",
                start=int(start) if start.isdecimal() and len(start) < 7 else None,
            )
            self._list_item(child, depth, item)

    def _list_item(self, element: Element, depth: int, item: Item) -> None:
        """Read an item: its first paragraph is numbered, lists inside it are one level deeper."""
        first = True
        for child in element:
            if child.tag == TEXT + "list":
                self._list(child, depth + 1, item)
            elif child.tag in (TEXT + "p", TEXT + "h"):
                self._paragraph(child, depth, item if first and item.numbered else None)
                first = False
            elif child.tag == TABLE + "table":
                self._table(child, depth + 1)
            elif child.tag not in _SKIPPED:
                self._blocks(child, depth + 1, None)

    def _counter(self, element: Element, style: str | None) -> Counter:
        """Return the counter of a list: a new one, or that of the list which it continues."""
        continued = element.get(TEXT + "continue-list")
        counter = self._by_id.get(continued) if continued else None
        if counter is None and element.get(TEXT + "continue-numbering") == "true":
            counter = self._by_style.get(style or "")
        counter = counter or Counter()
        self._by_id[element.get(_ID, "")] = counter
        self._by_style[style or ""] = counter
        return counter

    def _label(self, element: Element, item: Item | None, style: str | None) -> tuple[str, int | None, float]:
        """Return (label, level, left edge) of a paragraph in a list or of a numbered heading."""
        if item is not None:
            levels = self._styles.list_levels(item.style or self._styles.list_style_of(style))
            if not levels:
                return "", item.level, 0.0
            label = item.counter.advance(item.level, levels, restart_at=item.start)
            return label, item.level, levels.get(item.level, Level()).indent
        outline = element.get(TEXT + "outline-level", "")
        if element.tag == TEXT + "h" and outline.isdecimal() and outline != "0":
            level = int(outline[:3]) - 1
            if level in self._styles.outline and element.get(TEXT + "is-list-header") != "true":
                return self._outline.advance(level, self._styles.outline), None, 0.0
        return "", None, 0.0

    # ── tables ──

    def _table(self, element: Element, depth: int) -> None:
        """Write a table; inside a cell it waits until the row of the cell is written."""
        if self._cell is not None:
            self._cell.tables.append(element)
            return
        if depth > 2 * MAX_NESTING:
            raise ReadError("too_deep")
        rows = read_rows(element)
        if all(len(row.cells) < 2 for row in rows):
            for cell in (cell.element for row in rows for cell in row.cells):
                if cell is not None:
                    self._blocks(cell, depth + 1, None)
            return
        number = self._out.new_table()
        for at, row in enumerate(rows):
            contents = [self._read_cell(cell.element, depth) for cell in row.cells]
            lettered = [
                line for content in contents for line in content.lines if any(map(str.isalpha, line[0]))
            ]
            header = row.header or (at == 0 and len(lettered) > 1 and all(bold for _text, bold in lettered))
            drafts = [
                CellDraft("\n".join(t for t, _b in content.lines), c.column, c.colspan, header, c.continued)
                for c, content in zip(row.cells, contents, strict=True)
            ]
            self._out.row(drafts, number)
            for nested in (table for content in contents for table in content.tables):
                self._table(nested, depth + 2)

    def _read_cell(self, element: Element | None, depth: int) -> Cell:
        content = Cell()
        if element is not None:
            self._cell = content
            self._blocks(element, depth + 1, None)
            self._cell = None
        return content
