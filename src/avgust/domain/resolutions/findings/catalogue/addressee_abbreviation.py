"""An executor named by an abbreviation that the document never spells out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.abbreviations import KNOWN, is_explained, used
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="addressee.abbreviation",
    label=mark("Executor named by an abbreviation"),
    severity=Severity.WARNING,
    message=mark("The executor “%(short)s” is never named in full."),
    explanation=mark(
        "Bodies of different territories share abbreviations: a register must not take one for another."
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield each unexplained abbreviation of an executor once."""
    seen: set[str] = set(KNOWN)
    for clause in reading.clauses:
        for addressee in clause.addressees:
            for found in used(re.sub(r"«[^»]*»", "«»", addressee.text)):
                short = found.group()
                if short in seen:
                    continue
                seen.add(short)
                if not is_explained(short, reading.text):
                    mend = Mend(
                        Message(
                            mark("Write the full name once, with “hereinafter %(short)s”."), {"short": short}
                        ),
                        "addressees",
                    )
                    yield kind.at(addressee.span, clause, short=short, mends=[mend])
