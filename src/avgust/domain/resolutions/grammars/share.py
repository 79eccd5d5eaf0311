"""Targets printed without a number: «не менее половины», «каждый пятый», «вдвое», «стопроцентный»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.resolutions.grammars.comparison import (
    CHANGE_WORD,
    COMPARATOR,
    SIDE,
    Demand,
    comparator_of,
    factor,
    falls,
    signed,
)
from avgust.domain.resolutions.grammars.numerals import ordinal_of

_EACH: Final = re.compile(r"(?<!\w)кажд(?:ый|ого|ому|ым|ом|ую|ой|ая|ое) (?P<n>[а-я]+)(?= (?P<next>[а-я]+))")
_NO_EACH: Final = re.compile(
    r"(?:понедельник|вторник|сред[ауы]|четверг|пятниц|суббот|воскресен|день|дня|недел|месяц|год"
    r"|квартал|раз)"
)
_PART: Final = re.compile(
    r"(?<!\w)(?P<times>одн(?:ой|у) |две |двух |три |трех )?(?P<part>половин(?:а|у|ы|е|ой)|трет(?:ь|и"
    r"|ью|ей)|четверт(?:ь|и|ью|ей))(?!\w)"
)
_PART_VALUE: Final = {"половин": 50.0, "трет": 100 / 3, "четверт": 25.0}
_FRACTION: Final = re.compile(r"(?<![\w/.,№])(?<!№ )(?P<over>[1-9])/(?P<under>[2-9]|10)(?= [а-я]{3})")
_FACTOR: Final = re.compile(r"(?<!\w)(?P<word>вдвое|втрое|вчетверо|впятеро)(?!\w)")
_FACTOR_VALUE: Final = {"вдвое": 2.0, "втрое": 3.0, "вчетверо": 4.0, "впятеро": 5.0}
_HUNDRED: Final = re.compile(r"(?<!\w)(?:стопроцентн|(?P<n>\d{1,3})-?(?:ти)?-?процентн)[а-я]*")
_TENS: Final = re.compile(
    r"(?<!\w)в (?:перв[а-я]+ )?(?P<group>тройк|пятерк|десятк|двадцатк|тридцатк"
    r"|сотн)у(?: (?:[а-я]+(?:ых|их) )*(?P<noun>[а-я]{4,}))?"
)
_TENS_VALUE: Final = {
    "тройк": 3.0,
    "пятерк": 5.0,
    "десятк": 10.0,
    "двадцатк": 20.0,
    "тридцатк": 30.0,
    "сотн": 100.0,
}


def read_words(text: str) -> Iterator[Demand]:
    """Yield the targets of folded `text` that are printed without a number."""
    for match in _HUNDRED.finditer(text):
        value = float(match["n"] or 100)
        yield Demand(match.start(), match.end(), "=", value, "%", "hundred", 0.9)
    for match in _FACTOR.finditer(text):
        left = text[max(0, match.start() - SIDE) : match.start()]
        value = factor(_FACTOR_VALUE[match["word"]], left)
        yield Demand(match.start(), match.end(), "x", value, "раз", "factor", 0.9)
    for match in _TENS.finditer(text):
        unit = match["noun"] or "мест"
        yield Demand(match.start(), match.end(), "<=", _TENS_VALUE[match["group"]], unit, "place", 0.75)
    for match in _EACH.finditer(text):
        nth = ordinal_of(match["n"])
        if nth and nth > 1 and not _NO_EACH.match(match["next"]):
            yield _bounded(text, match, round(100 / nth, 2), "each")
    for match in _FRACTION.finditer(text):
        yield from _fraction(text, match)
    for match in _PART.finditer(text):
        yield from _part(text, match)


def _part(text: str, match: re.Match[str]) -> Iterator[Demand]:
    """Read «не менее половины», «на треть», «две трети»; halves of a year and school terms are none."""
    left = text[max(0, match.start() - SIDE) : match.start()]
    stem = next(stem for stem in _PART_VALUE if match["part"].startswith(stem))
    many = {"две": 2, "двух": 2, "три": 3, "трех": 3}.get((match["times"] or "").strip(), 1)
    value = round(_PART_VALUE[stem] * many, 2)
    if re.match(r" (?:20\d\d|год|месяц|дня|учебного|срока)", text[match.end() :]):
        return
    if COMPARATOR.search(left):
        yield _bounded(text, match, value, "part")
    elif re.search(r"(?<!\w)до $", left) and CHANGE_WORD.search(left):
        yield Demand(
            match.start() - 3, match.end(), "<=" if falls(left) else ">=", value, "%", "growth", 0.85
        )
    elif re.search(r"(?<!\w)на $", left) and CHANGE_WORD.search(left):
        yield Demand(match.start() - 3, match.end(), "+", signed(value, left), "%", "difference", 0.8)
    elif match["times"]:
        yield _bounded(text, match, value, "part")
    elif match["part"] == "половину" and not re.search(r"(?:перв|втор|кажд)[а-я]+ $|(?<!\w)в $", left):
        yield Demand(match.start(), match.end(), "=", value, "%", "part", 0.8)


def _fraction(text: str, match: re.Match[str]) -> Iterator[Demand]:
    """Read «не менее 2/3 уроков»; a fraction without a bound may be a number of anything."""
    left = text[max(0, match.start() - SIDE) : match.start()]
    value = round(100 * int(match["over"]) / int(match["under"]), 2)
    if value < 100 and COMPARATOR.search(left):
        yield _bounded(text, match, value, "fraction")


def _bounded(text: str, match: re.Match[str], value: float, rule: str) -> Demand:
    """Return a share in words with the comparator before it, "=" when there is none."""
    left = text[max(0, match.start() - SIDE) : match.start()]
    words = COMPARATOR.search(left)
    if not words:
        return Demand(match.start(), match.end(), "=", value, "%", rule, 0.8)
    comparator = comparator_of(words)
    return Demand(match.start() - len(left) + words.start(), match.end(), comparator, value, "%", rule, 0.85)
