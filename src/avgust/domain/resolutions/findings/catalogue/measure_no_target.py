"""A whole resolution without one number to reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.catalogue.measure_vague import find as find_vague
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="measure.no_target",
    label=mark("No numeric target in the document"),
    severity=Severity.WARNING,
    message=mark("None of the %(count)d measures has a numeric target."),
    explanation=mark("Without a single figure the next conference can only say that work was done."),
    of_document=True,
)
ENOUGH: Final = 8  # fewer measures may all be single acts
VAGUE: Final = 0.25  # an order made of single acts needs no figures; one of intentions does


def find(reading: Reading) -> Iterator[Finding]:
    """Yield one finding for a document of intentions without targets."""
    clauses = reading.clauses
    if len(clauses) < ENOUGH or any(clause.targets or clause.result for clause in clauses):
        return
    if len(reading.once(find_vague)) >= VAGUE * len(clauses):
        mend = Mend(Message(mark("Give at least the main measures a figure, its present value and a date.")))
        title = reading.resolution.header.title
        yield kind.at(title.span if title else clauses[0].span, count=len(clauses), mends=[mend])
