"""The heads of tables of results, as forms of ФИС ОКО, collection forms and schools write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from avgust.domain.assessment.works.cells import ItemHead, item_head, level_of, plain, text_of
from avgust.domain.assessment.works.specification import Level
from avgust.domain.tables import Cell

LOOK: Final = 40  # rows above which the heads stand


class Field(StrEnum):
    """What a column that is no item is about."""

    SCHOOL = "school"  # the login of the school
    MUNICIPALITY = "municipality"
    SCHOOL_NAME = "school_name"
    PUPIL = "pupil"
    LASTING = "lasting"  # a number that stays over years and schools
    GROUP = "group"
    VARIANT = "variant"
    PRIMARY = "primary"
    MARK = "mark"
    JOURNAL = "journal"
    ATTENDANCE = "attendance"  # whether the participant came: «да», «отсутствовал»
    ITEM = "item"  # of long tables
    SCORE = "score"  # of long tables


_CALLED: Final[dict[Field, tuple[str, ...]]] = {
    Field.SCHOOL: ("оо", "логин оо", "код оо", "логин", "код школы", "school"),
    Field.MUNICIPALITY: (
        "муниципалитет",
        "муниципальное образование",
        "мсу",
        "округ",
        "район",
        "municipality",
    ),
    Field.SCHOOL_NAME: (
        "название оо",
        "наименование оо",
        "школа",
        "образовательная организация",
        "school name",
    ),
    Field.PUPIL: ("код участника", "код", "код ученика", "код обучающегося", "участник", "pupil", "person"),
    Field.LASTING: ("постоянный код", "постоянный код участника", "сквозной код", "lasting code"),
    Field.GROUP: ("класс", "номер класса", "буква класса", "class"),
    Field.VARIANT: ("вариант", "номер варианта", "variant"),
    Field.PRIMARY: ("первичный балл", "сумма баллов", "итоговый балл", "балл", "primary", "total"),
    Field.MARK: ("отметка", "оценка", "отметка за работу", "mark"),
    Field.JOURNAL: (
        "отметка по журналу",
        "отметка за предыдущий период",
        "отметка за предыдущую четверть триместр",
        "последняя отметка",
        "отметка за предыдущую четверть",
        "отметка за последнюю четверть",
        "journal",
    ),
    Field.ATTENDANCE: ("присутствие", "присутствовал", "явка", "посещение", "участие", "attendance"),
    Field.ITEM: ("задание", "номер задания", "item"),
    Field.SCORE: ("балл за задание", "баллы", "score"),
}
_FIELDS: Final = {plain(word): field for field, words in _CALLED.items() for word in words}


@dataclass(frozen=True)
class ItemColumn:
    """A column of scores: where it stands, how it is headed, the level above it."""

    column: int
    head: ItemHead
    level: Level | None = None


@dataclass(frozen=True)
class Heads:
    """The columns of a table of participants."""

    row: int  # from 0
    fields: dict[Field, int]
    items: tuple[ItemColumn, ...]
    kept: tuple[int, ...] | None = None  # columns whose cells are kept with a refused row; None: all

    def cells(self, row: Sequence[Cell]) -> tuple[Cell, ...]:
        """Return the cells of a row that may be kept: what a mapping ignores is left out, names among it."""
        return tuple(row) if self.kept is None else tuple(cell_at(row, column) for column in self.kept)


def field_of(text: str) -> Field | None:
    """Return what a head is about; None for one that is not ours."""
    return _FIELDS.get(plain(text))


def find_heads(rows: Sequence[Sequence[Cell]], needed: frozenset[Field]) -> Heads | None:
    """Return the heads: in the first rows, the first with all the `needed` fields and at least one item."""
    for number, row in enumerate(rows[:LOOK]):
        fields = _fields_in(row)
        if not needed <= set(fields):
            continue
        above = rows[number - 1] if number else ()
        items = _items_in(row, above, set(fields.values()))
        if items:
            return Heads(number, fields, items)
    return None


def _fields_in(row: Sequence[Cell]) -> dict[Field, int]:
    found: dict[Field, int] = {}
    for column, cell in enumerate(row):
        field = field_of(cell) if isinstance(cell, str) else None
        if field and field not in found:
            found[field] = column
    return found


def _items_in(row: Sequence[Cell], above: Sequence[Cell], taken: set[int]) -> tuple[ItemColumn, ...]:
    items: dict[str, ItemColumn] = {}
    for column, cell in enumerate(row):
        head = item_head(text_of(cell)) if column not in taken and cell is not None else None
        if head is None or head.code in items:
            continue
        level = level_of(above[column]) if column < len(above) else None
        items[head.code] = ItemColumn(column, head, level)
    return tuple(items.values())


def cell_at(row: Sequence[Cell], column: int | None) -> Cell:
    """Return a cell of a row; None beyond its end and for a column that the table does not have."""
    return row[column] if column is not None and column < len(row) else None
