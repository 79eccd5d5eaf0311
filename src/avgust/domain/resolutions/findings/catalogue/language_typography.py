"""Slips of typing, one finding a sort: they cost a reader little each and respect in sum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Finding, Mend, PartKind, Severity, Span

kind = FindingKind(
    code="language.typography",
    label=mark("Typing"),
    severity=Severity.HINT,
    message=mark("Two spaces in a row: %(count)d."),
    explanation=mark(
        "The document goes to print and to archives as it is; search and citing stumble over slips."
    ),
)
_COMPOUND: Final = (
    "интернет|онлайн|медиа|веб|научно|учебно|организационно|психолого|социально|нормативно|информационно|"
    "культурно|материально|духовно|военно|физкультурно|санитарно|финансово|государственно|общественно|"
    "личностно|практико|санитарно"
)
_SLIPS: Final = (
    (kind.message, re.compile(r"(?<=[^\s|]) {2,}(?=[^\s|])")),
    (
        mark("Space inside a hyphened word, for example “%(words)s”: %(count)d."),
        re.compile(
            rf"\b(?:{_COMPOUND})(?: [-–—] ?|[-–—] )[а-яё]{{3,}}|[а-яё]{{3,}} -[а-яё]{{3,}}", re.IGNORECASE
        ),
    ),
    (
        mark("No space after “№”, “ст.” or “п.”, for example “%(words)s”: %(count)d."),
        re.compile(r"№\d[\w/-]*|\b(?:ст|п|пп|ч|гл)\.\d+(?:\.\d+)*"),
    ),
    (
        mark("No space after a comma or semicolon, for example “%(words)s”: %(count)d."),
        re.compile(r"[а-яё]+[,;][а-яёА-ЯЁ]{2,}"),
    ),
    (
        mark("Space before a punctuation mark, for example “%(words)s”: %(count)d."),
        re.compile(r"[а-яёА-ЯЁ]+ [,;](?=\s)"),
    ),
)
QUOTES: Final = mark("Straight quotation marks beside «…»: %(count)d.")
STOPS: Final = mark("No full stop at the end: %(count)d points, for example “%(words)s”.")
_PROSE: Final = frozenset({PartKind.PREAMBLE, PartKind.HEADING, PartKind.CLAUSE, PartKind.NOTING})
_MOST: Final = 0.6


def find(reading: Reading) -> Iterator[Finding]:
    """Yield one finding for each sort of slip in the preamble, headings and measures."""
    spans = [part.span for part in reading.resolution.parts if part.kind in _PROSE]
    for message, pattern in _SLIPS:
        if reading.resolution.document.format == "pdf" and message is kind.message:
            continue  # spaces of a PDF are guessed from geometry
        yield from _slips(reading, spans, message, pattern)
    if "«" in reading.text:
        yield from _slips(reading, spans, QUOTES, re.compile(r'(?<!\w)"(?=\w)'))
    yield from _stops(reading)


def _slips(reading: Reading, spans: list[Span], message: str, pattern: re.Pattern[str]) -> Iterator[Finding]:
    places = [found for span in spans for found in pattern.finditer(reading.text, *span)]
    if places:
        words, place = places[0].group(), Span(*places[0].span())
        values: dict[str, Any] = {"words": words} if "%(words)s" in message else {}
        yield kind.at(place, message=message, mends=[_mend()], count=len(places), **values)


def _stops(reading: Reading) -> Iterator[Finding]:
    """Yield points without a full stop where most others have one."""
    points = [clause for clause in reading.clauses if clause.printed_as == "point"]
    bare = [clause for clause in points if clause.full_span.end == clause.span.end]
    if bare and sum(_stopped(reading, clause.full_span) for clause in points) >= _MOST * len(points):
        words = bare[0].text[-40:]
        yield kind.at(bare[0].span, message=STOPS, mends=[_mend()], count=len(bare), words=words)


def _stopped(reading: Reading, span: Span) -> bool:
    return span.of(reading.text).rstrip().endswith(".")


def _mend() -> Mend:
    return Mend(Message(mark("Correct them all at once with search and replace.")))
