"""A codifier as the table that methodologists have: code, title, and a parent or a dotted code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from avgust.domain.assessment.codifiers.checking import checked
from avgust.domain.assessment.codifiers.model import Codifier
from avgust.domain.assessment.codifiers.stated import Fact, Reading, Stated, StatedEntry
from avgust.domain.assessment.codifiers.words import (
    CODE,
    COLUMNS,
    FACTS,
    GRADES,
    HEADS,
    KIND_NAMES,
    LABELS,
    PARENT,
    SUBJECT_NAMES,
    TITLE,
)
from avgust.domain.assessment.works.cells import plain, text_of
from avgust.domain.messages import Message, mark
from avgust.domain.tables import Cell, Sheet

_ABOVE: Final = 40  # rows among which the heads are looked for


def from_table(sheets: Sequence[Sheet], given: Mapping[Fact, str] | None = None) -> Reading:
    """Return the codifier of the first sheet with the heads; `given` says what the sheet does not."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:_ABOVE]):
            columns = _columns(row)
            if CODE in columns and TITLE in columns:
                facts = {fact: text for fact, text in (given or {}).items() if text}
                return checked(
                    Stated(facts | _facts(sheet.rows[:number]), _entries(sheet.rows, number, columns))
                )
    why = mark("No sheet has the heads “Код” and “Наименование”. Put them above the codes and the titles.")
    return Reading(None, (Message(why),))


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    """Return the column of each head, the first where several say the same."""
    found: dict[str, int] = {}
    for column, cell in enumerate(row):
        head = COLUMNS.get(plain(text_of(cell))) if isinstance(cell, str) else None
        if head is not None:
            found.setdefault(head, column)
    return found


def _facts(rows: Sequence[Sequence[Cell]]) -> dict[Fact, str]:
    """Return what rows above the heads say: a label, and the first cell after it that differs."""
    found: dict[Fact, str] = {}
    for row in rows:
        label, *others = (cell for cell in row if cell is not None) if any(row) else (None,)
        fact = LABELS.get(plain(text_of(label)))
        value = next((cell for cell in others if cell != label), None)
        if fact is not None and value is not None:
            found.setdefault(fact, value.isoformat() if isinstance(value, date) else text_of(value))
    return found


def _entries(
    rows: Sequence[Sequence[Cell]], heads: int, columns: Mapping[str, int]
) -> tuple[StatedEntry, ...]:
    numbered = [
        (at, row)
        for at, row in enumerate(rows[heads + 1 :], start=heads + 2)
        if any(text_of(cell) for cell in row) and _columns(row) != dict(columns)
    ]
    if numbered and _is_numbering(numbered[0][1]):
        del numbered[0]
    found = [_entry(at, row, columns) for at, row in numbered]
    if PARENT not in columns:
        codes = {one.code for one in found}
        return tuple(replace(one, parent=_dotted(one.code, codes)) for one in found)
    return tuple(found)


def _is_numbering(row: Sequence[Cell]) -> bool:
    """Return whether a row numbers the columns, as forms do under their heads: 1, 2, 3."""
    said = [text_of(cell) for cell in row if text_of(cell)]
    return len(said) > 1 and said == [str(number) for number in range(1, len(said) + 1)]


def _entry(at: int, row: Sequence[Cell], columns: Mapping[str, int]) -> StatedEntry:
    def cell(head: str) -> Cell:
        column = columns.get(head)
        return row[column] if column is not None and column < len(row) else None

    code, parent = cell(CODE), code_of(cell(PARENT))
    written = code_of(code)
    if not written and parent and not isinstance(code, date):  # a section's row
        written, parent = parent, ""
    if parent == written:
        parent = ""  # a merged cell of a section stands in both columns
    spoilt = "day" if isinstance(code, date) else "number" if isinstance(code, float) else ""
    return StatedEntry(at, written, text_of(cell(TITLE)), parent, text_of(cell(GRADES)), spoilt)


def code_of(cell: Cell) -> str:
    """Return a code as it is kept: without the dot at its end; "" for a day that a spreadsheet made of it."""
    return "" if isinstance(cell, date) else text_of(cell).rstrip(".").strip()


def _dotted(code: str, codes: set[str]) -> str:
    """Return the nearest ancestor by the dots: «1.2.3» stands under «1.2», else under «1»."""
    while "." in code:
        code = code.rpartition(".")[0]
        if code in codes:
            return code
    return ""


def table_of(codifier: Codifier) -> list[tuple[str, ...]]:
    """Return the rows of the table, facts above the heads; what `from_table` reads back as the same."""
    basis = codifier.basis
    said: dict[Fact, str] = {
        Fact.NAME: codifier.name,
        Fact.SUBJECT: SUBJECT_NAMES[codifier.subject],
        Fact.KIND: KIND_NAMES[codifier.kind],
        Fact.EDITION: codifier.edition,
        Fact.TITLE: codifier.title,
        Fact.SINCE: _shown(codifier.since),
        Fact.UNTIL: _shown(codifier.until),
        Fact.BASIS: basis.title,
        Fact.NUMBER: basis.number,
        Fact.DAY: _shown(basis.day),
    }
    rows: list[tuple[str, ...]] = [(FACTS[fact], text, "", "") for fact, text in said.items() if text]
    rows += [("", "", "", ""), HEADS]
    for one in codifier.entries:
        rows.append((one.code, one.title, one.parent, ", ".join(map(str, one.grades))))
    return rows


def _shown(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
