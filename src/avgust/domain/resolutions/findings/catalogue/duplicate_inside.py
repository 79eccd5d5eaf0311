"""Two measures of one document that say nearly the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading, numbers
from avgust.domain.resolutions.findings.similarity import Likeness, Pair
from avgust.domain.resolutions.model import Clause, Finding, Mend, Severity

kind = FindingKind(
    code="duplicate.inside",
    label=mark("Repeated inside the document"),
    severity=Severity.WARNING,
    message=mark("The measure repeats %(other)s: the words agree by %(percent)d%%."),
    explanation=mark(
        "The same work is reported twice, and when one of the two points is changed the other contradicts it."
    ),
)
CASCADE: Final = mark("The measure gives the task of %(other)s to other executors.")
SAME: Final = 0.5  # the same executors, or nobody named in either
OTHERS: Final = 0.6  # the same task for others is a cascade, which is legitimate when the whole text agrees


def find(reading: Reading) -> Iterator[Finding]:
    """Yield for each measure its likest earlier twin; the same task for other executors is a hint."""
    best: dict[int, Pair] = {}
    for pair in Likeness([clause.text for clause in reading.clauses]).pairs(SAME):
        clause, twin = reading.clauses[pair.later], reading.clauses[pair.earlier]
        if not _same_executors(clause, twin) and pair.likeness < OTHERS:
            continue
        if pair.later not in best or best[pair.later].likeness < pair.likeness:
            best[pair.later] = pair
    for pair in best.values():
        yield _finding(reading.clauses[pair.later], reading.clauses[pair.earlier], pair.likeness)


def _same_executors(clause: Clause, twin: Clause) -> bool:
    names = {addressee.name for addressee in clause.addressees}
    return bool(names & {addressee.name for addressee in twin.addressees}) or not (names or twin.addressees)


def _finding(clause: Clause, twin: Clause, likeness: float) -> Finding:
    other = numbers([twin])
    if _same_executors(clause, twin):
        mend = Mend(
            Message(mark("Join it with %(other)s, or say how they differ."), {"other": other}), "text"
        )
        percent = round(100 * likeness)
        return kind.at(
            clause.span, clause, mends=[mend], twin=twin, confidence=likeness, other=other, percent=percent
        )
    mend = Mend(
        Message(mark("If it is one task, say in %(other)s who leads."), {"other": other}), "addressees"
    )
    return kind.at(
        clause.span, clause, message=CASCADE, severity=Severity.HINT, mends=[mend], twin=twin, other=other
    )
