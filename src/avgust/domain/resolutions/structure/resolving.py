"""The resolving formula («участники конференции РЕШИЛИ:») and what takes its word back («СЛУШАЛИ: …»)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from avgust.domain.resolutions.structure.verbs import begins_with_order

_SPACED: Final = re.compile(r"(?<![^\W\d_])(?:[А-ЯЁа-яё] ){4,}[А-ЯЁа-яё](?![^\W\d_])")
_GATE: Final = re.compile(  # of text in lower case: three times as quick as re.IGNORECASE
    r"реш[аие]|рекоменд|предл|постан|приказ|обязыва|распоря|поруча|счита|призыв|обраща|ходатай|выступ|прос[яи]|"
    r"слуша|отмеч|отмет|констат|обсу|рассмотре|повестк|присутств|\b[а-я] [а-я] [а-я] [а-я] "
)
_RESOLVES: Final = re.compile(
    r"\b(?:решил[аио]?|решает|рекоменду(?:ет|ют|ем|ю)|предлага(?:ет|ют|ем|ю)|постановля(?:ет|ют|ю|ем)|"
    r"постановил[аио]?|приказыва(?:ю|ет|ем)|обязыва(?:ю|ет|ют)|распоряжа(?:юсь|ется)|поруча(?:ет|ют|ю|ем)|"
    r"счита(?:ет|ют|ем|ю)\s(?:[а-яё]+\s){0,2}(?:необходимым|целесообразным|важным|нужным|возможным|"
    r"приоритетным|первоочередным)[ие]?|"
    r"(?:при(?:няли|нято|нял[аои]?|нимает|нимают))\s(?:следующее\s|следующие\s)?решени[ея]|призыва(?:ет|ют)|"
    r"обраща(?:ется|ются)\s(?:[^.;:]{0,150}?\s)?с\s(?:просьб|предложени|ходатайств|рекомендаци)[а-яё]+|"
    r"ходатайству(?:ет|ют)|вы(?:ступа(?:ет|ют)|двига(?:ет|ют)|нос(?:ит|ят))\s[^.;:]{0,40}предложени[а-яё]+|"
    r"внос(?:ит|ят)\s[^.;:]{0,40}предложени[а-яё]+|прос(?:ит|ят|им)|"
    r"ста(?:вит|вят)\s[^.;:]{0,40}задач[иу])(?![а-яё])",
    re.IGNORECASE,
)
_NOUN: Final = re.compile(
    r"(?:проект\s)?(?:решени[ея]|рекомендации|предложения|постановление|задачи)(?:\s[^.;:]{0,120})?:?",
    re.IGNORECASE,
)
_NOTES: Final = re.compile(
    r"(?:\d{1,2}\.\s?)?(?:за)?(?:слуша(?:ли|ла|л|ны)|выступ(?:ил[аи]?|ающие)|отмети(?:ли|л|ла)|отмеч(?:ают|ает|ено|аем|ая)|"
    r"констатиру(?:ет|ют|ем)|обсу(?:дили|жда\w+)|рассмотре(?:ли|ны|но)|повестка(?:\sдня)?|"
    r"присутств(?:овали|уют|овало)|приглаш[её]н(?:ы|ные))(?![а-яё])",
    re.IGNORECASE,
)
_TAIL: Final = 350
_HEAD: Final = 70
_STRONG: Final = ("реши", "решае", "прика", "поста", "обязы", "распо")


@dataclass(frozen=True, slots=True)
class Formula:
    """Where a formula stands in a paragraph's text; what stands behind `end` is operative."""

    start: int
    end: int
    resolves: bool  # False: a report follows («СЛУШАЛИ», «отмечают»)
    noun: bool = False  # «Решение:» on a line of its own, which may also be a title


def find_formula(text: str) -> Formula | None:
    """Return the last formula of a paragraph, None when it has none."""
    if not _GATE.search(text.lower()):
        return None
    plain = closed_up(text) if _SPACED.search(text) else text
    best: Formula | None = None
    for found in _RESOLVES.finditer(plain):
        end = _end_of_formula(plain, found)
        if end is not None:
            best = Formula(found.start(), end, resolves=True)
            if plain[end:].strip():
                break
    if best is None:
        noun = _NOUN.fullmatch(plain)
        if noun is not None and (plain.endswith(":") or len(plain.split()) == 1):
            return Formula(0, len(text), resolves=True, noun=True)
        return _find_note(plain)
    return best


def closed_up(text: str) -> str:
    """Close up words printed with spaces between the letters; length is kept with leading spaces."""
    return _SPACED.sub(lambda found: found.group().replace(" ", "").rjust(len(found.group())), text)


def _end_of_formula(text: str, found: re.Match[str]) -> int | None:
    """Return where the operative words begin behind the verb, None when the verb only narrates."""
    tail = text[found.end() :]
    bare = tail.strip(" *_.:;–—-")
    if not bare:
        return len(text)
    colon = tail.find(":")
    if colon >= 0 and not tail[:colon].strip(" *_"):
        return found.end() + colon + 1
    if found.group().isupper() and _stands_alone(tail):
        return found.end() + (len(tail) - len(tail.lstrip(" *_:")))
    if 0 <= colon <= _TAIL:
        rest = tail[colon + 1 :].strip(" *_")
        if not rest or rest[0].isdigit() or rest[0] in "-–—•" or begins_with_order(rest):
            return found.end() + colon + 1
    return None


def _stands_alone(tail: str) -> bool:
    """Whether words behind an upper-case verb are a point or an order of their own."""
    rest = tail.lstrip(" *_")
    return bool(re.match(r"\d{1,2}[.)]", rest)) or begins_with_order(rest) or rest[:1].isupper()


def _find_note(text: str) -> Formula | None:
    """Return a note that a report follows: its verb stands near the head, or a colon closes it."""
    head = text[:_HEAD]
    found = _NOTES.match(text)
    if found is not None and (found.group().isupper() or text[found.end() : found.end() + 1] in (":", "")):
        return Formula(0, len(text), resolves=False)
    if not text.rstrip(" *_").endswith((":", "что:")):
        return None
    for found in _NOTES.finditer(text):
        return Formula(found.start(), len(text), resolves=False)
    return Formula(0, len(text), resolves=False) if head.lower().startswith("в ходе") else None


def is_strong(text: str, formula: Formula) -> bool:
    """Whether the formula's verb can only order: «решили», «приказываю», «постановляет»."""
    return closed_up(text)[formula.start : formula.end].strip().lower().startswith(_STRONG)
