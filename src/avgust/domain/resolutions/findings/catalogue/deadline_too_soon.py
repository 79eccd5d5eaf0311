"""A deadline within a week of adoption: the document itself takes longer to reach a school."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading, last_day, place_of
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="deadline.too_soon",
    label=mark("Deadline within a week of adoption"),
    severity=Severity.WARNING,
    message=mark("The deadline “%(deadline)s” comes %(days)d days after the adoption of the document."),
    explanation=mark(
        "Until a resolution is signed, sent and read a week is gone: the executors learn of the measure "
        "after its deadline."
    ),
)
WEEK: Final = 7


def find(reading: Reading) -> Iterator[Finding]:
    """Yield deadlines that end within seven days from the day of adoption."""
    if reading.adopted is None:
        return
    for clause in reading.judged:
        day = last_day(clause)
        days = (day - reading.adopted).days if day else -1
        if 0 <= days < WEEK:
            mend = Mend(
                Message(mark("Move the deadline, or say that the measure is under way already.")), "deadline"
            )
            yield kind.at(
                place_of(clause), clause, deadline=clause.deadline.text or "", days=days, mends=[mend]
            )
