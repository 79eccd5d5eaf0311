"""A section addressed to several classes of bodies at once, with no word on who leads."""

from __future__ import annotations

from collections.abc import Iterator

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Clause, Finding, Mend, Relation, Severity

kind = FindingKind(
    code="addressee.no_lead",
    label=mark("No lead executor"),
    severity=Severity.HINT,
    message=mark("The section is addressed to %(names)s; who leads and who does what is not said."),
    explanation=mark(
        "Where several bodies answer for the same measures, each reports its own part and none the whole. "
        "Office practice has the first one lead, but only when the document says so."
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield sections whose measures inherit two or more equal executors."""
    for heading, clauses in reading.by_section.items():
        names = _shared(clauses)
        if heading is not None and len(names) > 1:
            mend = Mend(
                Message(mark("Name the lead, for example: %(name)s (lead)."), {"name": names[0]}),
                "addressees",
            )
            yield kind.at(heading.span, names="; ".join(names), mends=[mend])


def _shared(clauses: list[Clause]) -> tuple[str, ...]:
    """Return the executors that the first measure with inherited ones has from its section."""
    for clause in clauses:
        names = tuple(a.name for a in clause.addressees if a.inherited and a.relation is Relation.EXECUTOR)
        if names:
            return names if len(names) == len(clause.addressees) else ()
    return ()
