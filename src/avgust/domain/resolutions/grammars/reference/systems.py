"""Information systems, portals and platforms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.resolutions.grammars.quotes import quotes_of
from avgust.domain.resolutions.grammars.reference.found import Found
from avgust.domain.resolutions.model import ReferenceKind
from avgust.domain.resolutions.morphology import fold

_CLASS: Final = r"(?:ФГИС|ФИС|ГИС|РИС|АИС|ЕИС|ИАС|ЕАИС|РАИС|МИС|АСУ|ЕГИС|ИС)"
_ABBREVIATED: Final = re.compile(
    rf"(?<![\w-]){_CLASS}(?: (?P<caps>(?:[А-ЯЁ]{{2,}}[А-ЯЁа-яё-]*)(?: и приема| и приёма"
    rf"|(?:[ -][А-ЯЁ]{{2,}})*)|[А-ЯЁ][а-яё-]+(?: (?:дополнительного|дошкольного"
    rf"|общего) образования)?)| (?=[«\"“„]))(?![\w-])?"
)
_WORDED: Final = re.compile(
    r"(?<![\w-])(?:(?:информационн[а-яё]+|автоматизированн[а-яё]+|биллингов[а-яё]+|электронн[а-яё]+"
    r"|цифров[а-яё]+|дистанционн[а-яё]+)(?:[- ][а-яё]+)? систем[а-яё]*|систем[а-яё]*"
    r"|информационн[а-яё]+ ресурс[а-яё]*|портал[а-яё]{0,3}|(?:медиа)?платформ[а-яё]{0,3}"
    r"|сервис[а-яё]{0,3}|навигатор[а-яё]{0,3}"
    r"|мессенджер[а-яё]{0,3}|мобильн[а-яё]+ приложени[а-яё]+|модул[а-яё]{1,3}"
    r"|электронн[а-яё]+ (?:школ|дневник|журнал)[а-яё]{0,3}|онлайн-[а-яё]+)"
    r"(?P<words>(?: (?!(?:в|на|для|и|с|по|школ|центр|учрежден|лагер|класс"
    r"|конкурс)[а-яё]*\b)[а-яё-]+){0,4}) ?(?=[«\"“„])",
    re.IGNORECASE,
)
_FIXED: Final = re.compile(
    r"(?<![\w-])(?:[Нн]авигатор(?:а|е|у"
    r"|ом)? дополнительного образования(?: детей)?(?: [А-ЯЁ][а-яё-]+ой области)?"
    r"|ФРДО|ФИС ОКО|ЕПГУ|РЭШ|ЕСИА|ЕГИССО|ЦОС «Моя школа»|Сферум(?:а|е|ом)?|Госуслуг(?:и|ах|ами|ам)?"
    r"|Российск(?:ая|ой|ую) электронн(?:ая|ой|ую) школ(?:а|ы|е|у|ой)"
    r"|Един(?:ый|ого|ому|ом|ым) портал(?:а|у|е|ом)? государственных(?: и муниципальных)? услуг"
    r"|Госвеб)(?![\w-])"
)
_KNOWN: Final = frozenset(
    {
        "госуслуги",
        "дневник.ру",
        "е-услуги. образование",
        "единое содержание общего образования",
        "конструктор рабочих программ",
        "контингент",
        "меркурий",
        "мобильное электронное образование",
        "московская электронная школа",
        "моя школа",
        "моя школа онлайн",
        "навигатор дополнительного образования",
        "навигатор дополнительного образования детей",
        "одаренные дети",
        "работа в россии",
        "российская электронная школа",
        "сетевой город",
        "сетевой город. образование",
        "сферум",
        "учи.ру",
        "цифровой образовательный контент",
        "электронная школа",
        "электронный дневник",
        "электронный журнал",
        "я сдам егэ",
        "якласс",
    }
)


def find_systems(text: str) -> Iterator[Found]:
    """Yield the systems that `text` names."""
    quotes = quotes_of(text)
    starts = {quote.start: quote for quote in quotes}
    taken: set[int] = set()
    for match in _ABBREVIATED.finditer(text):
        if quote := starts.get(match.end()):
            taken.add(quote.start)
            yield Found(match.start(), quote.end, ReferenceKind.SYSTEM, "system.quoted", 0.95)
        elif match["caps"]:
            yield Found(match.start(), match.end(), ReferenceKind.SYSTEM, "system.named", 0.9)
    for match in _FIXED.finditer(text):
        yield Found(match.start(), match.end(), ReferenceKind.SYSTEM, "system.known", 0.9)
    if not quotes:
        return
    for match in _WORDED.finditer(text):
        if (quote := starts.get(match.end())) and quote.start not in taken:
            taken.add(quote.start)
            yield Found(quote.start, quote.end, ReferenceKind.SYSTEM, "system.quoted", 0.85)
    for quote in quotes:
        if quote.start not in taken and fold(quote.inner(text)) in _KNOWN:
            yield Found(quote.start, quote.end, ReferenceKind.SYSTEM, "system.known", 0.8)
