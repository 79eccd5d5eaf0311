"""«в течение года»: the reader cannot tell whether the calendar year or the school year is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.periods import Period
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading, place_of
from avgust.domain.resolutions.model import DeadlineKind, Finding, Mend, Severity

kind = FindingKind(
    code="deadline.ambiguous",
    label=mark("Ambiguous deadline"),
    severity=Severity.WARNING,
    message=mark("“%(deadline)s”: the calendar year, the school year or twelve months from adoption?"),
    explanation=mark(
        "The three readings end eight months apart. The executor takes the latest, the controller the "
        "earliest."
    ),
)
SUMMER_END: Final = 8  # a conference of August speaks of the school year that is about to begin
_YEAR: Final = re.compile(r"\b(?:в течени[еи]|на протяжении) (?:всего |текущего )?года\b", re.IGNORECASE)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield deadlines of a year that is not named."""
    for clause in reading.judged:
        deadline = clause.deadline
        if deadline.kind is not DeadlineKind.INTERVAL or deadline.start or deadline.end:
            continue
        if _YEAR.search(deadline.text or ""):
            yield kind.at(place_of(clause), clause, deadline=deadline.text or "", mends=_mends(reading))


def _mends(reading: Reading) -> Iterator[Mend]:
    """Offer both readings with their dates, where the day of adoption is known."""
    if reading.adopted is None:
        yield Mend(Message(mark("Name the year and say whether it is a school year.")), "deadline")
        return
    school = reading.school_year or Period.school_year_of(reading.adopted)
    if reading.school_year is None and reading.adopted.month == SUMMER_END:
        school = school.next
    first = school.start.year
    words = mark("Write: %(deadline)s.")
    for text in (f"в течение {first}/{first + 1} учебного года", f"в течение {reading.adopted.year} года"):
        yield Mend(Message(words, {"deadline": text}), "deadline", text)
