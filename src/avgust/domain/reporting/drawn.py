"""The chart of a report in a DOCX: a row of shaded cells, which every office program draws and prints."""

from __future__ import annotations

from typing import Any, Final

from avgust.domain.proof import ProofState
from avgust.domain.reporting.chart import Bar

WIDTH: Final = 16.5  # cm between the margins
_LEAST: Final = 0.5  # cm: a stretch of one measure among a thousand is still seen

# State → pattern of Word, ink, ground. Solid is proven by data, rails a document, stripes a claim.
_LOOKS: Final = {
    ProofState.PROVEN_BY_DATA: ("clear", "auto", "1E6B3A"),
    ProofState.PROVEN_BY_DOCUMENT: ("horzStripe", "1E6B3A", "FFFFFF"),
    ProofState.CLAIMED: ("diagStripe", "8A5A00", "FFFFFF"),
    ProofState.CONTRADICTED: ("diagCross", "A11A1A", "FFFFFF"),
    ProofState.NOT_DONE: ("clear", "auto", "FFFFFF"),
    ProofState.NOT_DUE: ("pct10", "808890", "FFFFFF"),
}


def draw_bar(document: Any, bar: Bar) -> None:
    """Write a row of cells as wide as the counts of `bar`, each with its number."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    if not bar.stretches:
        return
    table = document.add_table(rows=1, cols=len(bar.stretches), style="Table Grid")
    table.autofit = False
    for cell, one in zip(table.rows[0].cells, bar.stretches, strict=True):
        cell.width = Cm(max(_LEAST, WIDTH * one.share))
        _shade(cell, *_LOOKS[one.state])
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(" ")


def draw_legend(cell: Any, state: ProofState) -> None:
    """Give `cell` the look of `state`."""
    _shade(cell, *_LOOKS[state])


def _shade(cell: Any, pattern: str, ink: str, ground: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    shade = OxmlElement("w:shd")
    for name, value in (("val", pattern), ("color", ink), ("fill", ground)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
