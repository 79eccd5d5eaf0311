"""The same task for other executors: legitimate when it is meant as a cascade."""

from __future__ import annotations

from collections.abc import Iterator

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading, numbers
from avgust.domain.resolutions.findings.twins import twins
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="duplicate.cascade",
    label=mark("The same task for other executors"),
    severity=Severity.HINT,
    message=mark("The measure gives the task of %(other)s to other executors."),
    explanation=mark(
        "A task that runs down the levels is no defect. Carried out as one measure with a share for each "
        "level, it is reported once and counted together."
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield measures whose earlier twin has other executors."""
    for pair in reading.once(twins):
        if not pair.same_executors:
            other = numbers([pair.twin])
            mend = Mend(Message(mark("Carry it out as a cascade of %(other)s."), {"other": other}))
            yield kind.at(
                pair.clause.span,
                pair.clause,
                twin=pair.twin,
                confidence=pair.likeness,
                mends=[mend],
                other=other,
            )
