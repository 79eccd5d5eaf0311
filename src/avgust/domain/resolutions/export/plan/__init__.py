"""A plan of measures as a spreadsheet, as the document that officials sign, as PDF and as a calendar.

`PlanRow` is neutral: a parsed resolution and an adopted programme both turn into it. `Paper` is what a
document prints, whatever its columns.
"""

from __future__ import annotations

from avgust.domain.resolutions.export.plan.document import plan_docx, write_docx
from avgust.domain.resolutions.export.plan.paper import (
    PLAN,
    Heading,
    Line,
    Paper,
    PaperColumn,
    plan_lines,
    who,
)
from avgust.domain.resolutions.export.plan.pdf import MOST_LINES, TooLongError, plan_pdf
from avgust.domain.resolutions.export.plan.row import PlanRow
from avgust.domain.resolutions.export.plan.spreadsheet import plan_sheet, plan_xlsx
from avgust.domain.resolutions.export.wording import deadline_text, target_text

__all__ = [
    "MOST_LINES",
    "PLAN",
    "Heading",
    "Line",
    "Paper",
    "PaperColumn",
    "PlanRow",
    "TooLongError",
    "deadline_text",
    "plan_docx",
    "plan_lines",
    "plan_pdf",
    "plan_sheet",
    "plan_xlsx",
    "target_text",
    "who",
    "write_docx",
]
