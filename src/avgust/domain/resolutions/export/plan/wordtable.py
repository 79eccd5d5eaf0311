"""The rows of a table in the markup of DOCX, one string after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape

from avgust.domain.messages import translate
from avgust.domain.resolutions.export.plan.paper import Heading, Line, PaperColumn
from avgust.domain.resolutions.export.printable import printable

BREAKS: Final = {
    "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
}
_BATCH: Final = 200  # rows in a chunk: fewer calls, nothing large
_WHOLE: Final = "<w:trPr><w:cantSplit/></w:trPr>"  # a row is not torn between two pages
_HEAD: Final = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
_CENTRED: Final = '<w:pPr><w:jc w:val="center"/></w:pPr>'
_EMPHASIS: Final = '<w:pPr><w:keepNext/><w:jc w:val="center"/></w:pPr>'
_BOLD: Final = "<w:rPr><w:b/></w:rPr>"


def table_xml(columns: Sequence[PaperColumn], lines: Iterable[Line], language: str) -> Iterator[str]:
    """Yield the table: its head, which is printed on every page, and the lines."""
    widths = [round(column.width * 1440 / 25.4) for column in columns]
    yield _opening(widths)
    heads = [translate(column.header, language) for column in columns]
    yield _row(
        _HEAD, [_slot(text, width, _EMPHASIS, _BOLD) for text, width in zip(heads, widths, strict=True)]
    )
    centred = [_CENTRED if column.centred else "" for column in columns]
    batch: list[str] = []
    for line in lines:
        if isinstance(line, Heading):
            batch.append(_row(_WHOLE, [_slot(line.text, sum(widths), _EMPHASIS, _BOLD, span=len(widths))]))
        else:
            slots = [_slot(*slot) for slot in zip(line, widths, centred, strict=True)]
            batch.append(_row(_WHOLE, slots))
        if len(batch) == _BATCH:
            yield "".join(batch)
            batch.clear()
    yield "".join(batch) + "</w:tbl>"


def _opening(widths: list[int]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:type="dxa" w:w="{sum(widths)}"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _row(properties: str, slots: list[str]) -> str:
    return f"<w:tr>{properties}{''.join(slots)}</w:tr>"


def _slot(text: str, width: int, paragraph: str = "", run: str = "", *, span: int = 1) -> str:
    words = escape(printable(text), BREAKS)
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    said = f'<w:r>{run}<w:t xml:space="preserve">{words}</w:t></w:r>' if words else ""
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}</w:tcPr>'
    return f"<w:tc>{properties}<w:p>{paragraph}{said}</w:p></w:tc>"
