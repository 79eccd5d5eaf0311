"""Telling the form of a table by its first rows, then reading it row after row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final

from avgust.domain.assessment.works.heads import LOOK
from avgust.domain.assessment.works.mapping import Mapping
from avgust.domain.assessment.works.readers.collection import read_collection
from avgust.domain.assessment.works.readers.individual import read_individual
from avgust.domain.assessment.works.readers.mapped import read_mapped
from avgust.domain.assessment.works.readers.shares import read_journal, read_marks
from avgust.domain.assessment.works.readers.table import Head, Table
from avgust.domain.tables import Cell

_Reader = Callable[[str, Head, Iterator[Sequence[Cell]]], Table | None]

# The stricter heads first: a collection form has a part of the heads of F1.
READERS: Final[tuple[_Reader, ...]] = (read_individual, read_marks, read_journal, read_collection)


def read_table(
    sheet: str,
    rows: Iterable[Sequence[Cell]],
    mapping: Mapping | None = None,
    codes: tuple[str, ...] = (),
) -> Table | None:
    """Return the table in `rows`, which are gone through once; None for what no reader knows.

    With a `mapping` the table is read by it alone; `codes` are the items of the work, which a long table
    needs.
    """
    stream = iter(rows)
    head = list(islice(stream, LOOK + 1))
    whole = chain(head, stream)
    if mapping is not None:
        return read_mapped(sheet, head, whole, mapping, codes)
    for read in READERS:
        table = read(sheet, head, whole)
        if table is not None:
            return table
    return None
