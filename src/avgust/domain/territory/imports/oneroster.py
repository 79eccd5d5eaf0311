"""OneRoster 1.1: the organisations of `orgs.csv` as rows (1EdTech, OneRoster CSV Tables, part orgs).

Names of types say less than our kinds: a `school` is whatever teaches, so its kind is told by its name.
`tobedeleted` proposes a closing and does none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.tables import Sheet, address
from avgust.domain.territory.imports.columns import Field
from avgust.domain.territory.imports.rows import CellFault, Fixes, Row, Value, fix_key, shown
from avgust.domain.territory.inn import inn_fault

SYSTEM: Final = "oneroster"
ORGS: Final = "orgs.csv"
COLUMNS: Final = ("sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId")
_REQUIRED: Final = frozenset({"sourcedId", "name", "type"})
_KINDS: Final = {
    "state": "region",
    "district": "municipality",
    "local": "municipality",
    "department": "authority",
    "school": "school",
    "national": "other",
}
TYPES: Final = {
    "region": "state",
    "municipality": "district",
    "authority": "department",
}
_BY_NAME: Final = (
    (re.compile(r"детск\w+ сад|\bд[/.]с\b|ясли|дошкольн", re.I), "kindergarten"),
    (re.compile(r"колледж|техникум|училищ", re.I), "college"),
    (re.compile(r"дополнительн\w+ образован|дом творчества|дворец творчества|станция юных|школа искусств"
                r"|спортивн\w+ школ", re.I), "additional"),
    (re.compile(r"методическ\w+ (?:центр|служб|кабинет)", re.I), "methodical_centre"),
    (re.compile(r"институт развития образования|повышения квалификации", re.I), "institute"),
)  # fmt: skip


def orgs_in(sheets: Sequence[Sheet]) -> Sheet | None:
    """Return the table of organisations, None where the file is not OneRoster."""
    for sheet in sheets:
        heads = {str(cell).strip().casefold() for cell in (sheet.rows[0] if sheet.rows else ())}
        if {name.casefold() for name in _REQUIRED} <= heads:
            return sheet
    return None


def kind_of(type_name: str, name: str) -> str | None:
    """Return the kind of an organisation of this type and name; None for a type that is not known."""
    kind = _KINDS.get(type_name.strip().casefold())
    if kind == "school":
        return next((found for pattern, found in _BY_NAME if pattern.search(name)), "school")
    return kind


def rows_of(sheet: Sheet, fixes: Fixes) -> Iterator[Row]:
    """Yield a row for every organisation."""
    heads = {str(cell or "").strip().casefold(): column for column, cell in enumerate(sheet.rows[0])}
    columns = {name: heads[name.casefold()] for name in COLUMNS if name.casefold() in heads}
    for number, cells in enumerate(sheet.rows[1:], start=1):
        said = {}
        for name, column in columns.items():
            fixed = fixes.get(fix_key(sheet.name, address(number, column)), cells[column])
            said[name] = shown(fixed).strip()
        if any(said.values()):
            yield _row(sheet.name, number, said, {n: address(number, c) for n, c in columns.items()})


def _row(sheet: str, number: int, said: dict[str, str], places: dict[str, str]) -> Row:
    values: dict[Field, Value] = {}
    if said["name"]:
        values[Field.NAME] = said["name"]
    kind = kind_of(said["type"], said["name"])
    if kind:
        values[Field.KIND] = kind
    identifier = said.get("identifier", "")
    if identifier and inn_fault(identifier) is None:  # otherwise it is a number of another sort
        values[Field.INN] = identifier
    cells = {Field.NAME: places["name"], Field.KIND: places["type"]}
    cells |= {Field.INN: places["identifier"]} if "identifier" in places else {}
    cells |= {Field.PLACE: places["parentSourcedId"]} if "parentSourcedId" in places else {}
    return Row(
        sheet,
        number + 1,
        values,
        cells,
        tuple(_faults(said, places, kind)),
        external=said["sourcedId"],
        parent_external=said.get("parentSourcedId", ""),
        leaves=said.get("status", "").casefold() == "tobedeleted",
    )


def _faults(said: dict[str, str], places: dict[str, str], kind: str | None) -> Iterable[CellFault]:
    if not said["sourcedId"]:
        message = Message(mark("An organisation of OneRoster needs its sourcedId."))
        yield CellFault(Field.NUMBER, places["sourcedId"], "", message)
    if not kind:
        message = Message(
            mark("OneRoster has no such type. There are: %(types)s."), {"types": ", ".join(_KINDS)}
        )
        yield CellFault(Field.KIND, places["type"], said["type"], message)
