"""What tells a returned sheet: the ticket of its programme, and the key of each row.

No secret: rights are asked of who sends the file. The key finds rows that were sorted in part or pasted over,
where a decision would fall on a neighbour's assignment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

SCHEMA: Final = 1
KEY_HEAD: Final = f"avgust-rows/{SCHEMA}"  # the head of the hidden column
READ_TO: Final = 2_000  # characters of a cell that reading returns (`domain.tables.sheet.MAX_TEXT`)
_TICKET: Final = re.compile(
    r"avgust-report/(\d{1,4})/(\d{1,18})/(\d{4}-\d{2}-\d{2})/(\d{0,18})", flags=re.ASCII
)
_KEY: Final = re.compile(r"(\d{1,18})\.(\d{1,9})\.([0-9a-f]{8})\.([0-9a-f]{8})", flags=re.ASCII)


@dataclass(frozen=True, slots=True)
class Ticket:
    """Of which report a workbook is: its programme, the day of the download, the place it was narrowed to."""

    programme: int
    day: date
    place: int | None = None
    schema: int = SCHEMA

    def __str__(self) -> str:
        return f"avgust-report/{self.schema}/{self.programme}/{self.day}/{self.place or ''}"


def ticket_of(words: str) -> Ticket | None:
    """Return the ticket that `words` are, or None."""
    found = _TICKET.fullmatch(words.strip())
    if found is None:
        return None
    try:
        day = date.fromisoformat(found[3])
    except ValueError:
        return None
    return Ticket(int(found[2]), day, int(found[4]) if found[4] else None, int(found[1]))


@dataclass(frozen=True, slots=True)
class Key:
    """Which assignment a row is about, at which version, with which text when it was downloaded."""

    assignment: int
    version: int
    text: str  # the print of the report's text
    check: str  # the print of the words beside the key

    def __str__(self) -> str:
        return f"{self.assignment}.{self.version}.{self.text}.{self.check}"


def key_of(words: str) -> Key | None:
    """Return the key that `words` are, or None."""
    found = _KEY.fullmatch(words.strip())
    return Key(int(found[1]), int(found[2]), found[3], found[4]) if found else None


def text_print(text: str) -> str:
    """Return the print of a text as a spreadsheet gives it back: cut to what is read, white space single."""
    return _digest([text[:READ_TO]])


def check_print(programme: int, assignment: int, version: int, text: str, beside: Iterable[str]) -> str:
    """Return the print that ties a key to the words beside it."""
    return _digest([str(programme), str(assignment), str(version), text, *beside])


def _digest(words: Iterable[str]) -> str:
    plain = "\n".join(" ".join(word.split()) for word in words)
    return sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:8]
