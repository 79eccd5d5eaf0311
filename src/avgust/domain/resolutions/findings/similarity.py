"""Which measures say the same: the share of word stems that two of them have in common.

Measured on real resolutions the plain share tells twins apart better than one weighted by rarity, since
in a short document the words of a repeated task are no longer rare. Measures that differ in a number, a
month, a level or a quoted name are siblings in a series («итоги I квартала», «итоги II квартала»), no twins.
An inverted index keeps the work far below comparing every pair.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil
from typing import Final, NamedTuple

from avgust.domain.resolutions.months import MONTH_STEM
from avgust.domain.resolutions.morphology import fold

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_ENDING: Final = re.compile(
    r"(?:иями|ться|тся|ями|ами|ией|ого|его|ому|ему|ыми|ими|ить|ать|ять|ых|их|ой|ей|ий|ый|ая|яя|ое|ее|ые|ие|"
    r"ом|ем|ам|ям|ах|ях|ию|ия|ья|ов|ев|у|ю|а|я|о|е|ы|и|ь)$"
)
_STEM: Final = 7  # letters: «обеспечить» and «обеспечение» meet
_STOP: Final = frozenset(
    re.findall(
        r"\w+", "для при над под без про или его как так что это всех все том числе также через между год"
    )
)
_CONTRAST: Final = re.compile(
    rf"\d+(?:[.,]\d+)*|\b[IVXХ]{{1,4}}\b|«[^»]+»|\b(?:{MONTH_STEM}|"
    r"школьн|муниципальн|региональн|районн|городск|областн|федеральн|всероссийск|начальн|"
    r"основн|средн|дошкольн|перв|втор|трет|четв[её]рт|весен|осен|зимн|летн)",
    re.IGNORECASE,
)
_NEAREST: Final = 60  # texts with a stem that are compared: bounds the work in a document of any length


class Pair(NamedTuple):
    """Two texts by their places, the later first; how alike they are, 0…1; how many stems both have."""

    later: int
    earlier: int
    likeness: float
    stems: int


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the beginning that the forms of a word share."""
    word = fold(word)
    bare = _ENDING.sub("", word)
    return (bare if len(bare) >= 3 else word)[:_STEM]


@lru_cache(maxsize=8_000)
def stems(text: str) -> frozenset[str]:
    """Return the stems of a text without little words."""
    return frozenset(stem(word) for word in _WORD.findall(text) if word.lower() not in _STOP)


def in_series(one: str, other: str) -> bool:
    """Tell whether two texts differ in what numbers the members of a series."""
    first, second = _contrasts(one), _contrasts(other)
    return first != second and bool(first - second) and bool(second - first)


@lru_cache(maxsize=4_000)
def _contrasts(text: str) -> Counter[str]:
    """Return the words that tell the members of a series apart; a text is compared with many others."""
    return Counter(found.group().lower() for found in _CONTRAST.finditer(text))


def pairs(
    texts: Sequence[str], least: float, first_later: int = 1, only: int | None = None
) -> Iterator[Pair]:
    """Yield pairs at least `least` alike whose later text stands at `first_later` or after it, or at `only`.

    Prefix filtering: texts that share `least` of their stems share one among the rarest of each, so only
    those are indexed and looked up, and no pair is lost while no rare stem stands in more than 60 texts.
    """
    bags = [stems(text) for text in texts]
    spread = Counter(one for bag in bags for one in bag)
    index: dict[str, list[int]] = defaultdict(list)
    for later, bag in enumerate(bags if only is None else bags[: only + 1]):
        rarest = sorted(bag, key=lambda one: (spread[one], one))[: len(bag) - ceil(least * len(bag)) + 1]
        if later >= first_later and only in (None, later):
            for earlier in {earlier for one in rarest for earlier in index[one][-_NEAREST:]}:
                both = len(bag & bags[earlier])
                union = len(bag) + len(bags[earlier]) - both
                if both >= least * union and not in_series(texts[later], texts[earlier]):
                    yield Pair(later, earlier, both / union, union)
        for one in rarest:
            if spread[one] > 1:
                index[one].append(later)
