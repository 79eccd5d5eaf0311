"""Which measures below say what a measure above orders, by the words they share.

A municipality answers in words of its own: the office changes («Органам управления образованием» becomes
«Отделу образования»), the quantity and the date change, the subject stays. So words count by how rare they
are in both programmes together, words of levels and of office routine do not count at all, and a quoted
name («500+») is one rare word. A theme in common, and executors of the same kind, raise the likeness a
little; neither is enough alone. Only what one side orders and the other can do is compared by the caller.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from avgust.domain.resolutions.findings.similarity import stems
from avgust.domain.resolutions.morphology import fold

LEAST: Final = 0.25  # below it people reject more than they confirm, on the demo and the table of tests
MOST: Final = 3  # suggestions for one measure above: more would have to be read, not confirmed
_SAME_THEME: Final = 0.06
_OTHER_THEME: Final = -0.05
_SAME_KIND: Final = 0.04
_COMMON: Final = 0.3  # a word in more than this share of all measures tells nothing
_SMALL: Final = 12  # …once there are so many measures
_NAME: Final = re.compile(r"«([^»]{2,60})»")
_ROUTINE: Final = stems(
    "муниципальный региональный областной краевой районный городской окружной округ район область край город "
    "республика обеспечить обеспечение организовать организация провести проведение проводить утвердить "
    "утверждение подготовить подготовка создать создание принять разработать разработка назначить "
    "осуществить реализация реализовать образование образовательный школа школьный процент менее более "
    "квартал учебный общеобразовательный руководитель январь февраль март апрель май июнь июль август "
    "сентябрь октябрь ноябрь декабрь позднее ежегодно ежеквартально ежемесячно течение включить условия план"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A measure as answering sees it. `kinds` are the rules or bodies on which it falls."""

    id: int
    text: str
    theme: str = ""
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`below` may answer `above`; likeness is 0…1."""

    below: int
    above: int
    likeness: float


def words_of(text: str) -> frozenset[str]:
    """Return what a text is about: stems without routine, and quoted names whole."""
    names = frozenset(f"«{fold(name)}»" for name in _NAME.findall(text))
    return (stems(text) - _ROUTINE) | names


def suggestions(
    below: Sequence[Statement], above: Sequence[Statement], *, least: float = LEAST, most: int = MOST
) -> list[Suggestion]:
    """Return which of `below` may answer which of `above`, at most `most` for each, the likeliest first."""
    low, high = [words_of(one.text) for one in below], [words_of(one.text) for one in above]
    weights = _weights([*low, *high])
    lengths = [_length(bag, weights) for bag in low]
    index = _index(low, weights)
    found: list[Suggestion] = []
    for place, bag in enumerate(high):
        length = _length(bag, weights)
        near = (
            Suggestion(below[at].id, above[place].id, round(_raised(alike, below[at], above[place]), 3))
            for at, alike in _alike(bag, length, index, weights, lengths)
        )
        fitting = [one for one in near if one.likeness >= least]
        found += sorted(fitting, key=lambda one: (-one.likeness, one.below))[:most]
    return found


def _weights(bags: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return how much each word tells: the rarer, the more; nothing for what stands everywhere."""
    spread = Counter(word for bag in bags for word in bag)
    many = len(bags)
    most = many * _COMMON if many > _SMALL else many
    return {word: log(1 + many / n) for word, n in spread.items() if n <= most}


def _length(bag: Iterable[str], weights: dict[str, float]) -> float:
    return sqrt(sum(weights.get(word, 0.0) ** 2 for word in bag))


def _index(bags: Sequence[frozenset[str]], weights: dict[str, float]) -> dict[str, list[int]]:
    index: defaultdict[str, list[int]] = defaultdict(list)
    for place, bag in enumerate(bags):
        for word in bag:
            if word in weights:
                index[word].append(place)
    return index


def _alike(
    bag: frozenset[str],
    length: float,
    index: dict[str, list[int]],
    weights: dict[str, float],
    lengths: Sequence[float],
) -> Iterator[tuple[int, float]]:
    """Yield the places of texts that share a word with `bag`, with the cosine of the two."""
    shared: defaultdict[int, float] = defaultdict(float)
    for word in sorted(bag):
        for place in index.get(word, ()):
            shared[place] += weights[word] ** 2
    for place, product in shared.items():
        if length and lengths[place]:
            yield place, product / (length * lengths[place])


def _raised(alike: float, one: Statement, other: Statement) -> float:
    """Return the likeness with what theme and addressee add or take."""
    if one.theme and other.theme:
        alike += _SAME_THEME if one.theme == other.theme else _OTHER_THEME
    if one.kinds & other.kinds:
        alike += _SAME_KIND
    return min(max(alike, 0.0), 1.0)
