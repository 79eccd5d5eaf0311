"""Russian words as whole numbers: cardinals, collectives and ordinals in every case.

`number_of` reads a whole phrase («двадцати пяти», «сто двадцать первого», "25-ти"); `NUMBER_WORDS` finds
phrases that may be one, and `prefix_number_of` reads the first half of «трёхмесячный».
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from avgust.domain.resolutions.morphology import fold

# Each line: a value and every form that has no regular ending of its own.
_CARDINALS: Final = """
0 ноль нуль нуля нулю нулем ноле нуле
1 один одного одному одним одном одна одной одну одною одно одни одних одними
2 два две двух двум двумя двое двоих двоим двоими дважды оба обе обоих обеих
3 три трех трем тремя трое троих троим троими трижды
4 четыре четырех четырем четырьмя четверо четверых четверым четырежды
5 пять пяти пятью пятеро пятерых пятерым
6 шесть шести шестью шестеро шестерых шестерым
7 семь семи семью семеро семерых семерым
8 восемь восьми восемью восьмью
9 девять девяти девятью
10 десять десяти десятью
40 сорок сорока
90 девяносто девяноста
100 сто ста
200 двести двухсот двумстам двумястами двухстах
300 триста трехсот тремстам тремястами трехстах
400 четыреста четырехсот четыремстам четырьмястами четырехстах
500 пятьсот пятисот пятистам пятьюстами пятистах
600 шестьсот шестисот шестистам шестьюстами шестистах
700 семьсот семисот семистам семьюстами семистах
800 восемьсот восьмисот восьмистам восемьюстами восьмьюстами восьмистах
900 девятьсот девятисот девятистам девятьюстами девятистах
1000 тысяча тысячи тысяче тысячу тысячей тысячью тысяч тысячам тысячами тысячах
1000000 миллион миллиона миллиону миллионом миллионе миллионы миллионов миллионам миллионами миллионах
"""

_TEENS: Final = ["один", "две", "три", "четыр", "пят", "шест", "сем", "восем", "девят"]

_TWENTIES: Final = {20: "двадцат", 30: "тридцат"}  # + ь, и, ью, ый
_FIFTIES: Final = {
    50: ("пять", "пяти"),
    60: ("шесть", "шести"),
    70: ("семь", "семи"),
    80: ("восемь", "восьми"),
}

# Ordinals that take hard adjective endings, by their stem.
_ORDINAL_STEMS: Final = {
    **{
        n: s
        for n, s in enumerate(
            ["перв", "втор", "", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят"], 1
        )
        if s
    },
    **{n: f"{stem}надцат" for n, stem in enumerate(_TEENS, 11)},
    **_TWENTIES,
    40: "сороков",
    **{n: f"{genitive}десят" for n, (_, genitive) in _FIFTIES.items()},
    90: "девяност",
    100: "сот",
    1000: "тысячн",
}
_HARD_ENDINGS: Final = ["ый", "ой", "ого", "ому", "ым", "ом", "ая", "ую", "ое", "ые", "ых", "ыми"]
_THIRD: Final = (
    "третий третьего третьему третьим третьем третья третьей третью третье третьи третьих третьими"
)

_PREFIXES: Final = {
    "одно": 1,
    "двух": 2,
    "трех": 3,
    "четырех": 4,
    **dict(zip(["пяти", "шести", "семи", "восьми", "девяти", "десяти"], range(5, 11), strict=True)),
    **{f"{stem}надцати": n for n, stem in enumerate(_TEENS, 11)},
    **{f"{stem}и": n for n, stem in _TWENTIES.items()},
    "сорока": 40,
    **{f"{genitive}десяти": n for n, (_, genitive) in _FIFTIES.items()},
    "девяносто": 90,
    "сто": 100,
}


def _cardinals() -> dict[str, int]:
    forms: dict[str, int] = {}
    for line in _CARDINALS.strip().splitlines():
        digits, *words = line.split()
        forms |= dict.fromkeys(words, int(digits))
    regular = {n: f"{stem}надцат" for n, stem in enumerate(_TEENS, 11)} | _TWENTIES
    for value, stem in regular.items():
        forms |= dict.fromkeys((f"{stem}ь", f"{stem}и", f"{stem}ью"), value)
    for value, (nominative, genitive) in _FIFTIES.items():
        instrumental = f"{nominative[:-1]}ью"
        forms |= dict.fromkeys((f"{nominative}десят", f"{genitive}десяти", f"{instrumental}десятью"), value)
    return forms


def _ordinals() -> dict[str, int]:
    forms = dict.fromkeys(_THIRD.split(), 3)
    for value, stem in _ORDINAL_STEMS.items():
        forms |= dict.fromkeys((stem + ending for ending in _HARD_ENDINGS), value)
    return forms


CARDINALS: Final = _cardinals()
ORDINALS: Final = _ordinals()

_NUMBER_WORD: Final = (
    r"(?:ноль|нул[яюе]|од(?:ин|н)|перв|дв|втор|тр[ие]|четыр|четв|пят|шест|сем[ьие]|седьм|вос[еь]м"
    r"|девя|десят|сорок|ст[оа]\b|сот|об[аеои]|тысяч|миллион)[а-я]*"
)
# One to five words that look like a number, lower case without ё; `number_of` says whether they are one.
NUMBER_WORDS: Final = rf"(?<![а-я-]){_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,4}}(?![а-я-])"

_DIGITS: Final = re.compile(
    r"(\d{1,3}(?: \d{3})+|\d{1,9})(?:-?(?:х|ти|и|м|му|го|ого|е|ое|й|ый|ой|я|ая|ю|ую|мя|ми|ми))?"
)


@lru_cache(maxsize=4096)
def number_of(phrase: str) -> int | None:
    """Return the whole number that `phrase` names, None where it names none.

    An ordinal may only be the last word; «пять двадцать» (a smaller order before a greater) is no number.
    """
    text = " ".join(fold(phrase).split())
    if digits := _DIGITS.fullmatch(text):
        return int(digits[1].replace(" ", ""))
    *heads, last = text.split() or [""]
    values = [CARDINALS.get(word) for word in heads]
    values.append(CARDINALS.get(last, ORDINALS.get(last)))
    known = [value for value in values if value is not None]
    return _sum(known) if len(known) == len(values) else None


def ordinal_of(word: str) -> int | None:
    """Return the value of one ordinal word («третьем» → 3), None for any other word."""
    return ORDINALS.get(fold(word))


def prefix_number_of(prefix: str) -> int | None:
    """Return the number that begins a compound adjective: «трех» of «трехмесячный», «двадцатипяти»."""
    text = fold(prefix)
    if text in _PREFIXES:
        return _PREFIXES[text]
    for head, tens in _PREFIXES.items():
        tail = _PREFIXES.get(text.removeprefix(head)) if text.startswith(head) else None
        if tail is not None and tail < 10 <= tens and tens % 10 == 0:
            return tens + tail
    return None


def _sum(values: list[int]) -> int | None:
    """Add hundreds, tens and units under each thousand; None where their order is not that of a number."""
    total, group, limit = 0, 0, 1000
    for value in values:
        if value >= 1000:
            if total and value >= 1_000_000:
                return None
            total, group, limit = total + (group or 1) * value, 0, 1000
        elif value < limit:
            group, limit = group + value, _limit(value)
        else:
            return None
    return total + group


def _limit(value: int) -> int:
    """Return what the next word must stay below: 100 after hundreds, 10 after tens, 1 after the rest."""
    if value >= 100:
        return 100
    return 10 if value >= 20 else 1
