"""What stands above a table of results: the work, its subject, its grade, the highest score, the day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from avgust.domain.assessment.works.cells import text_of
from avgust.domain.tables import Cell

_MAXIMUM: Final = re.compile(r"макс\w*\s+(?:\w+\s+)?балл\w*\D{0,5}(\d{1,3})", re.IGNORECASE)
_SUBJECT: Final = re.compile(r"[Пп]редмет\s*:?\s*\|?\s*([А-ЯЁ][а-яё]+(?: [а-яё]+)*)")
_GRADE: Final = re.compile(
    r"(?<!\d)(\d{1,2})[- ]?(?:й |го |м )?класс|класс\w*\s*:?\s*\|?\s*(\d{1,2})(?!\d)", re.IGNORECASE
)
_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Title:
    """What the title rows say; None and "" for what they do not say."""

    text: str = ""
    subject: str = ""
    grade: int | None = None
    maximum: int | None = None
    day: date | None = None


def title_in(rows: Sequence[Sequence[Cell]]) -> Title:
    """Return what the rows above the heads say."""
    lines = [" | ".join(dict.fromkeys(text_of(cell) for cell in row if cell is not None)) for row in rows]
    text = "\n".join(line for line in lines if line)
    subject, maximum = _SUBJECT.search(text), _MAXIMUM.search(text)
    grade = _GRADE.search(text)
    days = [cell for row in rows for cell in row if isinstance(cell, date)]
    return Title(
        text=text[:500],
        subject=subject[1] if subject else "",
        grade=int(grade[1] or grade[2]) if grade else None,
        maximum=int(maximum[1]) if maximum else None,
        day=days[0] if days else _day(text),
    )


def _day(text: str) -> date | None:
    found = _DAY.search(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
