"""«и др.», «и т.д.»: a list that never ends cannot be completed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="measure.open_list",
    label=mark("Open list"),
    severity=Severity.HINT,
    message=mark("“%(words)s” leaves open what else must be done."),
    explanation=mark("Whoever reports decides what the list held; whoever accepts may think otherwise."),
)
_OPEN: Final = re.compile(
    r"\bи (?:т\. ?д\.?|т\. ?п\.?|др\.|пр\.|прочее\b|тому подобное\b|так далее\b)(?!\w)", re.IGNORECASE
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the first open list of each measure."""
    for clause in reading.judged:
        fragment = reading.fragments[clause.n]
        # The closing mark is no part of a measure, but the dot of «и др.» is meant here.
        found = _OPEN.search(fragment.text) or _OPEN.search(fragment.text + ".")
        if found:
            span = fragment.span(found.start(), min(found.end(), len(fragment.text)))
            mend = Mend(Message(mark("Name everything that is meant, or leave the words out.")), "text")
            yield kind.at(span, clause, words=found.group(), mends=[mend])
