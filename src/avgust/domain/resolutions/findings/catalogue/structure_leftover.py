"""What an office program or a converter left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Finding, Mend, Severity, Span

kind = FindingKind(
    code="structure.leftover",
    label=mark("Leftover of an office program"),
    severity=Severity.HINT,
    message=mark("“%(words)s” was left in the text by an office program (%(count)d in all)."),
    explanation=mark("It will be printed in the adopted document."),
    of_document=True,
)
_LEFTOVERS: Final = (
    re.compile(r"\[bookmark:[^\]\n]{0,80}\]|\b_GoBack\b|\b_Hlk\d+|\b_Toc\d+", re.IGNORECASE),
    re.compile(r"\*\*"),
    re.compile(r"&(?:nbsp|laquo|raquo|quot|amp|ndash|mdash|#\d{2,5});"),
    re.compile(r"(?:Ошибка|Error)! [^\n.]{0,80}\."),
    re.compile(r"\[(?:Введите|Вставьте|Укажите|Type|Click)[^\]\n]{0,80}\]", re.IGNORECASE),
    re.compile(r"(?:\{|\[)(?:PAGE|TOC|HYPERLINK|MERGEFIELD)\b[^}\]\n]{0,80}[}\]]"),
    re.compile("\ufffd+"),
)
_MEND: Final = Mend(Message(mark("Delete it.")), "text", "")


def find(reading: Reading) -> Iterator[Finding]:
    """Yield one finding for each sort of leftover, at its first place."""
    for pattern in _LEFTOVERS:
        places = list(pattern.finditer(reading.text))
        if places:
            first = places[0]
            yield kind.at(Span(*first.span()), words=first.group(), count=len(places), mends=[_MEND])
