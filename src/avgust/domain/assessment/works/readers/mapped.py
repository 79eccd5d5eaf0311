"""Tables of one's own by a mapping: wide (a row for each participant) and long (a row for each answer)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from avgust.domain.assessment.works.cells import BadCellError, ItemHead, item_head, plain, score_of, text_of
from avgust.domain.assessment.works.heads import LOOK, Field, Heads, ItemColumn, cell_at
from avgust.domain.assessment.works.mapping import Mapping
from avgust.domain.assessment.works.participants import items_of, read_participants
from avgust.domain.assessment.works.readers.table import Form, Head, Table
from avgust.domain.assessment.works.results import Line, Refusal, School
from avgust.domain.assessment.works.title import title_in
from avgust.domain.messages import Message, mark
from avgust.domain.tables import Cell


def read_mapped(
    sheet: str, head: Head, rows: Iterator[Sequence[Cell]], mapping: Mapping, codes: tuple[str, ...]
) -> Table | None:
    """Return the table when it has every head of the mapping; a long one needs the codes of the items."""
    for number, row in enumerate(head[:LOOK]):
        columns = {plain(text_of(cell)): column for column, cell in enumerate(row) if cell is not None}
        fields = {field: columns.get(plain(name)) for field, name in mapping.fields.items()}
        if not set(mapping.items).issubset({text_of(cell) for cell in row}):
            continue
        found = {field: column for field, column in fields.items() if column is not None}
        if len(found) != len(fields):
            continue
        below = islice(rows, number + 1, None)
        title, printed = title_in(head[:number]), tuple(row)
        if mapping.is_long:
            lines = read_long(sheet, below, Heads(number, found, ()), codes)
            return Table(Form.LONG, lines, codes, title=title, heads=printed)
        heads = Heads(number, found, _items(row, mapping, set(found.values())))
        if heads.items:
            names = tuple(one.head.code for one in heads.items)
            return Table(
                Form.WIDE, read_participants(sheet, below, heads), names, items_of(heads), title, printed
            )
    return None


def _items(row: Sequence[Cell], mapping: Mapping, taken: set[int]) -> tuple[ItemColumn, ...]:
    items: dict[str, ItemColumn] = {}
    for column, cell in enumerate(row):
        text = text_of(cell)
        if mapping.items:
            head = ItemHead(mapping.items[text], None) if text in mapping.items else None
        else:
            head = item_head(text) if column not in taken and text else None
        if head and head.code not in items:
            items[head.code] = ItemColumn(column, head)
    return tuple(items.values())


def read_long(
    sheet: str, rows: Iterator[Sequence[Cell]], heads: Heads, codes: tuple[str, ...]
) -> Iterator[Line | Refusal]:
    """Yield a line for each participant, whose rows stand together; only one participant is held.

    A participant whose rows are apart comes twice, and is refused as doubled by the checks.
    """
    places = {code: place for place, code in enumerate(codes)}
    line: Line | None = None
    for number, row in enumerate(rows, start=heads.row + 2):
        if all(cell is None for cell in row):
            continue
        read = _answer(sheet, number, tuple(row), heads, places)
        if isinstance(read, Refusal):
            yield read
            continue
        started, place, score = read
        if line is None or (line.school, line.pupil) != (started.school, started.pupil):
            if line is not None:
                yield line
            line = started
        scores = list(line.scores or (None,) * len(codes))
        if scores[place] is not None:
            told = {"item": codes[place]}
            yield Refusal(sheet, number, Message(mark("Item %(item)s has two scores."), told), tuple(row))
            continue
        scores[place] = score
        line = _with(line, tuple(scores))
    if line is not None:
        yield line


def _with(line: Line, scores: tuple[int | None, ...]) -> Line:
    return Line(
        line.sheet, line.row, line.school, line.pupil, line.group, line.variant, scores, cells=line.cells
    )


def _answer(
    sheet: str, number: int, row: tuple[Cell, ...], heads: Heads, places: dict[str, int]
) -> tuple[Line, int, int | None] | Refusal:
    def at(field: Field) -> str:
        return text_of(cell_at(row, heads.fields.get(field)))

    pupil, head = at(Field.PUPIL), item_head(at(Field.ITEM))
    if not pupil:
        return Refusal(sheet, number, Message(mark("The row has no participant's code.")), row)
    code = head.code if head and head.code in places else at(Field.ITEM)
    if code not in places:
        why = Message(mark("The work has no item “%(item)s”."), {"item": code[:40]})
        return Refusal(sheet, number, why, row)
    try:
        score = score_of(cell_at(row, heads.fields.get(Field.SCORE)))
    except BadCellError as error:
        told = {"item": code, "cell": str(error)[:40]}
        why = Message(
            mark("Item %(item)s: “%(cell)s” is no score. Write points, or X where it was not attempted."),
            told,
        )
        return Refusal(sheet, number, why, row)
    school = School(at(Field.SCHOOL), at(Field.SCHOOL_NAME), at(Field.MUNICIPALITY))
    line = Line(sheet, number, school, pupil, at(Field.GROUP), at(Field.VARIANT), cells=row)
    return line, places[code], score
