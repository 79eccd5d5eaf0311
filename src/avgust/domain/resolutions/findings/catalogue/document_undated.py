"""A document that does not say when it was adopted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Finding, Mend, PartKind, Severity, Span

kind = FindingKind(
    code="document.undated",
    label=mark("No date of adoption"),
    severity=Severity.WARNING,
    message=mark("The document does not say when it was adopted."),
    explanation=mark(
        "Deadlines without a year and periods “from adoption” are counted from that day; without it they "
        "mean nothing."
    ),
    of_document=True,
)

# A plan or letter is dated by the act that it is attached to.
_ADOPTED: Final = frozenset({"resolution", "order", "decree", "minutes"})


def find(reading: Reading) -> Iterator[Finding]:
    """Yield one finding for a document with measures and no date in its head or foot."""
    header = reading.resolution.header
    if header.adopted is None and header.genre in _ADOPTED and reading.clauses:
        mend = Mend(Message(mark("Write the day of adoption below the title.")), "adopted")
        yield kind.at(_head(reading), mends=[mend])


def _head(reading: Reading) -> Span:
    """Return the title, else the first words of the document."""
    title = reading.resolution.header.title
    if title:
        return title.span
    parts = reading.resolution.parts
    head = next((part.span for part in parts if part.kind is PartKind.HEADER), None)
    return head or reading.clauses[0].span
