"""Tables that people send: a workbook or CSV of a stranger as plain cells, with limits."""

from __future__ import annotations

from avgust.domain.tables.faults import TableError, bounded
from avgust.domain.tables.sheet import MAX_TABLE_BYTES, Cell, Sheet, address, decode_sheets, encode_sheets

__all__ = [
    "MAX_TABLE_BYTES",
    "Cell",
    "Sheet",
    "TableError",
    "address",
    "bounded",
    "decode_sheets",
    "encode_sheets",
]
