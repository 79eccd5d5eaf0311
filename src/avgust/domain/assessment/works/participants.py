"""Rows of participants as lines: the part that F1, collection forms and plain tables share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from avgust.domain.assessment.works.cells import (
    BadCellError,
    attended,
    is_absent,
    mark_of,
    number_of,
    plain,
    score_of,
    text_of,
)
from avgust.domain.assessment.works.heads import Field, Heads, cell_at
from avgust.domain.assessment.works.results import Line, Refusal, Remark, School
from avgust.domain.assessment.works.specification import Item
from avgust.domain.messages import Message, mark
from avgust.domain.tables import Cell

Found = Line | Refusal | Remark
Rows = Iterable[Sequence[Cell]]

NO_SCORE: Final = mark(
    "Item %(item)s: “%(cell)s” is no score. Write points, or X where it was not attempted."
)
NOTHING_SCORED: Final = mark("No item has a score; who did not come is marked “absent”.")
_NO_SCHOOL: Final = School()
_BANNER: Final = re.compile(r"кол(?:ичество|[- ]?во)\s+участников\s*:?\s*(\d+)", re.IGNORECASE)
_MOST_WORDS: Final = 4  # different cells of a banner
_LOGIN: Final = re.compile(r"\b(?:edu|sch)\w{3,20}\b", re.IGNORECASE)


@dataclass(frozen=True)
class Banner:
    """A row above the rows of a school: «edu000001 | МБОУ «…» | Кол-во участников: 24»."""

    row: int
    school: School
    count: int


def banner_in(row: Sequence[Cell], number: int) -> Banner | None:
    """Return the banner that a row is; None for another row. A merged cell may stand in each column."""
    if len(set(row)) > _MOST_WORDS + 1:  # with None; asked of every row, so the cheapest question first
        return None
    words = dict.fromkeys(text_of(cell) for cell in row if cell is not None)
    if not words or len(words) > _MOST_WORDS:
        return None
    text = " | ".join(words)
    found = _BANNER.search(text)
    if not found:
        return None
    login = _LOGIN.search(text)
    parts = [part.strip() for part in text[: found.start()].split("|")]
    named = [part for part in parts if part and not (login and part == login[0])]
    return Banner(number, School(login[0] if login else "", named[-1] if named else ""), int(found[1]))


def items_of(heads: Heads) -> tuple[Item, ...]:
    """Return the items that the heads name; one whose maximum is not printed gets none and is left out."""
    return tuple(
        Item(one.head.code, one.head.maximum, one.level)
        for one in heads.items
        if one.head.maximum is not None
    )


def read_participants(sheet: str, rows: Rows, heads: Heads, school: School = _NO_SCHOOL) -> Iterator[Found]:
    """Yield what each row below the heads says, without holding any; `school` is that of the whole table."""
    banner: Banner | None = None
    counted = 0
    number = heads.row + 1
    for number, row in enumerate(rows, start=heads.row + 2):
        if all(cell is None for cell in row):
            continue
        found = banner_in(row, number)
        if found:
            yield from _counted(sheet, banner, counted)
            banner, counted, school = found, 0, _said(found.school, school)
            continue
        if _is_heads(row, heads):
            continue
        counted += 1
        yield _line(sheet, number, row, heads, school)
    yield from _counted(sheet, banner, counted)


def _said(found: School, before: School) -> School:
    return replace(found, municipality=found.municipality or before.municipality)


def _is_heads(row: Sequence[Cell], heads: Heads) -> bool:
    """True for the heads printed again on a further page."""
    cell = cell_at(row, heads.fields[Field.PUPIL])
    return isinstance(cell, str) and plain(cell) == "код участника"


def _counted(sheet: str, banner: Banner | None, counted: int) -> Iterator[Remark]:
    if banner and banner.count != counted:
        told = {"name": banner.school.name or banner.school.code, "said": banner.count, "found": counted}
        what = Message(mark("%(name)s: the file says %(said)s participants and has %(found)s."), told)
        yield Remark(sheet, banner.row, what)


def _line(sheet: str, number: int, row: Sequence[Cell], heads: Heads, school: School) -> Line | Refusal:
    try:
        return line_in(sheet, number, tuple(row), heads, school)
    except RefusedError as error:
        return Refusal(sheet, number, error.why, heads.cells(row), school)


class RefusedError(Exception):
    """A row that cannot be read, and why; the readers make a refusal of it."""

    def __init__(self, why: Message) -> None:
        self.why = why
        super().__init__(why.msgid)


def line_in(
    sheet: str, number: int, row: tuple[Cell, ...], heads: Heads, school: School = _NO_SCHOOL
) -> Line:
    """Return what a row says; no scores where the heads have no items. Raises RefusedError."""
    places, width = heads.fields, len(row)

    def at(field: Field) -> Cell:
        place = places.get(field)
        return row[place] if place is not None and place < width else None

    pupil = text_of(at(Field.PUPIL))
    if not pupil:
        raise RefusedError(Message(mark("The row has no participant's code.")))
    absent = any(is_absent(cell) for cell in row) or not _came(at(Field.ATTENDANCE))
    scores = () if absent else _scores(row, heads)
    if scores and scores.count(None) == len(scores):
        raise RefusedError(Message(NOTHING_SCORED))
    return Line(
        sheet=sheet,
        row=number,
        school=School(
            text_of(at(Field.SCHOOL)) or school.code,
            text_of(at(Field.SCHOOL_NAME)) or school.name,
            text_of(at(Field.MUNICIPALITY)) or school.municipality,
        ),
        pupil=pupil,
        group=text_of(at(Field.GROUP)),
        variant=text_of(at(Field.VARIANT)),
        scores=scores,
        primary=None if absent else _number(at(Field.PRIMARY), mark("primary score")),
        mark=None if absent else _mark(at(Field.MARK), mark("mark")),
        journal=_mark(at(Field.JOURNAL), mark("mark in the journal")),
        absent=absent,
        lasting=text_of(at(Field.LASTING)),
        cells=heads.cells(row),
    )


def _scores(row: tuple[Cell, ...], heads: Heads) -> tuple[int | None, ...]:
    place = 0
    try:
        cells = [cell_at(row, one.column) for one in heads.items]
        scores: list[int | None] = []
        for place, cell in enumerate(cells):  # noqa: B007 - the place of the cell that is no score
            scores.append(score_of(cell))
    except BadCellError as error:
        told = {"item": heads.items[place].head.code, "cell": str(error).strip()[:40]}
        raise RefusedError(Message(NO_SCORE, told)) from error
    return tuple(scores)


def _came(cell: Cell) -> bool:
    try:
        return attended(cell)
    except BadCellError as error:
        raise RefusedError(_no(mark("attendance"), error)) from error


def _number(cell: Cell, name: str) -> int | None:
    try:
        return number_of(cell)
    except BadCellError as error:
        raise RefusedError(_no(name, error)) from error


def _mark(cell: Cell, name: str) -> int | None:
    try:
        return mark_of(cell)
    except BadCellError as error:
        raise RefusedError(_no(name, error)) from error


def _no(name: str, error: BadCellError) -> Message:
    told = {"column": Message(name), "cell": str(error)[:40]}
    return Message(mark("The column “%(column)s” cannot be “%(cell)s”."), told)
