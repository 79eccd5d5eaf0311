"""The same word twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="language.repeated_word",
    label=mark("Word printed twice"),
    severity=Severity.HINT,
    message=mark("The word “%(word)s” is printed twice in a row."),
    explanation=mark("It is a slip of editing, often the seam of two wordings of which one should be gone."),
)
_TWICE: Final = re.compile(r"\b([^\W\d_]+)(?:\s+\1\b)+", re.IGNORECASE)
_IDIOMS: Final = frozenset({"едва", "чуть", "точь", "еле", "всего", "очень", "вот", "только", "раз"})


def find(reading: Reading) -> Iterator[Finding]:
    """Yield doubled words inside measures and headings of their sections."""
    for clause in reading.judged:
        fragment = reading.fragments[clause.n]
        for found in _TWICE.finditer(fragment.text):
            word = found[1].lower()
            if word not in _IDIOMS and (len(word) > 1 or word in "виск"):
                mend = Mend(Message(mark("Leave one.")), "text", found[1])
                yield kind.at(reading.span(clause, found), clause, word=found[1], mends=[mend])
