"""A lead that introduces a list without a colon or number: it looks like one more measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Finding, Heading, Mend, Severity

kind = FindingKind(
    code="structure.leads",
    label=mark("Lead without a number or colon"),
    severity=Severity.HINT,
    message=mark("%(count)d leads of lists have neither a number nor a colon, for example “%(text)s”."),
    explanation=mark("A reader takes such a line for a measure, and cannot cite the measures below it."),
    of_document=True,
)
_LEAD: Final = re.compile(r"[а-яё]")  # a lead goes on the sentence above it, a title begins with a capital
_SHOWN: Final = 60


def find(reading: Reading) -> Iterator[Finding]:
    """Yield one finding for all such leads of the document."""
    faulty = [heading for heading in reading.resolution.headings if _bare(heading)]
    if faulty:
        text = faulty[0].text
        shown = text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + "…"
        mend = Mend(Message(mark("Give each a number and end it with a colon.")))
        yield kind.at(faulty[0].span, count=len(faulty), text=shown, mends=[mend])


def _bare(heading: Heading) -> bool:
    text = heading.text.strip()
    return not heading.label and bool(_LEAD.match(text)) and not text.endswith((":", ".", ";", "—", "–"))
