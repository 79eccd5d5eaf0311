"""The columns of a workbook of the territory, and how their heads and values may be written."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from avgust.domain.messages import LANGUAGES, mark, translate
from avgust.domain.resolutions.morphology import fold

_NOISE: Final = re.compile(r"\W+")


class Field(StrEnum):
    """What a cell is about; the order is that of the columns."""

    NUMBER = "number"
    INN = "inn"
    NAME = "name"
    SHORT_NAME = "short_name"
    KIND = "kind"
    PLACE = "place"
    SINCE = "since"
    FOUNDER = "founder"
    SETTLEMENT = "settlement"
    OPENED = "opened"
    CLOSED = "closed"
    SUCCESSOR = "successor"
    BASIS = "basis"


HEADERS: Final[dict[Field, str]] = {
    Field.NUMBER: mark("No. in the register"),
    Field.INN: mark("Tax number"),
    Field.NAME: mark("Official name"),
    Field.SHORT_NAME: mark("Short name"),
    Field.KIND: mark("Kind"),
    Field.PLACE: mark("Stands under"),
    Field.SINCE: mark("In this place since"),
    Field.FOUNDER: mark("Founder"),
    Field.SETTLEMENT: mark("Settlement"),
    Field.OPENED: mark("Opened on"),
    Field.CLOSED: mark("Last day"),
    Field.SUCCESSOR: mark("Successor"),
    Field.BASIS: mark("Act"),
}
DATES: Final = frozenset({Field.SINCE, Field.OPENED, Field.CLOSED})
WIDTHS: Final[dict[Field, int]] = {
    Field.NAME: 60,
    Field.SHORT_NAME: 32,
    Field.PLACE: 34,
    Field.SUCCESSOR: 34,
    Field.BASIS: 34,
    Field.KIND: 24,
    Field.INN: 14,
}
# How offices call the columns beside our own heads.
_ALSO: Final[dict[Field, tuple[str, ...]]] = {
    Field.NUMBER: ("№ в реестре", "номер в реестре", "id"),
    Field.INN: ("инн", "инн организации"),
    Field.NAME: (
        "полное наименование",
        "наименование",
        "название",
        "наименование организации",
        "организация",
    ),
    Field.SHORT_NAME: ("краткое наименование", "сокращенное наименование", "сокращенное название"),
    Field.KIND: ("вид организации", "тип", "тип организации"),
    Field.PLACE: ("муниципалитет", "муниципальное образование", "район", "округ", "территория"),
    Field.SINCE: ("в этом месте с", "дата перехода"),
    Field.SETTLEMENT: ("тип поселения", "вид поселения", "местность", "тип местности"),
    Field.OPENED: ("открыта", "дата открытия", "дата создания"),
    Field.CLOSED: ("закрыта", "дата закрытия", "дата ликвидации", "последний день работы"),
    Field.SUCCESSOR: ("правопреемник",),
    Field.BASIS: ("акт", "основание", "реквизиты акта"),
}

KINDS: Final[dict[str, str]] = {
    "region": mark("region"),
    "municipality": mark("municipality"),
    "authority": mark("education authority"),
    "school": mark("school"),
    "kindergarten": mark("kindergarten"),
    "additional": mark("additional education"),
    "college": mark("college"),
    "methodical_centre": mark("methodical centre"),
    "institute": mark("institute for teacher development"),
    "other": mark("other organisation"),
}
FOUNDERS: Final[dict[str, str]] = {
    "municipal": mark("municipality"),
    "regional": mark("region"),
    "private": mark("private founder"),
}
SETTLEMENTS: Final[dict[str, str]] = {"urban": mark("town"), "rural": mark("village")}
CHOICES: Final[dict[Field, dict[str, str]]] = {
    Field.KIND: KINDS,
    Field.FOUNDER: FOUNDERS,
    Field.SETTLEMENT: SETTLEMENTS,
}
_CALLED: Final[dict[Field, dict[str, str]]] = {
    Field.KIND: {
        "сад": "kindergarten",
        "доу": "kindergarten",
        "дошкольная": "kindergarten",
        "общеобразовательная": "school",
        "оо": "school",
        "техникум": "college",
        "спо": "college",
        "до": "additional",
        "одо": "additional",
        "муниципальный округ": "municipality",
        "городской округ": "municipality",
        "муниципальный район": "municipality",
    },
    Field.FOUNDER: {
        "муниципальный": "municipal",
        "муниципальное": "municipal",
        "государственный": "regional",
        "областной": "regional",
        "региональный": "regional",
        "частный": "private",
        "частная": "private",
    },
    Field.SETTLEMENT: {
        "городское": "urban",
        "городская": "urban",
        "сельское": "rural",
        "сельская": "rural",
        "сельское поселение": "rural",
    },
}


@lru_cache(maxsize=8192)  # the name of a municipality stands in every row of its organisations
def plain(text: str) -> str:
    """Return `text` as heads, choices and names are compared: no case, no ё, letters and digits only."""
    return _NOISE.sub(" ", fold(text)).strip()


@lru_cache(maxsize=1)
def _known_heads() -> dict[str, Field]:
    heads = {plain(also): field for field, words in _ALSO.items() for also in words}
    for field, header in HEADERS.items():
        for language in LANGUAGES:
            heads[plain(translate(header, language))] = field
    return heads


def field_of(head: str) -> Field | None:
    """Return which column has this head; None for one that is not ours."""
    return _known_heads().get(plain(head))


def heads_in(cells: list[str]) -> dict[int, Field]:
    """Return the columns of a row of heads, the first of each kind."""
    known, found = _known_heads(), dict[int, Field]()
    for column, cell in enumerate(cells):
        field = known.get(plain(cell)) if cell else None
        if field and field not in found.values():
            found[column] = field
    return found


def choice_of(field: Field, text: str) -> str | None:
    """Return the code of a choice as people write it; None where there is no such choice."""
    return _known_choices(field).get(plain(text))


@lru_cache(maxsize=8)
def _known_choices(field: Field) -> dict[str, str]:
    known = dict(_CALLED[field])
    for code, name in CHOICES[field].items():
        known[code] = code
        known.update((plain(translate(name, language)), code) for language in LANGUAGES)
    return known


def choice_text(field: Field, code: str, language: str) -> str:
    """Return how a choice is written in a file and on a page."""
    return translate(CHOICES[field].get(code, ""), language) or code
