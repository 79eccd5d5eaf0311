"""«на региональном уровне» names a storey of the system and nobody who lives there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Clause, Finding, Mend, Severity

kind = FindingKind(
    code="addressee.level_only",
    label=mark("Only a level of government is named"),
    severity=Severity.WARNING,
    message=mark("“%(level)s” names a level, not a body that must act."),
    explanation=mark(
        "Several bodies work at every level; until one is named, each may suppose that another will act."
    ),
)
_ADJECTIVE: Final = (
    r"(?:федеральн|региональн|областн|краев|республиканск|окружн|муниципальн|районн|городск|местн|школьн|"
    r"институциональн)\w+"
)
_LEVEL: Final = re.compile(
    rf"\bна\s+{_ADJECTIVE}(?:(?:,| и|, а также)\s+{_ADJECTIVE})*\s+уровн(?:е|ях)\b", re.IGNORECASE
)
_MEND: Final = Mend(
    Message(mark("Name the bodies of this level, for example the department or the municipal authorities.")),
    "addressees",
)
# A level near the verb says where the measure is to be done; further on it belongs to some noun
# («… единых подходов на муниципальном уровне»).
_WORDS_BEFORE: Final = 4


def find(reading: Reading) -> Iterator[Finding]:
    """Yield measures that name nobody but a level."""
    for clause in reading.judged:
        level = level_of(reading, clause)
        if level is not None:
            yield kind.at(reading.span(clause, level), clause, level=level.group(), mends=[_MEND])


def level_of(reading: Reading, clause: Clause) -> re.Match[str] | None:
    """Return the level named by a clause that names no addressee."""
    text = reading.fragments[clause.n].text
    if clause.addressees or "уровн" not in text:
        return None
    found = _LEVEL.search(text)
    return found if found and text.count(" ", 0, found.start()) <= _WORDS_BEFORE else None
