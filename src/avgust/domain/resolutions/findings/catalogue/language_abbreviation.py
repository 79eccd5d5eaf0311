"""Abbreviations that the document never spells out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.abbreviations import is_explained, is_shouted, span_of, used
from avgust.domain.resolutions.findings.catalogue.addressee_abbreviation import find as find_executors
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import FEW, Reading
from avgust.domain.resolutions.model import Finding, Mend, Severity, Span

kind = FindingKind(
    code="language.abbreviation",
    label=mark("Abbreviation never explained"),
    severity=Severity.HINT,
    message=mark("The abbreviation “%(short)s” is never explained."),
    explanation=mark("A resolution is read by schools, parents and partners who do not know it."),
    of_document=True,
)
SEVERAL: Final = mark("%(count)d abbreviations are never explained: %(short)s.")


MOST_JUDGED: Final = 100  # each is looked for in the whole text; no document has so many


def find(reading: Reading) -> Iterator[Finding]:
    """Yield unexplained abbreviations of measures, once each; many are one finding."""
    judged = {found.message.params["short"] for found in reading.once(find_executors)}
    places: dict[str, Span] = {}
    for clause in reading.clauses:
        source = reading.text[clause.span.start : clause.span.end]
        new = [found for found in used(source) if found.group() not in judged]
        if not new or is_shouted(source):
            continue
        for found in new:
            short = found.group()
            if short in judged or len(judged) >= MOST_JUDGED:
                continue
            judged.add(short)
            if not is_explained(short, reading.text):
                at = span_of(found)
                places[short] = Span(at.start + clause.span.start, at.end + clause.span.start)
    mend = Mend(Message(mark("Spell it out where it first appears.")), "text")
    if len(places) > FEW:
        first = next(iter(places.values()))
        yield kind.at(first, message=SEVERAL, count=len(places), short=", ".join(places), mends=[mend])
        return
    for short, span in places.items():
        yield kind.at(span, short=short, mends=[mend])
