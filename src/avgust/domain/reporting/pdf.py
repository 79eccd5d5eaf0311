"""The report as PDF/A: the same words as the page and the DOCX, set by typst; words go to it as JSON."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from avgust.domain.messages import Message, mark, translate
from avgust.domain.reporting import chart, memory, wording
from avgust.domain.reporting.report import ExecutionReport, ReportRow
from avgust.domain.resolutions.export.plan.pdf import font_folders
from avgust.domain.resolutions.export.printable import printable

_TEMPLATE: Final = Path(__file__).with_name("report.typ")


def report_pdf(report: ExecutionReport, language: str, *, stamp: datetime) -> bytes:
    """Return a PDF/A-2a file of `report`; `stamp` is its date."""
    import typst  # noqa: PLC0415 - a compiler that other formats need not load

    done = typst.compile(
        str(_TEMPLATE),
        font_paths=font_folders(),
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(_values(report, language), ensure_ascii=False)},
        pdf_standards=["a-2a"],
        timestamp=int(stamp.timestamp()),
    )
    return bytes(done)


def _values(report: ExecutionReport, language: str) -> dict[str, Any]:
    values = {"day": wording.day_text(report.day, language), "n": report.proven, "all": report.measures}
    said = Message(mark("On %(day)s, %(n)s of %(all)s measures are proven."), values).render(language)
    return {
        "language": language,
        "title": printable(report.title),
        "author": printable(report.author),
        "lede": printable(f"{said} {report.place}".strip()),
        "chart": {
            "title": translate(mark("Measures by state"), language),
            "reading": printable(chart.reading(report).render(language)),
            "stretches": [
                {
                    "state": one.state.value,
                    "name": wording.STATES[one.state].render(language),
                    "count": one.count,
                    "share": one.share,
                }
                for one in chart.whole(report).stretches
            ],
        },
        "heads": [
            translate(mark("Section of the resolution"), language),
            translate(mark("Measures proven"), language),
            translate(mark("Assignments"), language),
        ],
        "summary": [
            [
                printable(wording.title_text(part, language)),
                Message(mark("%(n)s of %(all)s"), {"n": part.proven, "all": part.measures}).render(language),
                wording.coverage_text(part.coverage, language),
            ]
            for part in report.sections
        ],
        "sections": [
            {
                "title": printable(wording.title_text(part, language)),
                "rows": [_row(row, language) for row in part.rows],
            }
            for part in report.sections
        ],
        "proposed": translate(mark("What is proposed to the next conference"), language),
        "proposals": [
            printable(f"{memory.SAID[kind].render(language)} {', '.join(row.number for row in rows)}")
            for kind, rows in memory.proposals(report)
        ],
    }


def _row(row: ReportRow, language: str) -> dict[str, Any]:
    return {
        "number": printable(row.number),
        "text": printable(row.text),
        "who": printable(", ".join(filter(None, (row.executors, row.deadline)))),
        "state": wording.coverage_text(row.coverage, language),
        "details": [printable(said) for said in wording.details(row, language)],
    }
