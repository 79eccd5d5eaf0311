"""The report as XLSX: one row a measure, counts as numbers, to be sorted and counted further."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import mark
from avgust.domain.proof import ProofState
from avgust.domain.reporting import memory, wording
from avgust.domain.reporting.report import ExecutionReport
from avgust.domain.resolutions.export.sheets import Column, Sheet

COLUMNS: Final = (
    Column(mark("No."), 8),
    Column(mark("Section"), 30),
    Column(mark("Measure"), 60),
    Column(mark("Who answers"), 32),
    Column(mark("Deadline"), 18),
    Column(mark("State"), 24),
    Column(mark("Assignments in all"), 12, number=True),
    *(
        Column(head, 12, number=True)
        for head in (
            mark("Proven by data"),
            mark("Proven by document"),
            mark("Claimed"),
            mark("Contradicted"),
            mark("Not done"),
            mark("Not due"),
        )
    ),
    Column(mark("Details"), 60),
    Column(mark("For the next resolution"), 32),
)


def report_sheet(report: ExecutionReport, language: str) -> Sheet:
    """Return the report as a sheet in `language`."""
    return Sheet(mark("Execution"), COLUMNS, _rows(report, language), title=report.title)


def _rows(report: ExecutionReport, language: str) -> Iterator[list[str]]:
    for section in report.sections:
        for row in section.rows:
            state = wording.STATES[row.state].render(language) if row.state else ""
            yield [
                row.number,
                section.title,
                row.text,
                row.executors,
                row.deadline,
                state,
                str(row.coverage.total),
                *(str(row.coverage.count(one)) for one in ProofState),
                "\n".join(wording.details(row, language)),
                memory.SAID[memory.conclude(row)].render(language),
            ]
