"""How a quantity is compared: the words of a bound before a number, and words of growth and decrease."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

SIDE: Final = 90  # characters looked at on the left of a number

_WORDS_OF: Final = {
    ">=": r"не (?:менее|меньше|ниже)|(?:как )?минимум|≥|>=",
    "<=": r"не (?:более|больше|выше|свыше)|не (?:должн[а-я]+ )?превыша[а-я]+|максимум|≤|<=",
    ">": r"(?<!не )(?:более|больше|выше|свыше|>)",
    "<": r"(?<!не )(?:менее|меньше|ниже|<)",
}
COMPARATOR: Final = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<c{n}>{words})" for n, words in enumerate(_WORDS_OF.values()))
    + r")(?: чем)?(?: (?P<by>на|в|во|у|для|по|до|из|с|со|к|за|при|среди))?"
    r"(?: (?:уровня|отметки|показателя|значения))? ?$"
)
_BY_GROUP: Final = {f"c{n}": comparator for n, comparator in enumerate(_WORDS_OF)}
_GROWTH: Final = re.compile(
    r"(?:увелич|повы[сш](?!(?:ить|ать|ени[а-я]+) квалиф)|рост(?:а|у|ом|е)?(?![а-я])|прирост|расшир"
    r"|подня|наращ|нарас|довести|доведен|достич|достиж)"
)
_FALL: Final = re.compile(r"(?:сниз|сниж|сокра[тщ]|уменьш|сузить)")
CHANGE_WORD: Final = re.compile(rf"(?<![а-я])(?:{_GROWTH.pattern}|{_FALL.pattern})[а-я]*")


class Demand(NamedTuple):
    """A target as places in the folded text of a fragment."""

    start: int
    end: int
    comparator: str
    value: float
    unit: str
    rule: str
    confidence: float


def comparator_of(words: re.Match[str]) -> str:
    """Return the comparator of a COMPARATOR match."""
    return next(comparator for group, comparator in _BY_GROUP.items() if words[group])


def falls(left: str) -> bool:
    """Return whether the last word of change on the left is one of decrease."""
    words = CHANGE_WORD.findall(left)
    return bool(words) and _FALL.match(words[-1]) is not None


def signed(value: float, left: str) -> float:
    """Return the difference, negative for a decrease."""
    return -value if falls(left) else value


def factor(value: float, left: str) -> float:
    """Return the factor; a decrease «в 2 раза» multiplies by a half."""
    return round(1 / value, 4) if value and falls(left) else value
