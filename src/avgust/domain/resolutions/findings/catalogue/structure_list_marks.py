"""Lines of a list that lost their bullet: the reader cannot tell a measure from a heading."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading, numbers
from avgust.domain.resolutions.model import Clause, Finding, Mend, Severity

kind = FindingKind(
    code="structure.list_marks",
    label=mark("Bullet missing in a list"),
    severity=Severity.HINT,
    message=mark("These measures have no bullet, while the others of the section have one: %(numbers)s."),
    explanation=mark("A line without a mark is read as the end of the one above it, or as a heading."),
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield runs of bare lines in sections whose other measures are marked."""
    for clauses in reading.by_section.values():
        marked = sum(clause.printed_as in ("bullet", "point") for clause in clauses)
        bare = sum(clause.printed_as == "line" for clause in clauses)
        if not bare or marked <= bare:
            continue
        for is_bare, run in groupby(clauses, key=lambda clause: clause.printed_as == "line"):
            if is_bare:
                yield _finding(list(run))


def _finding(run: list[Clause]) -> Finding:
    mend = Mend(Message(mark("Give them the mark or number of their neighbours.")), "label")
    return kind.at(run[0].span, run[0] if len(run) == 1 else None, numbers=numbers(run), mends=[mend])
