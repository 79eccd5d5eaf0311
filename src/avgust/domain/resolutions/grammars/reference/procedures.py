"""Procedures of assessment: national check works, state exams, national and international studies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.resolutions.grammars.reference.found import Found
from avgust.domain.resolutions.model import ReferenceKind

_ABBREVIATION: Final = (
    r"(?:ВПР|НИКО|РПР|ОГЭ|ЕГЭ|ГВЭ(?:-(?:9|11))?|ГИА(?:-(?:9|11))?|PISA|TIMSS|PIRLS|ICCS|ICILS|TALIS"
    r"|НОКО|РИКО|МСИ)"
)
_SHORT: Final = re.compile(rf"(?<![\w-]){_ABBREVIATION}(?![\w])")
_LONG: Final = re.compile(
    r"(?<![\w-])(?:(?:всероссийск|региональн)[а-яё]+ проверочн[а-яё]+ работ[а-яё]*"
    r"|(?:един|основн)[а-яё]+ государственн[а-яё]+ экзамен[а-яё]*"
    r"|государственн[а-яё]+ выпускн[а-яё]+ экзамен[а-яё]*"
    r"|государственн[а-яё]+ итогов[а-яё]+ аттестаци[а-яё]+"
    r"|национальн[а-яё]+ исследовани[а-яё]+ качества образования"
    r"|международн[а-яё]+ (?:сравнительн[а-яё]+ )?исследовани[а-яё]+ (?:качества образования|PISA"
    r"|TIMSS|PIRLS)"
    r"|итогов[а-яё]+ (?:сочинени[а-яё]+(?: \(изложени[а-яё]+\))?|собеседовани[а-яё]+))"
    r"(?: по (?:образовательным )?программам [а-яё ]{5,60}? образования)?"
    rf"(?: \((?:далее ?[-–—] ?)?{_ABBREVIATION}\))?",
    re.IGNORECASE,
)


def find_procedures(text: str) -> Iterator[Found]:
    """Yield the procedures that `text` names; an abbreviation in brackets belongs to its full name."""
    for match in _LONG.finditer(text):
        yield Found(match.start(), match.end(), ReferenceKind.PROCEDURE, "procedure.named", 0.9)
    for match in _SHORT.finditer(text):
        yield Found(match.start(), match.end(), ReferenceKind.PROCEDURE, "procedure.abbreviated", 0.95)
