"""No deadline: nobody can say when the measure is late."""

from __future__ import annotations

from collections.abc import Iterator

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.grouping import Grouped
from avgust.domain.resolutions.findings.own_acts import is_done_by_signing
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Clause, DeadlineKind, Finding, Mend, Severity

kind = FindingKind(
    code="deadline.missing",
    label=mark("Deadline missing"),
    severity=Severity.WARNING,
    message=mark("The measure has no deadline, and neither has its section."),
    explanation=mark(
        "Without a date a measure is never late: it cannot be put on control, and the next conference "
        "cannot say whether it was carried out."
    ),
)
grouped = Grouped(
    kind,
    section=mark("In this section %(count)d measures have no deadline: %(numbers)s."),
    document=mark("%(count)d of %(all)d measures have no deadline: %(numbers)s."),
    severity=Severity.SEVERE,
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield measures that nothing dates."""
    yield from grouped.find(reading, undated(reading), (_mend(reading),))


def undated(reading: Reading) -> list[Clause]:
    """Return the measures without a deadline, but for those that are done when the act is signed."""
    return [
        clause
        for clause in reading.clauses
        if clause.deadline.kind is DeadlineKind.NONE and not is_done_by_signing(reading, clause)
    ]


def _mend(reading: Reading) -> Mend:
    """Suggest the end of the school year meant, since most measures of a resolution are for that year."""
    words = Message(mark("Set a date, or a period with dates of interim reports."))
    return Mend(words, "deadline", reading.school_year.end if reading.school_year else None)
