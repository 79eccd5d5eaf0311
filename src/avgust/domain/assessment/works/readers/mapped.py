"""Tables of one's own by a mapping: wide (a row for each participant) and long (`long.py`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from avgust.domain.assessment.works.cells import ItemHead, item_head, plain, text_of
from avgust.domain.assessment.works.heads import LOOK, Field, Heads, ItemColumn
from avgust.domain.assessment.works.mapping import Mapping
from avgust.domain.assessment.works.participants import items_of, read_participants
from avgust.domain.assessment.works.readers.long import read_long
from avgust.domain.assessment.works.readers.table import Form, Head, Table
from avgust.domain.assessment.works.title import title_in
from avgust.domain.tables import Cell


def read_mapped(
    sheet: str, head: Head, rows: Iterator[Sequence[Cell]], mapping: Mapping, codes: tuple[str, ...]
) -> Table | None:
    """Return the table when it has every head of the mapping; a long one needs the codes of the items."""
    for number, row in enumerate(head[:LOOK]):
        fields = _fields(row, mapping)
        if fields is None or not set(mapping.items).issubset({text_of(cell) for cell in row}):
            continue
        below, title = islice(rows, number + 1, None), title_in(head[:number])
        items = () if mapping.is_long else _items(row, mapping, set(fields.values()))
        kept = tuple(sorted({*fields.values(), *(one.column for one in items)}))
        heads = Heads(number, fields, items, kept)
        printed = heads.cells(row)
        if mapping.is_long:
            return Table(Form.LONG, read_long(sheet, below, heads, codes), codes, title=title, heads=printed)
        if items:
            names = tuple(one.head.code for one in items)
            lines = read_participants(sheet, below, heads)
            return Table(Form.WIDE, lines, names, items_of(heads), title, printed)
    return None


def _fields(row: Sequence[Cell], mapping: Mapping) -> dict[Field, int] | None:
    """Return where the fields stand, the first column of each head; None when one is missing."""
    exact: dict[str, int] = {}
    plainly: dict[str, int] = {}
    for column, cell in enumerate(row):
        if cell is not None:
            exact.setdefault(text_of(cell), column)
            plainly.setdefault(plain(text_of(cell)), column)
    found = {field: exact.get(name, plainly.get(plain(name))) for field, name in mapping.fields.items()}
    places = {field: column for field, column in found.items() if column is not None}
    return places if len(places) == len(found) else None


def _items(row: Sequence[Cell], mapping: Mapping, taken: set[int]) -> tuple[ItemColumn, ...]:
    items: dict[str, ItemColumn] = {}
    for column, cell in enumerate(row):
        text = text_of(cell)
        if mapping.items:
            code = mapping.items.get(text)
            head = ItemHead(code, mapping.maxima.get(text)) if code else None
        else:
            head = item_head(text) if column not in taken and text else None
        if head and head.code not in items:
            items[head.code] = ItemColumn(column, head)
    return tuple(items.values())
