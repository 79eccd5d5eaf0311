"""What changed in a programme as DOCX: a table for each kind of change, on A4 across."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from avgust.domain.messages import Message, mark, translate
from avgust.domain.planning import wording
from avgust.domain.planning.baseline import Changed, Comparison, Kind
from avgust.domain.planning.rewording import Fate, reworded
from avgust.domain.reporting.office import bold, new_document, repeat, widths
from avgust.domain.resolutions.export.printable import printable
from avgust.domain.resolutions.export.wording import date_text

WIDTHS: Final = (1.6, 8.2, 5.2, 5.6, 5.1)  # cm on a sheet of A4 across with margins of 2 cm


def comparison_docx(
    found: Comparison, grounds: Mapping[int, Sequence[str]], *, title: str, author: str, language: str
) -> bytes:
    """Return a DOCX file of `found`; `grounds` are the reasons of the acts by the id of the measure."""
    document = new_document(landscape=True)
    document.core_properties.title = printable(title)
    document.add_paragraph(printable(author), style="Subtitle")
    document.add_heading(printable(title), level=0)
    document.add_paragraph(lede(found, language))
    for kind in Kind:
        rows = found.of(kind)
        if rows:
            _kind(document, kind, rows, grounds, language)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def lede(found: Comparison, language: str) -> str:
    """Return the sentences that stand under the title."""
    values = {"since": date_text(found.before.day, language), "until": date_text(found.after.day, language)}
    said = [Message(mark("What changed from %(since)s to %(until)s."), values).render(language)]
    was, now = found.in_force
    counts = {"was": was, "now": now}
    said.append(Message(mark("Measures in force: %(was)s, now %(now)s."), counts).render(language))
    was, now = found.whole
    counts = {"was": was, "now": now}
    said.append(Message(mark("Measures proven whole: %(was)s, now %(now)s."), counts).render(language))
    if not found.rows:
        said.append(translate(mark("Nothing changed between these days."), language))
    return " ".join(said)


def _kind(
    document: Any, kind: Kind, rows: Sequence[Changed], grounds: Mapping[int, Sequence[str]], language: str
) -> None:
    document.add_heading(f"{wording.HEADINGS[kind].render(language)}: {len(rows)}", level=1)
    table = document.add_table(rows=1, cols=len(wording.COLUMNS), style="Table Grid")
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, wording.COLUMNS, strict=True):
        bold(cell, translate(head, language))
    repeat(table.rows[0])
    for row in rows:
        cells = table.add_row().cells
        cells[0].text = printable(row.after.number)
        cells[1].text = printable(row.after.text)
        cells[2].text = printable(wording.was(row, kind, language))
        cells[3].text = printable(wording.became(row, kind, language))
        cells[4].text = printable("; ".join(grounds.get(row.after.id, ())))
        if kind is Kind.REWORDED and row.before is not None and row.before.text != row.after.text:
            _redline(cells[1], row.before.text, row.after.text)
    widths(table, WIDTHS)


def _redline(cell: Any, before: str, after: str) -> None:
    """Write a text with what was taken out of it struck through and what was put in underlined."""
    cell.text = ""
    paragraph = cell.paragraphs[0]
    for stretch in reworded(before, after):
        run = paragraph.add_run(printable(stretch.text))
        run.font.strike = stretch.fate is Fate.OUT
        run.underline = stretch.fate is Fate.IN
