"""Quoted names of official texts: nested, mixed and unclosed quotation marks.

«Центр «Росток» closes two marks with one; «Образование at the end of a clause closes none: both are
read as a person reads them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

_OPENING: Final = re.compile(r"[«„]|(?:(?<=[\s(«])|^)[\"“”](?=[^\s)»])|<<|(?<!,),,(?=\w)")
_CLOSERS: Final = {"«": "»", "„": "“”", '"': '"”»', "“": '”"', "”": '”"', "<<": ">", ",,": "“”''\""}
_STRAIGHT_OPENS: Final = re.compile(r"(?:^|[\s(«])$")
# Where a name ends whose closing mark was forgotten.
_FORGOTTEN_END: Final = re.compile(r"[;)\n]|\.(?= [А-ЯЁ])|[,–—]? (?=[«„])")
# What stands between two names when the first mark was not closed: «А, «Б» · «А и проекта «Б».
_BETWEEN: Final = re.compile(
    r"(?:\s*[,;]|\s+и|\s+а также)*(?:\s+(?:[а-яё]+\s+)?(?:под)?(?:проект|программ|портал|платформ"
    r"|систем|концепци)\w*)?\s*$"
)
_LONGEST: Final = 700


class Quote(NamedTuple):
    """A quoted stretch with its marks; `closed` is False when the closing mark was forgotten."""

    start: int
    end: int
    closed: bool

    def inner(self, text: str) -> str:
        """Return the words between the marks."""
        return text[self.start : self.end].strip("«»„“”\"<>,' ")


@lru_cache(maxsize=256)
def quotes_of(text: str) -> tuple[Quote, ...]:
    """Return the outermost quotes of `text`, left to right, not overlapping."""
    found: list[Quote] = []
    at = 0
    while opening := _OPENING.search(text, at):
        quote = _guillemets(text, opening) if opening.group() == "«" else _plain(text, opening)
        found.append(quote)
        at = max(quote.end, opening.end())
    return tuple(found)


def _guillemets(text: str, opening: re.Match[str]) -> Quote:
    """Return the quote that opens with «, counting the marks nested in it."""
    start, depth, first_close, inner = opening.start(), 0, 0, 0
    for at in range(start, min(len(text), start + _LONGEST)):
        if text[at] == "«":
            depth += 1
            inner = inner or (at if at > start else 0)
        elif text[at] == "»":
            depth -= 1
            first_close = first_close or at + 1
            if depth == 0:
                return _unless_two(text, start, at + 1, inner)
        elif text[at] in ";\n" and first_close:
            break
    if first_close:
        return _unless_two(text, start, first_close, inner)
    return _forgotten(text, opening, '"”')


def _unless_two(text: str, start: int, end: int, inner: int) -> Quote:
    """Return the quote, cut before a second name when only a separator parts the two."""
    if inner:
        between = _BETWEEN.search(text, start, inner)
        if between and between.group().strip():
            return Quote(start, between.start(), closed=False)
    return Quote(start, end, closed=True)


def _plain(text: str, opening: re.Match[str]) -> Quote:
    """Return the quote that opens with a mark whose closing mark may look the same."""
    closers = _CLOSERS[opening.group()]
    depth, last = 1, 0
    for at in range(opening.end(), min(len(text), opening.start() + _LONGEST)):
        if text[at] not in closers:
            continue
        if text[at] == '"' and _STRAIGHT_OPENS.search(text[at - 1 : at]) and text[at + 1 : at + 2].isalpha():
            depth += 1
            continue
        depth, last = depth - 1, at + 1
        if depth == 0:
            break
    while last and opening.group() == "<<" and text[last : last + 1] == ">":
        last += 1
    return Quote(opening.start(), last, closed=True) if last else _forgotten(text, opening, "»”")


def _forgotten(text: str, opening: re.Match[str], foreign: str) -> Quote:
    """Return a quote without its own closing mark: up to a foreign one, a stop or the end."""
    end = _FORGOTTEN_END.search(text, opening.end())
    limit = end.start() if end else len(text)
    for at in range(opening.end(), limit):
        if text[at] in foreign and not (text[at - 1].isspace() and text[at + 1 : at + 2].isalpha()):
            return Quote(opening.start(), at + 1, closed=True)
    tail = text[opening.end() : limit].rstrip(" .,:")
    tail = re.sub(r"(?:,|\s+и|\s+а также)$", "", tail)
    return Quote(opening.start(), opening.end() + len(tail), closed=False)


def masked(text: str) -> str:
    """Return `text` with the letters of its closed quotes blanked: their numbers and words are names."""
    for quote in quotes_of(text):
        if quote.closed:
            text = text[: quote.start] + "·" * (quote.end - quote.start) + text[quote.end :]
    return text
