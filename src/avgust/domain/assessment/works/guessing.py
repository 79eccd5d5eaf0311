"""What the columns of a stranger's table probably are, each with the reason for the guess.

A guess only fills in a form: a person confirms it before a row is read by it. What names a person is never
guessed to be anything but ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from avgust.domain.assessment.works.cells import (
    BadCellError,
    ItemHead,
    is_absent,
    item_head,
    plain,
    score_of,
    text_of,
)
from avgust.domain.assessment.works.heads import LOOK, Field, field_of
from avgust.domain.assessment.works.meanings import IGNORED, Meaning
from avgust.domain.messages import Message, mark
from avgust.domain.tables import Cell

BY_HEAD: Final = mark("The head says so.")
BY_NUMBER: Final = mark("The head is the number of an item.")
BY_POINTS: Final = mark("The head is the number of an item, its points stand in brackets.")
NO_POINTS: Final = mark(
    "The head is the number of an item; the highest score in the first rows is %(highest)s."
)
BY_DATE: Final = mark("The spreadsheet made a date of the number of item %(item)s.")
NO_SCORES: Final = mark("The head is a number, but “%(cell)s” below it is no score.")
NO_HEAD: Final = mark("The column has no head.")
SAME_HEAD: Final = mark("An earlier column has the same head.")
SECOND: Final = mark("Column %(first)s is already that.")
RUNNING: Final = mark("Only the number of the row.")
NAMES: Final = mark("Names of people are not taken: participants are told apart by codes.")
PERSONAL: Final = mark("Data of a person that results do not need.")
LOGINS: Final = mark("The values look like logins of schools.")
CLASSES: Final = mark("The values look like classes.")
ALL_DIFFERENT: Final = mark("Each row has another value, as codes of participants have.")
SAYS_NOTHING: Final = mark("Neither the head nor the values say what it is.")
BESIDE_ITEM: Final = mark("Beside the column of items it holds the points for each answer.")
NO_COLUMN_OF_ITEMS: Final = mark("Without a column of items it is the sum of the scores.")
NO_COLUMN_OF_POINTS: Final = mark("No column holds points for it, so that it is not a row for each answer.")
ROW_EACH: Final = mark("The table has a row for each answer, so that no column is an item.")

_RUNNING: Final = frozenset({"п п", "n п п", "n", "номер п п", "номер по порядку", "по порядку", "nn п п"})
_NAMED: Final = re.compile(r"\b(?:фио|ф и о|фамили[яи]|имя|отчество|фи|name)\b")
_PERSONAL: Final = re.compile(r"\b(?:снилс|паспорт\w*|рождения|телефон|почта|адрес|e ?mail|пол|полис)\b")
_PERSON: Final = re.compile(
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ](?:[а-яё]+|\.)(?:\s*[А-ЯЁ](?:[а-яё]+|\.))?"
)
_LOGIN: Final = re.compile(r"(?:edu|sch)\w{3,20}", re.IGNORECASE)
_CLASS: Final = re.compile(r"(?:[1-9]|1[01])\s*[-«\"]?\s*[А-ЯЁа-яёA-Za-z]\s*[»\"]?")
_PREFIX: Final = re.compile(
    r"(?:вопрос|пункт|упражнение|item|task|question|зад|з|q|i|в)[\s._№-]*(?=\d)", re.IGNORECASE
)
_CRITERION: Final = re.compile(
    r"(?P<code>[А-ЯЁ]{0,2}[КK]\s*\d{1,2})\s*(?:\(\s*(?P<maximum>\d{1,3})\s*(?:б\w*\.?)?\s*\))?", re.IGNORECASE
)
# Words that tables of schools use and no form of ФИС ОКО does.
_ALSO: Final = {
    "код оу": Field.SCHOOL, "логин оу": Field.SCHOOL, "логин школы": Field.SCHOOL,
    "оу": Field.SCHOOL_NAME, "наименование оу": Field.SCHOOL_NAME, "название школы": Field.SCHOOL_NAME,
    "школа название": Field.SCHOOL_NAME, "мо": Field.MUNICIPALITY, "ате": Field.MUNICIPALITY,
    "шифр": Field.PUPIL, "номер участника": Field.PUPIL, "id": Field.PUPIL, "код работы": Field.PUPIL,
    "код учащегося": Field.PUPIL, "индивидуальный код": Field.PUPIL,
    "литера": Field.GROUP, "класс с литерой": Field.GROUP, "группа": Field.GROUP,
    "вариант ким": Field.VARIANT, "вар": Field.VARIANT, "номер ким": Field.VARIANT,
    "итого": Field.PRIMARY, "итого баллов": Field.PRIMARY, "всего баллов": Field.PRIMARY,
    "сумма": Field.PRIMARY, "общий балл": Field.PRIMARY, "набранный балл": Field.PRIMARY,
    "оценка за работу": Field.MARK, "отметка за впр": Field.MARK, "оценка за впр": Field.MARK,
    "отметка впр": Field.MARK, "оценка впр": Field.MARK,
    "оценка за четверть": Field.JOURNAL, "отметка за четверть": Field.JOURNAL,
    "четвертная отметка": Field.JOURNAL, "отметка в журнале": Field.JOURNAL,
    "вопрос": Field.ITEM, "номер вопроса": Field.ITEM, "балл за вопрос": Field.SCORE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guessed:
    """What a column probably is, and why."""

    meaning: Meaning
    why: Message


def head_row(rows: Sequence[Sequence[Cell]]) -> int:
    """Return which of the first rows holds the heads: that which says most; else the first of two cells."""
    scored = [(said_by(row), -number) for number, row in enumerate(rows[:LOOK])]
    best = max(scored, default=((0, 0), 0))
    if best[0] > (0, 0):
        return -best[1]
    return next((number for number, row in enumerate(rows) if sum(cell is not None for cell in row) > 1), 0)


def said_by(row: Sequence[Cell]) -> tuple[int, int]:
    """Return how many fields and how many items a row names, were it the row of heads."""
    fields = {_field(text_of(cell)) for cell in row if isinstance(cell, str)} - {None}
    items = [head.code for cell in row if cell is not None and (head := item_of(cell)[0])]
    return len(fields), len(set(items)) if len(set(items)) == len(items) > 1 or fields else 0


def _field(text: str) -> Field | None:
    return field_of(text) or _ALSO.get(plain(text))


def item_of(cell: Cell) -> tuple[ItemHead | None, bool]:
    """Return the item of a head, and whether the spreadsheet had made a date of it (1.2 → 1 February)."""
    if isinstance(cell, date):
        return ItemHead(f"{cell.day}.{cell.month}", None), True
    text = text_of(cell)
    found = item_head(text) or item_head(_PREFIX.sub("", text, count=1))
    if found is None and (criterion := _CRITERION.fullmatch(text)):
        code = re.sub(r"\s+", "", criterion["code"]).upper().replace("K", "К")
        found = ItemHead(code, int(criterion["maximum"]) if criterion["maximum"] else None)
    return found, False


def guess(columns: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> tuple[Guessed, ...]:
    """Return a guess for each column under the heads `columns`, told by them and by the first `rows`."""
    values = [
        [row[at] for row in rows if at < len(row) and row[at] is not None] for at in range(len(columns))
    ]
    heads = [_by_head(at, columns, values[at]) for at in range(len(columns))]
    return tuple(_once(_wide_or_long(_by_values(heads, values))))


def _by_head(at: int, columns: Sequence[Cell], values: Sequence[Cell]) -> Guessed | None:
    """Return what the head says; None where it says nothing."""
    text = text_of(columns[at])
    said = plain(text)
    if not text:
        return Guessed(IGNORED, Message(NO_HEAD))
    if text in [text_of(one) for one in columns[:at]]:
        return Guessed(IGNORED, Message(SAME_HEAD))
    if said in _RUNNING or text in ("№", "#"):
        return Guessed(IGNORED, Message(RUNNING))
    field = _field(text)
    if field is not None:
        if field is Field.PUPIL and _mostly(values, _is_person):
            return Guessed(IGNORED, Message(NAMES))
        return Guessed(Meaning(field), Message(BY_HEAD))
    if _NAMED.search(said):
        return Guessed(IGNORED, Message(NAMES))
    if _PERSONAL.search(said):
        return Guessed(IGNORED, Message(PERSONAL))
    head, was_date = item_of(columns[at])
    return _item(head, values, was_date=was_date) if head else None


def _item(head: ItemHead, values: Sequence[Cell], *, was_date: bool) -> Guessed:
    scores, wrong = _scores_in(values)
    if 2 * len(wrong) > len(values):
        return Guessed(IGNORED, Message(NO_SCORES, {"cell": text_of(wrong[0])[:40]}))
    meaning = Meaning(None, head.code, head.maximum)
    if was_date:
        return Guessed(meaning, Message(BY_DATE, {"item": head.code}))
    if head.maximum is not None:
        return Guessed(meaning, Message(BY_POINTS))
    if not scores:
        return Guessed(meaning, Message(BY_NUMBER))
    return Guessed(meaning, Message(NO_POINTS, {"highest": max(0, *scores)}))


def _by_values(found: Sequence[Guessed | None], values: Sequence[Sequence[Cell]]) -> list[Guessed]:
    """Tell what heads left open by the values; a field that a head has already named is not looked for."""
    named = {one.meaning.field for one in found if one}
    told: list[Guessed] = []
    for one, cells in zip(found, values, strict=True):
        made = one or _by_cells(cells, named)
        named.add(made.meaning.field)
        told.append(made)
    return told


def _by_cells(cells: Sequence[Cell], named: set[Field | None]) -> Guessed:
    if _mostly(cells, _is_person):
        return Guessed(IGNORED, Message(NAMES))
    if Field.SCHOOL not in named and _mostly(cells, lambda cell: bool(_LOGIN.fullmatch(text_of(cell)))):
        return Guessed(Meaning(Field.SCHOOL), Message(LOGINS))
    if Field.GROUP not in named and _mostly(cells, lambda cell: bool(_CLASS.fullmatch(text_of(cell)))):
        return Guessed(Meaning(Field.GROUP), Message(CLASSES))
    texts = [text_of(cell) for cell in cells]
    if Field.PUPIL not in named and len(texts) > 4 and len(set(texts)) == len(texts) and _are_codes(texts):
        return Guessed(Meaning(Field.PUPIL), Message(ALL_DIFFERENT))
    return Guessed(IGNORED, Message(SAYS_NOTHING))


def _are_codes(texts: Sequence[str]) -> bool:
    running = [str(number) for number in range(1, len(texts) + 1)]
    return list(texts) != running and all(re.fullmatch(r"[\w/-]{1,20}", text) for text in texts)


def _wide_or_long(found: Sequence[Guessed]) -> list[Guessed]:
    """Settle «Задание», «Балл» and «Баллы»: columns of a row for each answer, or not."""
    fields = {one.meaning.field for one in found}
    numbered = any(one.meaning.item for one in found)
    long = Field.ITEM in fields and (Field.SCORE in fields or (Field.PRIMARY in fields and not numbered))
    return [_settled(one, fields, long=long) for one in found]


def _settled(one: Guessed, fields: set[Field | None], *, long: bool) -> Guessed:
    field = one.meaning.field
    if long and field is Field.PRIMARY and Field.SCORE not in fields:
        return Guessed(Meaning(Field.SCORE), Message(BESIDE_ITEM))
    if long and one.meaning.item:
        return Guessed(IGNORED, Message(ROW_EACH))
    if not long and field is Field.ITEM:
        return Guessed(IGNORED, Message(NO_COLUMN_OF_POINTS))
    if not long and field is Field.SCORE:
        return Guessed(Meaning(Field.PRIMARY), Message(NO_COLUMN_OF_ITEMS))
    return one


def _once(found: Sequence[Guessed]) -> list[Guessed]:
    """Ignore a column that means what an earlier one does."""
    seen: dict[tuple[Field | None, str], int] = {}
    told: list[Guessed] = []
    for at, one in enumerate(found):
        key = (one.meaning.field, one.meaning.item)
        if one.meaning.is_taken and key in seen:
            told.append(Guessed(IGNORED, Message(SECOND, {"first": seen[key] + 1})))
            continue
        seen[key] = at
        told.append(one)
    return told


def _mostly(cells: Sequence[Cell], is_such: Callable[[Cell], bool]) -> bool:
    return bool(cells) and sum(map(is_such, cells)) * 10 >= len(cells) * 8


def _is_person(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(_PERSON.fullmatch(cell.strip()))


def _scores_in(cells: Sequence[Cell]) -> tuple[list[int], list[Cell]]:
    """Return the scores, and the cells that are none and do not say that somebody did not come."""
    scores: list[int] = []
    wrong: list[Cell] = []
    for cell in cells:
        try:
            score = score_of(cell)
        except BadCellError:
            wrong += [] if is_absent(cell) else [cell]
        else:
            scores += [] if score is None else [score]
    return scores, wrong
