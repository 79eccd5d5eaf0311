"""What every DOCX of the product shares: the sheet, the typeface, tables whose heads stand on every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from avgust.domain.resolutions.export.plan.wordtable import BREAKS
from avgust.domain.resolutions.export.printable import printable


def new_document(*, landscape: bool = False) -> Any:
    """Return an empty document on A4 with the margins of office papers."""
    from docx import Document  # noqa: PLC0415 - a library that other formats need not load
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Cm, Pt  # noqa: PLC0415

    document = Document()
    section = document.sections[0]
    width, height = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin, section.right_margin = (Cm(2), Cm(2)) if landscape else (Cm(3), Cm(1.5))
    section.top_margin = section.bottom_margin = Cm(2)
    document.styles["Normal"].font.name = "PT Serif"
    document.styles["Normal"].font.size = Pt(11)
    return document


def bold(cell: Any, words: str) -> None:
    """Write the head of a column."""
    cell.text = ""
    cell.paragraphs[0].add_run(words).bold = True


def widths(table: Any, centimetres: Sequence[float]) -> None:
    """Give the columns of a table their widths: office programs ask each cell."""
    from docx.shared import Cm  # noqa: PLC0415

    for row in table.rows:
        for cell, width in zip(row.cells, centimetres, strict=True):
            cell.width = Cm(width)


def add_rows(table: Any, rows: Iterable[Sequence[Sequence[str]]], centimetres: Sequence[float]) -> None:
    """Add rows of cells, each of one or more paragraphs.

    Written as markup: python-docx looks over the whole table for each cell, 5 ms a row of a long one.
    """
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    space, sizes = nsdecls("w"), [Cm(width).twips for width in centimetres]
    for row in rows:
        cells = "".join(_cell(paragraphs, width) for paragraphs, width in zip(row, sizes, strict=True))
        table._tbl.append(parse_xml(f"<w:tr {space}>{cells}</w:tr>"))


def _cell(paragraphs: Sequence[str], width: int) -> str:
    words = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(printable(text), BREAKS)}</w:t></w:r></w:p>'
        for text in paragraphs
    )
    return f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr>{words}</w:tc>'


def repeat(row: Any) -> None:
    """Let the head of a table stand on every page."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
