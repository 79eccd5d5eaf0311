"""Aggregate statistics: F3 «Статистика по отметкам» and the comparison with marks of the journal.

A row for each group: the whole sample, the region, a municipality (regNN_mNNN), a school (eduNNNNNN). The
number of schools is blank in the row of a school.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from avgust.domain.assessment.works.cells import BadCellError, number_of, plain, share_of, text_of
from avgust.domain.assessment.works.heads import LOOK, cell_at
from avgust.domain.assessment.works.readers.table import Form, Head, Table
from avgust.domain.assessment.works.results import MarkShares, Refusal
from avgust.domain.assessment.works.title import title_in
from avgust.domain.messages import Message, mark
from avgust.domain.tables import Cell

_GROUPS: Final = frozenset({"группы участников", "группа участников", "группа", "группы"})
_SCHOOLS: Final = frozenset({"кол во оо", "количество оо", "оо"})
_PUPILS: Final = frozenset({"кол во участников", "количество участников", "участников", "кол во уч"})
_MARKS: Final = frozenset("2345")
_CODE: Final = re.compile(r"\b(?:edu\w{3,20}|reg\d{1,3}(?:_m\d{1,4})?)\b", re.IGNORECASE)
_KINDS: Final = {"понизили": "lowered", "подтвердили": "confirmed", "повысили": "raised"}
_NEAR: Final = 0.6  # shares of a row are rounded to two digits and add to 100 within this


def read_marks(sheet: str, head: Head, rows: Iterator[Sequence[Cell]]) -> Table | None:
    """Return F3 when the table is one: groups in rows, marks 2 to 5 in columns."""
    for number, row in enumerate(head[:LOOK]):
        words = [plain(text_of(cell)) for cell in row]
        group, pupils = _first(words, _GROUPS), _first(words, _PUPILS)
        marks = {word: column for column, word in enumerate(words) if word in _MARKS}
        if group is None or pupils is None or set(marks) != _MARKS:
            continue
        schools = _first(words, _SCHOOLS)

        def read(at: int, row: Sequence[Cell]) -> MarkShares | Refusal:
            return _row(sheet, at, row, (group, schools, pupils), marks)  # noqa: B023 - returned at once

        return Table(Form.MARKS, _rows(rows, number, read), title=title_in(head[:number]), heads=tuple(row))
    return None


def read_journal(sheet: str, head: Head, rows: Iterator[Sequence[Cell]]) -> Table | None:
    """Return the comparison when the table is one: below each group a row lowered, confirmed, raised."""
    for number, row in enumerate(head[:LOOK]):
        words = [plain(text_of(cell)) for cell in row]
        group, pupils = _first(words, _GROUPS), _first(words, _PUPILS)
        share = next(
            (
                column
                for column, word in enumerate(words)
                if word in ("", "в") and "%" in text_of(row[column])
            ),
            None,
        )
        if group is None or pupils is None or share is None:
            continue
        below = [plain(text_of(cell_at(one, group))).split(" ")[0] for one in head[number + 1 :]]
        if not any(word in _KINDS for word in below):
            continue
        found = _journal(sheet, islice(rows, number + 1, None), number + 2, (group, pupils, share))
        return Table(Form.JOURNAL, found, title=title_in(head[:number]), heads=tuple(row))
    return None


def _first(words: Sequence[str], known: frozenset[str]) -> int | None:
    return next((column for column, word in enumerate(words) if word in known), None)


def _rows(
    rows: Iterator[Sequence[Cell]], heads: int, read: Callable[[int, Sequence[Cell]], MarkShares | Refusal]
) -> Iterator[MarkShares | Refusal]:
    for number, row in enumerate(islice(rows, heads + 1, None), start=heads + 2):
        if any(cell is not None for cell in row):
            yield read(number, row)


def _row(
    sheet: str,
    number: int,
    row: Sequence[Cell],
    columns: tuple[int, int | None, int],
    marks: dict[str, int],
) -> MarkShares | Refusal:
    group, schools, pupils = columns
    name = text_of(cell_at(row, group))
    try:
        count = number_of(cell_at(row, pupils))
        number_of_schools = number_of(cell_at(row, schools))
        shares = {word: share_of(cell_at(row, column)) or 0.0 for word, column in sorted(marks.items())}
    except BadCellError as error:
        return Refusal(sheet, number, _no_number(error), tuple(row))
    why = _fault(name, count, shares)
    if why or count is None:
        return Refusal(sheet, number, why or _NO_PUPILS, tuple(row))
    return MarkShares(sheet, number, name, _code(name), number_of_schools, count, tuple(shares.items()))


_NO_PUPILS: Final = Message(mark("The row has no number of participants."))


def _no_number(error: BadCellError) -> Message:
    return Message(mark("“%(cell)s” is no number."), {"cell": str(error)[:40]})


def _fault(name: str, count: int | None, shares: dict[str, float]) -> Message | None:
    if not name:
        return Message(mark("The row has no name of a group."))
    if count is None:
        return _NO_PUPILS
    total = sum(shares.values())
    if count and abs(total - 100) > _NEAR:
        return Message(mark("The shares add to %(total)s %% instead of 100 %%."), {"total": round(total, 2)})
    return None


def _code(name: str) -> str:
    found = _CODE.search(name)
    return found[0] if found else ""


def _journal(
    sheet: str, rows: Iterator[Sequence[Cell]], first: int, columns: tuple[int, int, int]
) -> Iterator[MarkShares | Refusal]:
    """Yield a group when its last row («Всего», the next group or the end) has been read."""
    group, pupils, share = columns
    name, at, count, shares, cells = "", first, 0, dict[str, float](), tuple[Cell, ...]()
    for number, row in enumerate(rows, start=first):
        words = text_of(cell_at(row, group))
        if not words:
            continue
        kind = _KINDS.get(plain(words).split(" ")[0])
        if kind is None and not plain(words).startswith("всего"):
            if shares:
                yield _group(sheet, at, name, count, shares, cells)
            name, at, count, shares, cells = words, number, 0, {}, tuple(row)
            continue
        if kind is None:
            continue
        try:
            count += number_of(cell_at(row, pupils)) or 0
            shares[kind] = share_of(cell_at(row, share)) or 0.0
        except BadCellError as error:
            yield Refusal(sheet, number, _no_number(error), tuple(row))
    if shares:
        yield _group(sheet, at, name, count, shares, cells)


def _group(
    sheet: str, number: int, name: str, count: int, shares: dict[str, float], cells: tuple[Cell, ...]
) -> MarkShares | Refusal:
    why = _fault(name, count, shares)
    if why:
        return Refusal(sheet, number, why, cells)
    return MarkShares(sheet, number, name, _code(name), None, count, tuple(sorted(shares.items())))
