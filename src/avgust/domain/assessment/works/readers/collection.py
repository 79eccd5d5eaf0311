"""A collection form: a school's own list of codes with scores; the school stands above, not in a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from avgust.domain.assessment.works.cells import text_of
from avgust.domain.assessment.works.heads import Field, find_heads
from avgust.domain.assessment.works.participants import items_of, read_participants
from avgust.domain.assessment.works.readers.table import Form, Head, Table
from avgust.domain.assessment.works.results import School
from avgust.domain.assessment.works.title import title_in
from avgust.domain.tables import Cell

_NEEDED: Final = frozenset({Field.PUPIL})
_LOGIN: Final = re.compile(r"\b(?:edu|sch)\w{3,20}\b", re.IGNORECASE)


def read_collection(sheet: str, head: Head, rows: Iterator[Sequence[Cell]]) -> Table | None:
    """Return the table when it is one; the login of the school may stand anywhere above the heads."""
    heads = find_heads(head, _NEEDED)
    if heads is None:
        return None
    school = School(_login_in(head[: heads.row]))
    return Table(
        form=Form.COLLECTION,
        rows=read_participants(sheet, islice(rows, heads.row + 1, None), heads, school),
        codes=tuple(one.head.code for one in heads.items),
        items=items_of(heads),
        title=title_in(head[: heads.row]),
        heads=tuple(head[heads.row]),
    )


def _login_in(rows: Head) -> str:
    found = (_LOGIN.search(text_of(cell)) for row in rows for cell in row if cell is not None)
    return next((login[0] for login in found if login), "")
