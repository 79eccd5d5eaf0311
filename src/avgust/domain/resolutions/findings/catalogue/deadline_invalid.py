"""A date that no calendar has, or a period that ends before it begins."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading, place_of
from avgust.domain.resolutions.model import Clause, Finding, Mend, Severity, Span
from avgust.domain.resolutions.months import OF_MONTH, month_of

kind = FindingKind(
    code="deadline.invalid",
    label=mark("Impossible date"),
    severity=Severity.SEVERE,
    message=mark("There is no such date: “%(date)s”."),
    explanation=mark("A date that does not exist cannot be kept or controlled."),
)
REVERSED: Final = mark("The period “%(date)s” ends before it begins.")
_DIGITS: Final = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d|\.\d)")
_WORDS: Final = re.compile(rf"\b(\d{{1,2}}) ({OF_MONTH})\b(?: ((?:19|20)\d\d))?", re.IGNORECASE)
_LEAP: Final = 2024  # 29 February without a year may be of a leap year


def find(reading: Reading) -> Iterator[Finding]:
    """Yield impossible dates in measures and in their lines."""
    for clause in reading.judged:
        start, end = clause.deadline.start, clause.deadline.end
        if start and end and end < start:
            yield kind.at(place_of(clause), clause, message=REVERSED, date=clause.deadline.text or "")
        yield from _impossible(reading, clause, Span(clause.span.start, clause.span.end))
        for line in clause.lines:
            if not (clause.span.start <= line.span.start < clause.span.end):
                yield from _impossible(reading, clause, line.span)


def _impossible(reading: Reading, clause: Clause, span: Span) -> Iterator[Finding]:
    for pattern in (_DIGITS, _WORDS):
        for found in pattern.finditer(reading.text, span.start, span.end):
            day = int(found[1])
            month = month_of(found[2]) if found[2].isalpha() else int(found[2])
            year = int(found[3] or _LEAP)
            if not 1 <= month <= 12:
                yield kind.at(Span(*found.span()), clause, date=found.group())
            elif not 1 <= day <= (last := monthrange(year, month)[1]):
                right = f"{last:02}.{month:02}.{year}" if found[3] else f"{last:02}.{month:02}"
                mend = Mend(Message(mark("Perhaps %(date)s was meant."), {"date": right}), "deadline", right)
                yield kind.at(Span(*found.span()), clause, date=found.group(), mends=[mend])
