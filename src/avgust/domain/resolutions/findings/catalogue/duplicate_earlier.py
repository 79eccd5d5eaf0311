"""A measure that an earlier resolution of the same territory already held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.findings.similarity import Pair, pairs
from avgust.domain.resolutions.findings.twins import needed
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="duplicate.earlier",
    label=mark("Repeated from an earlier resolution"),
    severity=Severity.HINT,
    message=mark("The measure repeats point %(label)s of “%(document)s”."),
    explanation=mark(
        "What is ordered again was either not done or had no effect. Say which, and what is different "
        "this time."
    ),
)
UNNUMBERED: Final = mark("The measure repeats a point of “%(document)s”.")
LEAST: Final = 0.6


def find(reading: Reading) -> Iterator[Finding]:
    """Yield for each measure the likest one of all earlier resolutions."""
    earlier = reading.earlier
    if not earlier or not reading.clauses:
        return
    texts = [*(clause.text for clause in earlier), *(clause.text for clause in reading.clauses)]
    best: dict[int, Pair] = {}
    asked = [at for at, clause in enumerate(reading.clauses, len(earlier)) if clause.n == reading.only]
    for pair in pairs(texts, LEAST, first_later=len(earlier), only=asked[0] if asked else None):
        known = best.get(pair.later)
        if (
            pair.earlier < len(earlier)
            and pair.likeness >= needed(pair)
            and (known is None or known.likeness < pair.likeness)
        ):
            best[pair.later] = pair
    for pair in best.values():
        clause, twin = reading.clauses[pair.later - len(earlier)], earlier[pair.earlier]
        values: dict[str, Any] = {"document": twin.document}
        message = UNNUMBERED
        if twin.label:
            message, values["label"] = kind.message, twin.label
        mend = Mend(Message(mark("State the result of the earlier measure and what is to change.")), "text")
        yield kind.at(
            clause.span, clause, message=message, mends=[mend], confidence=round(pair.likeness, 2), **values
        )
