"""Quantities of official Russian: a number in digits or words, a range, and the unit printed after it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from avgust.domain.resolutions.grammars.numerals import CARDINALS, number_of
from avgust.domain.resolutions.months import MONTH_STEM

_DIGITS: Final = r"(?:\d{1,3}(?: \d{3})+(?!\d)|\d{1,9})(?:[.,]\d{1,4})?"
# Exact forms: «двух тренировок» and «шести сотрудников» begin with numbers, and only one word of each is one.
_WORD: Final = (
    "(?:" + "|".join(sorted(CARDINALS.keys() - {"оба", "обе", "обеих", "обоих"}, key=len, reverse=True)) + ")"
)
_HALF: Final = r"полтор[ауы]|полутор[а-я]*"
# A number that is no part of a date, a number of an act, a code or a word. Text in lower case, without ё.
QUANTITY: Final = re.compile(
    rf"(?:(?<=топ-)|(?<![\w№/.,:+−-]))(?<!№ )(?<!n )(?:(?P<low>{_DIGITS}) ?(?:%"
    rf"|процент\w*)? ?(?:[-–—]|\bдо\b) ?)?"
    rf"(?P<digits>{_DIGITS})(?:-?(?:х|ти|и|м|ми|го|ти))?(?![\d/№]|[.,:]\d|-\w)"
    rf"|(?P<half>(?<![\w-])(?:{_HALF})(?![\w-]))"
    rf"|(?P<words>(?<![\w-])(?=[нодтчпшсвм]){_WORD}(?: {_WORD}){{0,4}}(?![\w-]))"
)
PERCENT: Final = re.compile(r" ?(?:\([^()]{1,40}\) ?)?(?:%|процент(?:а|ов|ам|ами|ах|ы|у|ом)?(?![\w-]))")
POINTS: Final = re.compile(r" ?(?:процентн\w+ пункт\w*|п\. ?п\.?(?!\w)|п/п(?!\w))")
PROMILLE: Final = re.compile(r" ?(?:‰|промилле\b)")
TIMES: Final = re.compile(r" ?раз[а]?(?![\w-])")
_NOUN: Final = re.compile(
    r" ?(?:\([^()]{1,40}\) )?(?P<scale>(?:тыс|млн|млрд)\.? |тысяч[а-я]* |миллион[а-я]* |миллиард[а-я]* )?"
    r"(?P<adjectives>(?:[а-я-]+(?:ых|их|ого|его|ой|ую|ые|ие|ый|ая|ое)(?:, | и | )(?=[а-я]{3}))*)"
    r"(?P<noun>[а-я-]{3,}|чел\.|руб\.|шт\.|ед\.)"
)
_NO_NOUN: Final = re.compile(
    r"(?:для|при|над|под|или|что|как|без|через|включая|ежегодно|ежемесячно|дополнительно|согласно"
    r"|менее|более"
    rf"|лучш|ведущ|{MONTH_STEM})"
)
TIME_UNIT: Final = re.compile(
    r"(?:год[а-я]*|лет(?:н[а-я]+)?|месяц[а-я]*|недел[а-я]*|дн(?:ей|я|и|ям|ями|ях)|день|сут[а-я]+"
    r"|квартал[а-я]*"
    r"|полугоди[а-я]*|гг|календарн[а-я]+|рабоч(?:их|ий|ие) дн[а-я]+)$"
)


class Unit(NamedTuple):
    """A unit as printed after a number (or "%"), and where it ends."""

    name: str
    end: int


def value_of(match: re.Match[str]) -> float | None:
    """Return the value of a QUANTITY match; None for words in no order of a number."""
    if match["digits"]:
        return decimal(match["digits"])
    if match["half"]:
        return 1.5
    number = number_of(match["words"])
    return None if number is None else float(number)


def decimal(digits: str) -> float:
    """Return the value of printed digits: «1 250», «87,5»."""
    return float(digits.replace(" ", "").replace(",", "."))


def unit_at(text: str, at: int) -> Unit | None:
    """Return the unit that stands at `at` in folded `text`: "%", "п.п.", "‰", or a noun as printed."""
    for pattern, name in ((POINTS, "п.п."), (PERCENT, "%"), (PROMILLE, "‰"), (TIMES, "")):
        if found := pattern.match(text, at):
            return Unit(name or found.group().strip(), found.end())
    found = _NOUN.match(text, at)
    if not found or _NO_NOUN.match(found["noun"]):
        return None
    scale = found["scale"] or ""
    return Unit(scale + found["noun"], found.end())
