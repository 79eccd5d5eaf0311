"""Documents that are no acts of one body: federal standards, sanitary rules, recommendations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.resolutions.grammars.quotes import quotes_of
from avgust.domain.resolutions.grammars.reference.found import Found
from avgust.domain.resolutions.model import ReferenceKind

_LEVEL: Final = r"(?:НОО|ООО|СОО|ДО|УО|СПО|ВО|ОВЗ)"
_STANDARD: Final = re.compile(
    rf"(?<![\w-])(?:ФГОС(?: {_LEVEL}(?:(?:, | и |,){_LEVEL})*)?|ФО[ОА]?П(?: {_LEVEL}(?:(?:, | и "
    rf"|,){_LEVEL})*)?"
    r"|федеральн[а-яё]+ государственн[а-яё]+ образовательн[а-яё]+ стандарт[а-яё]*(?: (?:дошкольного"
    r"|начального общего|основного общего|среднего общего|общего) образования)?"
    r"(?: \((?:далее ?[-–—] ?)?ФГОС(?: [А-Я]{2,3})?\))?)(?!\w)"
)
_CODED: Final = re.compile(r"(?<![\w-])(?:СанПиН|СП|ГОСТ(?: Р)?)(?: №)? (?P<number>\d[\d./-]*\d)(?!\w)")
_TITLED: Final = re.compile(
    r"(?:методическ[а-яё]+ рекомендаци[а-яё]+|методическ[а-яё]+ пособи[а-яё]+"
    r"|инструктивн[а-яё]+ материал[а-яё]+) ?(?=[«\"“„])",
    re.IGNORECASE,
)


def find_documents(text: str) -> Iterator[Found]:
    """Yield the standards, rules and recommendations that `text` names."""
    for match in _STANDARD.finditer(text):
        yield Found(match.start(), match.end(), ReferenceKind.DOCUMENT, "document.standard", 0.8)
    for match in _CODED.finditer(text):
        yield Found(match.start(), match.end(), ReferenceKind.LAW, "document.rules", 0.9, match["number"])
    if "«" in text or '"' in text:
        starts = {quote.start: quote for quote in quotes_of(text)}
        for match in _TITLED.finditer(text):
            if quote := starts.get(match.end()):
                yield Found(match.start(), quote.end, ReferenceKind.DOCUMENT, "document.titled", 0.85)
