"""A measure in the section of some bodies that is addressed to others."""

from __future__ import annotations

from collections.abc import Iterator

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading, giver
from avgust.domain.resolutions.model import Finding, Heading, Mend, Relation, Severity

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
    """Yield measures with an executor of their own that their heading does not name."""
    given: dict[Heading, set[str]] = {}
    for clause in reading.clauses:
        for addressee in clause.addressees:
            if addressee.inherited and (heading := giver(clause, addressee)):
                given.setdefault(heading, set()).add(addressee.name)
    for clause in reading.judged:
        section = next((given[h] for h in reversed(clause.headings) if h in given), set())
        own = [a for a in clause.addressees if a.relation is Relation.EXECUTOR and not a.inherited]
        strangers = [a for a in own if a.name not in section]
        if section and strangers and not any(line.role == "executor" for line in clause.lines):
            yield kind.at(
                strangers[0].span,
                clause,
                own="; ".join(a.name for a in strangers),
                section="; ".join(sorted(section)),
                mends=[Mend(Message(mark("Move the measure to a section of its own executors.")))],
            )
