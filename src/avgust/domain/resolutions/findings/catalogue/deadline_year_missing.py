"""A day without a year, where nothing else in the document says which year it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import FEW, Reading, last_day, numbers, place_of
from avgust.domain.resolutions.model import Clause, Finding, Mend, Severity

kind = FindingKind(
    code="deadline.year_missing",
    label=mark("Deadline without a year"),
    severity=Severity.HINT,
    message=mark("The deadline “%(deadline)s” has no year; %(date)s was understood."),
    explanation=mark(
        "A resolution is read for years. A day without a year comes again every year, and each reader "
        "takes another one."
    ),
)
SEVERAL: Final = mark("%(count)d deadlines have no year: %(numbers)s.")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


def find(reading: Reading) -> Iterator[Finding]:
    """Yield deadlines whose year was inferred, unless a heading or the document names the year."""
    if reading.school_year is not None or _titled(reading):
        return
    faulty = [
        clause
        for clause in reading.clauses
        if "year" in clause.deadline.inferred
        and not clause.deadline.inherited
        and last_day(clause)
        and not any(_YEAR.search(heading) for heading in clause.section)
    ]
    if len(faulty) > FEW:
        yield kind.at(place_of(faulty[0]), message=SEVERAL, count=len(faulty), numbers=numbers(faulty))
        return
    for clause in faulty:
        yield kind.at(place_of(clause), clause, **_values(clause), mends=[_mend(clause)])


def _titled(reading: Reading) -> bool:
    title = reading.resolution.header.title
    return bool(title and _YEAR.search(title.value))


def _values(clause: Clause) -> dict[str, Any]:
    return {"deadline": clause.deadline.text or "", "date": f"{clause.deadline.end:%d.%m.%Y}"}


def _mend(clause: Clause) -> Mend:
    return Mend(Message(mark("Write the year: %(date)s."), _values(clause)), "deadline", clause.deadline.end)
