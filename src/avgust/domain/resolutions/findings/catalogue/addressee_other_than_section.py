"""A measure in the section of some bodies that is addressed to others."""

from __future__ import annotations

from collections.abc import Iterator

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Clause, Finding, Mend, Relation, Severity

kind = FindingKind(
    code="addressee.other_than_section",
    label=mark("Addressed to others than its section"),
    severity=Severity.HINT,
    message=mark("The measure names %(own)s, while its section is addressed to %(section)s."),
    explanation=mark(
        "Executors read their own section. A measure for others in it is overlooked by those it names, and "
        "leaves open whether the bodies of the section act too."
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield measures whose own executors are none of those that their neighbours inherit."""
    for clauses in reading.by_section.values():
        inherited = {a.name for clause in clauses for a in clause.addressees if a.inherited}
        for clause in clauses:
            own = [a for a in clause.addressees if a.relation is Relation.EXECUTOR and not a.inherited]
            if inherited and own and not inherited & {a.name for a in own} and not _own_line(clause):
                yield kind.at(
                    own[0].span,
                    clause,
                    own="; ".join(a.name for a in own),
                    section="; ".join(sorted(inherited)),
                    mends=[Mend(Message(mark("Move the measure to a section of its own executors.")))],
                )


def _own_line(clause: Clause) -> bool:
    """Tell whether the executor stands in a line or column of its own: then sections are by subject."""
    return any(line.role == "executor" for line in clause.lines)
