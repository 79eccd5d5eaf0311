"""A parsed resolution as the plan of measures that officials sign."""

from __future__ import annotations

from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.export.plan.document import plan_docx
from avgust.domain.resolutions.export.rows import document_title, plan_rows
from avgust.domain.resolutions.model import Resolution

# What stands after «по исполнению»; the words behind it are its own attributes and keep their case.
_GENITIVES: Final = {
    **{"резолюция": "резолюции", "решение": "решения", "приказ": "приказа", "протокол": "протокола"},
    **{"постановление": "постановления", "распоряжение": "распоряжения", "рекомендации": "рекомендаций"},
}


def resolution_docx(resolution: Resolution, language: str, name: str = "") -> bytes:
    """Return a DOCX file; `name` stands for a missing title."""
    title = Message(mark("Plan of measures")).render(language)
    basis = _basis(document_title(resolution, name), language).render(language)
    return plan_docx(title, basis, plan_rows(resolution, language), language)


def _basis(title: str, language: str) -> Message:
    """Return what the plan carries out: «по исполнению резолюции …», a colon before any other title."""
    genre, _, rest = title.partition(" ")
    genitive = _GENITIVES.get(genre.lower())
    if genitive is None:
        return Message(mark("for the execution of: %(title)s"), {"title": title})
    act = f"{genitive} {rest}" if language == "ru" else title
    return Message(mark("for the execution of %(act)s"), {"act": act.rstrip()})
