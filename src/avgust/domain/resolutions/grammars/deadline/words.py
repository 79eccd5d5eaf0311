"""Pieces of patterns that several deadline grammars share, and what the words in them mean.

All patterns read `plain` text: lower case, е for ё, one kind of hyphen, the same length as the source.
"""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.grammars.numerals import number_of
from avgust.domain.resolutions.months import MONTH
from avgust.domain.resolutions.morphology import fold_in_place

_FOLD: Final = tuple(zip("–—‑‐‒−\u00a0", "------ ", strict=True))
_LATIN_FROM: Final = re.compile(r"(?<![a-zа-я])c(?= )")  # «c 1 по 15 мая» typed with a Latin c

MONTH_KEYS: Final = (
    *("январ", "феврал", "март", "апрел", "май", "мая", "мае", "маю", "июн", "июл"),
    *("август", "сентябр", "октябр", "ноябр", "декабр", "янв.", "фев", "апр.", "авг."),
    *("сен.", "сент.", "окт.", "ноя", "дек."),
)
DATE_KEYS: Final = (*"0123456789", *MONTH_KEYS)  # the same object in every rule: asked once

_MONTH_SHORT: Final = r"(?:янв|февр?|мар|апр|авг|сент?|окт|нояб?|дек)\."
ANY_MONTH: Final = rf"(?:{MONTH}|{_MONTH_SHORT})"

YEAR4: Final = r"(?:19|20)\d\d(?!\d)"
YEAR_WORD: Final = r"(?: ?(?:год(?:а|у|ом|ах|ов|ы|е)?|гг?)(?![а-я])\.?(?:г\.?(?![а-я]))?)"
# A year as it follows a month: "2021", "2021 г.", "21 г."
YEAR: Final = rf"(?:{YEAR4}{YEAR_WORD}?|\d\d ?(?:года|г\.)(?![а-я]))"
_DEICTIC_WORD: Final = (
    r"(?:текущего|этого|сего|нынешнего|следующего|будущего|наступающего|предстоящего|очередного)"
)
# «текущего года», «т.г.», «следующего календарного года»
DEICTIC: Final = rf"(?:{_DEICTIC_WORD} (?:календарного |финансового )?(?:года|г\.)|[тс]\. ?г\.)"

ROMANS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "1v": 4}
# Roman numerals are typed with Latin, Cyrillic or Ukrainian letters, and with digits for strokes.
_ROMAN_FOLD: Final = str.maketrans({"і": "i", "ш": "iii", "х": "x", "l": "i", "|": "i", "у": "v"})
ORDINAL_MARK: Final = r"(?:-?(?:ом|ем|го|ого|м|й|ый|ой|ий|е|я|ая|ую))?"
ORDER: Final = (
    rf"(?:(?:[1-6]|[iіvl|]{{1,3}}|ш){ORDINAL_MARK}(?![\dа-яa-z])"
    r"|(?:перв|втор|трет|четверт)(?:ого|ом|ый|ой|ий|ая|ую|ое|ье|ьего|ьем|ей|ья|ьей|ью)(?![а-я]))"
)

BY: Final = (
    r"(?:в сроки? (?:до|к|по|не позднее|не позже)|(?<!на )срок[а-я]* (?:исполнения )?-? ?(?:до|к|не позднее)"
    r"|не позднее чем до|не позднее чем к|не позднее|не позже|до|ко?)"
)
CLOCK: Final = (
    r"(?:(?:\d{1,2}[:.-]\d\d(?: ?(?:часов|час\.?|ч\.?))?|\d{1,2} ?(?:часов|час\.|ч\.))(?: \(?мск\)?)?,? )?"
)


def plain(text: str) -> str:
    """Return `text` in lower case, with е for ё and one kind of hyphen, character for character.

    Two common slips are mended: «в течении» and a Latin «c».
    """
    low = fold_in_place(text)
    for odd, common in _FOLD:  # on short texts quicker than str.translate
        low = low.replace(odd, common)
    if "теч" in low:
        low = low.replace("в течении", "в течение")
    return _LATIN_FROM.sub("с", low) if "c " in low else low


def order_of(word: str) -> int | None:
    """Return the ordinal: "iii", "3", "3-м", «третьем» → 3."""
    head = re.split(r"-", word.strip())[0]
    roman = head.translate(_ROMAN_FOLD)
    if roman in ROMANS:
        return ROMANS[roman]
    digits = re.match(r"\d+", head)
    return int(digits[0]) if digits else number_of(head)


def year_of(digits: str) -> tuple[int, tuple[str, ...]]:
    """Return the full year and what was inferred: "21" → (2021, ("century",))."""
    value = int(digits)
    return (value, ()) if value >= 100 else (2000 + value, ("century",))
