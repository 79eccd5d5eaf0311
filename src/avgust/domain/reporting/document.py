"""The report as DOCX that officials edit: real styles, a table of contents, one table a section."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any, Final

from avgust.domain.messages import Message, mark, translate
from avgust.domain.reporting import chart, memory, wording
from avgust.domain.reporting.drawn import draw_bar, draw_legend
from avgust.domain.reporting.office import LongTables, bold, new_document, repeat, widths
from avgust.domain.reporting.report import ExecutionReport, ReportRow, ReportSection
from avgust.domain.resolutions.export.printable import printable

HEADS: Final = (mark("No."), mark("Measure, who answers"), mark("Deadline"), mark("State and what proves it"))
WIDTHS: Final = (1.4, 8.2, 2.6, 5.3)  # cm on a sheet of A4 with margins of 3 and 1.5 cm
SUMMARY_WIDTHS: Final = (8.2, 3.0, 6.3)
CONTENTS: Final = mark("Press F9 in the contents to number the pages.")


def report_docx(report: ExecutionReport, language: str) -> bytes:
    """Return a DOCX file of `report` in `language`."""
    out = BytesIO()
    write_docx(report, language, out)
    return out.getvalue()


def write_docx(report: ExecutionReport, language: str, out: IO[bytes]) -> None:
    """Write a DOCX file of `report` in `language`; however long it is, its rows are never held together."""
    document, tables = new_document(), LongTables()
    document.core_properties.title = printable(report.title)
    document.add_paragraph(printable(report.author), style="Subtitle")
    document.add_heading(printable(report.title), level=0)
    _opening(document, report, language)
    document.add_heading(translate(mark("Contents"), language), level=1)
    _field(document.add_paragraph(), 'TOC \\o "1-2" \\h \\z \\u', translate(CONTENTS, language))
    _chart(document, report, language)
    _summary(document, tables, report, language)
    document.add_heading(translate(mark("Clause by clause"), language), level=1)
    for part in report.sections:
        _section(document, tables, part, language)
    _proposals(document, report, language)
    tables.save(document, out)


def _opening(document: Any, report: ExecutionReport, language: str) -> None:
    values = {"day": wording.day_text(report.day, language), "n": report.proven, "all": report.measures}
    said = Message(mark("On %(day)s, %(n)s of %(all)s measures are proven."), values).render(language)
    document.add_paragraph(said)
    if report.place:
        document.add_paragraph(printable(report.place))


def _chart(document: Any, report: ExecutionReport, language: str) -> None:
    """Draw how many measures stand in each state, say what is to be seen, and give the numbers."""
    bar = chart.whole(report)
    document.add_heading(translate(mark("Measures by state"), language), level=1)
    document.add_paragraph(printable(chart.reading(report).render(language)))
    draw_bar(document, bar)
    if not bar.stretches:
        return
    document.add_paragraph()
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    for one in bar.stretches:
        look, name, count = table.add_row().cells
        draw_legend(look, one.state)
        name.text, count.text = wording.STATES[one.state].render(language), str(one.count)
    widths(table, (1.0, 7.0, 2.0))


def _summary(document: Any, tables: LongTables, report: ExecutionReport, language: str) -> None:
    """Write how each section stands."""
    document.add_heading(translate(mark("Summary by section"), language), level=1)
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    heads = (mark("Section of the resolution"), mark("Measures proven"), mark("Assignments"))
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        bold(cell, translate(head, language))
    repeat(table.rows[0])
    widths(table, SUMMARY_WIDTHS)
    tables.add(table, (_summed(part, language) for part in report.sections), SUMMARY_WIDTHS)


def _summed(part: ReportSection, language: str) -> tuple[list[str], ...]:
    values = {"n": part.proven, "all": part.measures}
    count = Message(mark("%(n)s of %(all)s"), values).render(language)
    return [wording.title_text(part, language)], [count], [wording.coverage_text(part.coverage, language)]


def _section(document: Any, tables: LongTables, part: ReportSection, language: str) -> None:
    document.add_heading(printable(wording.title_text(part, language)), level=2)
    table = document.add_table(rows=1, cols=len(HEADS), style="Table Grid")
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        bold(cell, translate(head, language))
    repeat(table.rows[0])
    widths(table, WIDTHS)
    tables.add(table, (_cells(row, language) for row in part.rows), WIDTHS)


def _cells(row: ReportRow, language: str) -> tuple[list[str], ...]:
    """Return the paragraphs of each cell of a row."""
    proof = [wording.coverage_text(row.coverage, language), *wording.details(row, language)]
    return [row.number], [row.text, row.executors], [row.deadline], proof


def _proposals(document: Any, report: ExecutionReport, language: str) -> None:
    found = memory.proposals(report)
    if not found:
        return
    document.add_heading(translate(mark("What is proposed to the next conference"), language), level=1)
    for kind, rows in found:
        numbers = ", ".join(row.number for row in rows)
        document.add_paragraph(
            printable(f"{memory.SAID[kind].render(language)} {numbers}"), style="List Number"
        )


def _field(paragraph: Any, code: str, words: str) -> None:
    """Write a field that an office program computes: a table of contents."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    def part(kind: str) -> Any:
        element = OxmlElement("w:fldChar")
        element.set(qn("w:fldCharType"), kind)
        return element

    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = code
    run = paragraph.add_run()
    for element in (part("begin"), instruction, part("separate")):
        run._r.append(element)
    paragraph.add_run(words)
    paragraph.add_run()._r.append(part("end"))
