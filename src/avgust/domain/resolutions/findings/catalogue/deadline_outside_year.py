"""A deadline outside the year that its section or the document is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.periods import Period
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading, last_day, place_of
from avgust.domain.resolutions.model import Clause, Finding, Mend, Severity

kind = FindingKind(
    code="deadline.outside_section_year",
    label=mark("Deadline outside the year of its section"),
    severity=Severity.WARNING,
    message=mark("The deadline “%(deadline)s” lies outside %(year)s, for which the section or document is."),
    explanation=mark(
        "A reader of the plan looks for the measure in the wrong year. Either the date or the heading was "
        "copied from another document."
    ),
)
# «План на 2025 год», «Мероприятия 2025/2026 учебного года»; years inside quotes are titles of programmes.
_SCHOOL: Final = re.compile(r"\b(20\d\d) ?[/–—-] ?(20)?(\d\d) уч")
_CALENDAR: Final = re.compile(r"\b(?:на|в(?: течение)?) (20\d\d) (?:год[ау]?|г\.)")
_QUOTED: Final = re.compile(r"«[^»]*»?")
_ANY_YEAR: Final = re.compile(r"\b20\d\d\b")
# A school year is prepared from July, and its results are summed up until December.
_BEFORE: Final = timedelta(days=62)
_AFTER: Final = timedelta(days=122)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield dated deadlines that share no day with the year of their heading, else of the document."""
    years: dict[str, Period | None] = {}
    for clause in reading.judged:
        if last_day(clause) is None or "year" in clause.deadline.inferred or clause.deadline.inherited:
            continue
        for heading in clause.section:
            years.setdefault(heading, _year(heading))
        stated = next((years[h] for h in reversed(clause.section) if years[h]), reading.school_year)
        if stated and _outside(clause, stated):
            mend = Mend(Message(mark("Check the year of the deadline and of the heading.")), "deadline")
            yield kind.at(
                place_of(clause), clause, deadline=clause.deadline.text or "", year=stated.label, mends=[mend]
            )


def _year(heading: str) -> Period | None:
    """Return the one year that a heading names."""
    words = _QUOTED.sub("", heading)
    if found := _SCHOOL.search(words):
        return Period.school_year(int(found[1])) if int(found[3]) == (int(found[1]) + 1) % 100 else None
    found = _CALENDAR.search(words)
    return Period.year(int(found[1])) if found and len(_ANY_YEAR.findall(words)) == 1 else None


def _outside(clause: Clause, stated: Period) -> bool:
    end = last_day(clause)
    if end is None:
        return False
    start = clause.deadline.start or end
    if stated.is_school_year:
        return end < stated.start - _BEFORE or start > stated.end + _AFTER
    return end < stated.start or start > stated.end
