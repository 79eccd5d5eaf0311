"""What every DOCX of the product shares: the sheet, the typeface, tables whose heads stand on every page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from typing import IO, Any, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from avgust.domain.resolutions.export.plan.wordtable import BREAKS
from avgust.domain.resolutions.export.printable import printable

Rows = Iterable[Sequence[Sequence[str]]]  # of a table: cells, each of one or more paragraphs
MAIN: Final = "word/document.xml"
_PLACE: Final = re.compile(rb"<!--rows (\d+)-->")  # in the text of a document it would be written with &lt;


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


class LongTables:
    """Rows of tables that are written into the file one by one, not into the document in memory.

    python-docx looks over the whole table for each cell, 5 ms a row of a long one, and keeps 5 KB for each.
    """

    def __init__(self) -> None:
        self._tables: list[Callable[[], Iterator[bytes]]] = []

    def add(self, table: Any, rows: Rows, centimetres: Sequence[float]) -> None:
        """Let `rows` stand at the end of `table` when the document is saved."""
        from docx.shared import Cm  # noqa: PLC0415
        from lxml.etree import Comment  # noqa: PLC0415

        sizes = [Cm(width).twips for width in centimetres]
        table._tbl.append(Comment(f"rows {len(self._tables)}"))
        self._tables.append(lambda: (_row(cells, sizes).encode() for cells in rows))

    def save(self, document: Any, out: IO[bytes]) -> None:
        """Write `document` with all rows."""
        frame = BytesIO()
        document.save(frame)
        with ZipFile(frame) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
            for item in source.infolist():
                with target.open(item.filename, "w", force_zip64=item.filename == MAIN) as part:
                    data = source.read(item)
                    for piece in self._filled(data) if item.filename == MAIN else (data,):
                        part.write(piece)

    def _filled(self, data: bytes) -> Iterator[bytes]:
        """Yield a part of the file, with rows where their places are marked."""
        for number, piece in enumerate(_PLACE.split(data)):
            if number % 2:
                yield from self._tables[int(piece)]()
            else:
                yield piece


def _row(row: Sequence[Sequence[str]], sizes: Sequence[int]) -> str:
    return f"<w:tr>{''.join(_cell(words, size) for words, size in zip(row, sizes, strict=True))}</w:tr>"


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
