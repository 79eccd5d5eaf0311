"""Where a Russian line must not break: U+00A0 after short words, №, initials, and before units."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

NBSP: Final = "\u00a0"
LONGEST_KEPT: Final = 300  # letters; longer texts are paragraphs, printed once

_SHORT: Final = (
    "а|без|в|во|для|до|за|и|из|изо|или|к|ко|на|над|не|ни|но|о|об|обо|от|ото|по|под|при|про|с|со|у"
    "|the|a|an|of|in|on|at|to|by|for|and|or"
)
_UNITS: Final = (
    r"%|‰|процент\w*|п\.\s?п\.|руб\w*|тыс\w*|млн|млрд|шт\.?|чел\w*|час\w*|мин\w*|лет|год\w*|г\.|гг\.|месяц\w*|дн\w+"
    r"|день|дня|недел\w+|класс\w*|школ\w*|МБ|КБ|ГБ|MB|KB"
    r"|мер[аыу]?|мерами|мерам|пункт\w*|поручени\w+|отч[её]т\w*|организаци\w+|муниципалитет\w*|документ\w*"
    r"|measures?|clauses?|assignments?|reports?|organisations?|municipalit\w+|documents?|of"
    r"|январ[яе]|феврал[яе]|марта?|апрел[яе]|ма[яй]|июн[яе]|июл[яе]|августа?|сентябр[яе]|октябр[яе]|ноябр[яе]|декабр[яе]"
)
_TAG: Final = re.compile(r"<[^<>]*>")
_MASK: Final = "\ue000"  # stands for a tag: what is inside one is no text, what is around it is one line

_RULES: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(rf"(?<![\w\u00a0-])({_SHORT})[ ](?=\S)", re.IGNORECASE), rf"\1{NBSP}"),
    (re.compile(r"(№|§|ст\.|п\.|пп\.|г\.|ул\.|д\.|им\.)[ ](?=[\w«])"), rf"\1{NBSP}"),
    (re.compile(rf"(\d{_MASK}?)[ ](?={_MASK}?(?:{_UNITS})(?!\w))"), rf"\1{NBSP}"),
    (re.compile(r"(\d)[ ](?=\d{3}(?!\d))"), rf"\1{NBSP}"),
    (re.compile(r"(?<=\b(?:мен|бол)ее)[ ](?=\d)"), NBSP),
    (re.compile(r"(?<=\w:)[ ](?=\d+(?:[.,;)]|\s|$))"), NBSP),
    (re.compile(r"\b([А-ЯЁA-Z]\.)[ ]?(?=[А-ЯЁA-Z]\.)"), rf"\1{NBSP}"),
    (re.compile(r"\b([А-ЯЁA-Z]\.)[ ](?=[А-ЯЁA-Z][а-яёa-z])"), rf"\1{NBSP}"),
    (re.compile(r"[ ](?=[—–](?:\s|$))"), NBSP),
    (re.compile(rf"(?<=\bг\.)({_MASK}?)\.(?!\.)"), r"\1"),  # of a date that ends its sentence
    (re.compile(r"[ ]+(?=…$)"), ""),  # of a text that was shortened
)


@lru_cache(maxsize=8192)  # a page prints the names of a territory's organisations again and again
def _bound(text: str) -> str:
    for rule, change in _RULES:
        text = rule.sub(change, text)
    return text


def _bound_text(text: str) -> str:
    return _bound(text) if len(text) <= LONGEST_KEPT else _bound.__wrapped__(text)


def bind(text: str) -> str:
    """Return `text` with the spaces that must not break made unbreakable; of HTML, those outside its tags."""
    if "<" not in text:
        return _bound_text(text)
    tags = _TAG.findall(text)
    pieces = _bound_text(_TAG.sub(_MASK, text)).split(_MASK)
    return "".join(piece + tag for piece, tag in zip(pieces, [*tags, ""], strict=True))


def nest_quotes(text: str) -> str:
    """Return a sentence with marks inside marks as „…“; one whose marks do not pair stays as it is."""
    depth, letters = 0, []
    for letter in text:
        if letter == "«":
            depth += 1
            letters.append("«" if depth == 1 else "„")
        elif letter == "»":
            depth -= 1
            letters.append("“" if depth else "»")
            if depth < 0:
                return text
        else:
            letters.append(letter)
    return text if depth else "".join(letters)
