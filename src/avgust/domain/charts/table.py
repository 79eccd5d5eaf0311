"""A table of a report: what a page, a document and a spreadsheet print alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from avgust.domain.messages import Message

# Shades of a cell; the word of the cell says the same, and the pattern survives black-and-white print.
GOOD, BORDER, BAD, FEW = "good", "border", "bad", "few"


@dataclass(frozen=True, slots=True)
class Shaded:
    """A cell with a verdict: its number, the shade, and the word of the shade for who cannot see it."""

    text: Message
    shade: str
    word: Message


Cell: TypeAlias = "str | int | Message | Shaded | None"


@dataclass(frozen=True)
class Table:
    """`heads` over `rows`; the first column heads the rows. `caption` says what the table shows."""

    caption: Message
    heads: tuple[Message | str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    legend: tuple[tuple[str, Message], ...] = ()  # shades that occur, with their words


def said(cell: Cell, language: str) -> str:
    """Return a cell as text."""
    if cell is None:
        return ""
    if isinstance(cell, Shaded):
        return cell.text.render(language)
    return cell.render(language) if isinstance(cell, Message) else str(cell)
