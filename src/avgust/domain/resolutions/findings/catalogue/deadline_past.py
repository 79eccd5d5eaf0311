"""A deadline that had passed when the document was adopted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading, last_day, place_of
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="deadline.past",
    label=mark("Deadline before adoption"),
    severity=Severity.SEVERE,
    message=mark("The deadline “%(deadline)s” had passed when the document was adopted (%(adopted)s)."),
    explanation=mark("The measure is overdue from its first day; most often a year was mistyped or copied."),
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield printed deadlines that end before the day of adoption; inferred years cannot be blamed."""
    adopted = reading.adopted
    if adopted is None:
        return
    for clause in reading.judged:
        day = last_day(clause)
        if day is None or day >= adopted or "year" in clause.deadline.inferred:
            continue
        mend = Mend(
            Message(mark("Check the year: perhaps %(date)s."), {"date": f"{_next(day, adopted):%d.%m.%Y}"}),
            "deadline",
            _next(day, adopted),
        )
        values: dict[str, Any] = {"deadline": clause.deadline.text or "", "adopted": f"{adopted:%d.%m.%Y}"}
        yield kind.at(place_of(clause), clause, mends=[mend], **values)


def _next(day: date, adopted: date) -> date:
    """Return the first same day of a year that is not before the adoption; 29 February becomes the 28th."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    same = day.replace(year=adopted.year)
    return same if same >= adopted else day.replace(year=adopted.year + 1)
