"""The first rows of a table that was sent: its heads, a sample, a guess for each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from avgust.domain.assessment.works.cells import text_of
from avgust.domain.assessment.works.guessing import NAMES, PERSONAL, Guessed, guess, head_row, said_by
from avgust.domain.assessment.works.heads import LOOK
from avgust.domain.tables import Cell, TableError
from avgust.web.assessments.tables import KeptFile, sheets_of

SAMPLE: Final = 50  # rows shown beside the form
HIDDEN: Final = "…"  # in place of what names a person
_LONGEST: Final = 60  # characters of a cell that are shown


@dataclass(frozen=True)
class First:
    """What the beginning of a table says."""

    sheets: int
    heads: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    guesses: tuple[Guessed, ...]


def first_of(file: KeptFile) -> First:
    """Return the beginning of the sheet whose heads say most. Raises TableError."""
    sheets = [list(islice(rows, LOOK + SAMPLE + 1)) for _name, rows in sheets_of(file)]
    filled = [rows for rows in sheets if any(cell is not None for row in rows for cell in row)]
    if not filled:
        raise TableError("no_rows")
    rows = max(filled, key=lambda rows: said_by(rows[head_row(rows)]))
    at = head_row(rows)
    columns = _without_empty_end(rows[at], rows[at:])
    below = list(_filled(rows[at + 1 :], len(columns)))[:SAMPLE]
    guesses = guess(columns, below)
    hidden = [one.why.msgid in (NAMES, PERSONAL) for one in guesses]
    return First(
        len(filled),
        tuple(text_of(cell) for cell in columns),
        tuple(
            tuple(HIDDEN if hide else _shown(cell) for cell, hide in zip(row, hidden, strict=True))
            for row in below
        ),
        guesses,
    )


def _without_empty_end(heads: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> list[Cell]:
    """Return the heads up to the last column in which anything stands."""
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell is not None), default=0)
    return [heads[at] if at < len(heads) else None for at in range(width)]


def _filled(rows: Sequence[Sequence[Cell]], width: int) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        if any(cell is not None for cell in row):
            yield tuple(row[at] if at < len(row) else None for at in range(width))


def _shown(cell: Cell) -> str:
    text = text_of(cell)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
