"""Measures under bullets: nobody can cite them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import FEW, Reading, numbers
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="structure.unnumbered",
    label=mark("Measures without numbers"),
    severity=Severity.HINT,
    message=mark("%(count)d of %(all)d measures have no number and cannot be cited: %(numbers)s."),
    explanation=mark(
        "An order, a report or a reminder must say which point it means. “The fourth dash of section 3” "
        "changes with every edit."
    ),
    of_document=True,
)
SHARE: Final = 0.3  # a bullet or two among numbered points is a matter of taste


def find(reading: Reading) -> Iterator[Finding]:
    """Yield one finding for a document whose measures are bullets or bare lines."""
    faulty = [clause for clause in reading.clauses if not clause.label]
    if len(faulty) >= FEW and len(faulty) >= SHARE * len(reading.clauses):
        mend = Mend(Message(mark("Number them within their section: 1.1, 1.2 and so on.")), "label")
        yield kind.at(
            faulty[0].full_span,
            count=len(faulty),
            all=len(reading.clauses),
            numbers=numbers(faulty),
            mends=[mend],
        )
