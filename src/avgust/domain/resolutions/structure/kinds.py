"""Clauses that are no measures, told by how they begin: taking note, control, entry into force."""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.model import PartKind
from avgust.domain.resolutions.structure.verbs import infinitives

_THIS: Final = r"(?:настоящ|данн)[а-яё]+\s"
_ACT: Final = r"(?:приказ|постановлени|распоряжени|решени|резолюци|протокол|поручени)[а-яё]*"

_RULES: Final[tuple[tuple[PartKind, str, re.Pattern[str]], ...]] = tuple(
    (kind, rule, re.compile(pattern, re.IGNORECASE))
    for kind, rule, pattern in (
        (
            PartKind.NOTING,
            "noting.take_note",
            r"принять\s(?:[^.;:]{1,150}\s)?(?:к\sсведению|во\sвнимание)|"
            r"[^;:]{0,300}\sпринять\sк\sсведению$",
        ),
        (
            PartKind.NOTING,
            "noting.approve",
            r"одобрить\s(?!и\s)|(?:отметить|подчеркнуть|констатировать)(?:,|\s)|"
            r"признать\s(?:[^.;]{0,200}\s)?(?:удовлетворительн|положительн|успешн|состоявш|эффективн|недостаточн)|"
            r"(?:выразить|объявить)\s(?:[а-яё]+\s)?благодарность|поблагодарить|"
            r"считать\s(?:[^.;]{0,200}\s)?(?:удовлетворительн|положительн|успешн|состоявш|выполненн|исполненн|"
            r"избранн)|голосовали|решение\sпринято|принято\s(?:единогласно|большинством)|проголосовал",
        ),
        (
            PartKind.CONTROL,
            "control.entrust",
            r"(?:общий\s|персональн[а-яё]+\s|организаци[юя]\s)?контрол[ья](?:\s(?:за|над|по|исполнения|выполнения|"
            r"реализации)[^;]{0,300}?)?\s(?:возложить|возлагаю|возлагается|возложен|оставляю|оставить|оставляем|"
            r"осуществл[а-яё]+|поручить|поручаю|сохраняю|закрепить)|"
            r"контроль\s(?:за|над|исполнения|выполнения|реализации)\b|"
            r"(?:возложить|возлагаю|оставить|оставляю)\s(?:[а-яё]+\s){0,6}?контроль|"
            r"(?:снять|оставить|поставить)\s(?:с|на)\sконтрол|оставляю\sза\sсобой\sконтроль",
        ),
        (
            PartKind.IN_FORCE,
            "in_force",
            rf"(?:{_THIS})?{_ACT}\s(?:[^.;]{{0,160}}\s)?(?:вступа[а-яё]+\sв\sсилу|действу[а-яё]+\sдо|"
            r"распространя[а-яё]+|применя[а-яё]+\sс)|"
            rf"установить,\sчто\s{_THIS}?{_ACT}",
        ),
        (
            PartKind.REPEAL,
            "repeal",
            r"(?:признать|считать)\s(?:[^.;]{0,300}\s)?(?:утративш|недействующ|недействительн|не\sдействующ)|"
            rf"отменить\s(?:{_THIS}|ранее\s[а-яё]+\s)?{_ACT}|"
            rf"(?:{_THIS})?{_ACT}[^;]{{0,300}}\s(?:отменить|признать\sутративш|утрачива[а-яё]+\sсилу)",
        ),
        (
            PartKind.REPEAL,
            "repeal.amend",
            rf"внести\s(?:(?:следующие|прилагаемые)\s)?(?:изменени[а-яё]+\s|дополнени[а-яё]+\s)?"
            rf"(?:и\sдополнени[а-яё]+\s)?в\s(?:{_THIS})?{_ACT}\s(?=.*(?:\sот\s\d|№))",
        ),
        (
            PartKind.EDITORIAL,
            "editorial.publish",
            rf"(?:{_THIS}){_ACT}\s(?:[^.;]{{0,100}}\s)?(?:подлеж|публику|размещ[а-яё]+тся)|"
            rf"(?:опубликовать|обнародовать|разместить)\s{_THIS}(?:приказ|постановлени|распоряжени|решени|резолюци)"
            r"[а-яё]*|"
            rf"(?:{_THIS})?(?:приказ|постановлени|распоряжени|решени)[а-яё]*\s(?:[^.;]{{0,60}}\s)?"
            r"(?:опубликовать|обнародовать|разместить)",
        ),
    )
)
_GATE: Final = re.compile(  # of text in lower case: five times as quick as re.IGNORECASE
    r"сведени|внимани|одобр|отмет|подчерк|констат|признать|благодар|считать|голосов|принято|контрол|"
    r"действ|распростран|применя|установить, что|отменить|публик|обнарод|подлеж|размещ|размест|"
    r"сил[уы]\b|внести"
)
_BY_ITSELF: Final = frozenset(("repeal.amend", "editorial.publish"))  # told to a body, it is a measure
_APPROVAL: Final = re.compile(
    r"(?:утвердить|согласовать|ввести\sв\sдействие|принять\s(?:за\sоснову|(?:настоящую\s|данную\s|проект\s)?"
    r"резолюци))",
    re.IGNORECASE,
)
_ATTACHED: Final = re.compile(r"прилага|приложени|\(приложение", re.IGNORECASE)
_DONE_BY_ITSELF: Final = frozenset(("утвердить", "согласовать", "ввести", "принять", "считать"))
_DUE: Final = re.compile(r"\b(?:до|к|не позднее)\s\d", re.IGNORECASE)
_PERSONS: Final = re.compile(r"(?:в\s(?:следующем\s)?составе|состав[а-яё]*[^.;:]{0,120})$", re.IGNORECASE)
_PERSON: Final = re.compile(
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s(?:[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ][а-яё]+\s[А-ЯЁ][а-яё]+(?:вич|вна|ична|ич))"
    r"\s?(?:[,–—:-]|$)|(?:председател|заместител|секретар|член)[а-яё]*(?:\s[а-яё]+)?\s?[–—:-]\s?[А-ЯЁ]|"
    r"[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+(?:,|\s[–—-]|$)"
)


def classify(body: str, *, addressed: bool, official: bool) -> tuple[PartKind, str]:
    """Return the kind of a clause with the words `body` and the rule that told it.

    `addressed` says that a heading names who must act: what a named body must approve is a measure, what
    the act approves by itself is not. `official` says that the genre is an order, a decree or minutes.
    """
    for kind, rule, pattern in _RULES if _GATE.search(body.lower()) else ():
        if pattern.match(body) and (rule not in _BY_ITSELF or (official and not addressed)):
            return kind, rule
    if _APPROVAL.match(body) and _approves_by_itself(body, addressed=addressed, official=official):
        return PartKind.APPROVAL, "approval"
    return PartKind.CLAUSE, ""


def _approves_by_itself(body: str, *, addressed: bool, official: bool) -> bool:
    verbs = {found.group().lower() for found in infinitives(body)}
    if not verbs <= _DONE_BY_ITSELF:
        return False
    if is_attached(body):
        return True
    return official and not addressed and not _DUE.search(body)


def is_attached(body: str) -> bool:
    """Tell whether what a clause approves is attached to the act: then it is approved hereby."""
    return bool(_ATTACHED.search(body))


def lists_persons(body: str) -> bool:
    """Tell whether a lead introduces people: «… в составе:»."""
    return bool(_PERSONS.search(body))


def is_person(body: str) -> bool:
    """Tell whether a line names a person: «Иванова А.А. – председатель»."""
    return bool(_PERSON.match(body))
