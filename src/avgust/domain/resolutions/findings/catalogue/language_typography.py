"""Slips of typing, one finding a sort: they cost a reader little each and respect in sum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
    of_document=True,
)
# First parts of words that are written with a hyphen and no spaces.
_COMPOUNDS: Final = frozenset(
    re.findall(
        r"\w+",
        "интернет онлайн медиа веб научно учебно организационно психолого социально нормативно информационно "
        "культурно материально духовно военно физкультурно санитарно финансово государственно общественно "
        "личностно практико",
    )
)
# Each pattern begins with the character that gives the slip away and looks back from there: it runs on
# every letter of the document.
_SLIPS: Final = (
    (kind.message, re.compile(r"  (?<=[^\s|]  ) *(?=[^\s|])")),
    (
        mark("No space after “№”, “ст.” or “п.”, for example “%(words)s”: %(count)d."),
        re.compile(r"№\d|\.(?<=\bст\.)\d|\.(?<=\bп\.)\d|\.(?<=\bпп\.)\d"),
    ),
    (
        mark("No space after a comma or semicolon, for example “%(words)s”: %(count)d."),
        re.compile(r"[,;](?<=[а-яё].)[а-яёА-ЯЁ]{2}"),
    ),
    (
        mark("Space before a punctuation mark, for example “%(words)s”: %(count)d."),
        re.compile(r" (?<=[а-яё] )[,;](?=\s)"),
    ),
)
HYPHENS: Final = mark("Space inside a hyphened word, for example “%(words)s”: %(count)d.")
_DASH: Final = re.compile(r"[-–—] ?[а-яё]{3}")
_LAST_WORD: Final = re.compile(r"[а-яё]+$", re.IGNORECASE)
QUOTES: Final = mark("Straight quotation marks beside «…»: %(count)d.")
STOPS: Final = mark("No full stop at the end: %(count)d points, for example “%(words)s”.")
_PROSE: Final = frozenset({PartKind.PREAMBLE, PartKind.HEADING, PartKind.CLAUSE, PartKind.NOTING})
_STRAIGHT: Final = re.compile(r'"(?<!\w")(?=\w)')
_MOST: Final = 0.6
_SHOWN: Final = 40  # characters of a point in an example


def find(reading: Reading) -> Iterator[Finding]:
    """Yield one finding for each sort of slip in the preamble, headings and measures."""
    spans = [part.span for part in reading.resolution.parts if part.kind in _PROSE]
    text = reading.text
    for message, pattern in _SLIPS:
        if reading.resolution.document.format == "pdf" and message is kind.message:
            continue  # spaces of a PDF are guessed from geometry
        yield from _one_for_all(text, message, (m for span in spans for m in pattern.finditer(text, *span)))
    dashes = (m for span in spans for m in _DASH.finditer(text, *span))
    yield from _one_for_all(text, HYPHENS, (dash for dash in dashes if _parts_a_word(text, dash)))
    if "«" in text:
        straight = (m for span in spans for m in _STRAIGHT.finditer(text, *span))
        yield from _one_for_all(text, QUOTES, straight)
    yield from _stops(reading)


def _one_for_all(text: str, message: str, slips: Iterable[re.Match[str]]) -> Iterator[Finding]:
    places = [Span(*slip.span()) for slip in slips]
    if places:
        place = places[0] if message is kind.message else _whole_words(text, places[0])
        values: dict[str, Any] = {"words": place.of(text)} if "%(words)s" in message else {}
        yield kind.at(place, message=message, mends=[_mend()], count=len(places), **values)


def _whole_words(text: str, slip: Span) -> Span:
    """Return a slip with the letters and digits that touch it."""
    start, end = slip
    if text[start] in "-–—" and text[start - 1] == " ":
        start -= 1
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in "-/"):
        end += 1
    return Span(start, end)


def _parts_a_word(text: str, dash: re.Match[str]) -> bool:
    """Tell whether a dash with a space stands inside a word: «научно -методический», «интернет – урок»."""
    at = dash.start()
    spaced_before, spaced_after = text[at - 1 : at] == " ", dash.group()[1] == " "
    before = _LAST_WORD.search(text[max(0, at - 25) : at].rstrip(" "))
    if before is None or not (spaced_before or spaced_after):
        return False
    if before.group().lower() in _COMPOUNDS:
        return True
    return dash.group()[0] == "-" and spaced_before and not spaced_after and len(before.group()) > 2


def _stops(reading: Reading) -> Iterator[Finding]:
    """Yield points without a full stop where most others have one."""
    points = [clause for clause in reading.clauses if clause.printed_as == "point"]
    stopped = {clause.n for clause in points if _stopped(reading, clause.full_span)}
    bare = [c for c in points if c.n not in stopped and c.full_span.end == c.span.end]
    if bare and len(stopped) >= _MOST * len(points):
        words = _last_words(bare[0].text)
        yield kind.at(bare[0].span, message=STOPS, mends=[_mend()], count=len(bare), words=words)


def _stopped(reading: Reading, span: Span) -> bool:
    return span.of(reading.text).rstrip().endswith(".")


def _last_words(text: str) -> str:
    """Return the last whole words of a point within 40 characters, or all of a short one."""
    return text if len(text) <= _SHOWN else text[-_SHOWN:].partition(" ")[2]


def _mend() -> Mend:
    return Mend(Message(mark("Correct them all at once with search and replace.")))
