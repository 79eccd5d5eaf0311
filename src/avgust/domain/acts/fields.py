"""Fields of a template: their kinds, and whether what was filled in can be printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.months import day_in_words


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    UNIT = "unit"  # an organisation of the register, by its official name
    PERSON = "person"  # surname, name, patronymic


KEY: Final = re.compile(r"[^\W\d_]\w{0,39}")  # «куратор», «срок_отчёта»
MOST_FIELDS: Final = 40
LONGEST: Final = 2_000  # characters of a value
_NUMBER: Final = re.compile(r"-?\d{1,12}(?:[.,]\d{1,4})?")
_DAY: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})-(\d\d)-(\d\d)")
_NAME: Final = re.compile(r"[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*)+")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a template. `key` stands in the text between braces, `label` beside the box of a form."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = True
    hint: str = ""


Checked = tuple[str, Message | None]  # the value as it is kept, what is wrong with it


def _text(value: str) -> Checked:
    return value, None


def _date(value: str) -> Checked:
    """Keep a day as ISO; an office writes 01.09.2025."""
    found = _DAY.fullmatch(value)
    if found:
        day, month, year = found.group(1, 2, 3) if found.group(1) else found.group(6, 5, 4)
        try:
            return date(int(year), int(month), int(day)).isoformat(), None
        except ValueError:
            pass
    return value, Message(mark("There is no such date. An example of a right one: 01.09.2025."))


def _number(value: str) -> Checked:
    """Keep a number with a point; spaces part thousands."""
    plain = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))", "", value)
    if _NUMBER.fullmatch(plain):
        return str(Decimal(plain.replace(",", "."))), None
    return value, Message(mark("A number is needed, for example 12 or 3,5."))


def _person(value: str) -> Checked:
    if _NAME.fullmatch(value):
        return value, None
    return value, Message(mark("Write the surname and the name, for example “Ларина Елена Андреевна”."))


_CHECKS: Final[dict[Kind, Callable[[str], Checked]]] = {
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.NUMBER: _number,
    Kind.UNIT: _text,  # the register knows which names there are: `avgust.web.acts.filling`
    Kind.PERSON: _person,
}
EMPTY: Final = Message(mark("This field is needed in the text of the act."))
TOO_LONG: Final = Message(mark("Say it in %(limit)s characters."), {"limit": LONGEST})


def checked(field: Field, value: str) -> Checked:
    """Return `value` as it is kept, and what is wrong with it; an empty one is wrong where it is required."""
    plain = " ".join(value.split()) if field.kind is not Kind.TEXT else value.strip()
    if not plain:
        return "", EMPTY if field.required else None
    if len(plain) > LONGEST:
        return plain[:LONGEST], TOO_LONG
    return _CHECKS[field.kind](plain)


def faults(fields: tuple[Field, ...], values: Mapping[str, str]) -> dict[str, Message]:
    """Return what is wrong with `values` by the keys of `fields`."""
    found = {field.key: checked(field, values.get(field.key, ""))[1] for field in fields}
    return {key: fault for key, fault in found.items() if fault is not None}


def printed(field: Field, value: str) -> str:
    """Return a kept value as it is printed in an act: «1 сентября 2025 года», «3,5»."""
    if not value:
        return ""
    if field.kind is Kind.DATE:
        try:
            return day_in_words(date.fromisoformat(value))
        except ValueError:
            return value
    return value.replace(".", ",") if field.kind is Kind.NUMBER else value
