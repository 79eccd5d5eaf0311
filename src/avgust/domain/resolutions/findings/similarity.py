"""Which measures say the same: overlap of their word stems, weighted by how rare each is in the document.

An inverted index over the rarer stems keeps the work far below comparing every pair.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[^\W_]{3,}")
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
# Words of every second measure of the genre: they say little about what it is about.
_COMMON_WORDS: Final = """
обеспечить организовать провести проведение разработать реализация реализовать образование образовательных
учреждение развитие развивать рамках национального регионального муниципального области района работа работу
система проект программа мероприятие создать создание создавать условия современный повышение повысить
эффективность качество продолжить общеобразовательных педагог педагогических деятельность осуществлять
использование целях реализации организация организаций
"""
_COMMON_WEIGHT: Final = 0.4
_CROWD: Final = 40  # a stem that more measures share finds no pair by itself


class Pair(NamedTuple):
    """Two texts by their places, the later first, and how alike they are: 0…1."""

    later: int
    earlier: int
    likeness: float


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the beginning that forms of a word share."""
    word = word.lower().replace("ё", "е")
    bare = _ENDING.sub("", word)
    return (bare if len(bare) >= 3 else word)[:_STEM]


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """Return the stems of a text without little words."""
    return frozenset(stem(word) for word in _WORD.findall(text) if word.lower() not in _STOP)


_COMMON: Final = frozenset(stem(word) for word in _COMMON_WORDS.split())


class Likeness:
    """Compares texts of one collection; rarity is counted over all of them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._stems = [stems(text) for text in texts]
        self._spread = Counter(one for text in self._stems for one in text)

    def _weight(self, one: str) -> float:
        rarity = math.log(1 + len(self._stems) / self._spread[one])
        return rarity * (_COMMON_WEIGHT if one in _COMMON else 1.0)

    def pairs(self, least: float, first_later: int = 1) -> Iterator[Pair]:
        """Yield pairs at least `least` alike whose later text stands at `first_later` or after it."""
        weights = {one: self._weight(one) for one in self._spread}
        totals = [sum(weights[one] for one in text) for text in self._stems]
        index: dict[str, list[int]] = defaultdict(list)
        for later, text in enumerate(self._stems):
            rare = [one for one in text if self._spread[one] <= _CROWD]
            if later >= first_later:
                shared = Counter(earlier for one in rare for earlier in index[one])
                for earlier, count in shared.items():
                    if count < 2 and len(text) > 2:
                        continue
                    both = sum(weights[one] for one in text & self._stems[earlier])
                    likeness = both / (totals[later] + totals[earlier] - both)
                    if likeness >= least:
                        yield Pair(later, earlier, likeness)
            for one in rare:
                index[one].append(later)
