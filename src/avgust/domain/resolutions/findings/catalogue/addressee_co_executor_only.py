"""«совместно с …» without a body that acts together with them."""

from __future__ import annotations

from collections.abc import Iterator

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Finding, Mend, Relation, Severity

kind = FindingKind(
    code="addressee.co_executor_only",
    label=mark("Only a co-executor is named"),
    severity=Severity.WARNING,
    message=mark("“%(name)s” is named as a co-executor, but nobody is named as the executor."),
    explanation=mark(
        "A co-executor helps the one who answers. Without the responsible executor nobody reports."
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield measures whose addressees are all co-executors."""
    for clause in reading.judged:
        relations = {addressee.relation for addressee in clause.addressees}
        if relations == {Relation.CO_EXECUTOR}:
            helper = clause.addressees[0]
            mend = Mend(
                Message(mark("Name the responsible executor who acts together with them.")), "addressees"
            )
            yield kind.at(helper.span, clause, name=helper.name, mends=[mend])
