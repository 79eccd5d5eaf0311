"""F1 of ФИС ОКО, «Индивидуальные результаты»: titles, levels above the items, a banner before each school."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from avgust.domain.assessment.works.heads import Field, find_heads
from avgust.domain.assessment.works.participants import items_of, read_participants
from avgust.domain.assessment.works.readers.table import Form, Head, Table
from avgust.domain.assessment.works.title import title_in
from avgust.domain.tables import Cell

_NEEDED = frozenset({Field.SCHOOL, Field.PUPIL})


def read_individual(sheet: str, head: Head, rows: Iterator[Sequence[Cell]]) -> Table | None:
    """Return the table when it is one; `rows` begin at the top of the sheet."""
    heads = find_heads(head, _NEEDED)
    if heads is None:
        return None
    return Table(
        form=Form.INDIVIDUAL,
        rows=read_participants(sheet, islice(rows, heads.row + 1, None), heads),
        codes=tuple(one.head.code for one in heads.items),
        items=items_of(heads),
        title=title_in(head[: heads.row]),
        heads=tuple(head[heads.row]),
    )
