"""A plan of measures as a spreadsheet and as the document that officials sign.

`PlanRow` is neutral: a parsed resolution and an adopted programme both turn into it.
"""

from __future__ import annotations

from avgust.domain.resolutions.export.plan.document import plan_docx
from avgust.domain.resolutions.export.plan.row import PlanRow
from avgust.domain.resolutions.export.plan.spreadsheet import plan_xlsx
from avgust.domain.resolutions.export.wording import deadline_text, target_text

__all__ = ["PlanRow", "deadline_text", "plan_docx", "plan_xlsx", "target_text"]
