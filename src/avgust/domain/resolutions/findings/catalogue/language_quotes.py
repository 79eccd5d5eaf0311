"""A quotation mark without its pair: nobody can tell where a name ends."""

from __future__ import annotations

from collections.abc import Iterator

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="language.quotes",
    label=mark("Unpaired quotation mark"),
    severity=Severity.HINT,
    message=mark("The quotation mark before “%(words)s” is not closed."),
    explanation=mark("Nobody can tell where the name ends, and search by name does not find it."),
)
UNOPENED = mark("The quotation mark after “%(words)s” was not opened.")
_SHOWN = 40


def find(reading: Reading) -> Iterator[Finding]:
    """Yield marks « with no » after them and » with no « before them; «А «Б» closes both."""
    for clause in reading.judged:
        fragment = reading.fragments[clause.n]
        text = fragment.text
        after = reading.text[clause.span.end : clause.full_span.end]
        last, closed = text.rfind("«"), text.rfind("»")
        mend = Mend(Message(mark("Add the second mark.")), "text")
        if last > closed and "»" not in after:
            words = text[last + 1 : last + 1 + _SHOWN]
            yield kind.at(fragment.span(last, last + 1), clause, words=words, mends=[mend])
        first, opened = text.find("»"), text.find("«")
        if first >= 0 and (opened < 0 or opened > first):
            words = text[max(0, first - _SHOWN) : first]
            yield kind.at(
                fragment.span(first, first + 1), clause, message=UNOPENED, words=words, mends=[mend]
            )
