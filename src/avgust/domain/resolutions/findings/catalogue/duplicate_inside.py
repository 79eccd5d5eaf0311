"""Two measures of one document that say nearly the same to the same executors."""

from __future__ import annotations

from collections.abc import Iterator

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading, numbers
from avgust.domain.resolutions.findings.twins import twins
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="duplicate.inside",
    label=mark("Repeated inside the document"),
    severity=Severity.WARNING,
    message=mark("The measure overlaps with %(other)s: they share %(percent)d%% of their words."),
    explanation=mark(
        "The same work is reported twice, and when one of the two points is changed the other contradicts it."
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield measures whose earlier twin has an executor in common with them."""
    for pair in reading.once(twins):
        if pair.same_executors:
            other, percent = numbers([pair.twin]), round(100 * pair.likeness)
            mend = Mend(
                Message(mark("Join it with %(other)s, or say how they differ."), {"other": other}), "text"
            )
            yield kind.at(
                pair.clause.span,
                pair.clause,
                twin=pair.twin,
                confidence=pair.likeness,
                mends=[mend],
                other=other,
                percent=percent,
            )
