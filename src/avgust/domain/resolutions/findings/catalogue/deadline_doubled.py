"""A deadline printed twice: in the words of the measure and in its own line or column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.grammars.deadline import Anchor, deadline_of_clause
from avgust.domain.resolutions.model import DeadlineKind, Finding, Mend, Severity

kind = FindingKind(
    code="deadline.doubled",
    label=mark("Deadline printed twice"),
    severity=Severity.HINT,
    message=mark("The deadline is printed twice: “%(inside)s” and “%(line)s”."),
    explanation=mark("When one of the two is changed, the other stays, and the document contradicts itself."),
)
CONTRADICTION: Final = mark("The measure has two different deadlines: “%(inside)s” and “%(line)s”.")
_DATED: Final = (DeadlineKind.DATE, DeadlineKind.INTERVAL)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield measures whose own words give a date beside the line that gives the deadline."""
    anchor = Anchor.of(reading.resolution.header)
    for clause in reading.judged:
        deadline = clause.deadline
        line = next((line for line in clause.lines if line.role == "deadline"), None)
        if line is None or deadline.kind not in _DATED or deadline.end is None or deadline.then:
            continue
        inside = deadline_of_clause(reading.fragments[clause.n], anchor)
        if inside.kind is not deadline.kind or inside.end is None or inside.span is None:
            continue
        same = (inside.start, inside.end) == (deadline.start, deadline.end)
        mend = Mend(Message(mark("Leave one of the two.")), "deadline", None if same else deadline.end)
        values: dict[str, Any] = {"inside": inside.text or "", "line": line.text}
        if same:
            yield kind.at(inside.span, clause, mends=[mend], **values)
        else:
            yield kind.at(
                inside.span, clause, message=CONTRADICTION, severity=Severity.SEVERE, mends=[mend], **values
            )
