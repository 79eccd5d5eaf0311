"""A story as DOCX that officials edit: charts as pictures with their reading, shaded tables."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from avgust.domain.charts.table import BAD, BORDER, FEW
from avgust.domain.messages import mark, translate
from avgust.domain.reporting.story.pdf import chart_pngs
from avgust.domain.reporting.story.record import story_record
from avgust.domain.reporting.story.story import Story

FILLS: Final = {BAD: "FBE6E2", BORDER: "F8ECD2", FEW: "ECEFF0"}
WIDTH: Final = 16.5  # cm between the margins
WIDE: Final = 9  # columns from which a table is set smaller


def story_docx(story: Story, language: str) -> bytes:
    """Return a DOCX file of the story."""
    from docx import Document  # noqa: PLC0415 - a library that other formats need not load
    from docx.shared import Cm, Pt  # noqa: PLC0415

    told = story_record(story, language, pictures=True)
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin = Cm(3), Cm(1.5)
    page.top_margin = page.bottom_margin = Cm(2)
    document.styles["Normal"].font.name = "PT Serif"
    document.styles["Normal"].font.size = Pt(11)
    document.core_properties.title = told["title"][:255]
    document.add_paragraph(" · ".join(told["meta"]), style="Subtitle")
    document.add_heading(told["title"], level=0)
    document.add_paragraph(told["lede"])
    _facts(document, told["facts"])
    pictures = iter(chart_pngs([chart["svg"] for part in told["sections"] for chart in part["charts"]]))
    for part in told["sections"]:
        _section(document, part, pictures)
    if told["method"]:
        document.add_heading(translate(mark("How it was computed"), language), level=2)
        for text in told["method"]:
            document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _facts(document: Any, facts: list[dict[str, Any]]) -> None:
    if not facts:
        return
    table = document.add_table(rows=1, cols=len(facts), style="Table Grid")
    for cell, fact in zip(table.rows[0].cells, facts, strict=True):
        cell.text = fact["label"]
        cell.add_paragraph().add_run(fact["value"]).bold = True
        cell.add_paragraph(fact["note"])


def _section(document: Any, part: dict[str, Any], pictures: Any) -> None:
    from docx.shared import Cm  # noqa: PLC0415

    document.add_heading(part["title"], level=1)
    if part["reading"]:
        document.add_paragraph(part["reading"])
    for chart in part["charts"]:
        document.add_paragraph(chart["reading"]).paragraph_format.keep_with_next = True
        width = Cm(WIDTH / 2) if chart["small"] else Cm(WIDTH)
        shape = document.add_picture(BytesIO(next(pictures)), width=width)
        shape._inline.docPr.set("descr", f"{chart['title']}. {chart['reading']}")
        document.add_paragraph(chart["note"], style="Caption")
    for table in part["tables"]:
        _table(document, table)
    for point in part["points"]:
        paragraph = document.add_paragraph(point["text"], style="List Number")
        if point["ground"]:
            paragraph.add_run("\n" + point["ground"]).italic = True


def _table(document: Any, table: dict[str, Any]) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    document.add_paragraph(table["caption"], style="Caption").paragraph_format.keep_with_next = True
    made = document.add_table(rows=1 + len(table["rows"]), cols=len(table["heads"]), style="Table Grid")
    size = Pt(7 if len(table["heads"]) > WIDE else 9.5)
    # Cells are asked for row by row: `table.cell` walks the whole table for each.
    rows = list(made.rows)
    for cell, words in zip(rows[0].cells, table["heads"], strict=True):
        run = cell.paragraphs[0].add_run(words)
        run.bold, run.font.size = True, size
    rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row, cells in zip(rows[1:], table["rows"], strict=True):
        for cell, told in zip(row.cells, cells, strict=True):
            run = cell.paragraphs[0].add_run(told["text"])
            run.bold, run.italic, run.font.size = told["shade"] == BAD, told["shade"] == BORDER, size
            if told["shade"] in FILLS:
                _fill(cell, FILLS[told["shade"]])
    if table["legend"]:
        document.add_paragraph(table["legend"], style="Caption")


def _fill(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)
