"""A section addressed to several classes of bodies at once, with no word on who leads."""

from __future__ import annotations

from collections.abc import Iterator

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading, giver
from avgust.domain.resolutions.model import Finding, Heading, Mend, Relation, Severity

kind = FindingKind(
    code="addressee.no_lead",
    label=mark("No lead executor"),
    severity=Severity.HINT,
    message=mark("The section is addressed to %(names)s; who leads and who does what is not said."),
    explanation=mark(
        "Where several bodies answer for the same measures, each reports its own part and none the whole. "
        "Office practice has the first one lead, but only when the document says so."
    ),
    of_document=True,
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield headings that give two or more equal executors to the measures below them."""
    seen: set[Heading] = set()
    for clause in reading.clauses:
        shared = [a for a in clause.addressees if a.inherited and a.relation is Relation.EXECUTOR]
        heading = giver(clause, shared[0]) if len(shared) > 1 else None
        if heading is None or heading in seen or len(shared) < len(clause.addressees):
            continue
        seen.add(heading)
        words = Message(mark("Name the lead, for example: %(name)s (lead)."), {"name": shared[0].name})
        names = "; ".join(a.name for a in shared)
        yield kind.at(heading.span, names=names, mends=[Mend(words, "addressees")])
