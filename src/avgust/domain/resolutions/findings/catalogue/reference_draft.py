"""A measure that rests on a draft: its text and number will be others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="reference.draft",
    label=mark("Reference to a draft act"),
    severity=Severity.HINT,
    message=mark("“%(text)s” is a draft without a number."),
    explanation=mark(
        "A draft is renamed, changed or dropped before it is adopted; a later reader will not find it."
    ),
)
_DRAFT: Final = re.compile(
    r"\b(?:в|к|с|по|на|из|согласно|учетом|учётом|соответствии с)\s+"
    r"(проект(?:а|у|ом|е|ы|ов)?\s+(?:(?:федеральн|областн|краев)\w+\s+)?"
    r"(?:постановлени|приказ|закон|распоряжени|указ)\w*[^;\n]*)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?:№|\bN|ID)\s?\d|\d{2}/\d{2}/\d{2}")
_SHOWN: Final = 80


def find(reading: Reading) -> Iterator[Finding]:
    """Yield drafts that a measure relies on; a draft that the measure orders to write is its product."""
    for clause in reading.judged:
        text = reading.fragments[clause.n].text
        found = _DRAFT.search(text) if "роект" in text else None
        if found and not _NUMBER.search(found[1]):
            name = found[1]
            shown = name if len(name) <= _SHOWN else name[:_SHOWN].rsplit(" ", 1)[0] + "…"
            mend = Mend(Message(mark("Name the number under which the draft is published.")), "references")
            yield kind.at(reading.span(clause, found, 1), clause, text=shown, mends=[mend])
