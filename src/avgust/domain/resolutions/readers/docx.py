"""DOCX: paragraphs with computed numbers, headings, tables, footnotes and text boxes in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.model import BlockKind, SourceDocument
from avgust.domain.resolutions.readers.assemble import Assembler, CellDraft, Look
from avgust.domain.resolutions.readers.docx_lists import Lists
from avgust.domain.resolutions.readers.docx_package import Package, W, number_of, switch, value_of
from avgust.domain.resolutions.readers.docx_runs import Line, Runs
from avgust.domain.resolutions.readers.docx_styles import (
    ParagraphStyle,
    Styles,
    is_centered,
    left_edge,
    outline_level,
)
from avgust.domain.resolutions.readers.docx_tables import GridCell, block_children, read_rows
from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.resolutions.readers.limits import MAX_NESTING
from avgust.domain.resolutions.readers.markup import Element
from avgust.domain.resolutions.readers.numbering import BULLET

_ = mark

TRACKED: Final = _("The document has tracked changes; it was read as if all of them were accepted.")
CONTENTS_LEFT_OUT: Final = _("The table of contents was left out.")
FOREIGN_PART: Final = _("A part pasted from another file could not be read; check that nothing is missing.")

_CHANGES: Final = frozenset(W + name for name in ("ins", "del", "moveFrom", "moveTo"))


def read(data: bytes) -> SourceDocument:
    """Return the document in the bytes of a DOCX, DOCM or DOTX file."""
    return DocxReader(Package(data)).read()


@dataclass(frozen=True, slots=True)
class Printed:
    """A paragraph with its number and its look."""

    line: Line
    look: Look


@dataclass
class CellContent:
    """Paragraphs of a cell and the tables inside it."""

    lines: list[Line] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of the cell, a line for each paragraph."""
        return "\n".join(line.text for line in self.lines).strip()


class DocxReader:
    """Walks the body once, in order: numbers are counted as they are met."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.related("styles"))
        self._lists = Lists(package.related("numbering"), self._styles)
        self._runs = Runs(self._styles)
        self._out = Assembler()
        self._notes_parts: dict[str, dict[str, Element]] = {}

    def read(self) -> SourceDocument:
        """Return the whole document."""
        body = self._package.main().find(f"{W}body")
        if body is None:
            raise ReadError("corrupted", part="word/document.xml")
        if next(body.iter(*_CHANGES), None) is not None:
            self._out.note(Message(TRACKED))
        self._blocks(body, 0)
        return self._out.document("docx")

    def _blocks(self, parent: Element, depth: int) -> None:
        for item in self._content(parent):
            if isinstance(item, Printed):
                self._out.paragraph(item.line.text, item.look)
                self._after(item.line, depth)
            else:
                self._table(item, depth)

    def _content(self, parent: Element) -> Iterator[Printed | Element]:
        """Yield paragraphs as printed and tables as they stand, in order."""
        carried: Line | None = None  # a paragraph whose end was deleted goes on in the next one
        for child in block_children(parent):
            if child.tag == W + "tbl":
                yield child
            elif child.tag == W + "altChunk":
                self._out.note(Message(FOREIGN_PART))
            else:
                line = self._runs.read(child, self._style(child))
                if carried is not None:
                    carried.extend(line)
                    line = carried
                carried = line if _end_deleted(child) else None
                if carried is None:
                    yield self._finished(child, line)
        if carried is not None:
            yield Printed(carried, Look(bold=carried.bold))

    def _finished(self, paragraph: Element, line: Line) -> Printed:
        """Return the paragraph with its number and its look."""
        properties = paragraph.find(f"{W}pPr")
        style = self._style(paragraph)
        if style.contents:
            self._out.note(Message(CONTENTS_LEFT_OUT))
            return Printed(Line(notes=line.notes), Look())
        centered = is_centered(properties) if properties is not None else None
        indent = left_edge(properties) if properties is not None else None
        look = Look(
            bold=line.bold,
            centered=bool(style.centered if centered is None else centered),
            indent=(style.indent if indent is None else indent) or 0.0,
        )
        look = self._numbered(paragraph, line, look, own_indent=indent is not None)
        heading = outline_level(properties)
        heading = style.heading if heading is None else heading
        if heading:
            look = replace(look, kind=BlockKind.HEADING, level=heading)
        return Printed(line, look)

    def _numbered(self, paragraph: Element, line: Line, look: Look, *, own_indent: bool) -> Look:
        """Put the automatic number before the words of `line`, as it is printed."""
        properties = paragraph.find(f"{W}pPr")
        numbering = properties.find(f"{W}numPr") if properties is not None else None
        style = self._style(paragraph)
        num_id = value_of(numbering, "numId")
        linked = None if num_id else style.numbered_by
        num_id = num_id or style.num_id
        if num_id is None or _hidden_mark(properties):
            return look
        stated = number_of(numbering, "ilvl")
        level = self._lists.level(num_id, style.num_level if stated is None else stated, linked)
        counted = self._lists.advance(num_id, level)
        if counted is None:
            return look
        label, rules = counted
        empty = not line.text.strip()
        if not label or (empty and label == BULLET):
            return replace(look, level=level)
        line.pieces.insert(0, label + (rules.suffix or (" " if label == BULLET else "")))
        indent = look.indent if own_indent else rules.indent or look.indent
        return replace(look, level=level, auto_label=label, indent=indent)

    def _after(self, line: Line, depth: int) -> None:
        """Write what hangs on a paragraph: text boxes now, footnotes at the end of the document."""
        if line.boxes and depth >= MAX_NESTING:
            raise ReadError("too_deep")
        for box in line.boxes:
            self._blocks(box, depth + 1)
        for part, note_id in line.notes:
            self._footnote(part, note_id)

    def _footnote(self, part: str, note_id: str) -> None:
        if part not in self._notes_parts:
            root = self._package.related(part)
            self._notes_parts[part] = {
                note.get(W + "id", ""): note for note in (() if root is None else root)
            }
        note = self._notes_parts[part].pop(note_id, None)
        if note is not None:
            lines = [self._runs.read(found, self._style(found)).text for found in note.iter(f"{W}p")]
            self._out.footnote("\n".join(lines))

    def _table(self, element: Element, depth: int) -> None:
        """Write a table row by row; a table of one column is a frame around its text."""
        if depth >= MAX_NESTING:
            raise ReadError("too_deep")
        rows = read_rows(element)
        if all(len(row.cells) < 2 for row in rows):
            for cell in (cell for row in rows for cell in row.cells):
                self._blocks(cell.element, depth + 1)
            return
        number = self._out.new_table()
        for at, row in enumerate(rows):
            contents = [self._cell(cell) for cell in row.cells]
            header = row.header or (at == 0 and _printed_as_head(contents))
            drafts = [
                CellDraft(content.text, cell.column, cell.colspan, header, cell.continued)
                for cell, content in zip(row.cells, contents, strict=True)
            ]
            self._out.row(drafts, number)
            for content in contents:
                self._after_cell(content, depth + 1)

    def _cell(self, cell: GridCell) -> CellContent:
        """Return the content of a cell; one merged with the cell above prints nothing again."""
        content = CellContent()
        if not cell.continued:
            for item in self._content(cell.element):
                if isinstance(item, Printed):
                    content.lines.append(item.line)
                else:
                    content.tables.append(item)
        return content

    def _after_cell(self, content: CellContent, depth: int) -> None:
        for line in content.lines:
            self._after(line, depth)
        for nested in content.tables:
            self._table(nested, depth)

    def _style(self, paragraph: Element) -> ParagraphStyle:
        return self._styles.paragraph(value_of(paragraph.find(f"{W}pPr"), "pStyle"))


def _printed_as_head(contents: list[CellContent]) -> bool:
    """Tell whether a first row is a head: two or more cells with words, all of them bold."""
    worded = [content for content in contents if content.text]
    return len(worded) > 1 and all(line.bold for content in worded for line in content.lines if line.letters)


def _end_deleted(paragraph: Element) -> bool:
    """Tell whether the mark at the end of a paragraph was deleted or moved away in a tracked change."""
    mark_properties = paragraph.find(f"{W}pPr/{W}rPr")
    return mark_properties is not None and any(
        mark_properties.find(W + name) is not None for name in ("del", "moveFrom")
    )


def _hidden_mark(properties: Element | None) -> bool:
    """Tell whether the number of a paragraph is hidden text."""
    return properties is not None and bool(switch(properties.find(f"{W}rPr"), "vanish"))
