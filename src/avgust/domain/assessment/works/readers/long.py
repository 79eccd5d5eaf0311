"""Long tables: a row for each answer, the rows of a participant together.

A participant is taken whole or not at all: an answer that cannot be read would count as one not given, and a
mended row that came back alone would take the place of all the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from avgust.domain.assessment.works.cells import BadCellError, item_head, score_of, text_of
from avgust.domain.assessment.works.heads import Field, Heads, cell_at
from avgust.domain.assessment.works.participants import NO_SCORE, NOTHING_SCORED, RefusedError, line_in
from avgust.domain.assessment.works.results import GOES_WITH, Line, Refusal
from avgust.domain.messages import Message, mark
from avgust.domain.tables import Cell


@dataclass
class _Participant:
    """The rows of one participant so far. `given_up`: there are too many, each new one is refused at once."""

    line: Line
    scores: list[int | None]
    rows: list[tuple[int, tuple[Cell, ...]]] = field(default_factory=list)
    faults: dict[int, Message] = field(default_factory=dict)
    given_up: bool = False


def read_long(
    sheet: str, rows: Iterator[Sequence[Cell]], heads: Heads, codes: tuple[str, ...]
) -> Iterator[Line | Refusal]:
    """Yield a line for each participant, or each of the rows of one who is refused; one is held at a time.

    A participant whose rows are apart comes twice, and is refused as doubled by the checks.
    """
    places = {code: place for place, code in enumerate(codes)}
    held: _Participant | None = None
    for number, row in enumerate(rows, start=heads.row + 2):
        if all(cell is None for cell in row):
            continue
        try:
            line = line_in(sheet, number, tuple(row), heads)
        except RefusedError as error:
            yield Refusal(sheet, number, error.why, heads.cells(row))
            continue
        if held is None or (held.line.school, held.line.pupil) != (line.school, line.pupil):
            yield from _closed(held)
            held = _Participant(line, [None] * len(codes))
        _add(held, number, row, heads, places)
        if held.given_up or len(held.rows) > 2 * len(codes) + 2:
            yield from _refused(held)
            held.rows, held.given_up = [], True
    yield from _closed(held)


def _add(held: _Participant, number: int, row: Sequence[Cell], heads: Heads, places: dict[str, int]) -> None:
    held.rows.append((number, heads.cells(row)))
    if held.line.absent:
        return
    try:
        place, score = _answer(row, heads, places)
    except RefusedError as error:
        held.faults[number] = error.why
        return
    if held.scores[place] is not None:
        told = {"item": list(places)[place]}
        held.faults[number] = Message(mark("Item %(item)s has two scores."), told)
    else:
        held.scores[place] = score


def _answer(row: Sequence[Cell], heads: Heads, places: dict[str, int]) -> tuple[int, int | None]:
    said = text_of(cell_at(row, heads.fields[Field.ITEM]))
    head = item_head(said)
    code = head.code if head and head.code in places else said
    if code not in places:
        raise RefusedError(Message(mark("The work has no item “%(item)s”."), {"item": code[:40]}))
    try:
        return places[code], score_of(cell_at(row, heads.fields[Field.SCORE]))
    except BadCellError as error:
        raise RefusedError(Message(NO_SCORE, {"item": code, "cell": str(error)[:40]})) from error


def _closed(held: _Participant | None) -> Iterator[Line | Refusal]:
    if held is None or held.given_up:
        return
    if not held.faults and not held.line.absent and not any(score is not None for score in held.scores):
        held.faults[held.line.row] = Message(NOTHING_SCORED)
    if held.faults:
        yield from _refused(held)
        return
    scores = () if held.line.absent else tuple(held.scores)
    yield replace(held.line, scores=scores, further=tuple(held.rows[1:]))


def _refused(held: _Participant) -> Iterator[Refusal]:
    """Yield the rows held, each with its own fault or with the row that stopped it."""
    first = min(held.faults, default=held.line.row)
    beside = Message(GOES_WITH, {"row": first})
    for number, cells in held.rows:
        yield Refusal(held.line.sheet, number, held.faults.get(number, beside), cells, held.line.school)
