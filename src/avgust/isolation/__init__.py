"""Reading files of strangers in a process of its own, with limits; a crash there is a message here."""

from __future__ import annotations

from avgust.isolation.parent import Limits, parse_isolated, read_isolated
from avgust.isolation.tables import read_table_isolated
from avgust.isolation.transport import decode_document, encode_document

__all__ = [
    "Limits",
    "decode_document",
    "encode_document",
    "parse_isolated",
    "read_isolated",
    "read_table_isolated",
]
