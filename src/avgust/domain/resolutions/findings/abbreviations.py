"""Abbreviations of a document: which are used, which are explained, which everybody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.resolutions.model import Span

# Known to every reader of a resolution of education authorities.
_KNOWN_TO_ALL: Final = """
    РФ СССР США СНГ ФЗ МВД МЧС ФСБ ФНС ФСИН ООН ЮНЕСКО СМИ ТВ ЖКХ ЗАГС ГИБДД КДН ЗП КДНИЗП ПДН ПМПК ППК ТПМПК
    ОВЗ ЕГЭ ОГЭ ГИА ГВЭ ВПР НИКО НОКО НОК ВСОКО ФГОС ФОП ФОП ДО ООП АООП ОПОП ФАОП ФРП ИУП ИОМ
    СОШ ООШ НОШ ДОУ ДОО МДОУ МБДОУ МКДОУ МАДОУ МБОУ МКОУ МАОУ МОУ ГБОУ ГОУ ГКОУ ГАОУ ГБПОУ ГАПОУ ПОО СПО
    ВПО     ВУЗ ССУЗ УДО МБУ МКУ МАУ ГБУ ГКУ ГАУ ФГБУ ФГБОУ ФГАУ ФГБНУ МБУДО МБОУДО МАУДО
    АНО НКО ООО ОАО ПАО АО ИП ДПО ПДО
    ДЮСШ СДЮШОР ДШИ ДТ ДДТ ЦДТ ЦРТ ЦДО РДШ РДДМ ГТО ВФСК ОБЖ ОБЗР НВП ЗОЖ ИКТ ИТ ИИ ЭОР ЦОР ЦОС ФГИС ГИС
    АИС МЭШ РЭШ ЕПГУ ПФДО СУРПК ПОС СанПиН ПДД ДТП ЧС ГО ЧОП ЧОО СКУД ТСО ВИЧ СПИД COVID QR PISA
    TIMSS PIRLS IT STEM URL HTTP PDF ВОВ СВО ЕАО ХМАО ЯНАО НАО КБР КЧР ЛНР ДНР ЦОКО МПГУ МГУ РАН РАО
    ПМСС ППМС ШНОР МТО МТБ
    НИИ ФИО ОКВЭД ИНН СНИЛС ЕГИССО НСОТ МРОТ ВсОШ РСУР
"""
KNOWN: Final = frozenset(_KNOWN_TO_ALL.split())
_TOKEN: Final = re.compile(r"(?<![\w«\"-])[А-ЯЁA-Z]{3,7}(?![\w-])")
_ROMAN: Final = re.compile(r"[IVXLCХ]+")
_SHOUTED: Final = 0.6


def used(text: str) -> Iterator[re.Match[str]]:
    """Yield the abbreviations of `text` that not everybody knows."""
    for found in _TOKEN.finditer(text):
        if found.group() not in KNOWN and not _ROMAN.fullmatch(found.group()):
            yield found


def is_shouted(text: str) -> bool:
    """Tell whether `text` is printed in capitals, so that its words look like abbreviations."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(map(str.isupper, letters)) > _SHOUTED * len(letters)


def is_explained(short: str, text: str) -> bool:
    """Tell whether `text` spells `short` out: «(далее – …)», a name in brackets, or by its initials."""
    quoted = re.escape(short)
    if re.search(rf"[Дд]алее\s*[-–—:,]?\s*(?:по тексту\s*[-–—:]?\s*)?[«\"]?(?:\w+ ){{0,3}}{quoted}\b", text):
        return True
    if re.search(
        rf"\w\s*\([«\"]?{quoted}[»\"]?\)|\b{quoted}\s*\((?!\d)[^)]{{10,}}\)|\b{quoted}\s[–—-]\s\w", text
    ):
        return True
    return _by_initials(short.lower(), text.lower())


def _by_initials(short: str, text: str) -> bool:
    """Tell whether words in a row begin with the letters of `short`; little words may be passed over."""
    gap = r"(?:[а-яёa-z]{1,3}\s+){0,2}"
    words = rf"\s+{gap}".join(rf"[\"«]?{re.escape(letter)}[\w-]*" for letter in short)
    return re.search(rf"(?<!\w){words}(?<!{re.escape(short)})", text) is not None


def span_of(found: re.Match[str]) -> Span:
    """Return the place of a match in the text that was searched."""
    return Span(*found.span())
