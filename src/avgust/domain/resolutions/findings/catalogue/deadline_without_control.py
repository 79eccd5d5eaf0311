"""«постоянно» with no day on which anybody looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import FEW, Reading, numbers, place_of
from avgust.domain.resolutions.model import Clause, DeadlineKind, Finding, Mend, Severity

kind = FindingKind(
    code="deadline.without_control_points",
    label=mark("Permanent without control points"),
    severity=Severity.HINT,
    message=mark("“%(deadline)s” sets no day on which the measure is reported."),
    explanation=mark(
        "A permanent measure is never late and never done: without dates of interim reports it drops out "
        "of control."
    ),
)
SEVERAL: Final = mark("%(count)d permanent measures set no day of report: %(numbers)s.")
_MEND: Final = Mend(
    Message(mark("Add control points, for example: report twice a year, by 15 January and 15 June.")),
    "deadline",
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield permanent and unpaced recurring deadlines with no date of report."""
    faulty = [clause for clause in reading.clauses if _unpaced(clause)]
    if len(faulty) >= FEW:
        values: dict[str, Any] = {"count": len(faulty), "numbers": numbers(faulty)}
        yield kind.at(place_of(faulty[0]), message=SEVERAL, mends=[_MEND], **values)
        return
    for clause in faulty:
        yield kind.at(place_of(clause), clause, deadline=clause.deadline.text or "", mends=[_MEND])


def _unpaced(clause: Clause) -> bool:
    deadline = clause.deadline
    if deadline.kind is DeadlineKind.PERMANENT:
        return deadline.then is None and deadline.end is None
    return deadline.kind is DeadlineKind.RECURRING and not (
        deadline.every or deadline.day_of_period or deadline.end or deadline.then
    )
