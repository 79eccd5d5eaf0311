"""The territory of a document, in the nominative: «Сосновского района …» → «Сосновский район …»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import Fact

_ADJECTIVE: Final = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?(?:ск|цк|н)(?:ой|ого|ом|ому|им|ий|ая|ую|ый)"
_UNIT: Final = (
    r"(?:муниципальн(?:ого|ый|ом)\s|городск(?:ого|ой|ом)\s)?(?:район[аеу]?|округ[аеу]?)|област(?:и|ь|ью)|"
    r"кра[яйюе]"
)
_REGION: Final = re.compile(
    rf"(?P<adj>{_ADJECTIVE})\s(?P<unit>{_UNIT}|Республик[иау])(?![а-яё])"
    rf"(?P<tail>\s(?:{_ADJECTIVE}\s(?:област[ьи]|кра[яй]|Республики)|Республики\s[А-ЯЁ][а-яё]+))?"
)
_REPUBLIC: Final = re.compile(r"Республик[аиеу]\s[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?(?:\s\([А-ЯЁ][а-яё]+\))?")
_UNIT_WORD: Final = re.compile(r"(?:Муниципальн|Городск|Област|Кра[яюей]|Район|Округ)[а-яё]*")
_CITY: Final = re.compile(
    r"(?:городского\sокруга|города|г\.)\s?[«\"]?(?P<name>[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*)[»\"]?"
)
_UNITS: Final = (
    ("район", "район", "masc"), ("округ", "округ", "masc"), ("област", "область", "femn"),
    ("кра", "край", "masc"), ("Республик", "Республика", "femn"),
)  # fmt: skip


def find_territory(heads: Sequence[Fragment], first: Sequence[Fragment]) -> Fact | None:
    """Return the territory named in the header, or else in the first paragraphs of the body."""
    for confidence, fragments in ((0.9, heads), (0.75, first)):
        for fragment in fragments:
            found = _REGION.search(_uncapitalised(fragment.text))
            if found is not None:
                value = _nominative(found)
                return Fact(
                    value, found.group(), fragment.span(*found.span()), "territory.region", confidence
                )
        for fragment in fragments:
            republic = _REPUBLIC.search(fragment.text)
            if republic is not None:
                value = re.sub(r"^Республик[иеу]", "Республика", republic.group())
                return Fact(
                    value, republic.group(), fragment.span(*republic.span()), "territory.republic", confidence
                )
    for fragment in heads:
        city = _CITY.search(fragment.text)
        if city is not None:
            value = f"город {_city_nominative(city['name'])}"
            return Fact(value, city.group(), fragment.span(*city.span()), "territory.city", 0.6)
    return None


def _uncapitalised(text: str) -> str:
    """Return a line printed in capitals as it would stand in a sentence; length is kept."""
    if not text.isupper():
        return text
    return _UNIT_WORD.sub(lambda found: found.group().lower(), text.title())


def _nominative(found: re.Match[str]) -> str:
    unit = found["unit"]
    stem, noun, gender = next(entry for entry in _UNITS if entry[0] in unit)
    kind = unit[: unit.index(stem)].strip()
    words = [adjective_nominative(found["adj"], gender)]
    if kind:
        words.append("городской" if kind.startswith("городск") else "муниципальный")
    words.append(noun)
    return " ".join(words) + (found["tail"] or "")


def adjective_nominative(word: str, gender: str) -> str:
    """Return the adjective in the nominative of `gender` ("masc", "femn"); endings are regular here."""
    stem = re.sub(r"(?:ой|ого|ому|ом|ым|им|ий|ый|ая|ую|его|ей)$", "", word)
    if gender == "femn":
        return stem + "ая"
    if stem.endswith(("ск", "цк")):
        return stem + "ий"
    return _masculine(word, stem)


@lru_cache(maxsize=64)
def _masculine(word: str, stem: str) -> str:
    """Return a masculine adjective in the nominative; only the morphology knows «Степной» from «Лесной»."""
    for parse in _morphology().parse(word):
        if "ADJF" in parse.tag and parse.is_known:
            return str(parse.inflect({"masc", "nomn", "sing"}).word).capitalize()
    return stem + ("ий" if stem[-1:] in "кгхжшщч" else "ый")


@lru_cache(maxsize=256)
def _city_nominative(name: str) -> str:
    """Return a town's name in the nominative, as printed where the morphology does not know it."""
    for parse in _morphology().parse(name):
        if "Geox" in parse.tag and (form := parse.inflect({"nomn"})) is not None:
            return "-".join(piece.capitalize() for piece in form.word.split("-"))
    return name


@lru_cache(maxsize=1)
def _morphology() -> Any:
    from pymorphy3 import MorphAnalyzer  # noqa: PLC0415 — slow to load, and seldom needed

    return MorphAnalyzer(lang="ru")
