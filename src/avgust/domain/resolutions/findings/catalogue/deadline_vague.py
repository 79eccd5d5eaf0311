"""«в кратчайшие сроки»: words in the place of a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="deadline.vague",
    label=mark("Words instead of a date"),
    severity=Severity.WARNING,
    message=mark("“%(words)s” is no deadline that can be checked."),
    explanation=mark("Nobody can say on which day such a measure is late."),
)
_WORDS: Final = re.compile(
    r"\bв (?:кратчайш|возможно коротк|максимально коротк|сжат|разумн)\w+ срок(?:и)?\b|"
    r"\bв ближайшее время\b|\bв ближайшей перспективе\b|\bпо возможности\b|\bв дальнейшем\b",
    re.IGNORECASE,
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield words that stand for a date in measures without one."""
    for clause in reading.judged:
        if clause.deadline.end or clause.deadline.every or clause.deadline.offset:
            continue
        found = _WORDS.search(reading.fragments[clause.n].text)
        if found:
            mend = Mend(Message(mark("Put a date in its place.")), "deadline")
            yield kind.at(reading.span(clause, found), clause, words=found.group(), mends=[mend])
            continue
        for line in clause.lines:
            if line.role == "deadline" and (found := _WORDS.search(line.text)):
                mend = Mend(Message(mark("Put a date in its place.")), "deadline")
                yield kind.at(line.span, clause, words=found.group(), mends=[mend])
