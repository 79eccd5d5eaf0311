"""A verb of intention with no result that could be counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.indicators import suggest
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Clause, Finding, Mend, Severity
from avgust.domain.resolutions.structure.verbs import first_infinitive

kind = FindingKind(
    code="measure.vague",
    label=mark("Nothing measurable"),
    severity=Severity.WARNING,
    message=mark("“%(words)s” promises no result that can be measured."),
    explanation=mark(
        "Such a measure can be reported as done on any day and as not done on any other: nothing in it "
        "tells the two apart."
    ),
)
_THINGS: Final = (
    r"(?:развити|поддержк|повышени|рост\b|совершенствовани|улучшени|расширени|активизаци|усилени|укреплени|"
    r"взаимодействи)\w*"
)
_VAGUE: Final = re.compile(
    r"(?:активизировать|повы(?:сить|шать)|расшир(?:ить|ять)|усили(?:ть|вать)|улучш(?:ить|ать)|"
    r"укреп(?:ить|лять)|углуб(?:ить|лять)|актуализировать внимание|(?:усовершенствовать|совершенствовать)|"
    r"разви(?:ть|вать)|содействовать|способствовать|стимулировать|стремиться|поддерж(?:ать|ивать)|"
    r"продолж(?:ить|ать)|взаимодействовать|(?:уделить|уделять)(?: особое| большее| должное)? внимание|"
    r"рассмотреть (?:\S+ ){0,4}?(?:вопрос|возможност)\w*|изучить возможност\w+|принимать (?:\w+ )?участие|"
    r"созда(?:ть|вать) (?:\w+ ){0,2}?услови\w+|использовать возможност\w+|иметь в виду|учитывать|"
    r"обеспечи(?:ть|вать) (?:ответственное|активное|деятельное) участие|"
    r"обеспечи(?:ть|вать) (?:[\w-]+(?:ую|юю|ое|ее|ый|ий),? )?"
    rf"{_THINGS}(?! квалификац| оплат| заработн))(?!\w)",
    re.IGNORECASE,
)
_ADVERB: Final = re.compile(
    r"\b(?:максимально|активно|активнее|шире|всемерно|более активно)\s+$", re.IGNORECASE
)
_LOOSE: Final = re.compile(r"использовать|создавать|привлекать|внедрять|применять|вовлекать", re.IGNORECASE)
_QUANTITY: Final = re.compile(r"\d\s?%|процент")


def find(reading: Reading) -> Iterator[Finding]:
    """Yield measures whose first verb names a direction, and that have neither target nor result."""
    for clause in reading.judged:
        if clause.targets or clause.result:
            continue
        text = reading.fragments[clause.n].text
        found = _vague(text)
        if found and not _QUANTITY.search(text):
            words = text[found[0] : found[1]]
            span = reading.fragments[clause.n].span(*found)
            yield kind.at(span, clause, words=words, mends=[_mend(clause, text)])


def _vague(text: str) -> tuple[int, int] | None:
    """Return where the first verb stands, when it is a vague one."""
    start = first_infinitive(text)
    if start is None:
        return None
    adverb = _ADVERB.search(text, 0, start)
    if adverb and (loose := _LOOSE.match(text, start)):
        return adverb.start(), loose.end()
    found = _VAGUE.match(text, start)
    return found.span() if found else None


def _mend(clause: Clause, text: str) -> Mend:
    example = suggest(clause.theme.theme if clause.theme else None, text)
    return Mend(
        Message(mark("Add a result, for example: “%(example)s”."), {"example": example}), "target", example
    )
