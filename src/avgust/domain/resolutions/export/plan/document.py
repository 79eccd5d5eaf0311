"""The plan of measures as a DOCX: landscape A4, one table, sections as merged rows.

The look follows the office rules of GOST R 7.0.97-2016: a serif of 12 points, margins of 20 and 10 mm,
page numbers in the middle of the top margin from the second page on, a header row on every page.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from io import BytesIO
from typing import Any, Final

from avgust.domain.messages import Message, mark, translate
from avgust.domain.resolutions.export.plan.row import PlanRow
from avgust.domain.resolutions.export.printable import printable

FONT: Final = "Times New Roman"
_COLUMNS: Final = (  # msgid of the header, width in millimetres; 267 in all
    (mark("No."), 14),
    (mark("Measure"), 108),
    (mark("Deadline"), 40),
    (mark("Responsible executor"), 58),
    (mark("Target"), 47),
)


def plan_docx(title: str, subtitle: str, rows: Iterable[PlanRow], language: str) -> bytes:
    """Return a DOCX file with the plan; a section is printed once above its first measure."""
    from docx import Document  # noqa: PLC0415 - 150 ms that other formats need not pay

    document = Document()
    _set_page(document)
    _set_properties(document, title, language)
    _write_titles(document, title, subtitle)
    table = _PlanTable(document, language)
    section = ""
    for row in rows:
        if row.section and row.section != section:
            table.add_section(row.section)
        section = row.section
        table.add_measure(row, language)
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


def _write_titles(document: Any, title: str, subtitle: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    for text, bold in ((title, True), (subtitle, False)):
        if not text:
            continue
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(printable(text))
        run.bold, run.font.size = bold, Pt(14 if bold else 12)
        paragraph.paragraph_format.space_after = Pt(6)
    document.add_paragraph()


class _PlanTable:
    """The table; rows are copies of two prototypes, since python-docx slows down with every added row."""

    def __init__(self, document: Any, language: str) -> None:
        from docx.oxml import OxmlElement  # noqa: PLC0415
        from docx.shared import Mm  # noqa: PLC0415

        table = document.add_table(rows=1, cols=len(_COLUMNS))
        table.style, table.autofit = "Table Grid", False
        self._table = table
        head = table.rows[0]
        for column, slot, (header, width) in zip(table.columns, head.cells, _COLUMNS, strict=True):
            column.width = slot.width = Mm(width)
            slot.text = translate(header, language)
        head._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        self._measure = deepcopy(head._tr)
        for slot in self._measure.tc_lst:
            slot.p_lst[0].clear_content()
        self._section = self._merged(self._measure)
        head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for slot in head.cells:
            _emphasise(slot.paragraphs[0])

    @staticmethod
    def _merged(row: Any) -> Any:
        from docx.shared import Mm  # noqa: PLC0415

        merged = deepcopy(row)
        first, *rest = merged.tc_lst
        for slot in rest:
            merged.remove(slot)
        first.grid_span = len(_COLUMNS)
        first.width = Mm(sum(width for _, width in _COLUMNS))
        return merged

    def add_section(self, text: str) -> None:
        """Print a section across the table; it stays on the page of the row below it."""
        (slot,) = self._append(self._section, [text])
        _emphasise(slot.paragraphs[0])

    def add_measure(self, row: PlanRow, language: str) -> None:
        """Print a measure; co-executors stand below the executor, as office practice has it."""
        who = list(row.executors)
        if row.co_executors:
            helpers = {"names": "; ".join(row.co_executors)}
            who.append(Message(mark("co-executors: %(names)s"), helpers).render(language))
        self._append(self._measure, [row.number, row.text, row.deadline, ";\n".join(who), row.target])

    def _append(self, prototype: Any, texts: list[str]) -> list[Any]:
        from docx.table import _Cell  # noqa: PLC0415

        row = deepcopy(prototype)
        self._table._tbl.append(row)
        slots = [_Cell(element, self._table) for element in row.tc_lst]
        for slot, text in zip(slots, texts, strict=True):
            slot.text = printable(text)
        return slots


def _emphasise(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    for run in paragraph.runs:
        run.bold = True
