"""A duty that never ends, with a date on which it is to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading, place_of
from avgust.domain.resolutions.model import DeadlineKind, Finding, Mend, Severity

kind = FindingKind(
    code="deadline.permanent_with_end",
    label=mark("Permanent duty with an end date"),
    severity=Severity.WARNING,
    message=mark("“%(duty)s” is a permanent duty, but it has one date: %(deadline)s."),
    explanation=mark(
        "After the date the duty seems to lapse, and on the date nothing is finished that could be shown."
    ),
)
_DUTY: Final = re.compile(
    r"\b(?:обеспеч(?:ить|ивать)\s+(?:(?:постоянн|неукоснительн|безусловн|строг|бесперебойн|надлежащ)\w+\s+)?"
    r"(?:соблюдени|функционировани|сохранност|безопасност|контрол|надзор|бесперебойн)\w*|"
    r"(?:осуществлять|вести|поддерживать)\s+(?:\w+\s+)?(?:контрол|надзор|мониторинг|уч[её]т|наблюдени)\w*|"
    r"не допускать|соблюдать)\b",
    re.IGNORECASE,
)
_LEAD: Final = 60  # characters in which an addressee may stand before the verb


def find(reading: Reading) -> Iterator[Finding]:
    """Yield measures of permanent duty that are due once."""
    for clause in reading.judged:
        if clause.deadline.kind is not DeadlineKind.DATE or clause.deadline.inherited or clause.deadline.then:
            continue
        found = _DUTY.search(reading.fragments[clause.n].text)
        if found and found.start() <= _LEAD:
            mends = [
                Mend(
                    Message(mark("Write “permanently” and the dates of interim reports.")),
                    "deadline",
                    "постоянно",
                ),
                Mend(Message(mark("Or name the result that must be there on the date.")), "text"),
            ]
            values: dict[str, Any] = {"duty": found.group(), "deadline": clause.deadline.text or ""}
            yield kind.at(place_of(clause), clause, mends=mends, **values)
