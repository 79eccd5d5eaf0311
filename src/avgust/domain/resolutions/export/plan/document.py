"""The plan of measures as a DOCX: landscape A4, one table, sections as merged rows.

The look follows the office rules of GOST R 7.0.97-2016: a serif of 12 points, margins of 20 and 10 mm,
page numbers in the middle of the top margin from the second page on, a header row on every page.

The frame is made with python-docx; the rows are written straight into the archive, since a plan of 20,000
measures as a tree of elements would take minutes and gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from avgust.domain.messages import translate
from avgust.domain.resolutions.export.plan.paper import APPROVAL, PLAN, Line, Paper, plan_lines
from avgust.domain.resolutions.export.plan.row import PlanRow
from avgust.domain.resolutions.export.plan.wordtable import table_xml
from avgust.domain.resolutions.export.printable import printable

FONT: Final = "Times New Roman"
_BODY: Final = "word/document.xml"
_TABLE_STANDS_HERE: Final = "{table}"
_RIGHT_COLUMN: Final = 177  # millimetres from the left margin to the block of approval


def plan_docx(title: str, subtitle: str, rows: Iterable[PlanRow], language: str) -> bytes:
    """Return a DOCX file with the plan."""
    out = BytesIO()
    write_docx(out, Paper(title, subtitle, columns=PLAN), plan_lines(rows, language), language)
    return out.getvalue()


def write_docx(out: IO[bytes], paper: Paper, lines: Iterable[Line], language: str) -> None:
    """Write a DOCX file to `out`, line after line."""
    frame = ZipFile(BytesIO(_frame(paper, language)))
    before, after = _around(frame.read(_BODY).decode())
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=4) as made:
        for part in frame.infolist():
            if part.filename != _BODY:
                made.writestr(part, frame.read(part), ZIP_DEFLATED)
        with made.open(_BODY, "w", force_zip64=True) as body:
            body.write(before.encode())
            for chunk in table_xml(paper.columns, lines, language):
                body.write(chunk.encode())
            body.write(after.encode())


def _around(body: str) -> tuple[str, str]:
    """Return what stands before and after the paragraph that keeps the table's place."""
    at = body.index(_TABLE_STANDS_HERE)
    start = max(body.rindex("<w:p>", 0, at), body.rfind("<w:p ", 0, at))
    return body[:start], body[body.index("</w:p>", at) + len("</w:p>") :]


def _frame(paper: Paper, language: str) -> bytes:
    """Return the document without its table."""
    from docx import Document  # noqa: PLC0415 - 150 ms that other formats need not pay

    document = Document()
    _set_page(document)
    _set_properties(document, paper.title, language)
    if paper.approval:
        _write_approval(document, language)
    _write_titles(document, paper)
    document.add_paragraph(_TABLE_STANDS_HERE)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(document: Any) -> None:
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin, page.right_margin = Mm(20), Mm(10)
    page.top_margin, page.bottom_margin = Mm(20), Mm(15)
    page.different_first_page_header_footer = True
    number = page.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_field(number, "PAGE")


def _add_field(paragraph: Any, instruction: str) -> None:
    """Append a field that the office program computes, such as the number of the page."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    for kind in ("begin", None, "separate", "end"):
        run = paragraph.add_run()
        if kind is None:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {instruction} "
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _set_properties(document: Any, title: str, language: str) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    document.core_properties.title = printable(title)[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = "ru-RU" if language == "ru" else "en-GB"
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:cs"), FONT)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)


def _write_approval(document: Any, language: str) -> None:
    from docx.shared import Mm, Pt  # noqa: PLC0415

    for line in APPROVAL:
        paragraph = document.add_paragraph(translate(line, language))
        paragraph.paragraph_format.left_indent = Mm(_RIGHT_COLUMN)
        paragraph.paragraph_format.space_after = Pt(4)
    document.add_paragraph()


def _write_titles(document: Any, paper: Paper) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    for text, size, bold in ((paper.title, 14, True), (paper.subtitle, 12, False), (paper.note, 11, False)):
        if not text:
            continue
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(printable(text))
        run.bold, run.font.size = bold, Pt(size)
        paragraph.paragraph_format.space_after = Pt(6)
    document.add_paragraph()
