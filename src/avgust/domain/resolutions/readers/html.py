"""HTML as a browser prints it: blocks, numbered lists, tables; no scripts, styles or hidden parts."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree, html

from avgust.domain.resolutions.model import BlockKind, SourceDocument
from avgust.domain.resolutions.readers.assemble import Assembler, CellDraft, Look
from avgust.domain.resolutions.readers.encoding import decode
from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.resolutions.readers.html_tables import read_rows
from avgust.domain.resolutions.readers.limits import MAX_NESTING
from avgust.domain.resolutions.readers.markup import Element
from avgust.domain.resolutions.readers.numbering import BULLET, format_number
from avgust.domain.resolutions.readers.spanning import PlacedCell, PlacedRow

_DEEPEST: Final = 150  # elements inside elements; web pages stay below 40
_SKIPPED: Final = frozenset(
    """
    script style head title noscript template svg math select textarea button iframe object embed audio
    video canvas del nav
    """.split()  # noqa: SIM905
)
_BLOCKS: Final = frozenset(
    """
    address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary ul caption
    """.split()  # noqa: SIM905
)
_HEADINGS: Final = {f"h{n}": n for n in range(1, 7)}
_BOLD: Final = frozenset(("b", "strong", "th", *_HEADINGS))
_CHARSET: Final = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w.:-]{2,30})""", re.I
)
_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_FORMATS: Final = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "lower-russian": "russianLower",
    "upper-russian": "russianUpper",
    "none": "none",
}
_PARSER_LIMIT: Final = "Excessive depth"


def read(data: bytes) -> SourceDocument:
    """Return the document in the bytes of an HTML file."""
    text, encoding = decode_html(data)
    return read_markup(text, encoding)


def read_markup(text: str, encoding: str) -> SourceDocument:
    """Return the document in the text of an HTML file."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadError("too_deep" if _PARSER_LIMIT in str(error) else "no_text") from error
    reader = HtmlReader(Assembler())
    reader.walk(root, Context())
    reader.flush()
    return reader.out.document("html", encoding=encoding)


def decode_html(data: bytes) -> tuple[str, str]:
    """Return (text, encoding): a byte-order mark, else what the file declares, else what it looks like."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            name = codecs.lookup(declared.group(1).decode("ascii")).name
            return data.decode(name), name
        except (LookupError, UnicodeError, ValueError):
            pass  # declared wrongly: look at the letters
    return decode(data)


@dataclass(frozen=True, slots=True)
class Context:
    """What an element inherits from those around it."""

    bold: bool = False
    centered: bool = False
    verbatim: bool = False
    level: int | None = None  # of the list
    heading: int | None = None
    depth: int = 0


@dataclass
class HtmlReader:
    """Walks elements; a block element ends the paragraph before it and after it."""

    out: Assembler
    tables: int = 0  # how deep we are in tables
    _pieces: list[str] = field(default_factory=list)
    _letters: int = 0
    _bold_letters: int = 0
    _context: Context = field(default_factory=Context)
    _label: str = ""
    _cell: list[tuple[str, bool]] | None = None  # paragraphs of the cell that is being read
    _nested: list[Element] = field(default_factory=list)

    def walk(self, element: Element, around: Context) -> None:
        """Read `element` and what is in it."""
        tag = element.tag if isinstance(element.tag, str) else "script"
        if tag in _SKIPPED or _is_hidden(element) or _is_note_mark(element):
            return
        if around.depth > _DEEPEST:
            raise ReadError("too_deep")
        inside = _inherit(element, tag, around)
        if tag == "br":
            self._pieces.append("\n")
        elif tag == "table":
            self._table(element, inside)
        elif tag in ("ol", "ul"):
            self._list(element, inside)
        elif tag in _BLOCKS:
            self.flush()
            self._children(element, inside)
            self.flush()
        else:
            self._children(element, inside)

    def flush(self) -> None:
        """End the paragraph."""
        text = "".join(self._pieces).strip(" \n\t")
        bold = 0 < self._letters == self._bold_letters
        if text:
            label, self._label = self._label, ""
            whole = f"{label} {text}" if label else text
            if self._cell is not None:
                self._cell.append((whole, bold or not self._letters))
            else:
                self.out.paragraph(whole, self._look(bold, label or None))
        self._pieces, self._letters, self._bold_letters = [], 0, 0

    def _look(self, bold: bool, label: str | None) -> Look:
        context = self._context
        heading = context.heading
        return Look(
            kind=BlockKind.HEADING if heading else BlockKind.PARAGRAPH,
            level=heading or context.level,
            auto_label=label,
            bold=bold,
            centered=context.centered,
        )

    def _children(self, element: Element, inside: Context) -> None:
        self._text(element.text, inside)
        for child in element:
            self.walk(child, inside)
            self._text(child.tail, inside)

    def _text(self, text: str | None, context: Context) -> None:
        if not text:
            return
        if not context.verbatim:
            text = _SPACE.sub(" ", text)
            if (self._pieces and self._pieces[-1][-1:] in " \n") or not self._pieces:
                text = text.lstrip(" ")
        if not text:
            return
        letters = sum(map(str.isalpha, text))
        self._letters += letters
        self._bold_letters += letters if context.bold else 0
        self._pieces.append(text)
        self._context = context

    def _list(self, element: Element, inside: Context) -> None:
        self.flush()
        level = 0 if inside.level is None else inside.level + 1
        if level > MAX_NESTING:
            raise ReadError("too_deep")
        inside = replace(inside, level=level)
        number_format = _list_format(element)
        number = _whole(element.get("start"), 1)
        self._text(element.text, inside)
        for child in element:
            if child.tag == "li":
                number = _whole(child.get("value"), number)
                own = _list_format(child, number_format)
                self._label = BULLET if own == "bullet" else _numbered(number, own)
                number += 1
            self.walk(child, inside)
            self.flush()
            self._label = ""
            self._text(child.tail, inside)
        self.flush()

    def _table(self, element: Element, inside: Context) -> None:
        """Write a table; inside a cell it waits until the row of the cell is written."""
        self.flush()
        if self._cell is not None:
            self._nested.append(element)
            return
        self.tables += 1
        if self.tables > MAX_NESTING:
            raise ReadError("too_deep")
        rows = read_rows(element)
        if all(len(row.cells) < 2 for row in rows):
            for cell in (cell.element for row in rows for cell in row.cells):
                if cell is not None:
                    self._children(cell, replace(inside, level=None))
                    self.flush()
        else:
            number = self.out.new_table()
            for at, row in enumerate(rows):
                self._row(row, number, inside, first=at == 0)
        self.tables -= 1

    def _row(self, row: PlacedRow, table: int, inside: Context, *, first: bool) -> None:
        contents = [self._read_cell(cell, inside) for cell in row.cells]
        worded = [content for content in contents if content]
        bold = len(worded) > 1 and all(is_bold for content in worded for _text, is_bold in content)
        header = row.header or (first and bold)
        self.out.row(
            [
                CellDraft(
                    "\n".join(t for t, _b in content), cell.column, cell.colspan, header, cell.continued
                )
                for cell, content in zip(row.cells, contents, strict=True)
            ],
            table,
        )
        nested, self._nested = self._nested, []
        for found in nested:
            self._table(found, inside)

    def _read_cell(self, cell: PlacedCell, inside: Context) -> list[tuple[str, bool]]:
        if cell.element is None:
            return []
        self._cell = []
        context = _inherit(cell.element, str(cell.element.tag), replace(inside, level=None))
        self._children(cell.element, context)
        self.flush()
        content, self._cell = self._cell, None
        return content


def _inherit(element: Element, tag: str, around: Context) -> Context:
    style = (element.get("style") or "").lower().replace(" ", "")
    align = (element.get("align") or "").lower()
    bold, centered = around.bold or tag in _BOLD, around.centered or tag == "center"
    if "font-weight:" in style:
        bold = re.search(r"font-weight:(?:bold|[6-9]00)", style) is not None
    if "text-align:" in style:
        centered = "text-align:center" in style
    elif align:
        centered = align == "center"
    return Context(
        bold=bold,
        centered=centered,
        verbatim=around.verbatim or tag == "pre",
        level=around.level,
        heading=_HEADINGS.get(tag, around.heading),
        depth=around.depth + 1,
    )


def _is_hidden(element: Element) -> bool:
    style = (element.get("style") or "").lower().replace(" ", "")
    return "hidden" in element.attrib or "display:none" in style or "mso-hide:all" in style


def _is_note_mark(element: Element) -> bool:
    """Tell a raised link to a footnote: «образования[1]» says nothing about education."""
    if element.tag not in ("sup", "a") or len(element) > 3:
        return False
    text = "".join(element.itertext()).strip()
    link = element if element.tag == "a" else element.find(".//a")
    target = "" if link is None else (link.get("href") or "")
    return "#" in target and re.fullmatch(r"\[?(?:\d{1,3}|\*+)\]?", text) is not None


def _list_format(element: Element, otherwise: str | None = None) -> str:
    """Return the number format of a list (or of an item that has its own)."""
    style = re.search(r"list-style(?:-type)?:\s*([\w-]+)", element.get("style") or "")
    named = style.group(1) if style else element.get("type")
    if named in _FORMATS:
        return _FORMATS[named]
    if otherwise is not None:
        return otherwise
    return "bullet" if element.tag == "ul" else "decimal"


def _numbered(number: int, number_format: str) -> str:
    printed = format_number(number, number_format)
    if not printed:
        return ""
    return f"{printed})" if number_format.startswith("russian") else f"{printed}."


def _whole(text: str | None, otherwise: int) -> int:
    found = re.fullmatch(r"\s*(-?\d{1,6})\s*", text or "")
    return int(found.group(1)) if found else otherwise
