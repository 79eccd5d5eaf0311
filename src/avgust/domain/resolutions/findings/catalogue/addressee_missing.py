"""Nobody is named: the measure falls on no one and cannot be put on control."""

from __future__ import annotations

from collections.abc import Iterator

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.catalogue.addressee_level_only import level_of
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.grouping import Grouped
from avgust.domain.resolutions.findings.own_acts import is_done_by_issuer
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="addressee.missing",
    label=mark("Nobody is named"),
    severity=Severity.WARNING,
    message=mark("The measure names no executor, and neither does its section."),
    explanation=mark(
        "A measure without an executor falls on no one: it cannot be put on control, and nobody reports "
        "on it."
    ),
)
grouped = Grouped(
    kind,
    section=mark("In this section %(count)d measures name no executor: %(numbers)s."),
    document=mark("%(count)d of %(all)d measures name no executor: %(numbers)s."),
    severity=Severity.SEVERE,
)
MENDS = (
    Mend(Message(mark("Name the responsible executor in the measure or above its section.")), "addressees"),
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield measures without executor or co-executor; those that name a level are a kind of their own."""
    faulty = [clause for clause in reading.clauses if not clause.addressees]
    alone = [
        clause
        for clause in faulty
        if level_of(reading, clause) is None and not is_done_by_issuer(reading, clause)
    ]
    yield from grouped.find(reading, alone, MENDS)
