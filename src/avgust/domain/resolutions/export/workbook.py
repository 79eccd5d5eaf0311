"""A resolution as a workbook: the plan, the findings, the clauses that are no measures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import mark, translate
from avgust.domain.resolutions.export.kinds import part_label, severity_label
from avgust.domain.resolutions.export.plan.spreadsheet import plan_sheet
from avgust.domain.resolutions.export.rows import document_title, plan_rows
from avgust.domain.resolutions.export.sheets import Column, Sheet, workbook_bytes
from avgust.domain.resolutions.findings import finding_labels
from avgust.domain.resolutions.model import Resolution

_FINDING_COLUMNS: Final = (
    Column(mark("Measure"), 10),
    Column(mark("Severity"), 16),
    Column(mark("Kind"), 28),
    Column(mark("Place"), 50),
    Column(mark("What is wrong"), 60),
    Column(mark("Why it matters"), 60),
    Column(mark("How to mend it"), 60),
)
_OTHER_COLUMNS: Final = (
    Column(mark("No."), 8),
    Column(mark("Kind"), 28),
    Column(mark("Section"), 40),
    Column(mark("Text"), 100),
)


def resolution_xlsx(resolution: Resolution, language: str, name: str = "") -> bytes:
    """Return an XLSX file; `name` stands for a missing title."""
    title = document_title(resolution, name)
    sheets = [
        plan_sheet(title, plan_rows(resolution, language)),
        Sheet(mark("Findings"), _FINDING_COLUMNS, _findings(resolution, language), title),
        Sheet(mark("Other clauses"), _OTHER_COLUMNS, _others(resolution, language), title),
    ]
    return workbook_bytes(sheets, language, title)


def _findings(resolution: Resolution, language: str) -> Iterator[tuple[str, ...]]:
    numbers = {clause.n: clause.label or str(clause.n) for clause in resolution.clauses}
    for found in resolution.findings:
        yield (
            numbers.get(found.clause or 0, ""),
            severity_label(found.severity, language),
            translate(finding_labels().get(found.kind, found.kind), language),
            found.span.of(resolution.document.text),
            found.message.render(language),
            found.explanation.render(language),
            "\n".join(mend.label.render(language) for mend in found.mends),
        )


def _others(resolution: Resolution, language: str) -> Iterator[tuple[str, ...]]:
    for clause in resolution.others:
        section = " → ".join(heading.text.rstrip(" :") for heading in clause.headings)
        yield clause.label or "", part_label(clause.kind, language), section, clause.text
