"""A parsed resolution as the plan of measures that officials sign."""

from __future__ import annotations

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.export.plan.document import plan_docx
from avgust.domain.resolutions.export.rows import document_title, plan_rows
from avgust.domain.resolutions.model import Resolution


def resolution_docx(resolution: Resolution, language: str, name: str = "") -> bytes:
    """Return a DOCX file; `name` stands for a missing title."""
    basis = Message(mark("for the execution of: %(title)s"), {"title": document_title(resolution, name)})
    title = Message(mark("Plan of measures")).render(language)
    return plan_docx(title, basis.render(language), plan_rows(resolution, language), language)
