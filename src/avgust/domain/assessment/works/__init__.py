"""Works that pupils write: procedures, specifications, and what files of results say, row by row.

Values in, values out: a reader takes rows of plain cells (`domain/tables`) and yields what they say. A row
that cannot be taken is a `Refusal` with its sheet, number, cells and reason; nothing is dropped silently.
"""

from __future__ import annotations

from avgust.domain.assessment.works.results import (
    NOT_ATTEMPTED,
    Line,
    MarkShares,
    Refusal,
    Remark,
    School,
)
from avgust.domain.assessment.works.specification import Item, Level, Procedure, Specification

__all__ = [
    "NOT_ATTEMPTED",
    "Item",
    "Level",
    "Line",
    "MarkShares",
    "Procedure",
    "Refusal",
    "Remark",
    "School",
    "Specification",
]
