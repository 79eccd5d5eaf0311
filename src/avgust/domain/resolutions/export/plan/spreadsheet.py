"""The plan of measures as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Final

from avgust.domain.messages import mark
from avgust.domain.resolutions.export.plan.row import PlanRow
from avgust.domain.resolutions.export.sheets import Column, Sheet, write_workbook

PLAN_COLUMNS: Final = (
    Column(mark("No."), 8, number=True),
    Column(mark("Section"), 32),
    Column(mark("Measure"), 70),
    Column(mark("Deadline"), 24),
    Column(mark("Executor"), 36),
    Column(mark("Co-executors"), 30),
    Column(mark("Target"), 30),
    Column(mark("Theme"), 22),
    Column(mark("Note"), 30),
)


def plan_sheet(title: str, rows: Iterable[PlanRow]) -> Sheet:
    """Return the sheet of a plan, for a workbook that may have more."""
    return Sheet(mark("Plan"), PLAN_COLUMNS, (plan_cells(row) for row in rows), title)


def plan_xlsx(title: str, rows: Iterable[PlanRow], language: str) -> bytes:
    """Return an XLSX file with one sheet, one row a measure."""
    out = BytesIO()
    write_workbook(out, [plan_sheet(title, rows)], language, title)
    return out.getvalue()


def plan_cells(row: PlanRow) -> tuple[str, ...]:
    """Return the cells of a measure, in the order of `PLAN_COLUMNS`."""
    executors, helpers = "\n".join(row.executors), "\n".join(row.co_executors)
    named = (row.deadline, executors, helpers, row.target, row.theme, row.note)
    return (row.number, row.section, row.text, *named)
