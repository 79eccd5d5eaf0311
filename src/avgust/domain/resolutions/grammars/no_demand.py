"""Numbers that demand nothing: periods, ages, frequencies, base levels, points of acts, forms of a school."""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.grammars.quantity import TIME_UNIT, Unit, decimal

_BASE: Final = re.compile(r" ?(?:%|процент[а-я]*)?(?: [^,;]{1,25}?)? до \d")
_RECURRENCE: Final = re.compile(
    r" раза? (?:в|за|на протяжении) (?:\d+ )?(?:[а-я]+ )?(?:год|месяц|недел|квартал|день|сутк"
    r"|полугоди|четверт|период|смен)"
)
_NO_SIGN: Final = re.compile(
    r"(?:(?<!\w)(?:ст|п|пп|ч|гл|абз|рис|табл|прил|сп|гост|санпин|фгос)\.? ?|(?:пункт|част|стать"
    r"|статей|приложени|форм|тип|вид"
    r"|категори|разряд|этап|школ|лице|гимнази|класс)[а-я]*|в возраст[а-я]*(?: до| от| с)?) ?$"
)
# Forms of a school: «обучающиеся 9-х классов», «в 6–11 классах»; «3 класса» are counted.
_FORMS: Final = re.compile(r" ?класс(?!а(?![а-я]))[а-я]*")
_OF_FORM: Final = re.compile(
    r"(?:обучающ|учащ|выпускник|ученик|школьник|дет(?:ей|ям)|родител|учител|педагог|руководител|команд)"
    r"[а-я]* $"
)
_LAST_FORM: Final = 11
# Which organisations are meant, no demand: «в школах с контингентом более 100 обучающихся».
_CONDITION: Final = re.compile(
    r"(?<!\w)(?:с|со|при) (?:[а-я]+ )?(?:контингент|численност|наполняемост|стаж|населени)[а-я]*"
    r"(?: [а-я]+){0,3} ?$"
)


def is_no_demand(text: str, match: re.Match[str], left: str, unit: Unit | None) -> bool:
    """Return whether the number is a period, an age, a frequency, a base level or a part of a name."""
    if _NO_SIGN.search(left) and not (unit and unit.name == "%"):
        return True
    if _RECURRENCE.match(text, match.end()) or _is_form(text, match, left):
        return True
    if re.search(r"(?<!\w)(?:с|со) $", left) and _BASE.match(text, match.end()):
        return True
    return bool(
        unit
        and (
            TIME_UNIT.match(unit.name)
            or unit.name.startswith(("летн", "класса", "классах", "трет", "четверт", "половин"))
        )
    )


def _is_form(text: str, match: re.Match[str], left: str) -> bool:
    """Return whether the number names forms of a school, and counts no classes."""
    if (
        not match["digits"]
        or not _FORMS.match(text, match.end())
        or float(decimal(match["digits"])) > _LAST_FORM
    ):
        return False
    printed = match.group()[-2:]
    return bool(match["low"] or printed[0] == "-" or printed == "ых" or _OF_FORM.search(left))


def names_population(left: str) -> bool:
    """Return whether the bound after `left` says which organisations are meant."""
    return _CONDITION.search(left) is not None
