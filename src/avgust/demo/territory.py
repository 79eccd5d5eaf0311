"""The organisations of the fictional Приреченская область: names written once, numbers by rule, no chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

REGION: Final = "region"
LONG_AGO: Final = date(1994, 9, 1)


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """An organisation or a place of the tree; `key` and `parent` are stable names within the demo."""

    key: str
    name: str
    short_name: str
    kind: str
    parent: str | None
    founder: str = "municipal"
    settlement: str = "urban"
    opened: date = LONG_AGO
    closed: date | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality: how it is called and what stands in it."""

    key: str
    name: str
    genitive: str  # «Заозёрского»
    villages: tuple[str, ...]  # adjectives of places with a school: «Боровская»
    kindergartens: tuple[str, ...]
    additional: tuple[str, ...]
    methodical: bool = True
    city: bool = False

    @property
    def genitive_name(self) -> str:
        """«Заозёрского муниципального округа»."""
        return f"{self.genitive} {'городского' if self.city else 'муниципального'} округа"


_FAIRY: Final = (
    "Ладья", "Родничок", "Теремок", "Василёк", "Журавлик", "Рябинка", "Светлячок", "Колосок", "Аистёнок",
    "Солнышко", "Ивушка", "Парусок", "Лесовичок", "Росинка", "Капитошка", "Незабудка", "Снегирёк", "Ромашка",
)  # fmt: skip

PLACES: Final = (
    Place("prirechensk", "Приреченский городской округ", "Приреченского", tuple(f"№ {n}" for n in range(1, 15)),
          _FAIRY, ("Дворец творчества юных", "Станция юных техников", "Центр «Орбита»", "Спортивная школа «Старт»"), city=True),
    Place("zaozerny", "Заозёрский муниципальный округ", "Заозёрского",
          ("Заозёрная", "Боровская", "Ключевская", "Мостовская", "Раздольненская", "Верхнеозёрская"), _FAIRY[:7], ("Дом творчества «Исток»",)),
    Place("lugovoy", "Луговской муниципальный округ", "Луговского",
          ("Луговская", "Заречная", "Покосная", "Черемшанская", "Полевская", "Ольшанская"), _FAIRY[3:9], ("Дом творчества", "Школа искусств")),
    Place("verkhny-bor", "Верхнеборский муниципальный округ", "Верхнеборского",
          ("Верхнеборская", "Кедровская", "Лосинская", "Моховская", "Пихтовская"), _FAIRY[5:11], ("Дом творчества", "Спортивная школа")),
    Place("kamenny", "Каменогорский муниципальный округ", "Каменогорского",
          ("Каменогорская", "Гранитная", "Рудничная", "Слюдянская", "Малахитовская"), _FAIRY[2:7], ("Дом творчества", "Станция юных натуралистов")),
    Place("tikhaya", "Тихореченский муниципальный округ", "Тихореченского",
          ("Тихореченская", "Пристанская", "Паромная", "Береговая", "Плёсовская"), _FAIRY[4:9], ("Дом творчества",)),
    Place("olkhovka", "Ольховский муниципальный округ", "Ольховского",
          ("Ольховская", "Родниковая", "Хуторская", "Дубравинская"), _FAIRY[6:11], ("Дом творчества",)),
    Place("sosny", "Сосновоборский муниципальный округ", "Сосновоборского",
          ("Сосновоборская", "Смолянская", "Просековская", "Лесопильная"), _FAIRY[1:6], ("Дом творчества",)),
    Place("stepnoy", "Степной муниципальный округ", "Степного",
          ("Степная", "Ковыльненская", "Целинная", "Курганская"), _FAIRY[9:13], ("Дом творчества",)),
    Place("nizhny-yar", "Нижнеярский муниципальный округ", "Нижнеярского",
          ("Нижнеярская", "Овражная", "Меловская", "Глинищевская"), _FAIRY[10:14], ("Дом творчества",), methodical=False),
)  # fmt: skip

_REGIONAL: Final = (
    ("ministry", "Министерство образования Приреченской области", "Минобразования", "authority"),
    ("institute", "ГАУ ДПО «Приреченский институт развития образования»", "ПИРО", "institute"),
    ("quality-centre", "ГБУ «Приреченский центр оценки качества образования»", "ПЦОКО", "institute"),
    (
        "talent-centre",
        "Центр выявления и поддержки одарённых детей «Верховье»",
        "Центр «Верховье»",
        "additional",
    ),
    ("support-centre", "Центр психолого-педагогической помощи «Опора»", "Центр «Опора»", "other"),
)
_COLLEGES: Final = (
    "Приреченский педагогический колледж", "Приреченский политехнический колледж", "Приреченский медицинский колледж",
    "Заозёрский лесной техникум", "Каменогорский горный техникум", "Степной аграрный техникум",
)  # fmt: skip


def units() -> Iterator[DemoUnit]:
    """Yield every unit, parents before children: about 170 organisations in ten municipalities."""
    yield DemoUnit(REGION, "Приреченская область", "Приреченская область", "region", None, "regional")
    for key, name, short, kind in _REGIONAL:
        yield DemoUnit(key, name, short, kind, REGION, "regional")
    for number, name in enumerate(_COLLEGES, start=1):
        yield DemoUnit(f"college-{number}", f"ГБПОУ «{name}»", name, "college", REGION, "regional")
    for place in PLACES:
        yield from _of_place(place)


def _of_place(place: Place) -> Iterator[DemoUnit]:
    yield DemoUnit(place.key, place.name, place.name, "municipality", REGION)
    office = "Управление образования администрации" if place.city else "Отдел образования администрации"
    yield DemoUnit(
        f"{place.key}-authority",
        f"{office} {place.genitive_name}",
        office.split(" адм", maxsplit=1)[0],
        "authority",
        place.key,
    )
    if place.methodical:
        name = f"МКУ «Методический центр {place.genitive} округа»"
        yield DemoUnit(f"{place.key}-methodical", name, "Методический центр", "methodical_centre", place.key)
    for number, word in enumerate(place.villages, start=1):
        yield _school(place, number, word)
    for number, word in enumerate(place.kindergartens, start=1):
        name = f"МБДОУ «Детский сад № {number} «{word}» {place.genitive} округа»"
        settlement = "urban" if place.city or number <= 2 else "rural"
        yield DemoUnit(
            f"{place.key}-kindergarten-{number}", name, f"Детский сад «{word}»", "kindergarten", place.key,
            settlement=settlement,
        )  # fmt: skip
    for number, word in enumerate(place.additional, start=1):
        name = f"МБУ ДО «{word} {place.genitive} округа»"
        yield DemoUnit(f"{place.key}-additional-{number}", name, word, "additional", place.key)


def _school(place: Place, number: int, word: str) -> DemoUnit:
    """Return a school; in the city every fifth is a gymnasium and every seventh a lyceum."""
    if place.city:
        sort = "Гимназия" if number % 5 == 0 else "Лицей" if number % 7 == 0 else "Школа"
        name, short = f"МБОУ «{sort} {word}» города Приреченска", f"{sort} {word}"
    else:
        sort = "Средняя" if number <= 4 else "Основная"
        name = f"МБОУ «{word} {sort.lower()} общеобразовательная школа»"
        short = f"{word} {'СОШ' if number <= 4 else 'ООШ'}"
    opened = date(2024, 9, 1) if (place.key, number) in _NEW else LONG_AGO
    settlement = "urban" if place.city or number == 1 else "rural"
    return DemoUnit(
        f"{place.key}-school-{number}", name, short, "school", place.key, settlement=settlement, opened=opened
    )


_NEW: Final = frozenset({("prirechensk", 14), ("lugovoy", 6), ("kamenny", 5)})
