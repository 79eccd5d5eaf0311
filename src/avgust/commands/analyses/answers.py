"""Which columns of a table are items, and the table as answers of persons to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from avgust.commands.analyses.table import BLANK, Column, Table, number_of
from avgust.commands.files import UnreadableError
from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.responses import MAX_SCORE, MISSING, Responses
from avgust.domain.messages import Message, mark

# Columns of these names describe the person, unless --items names them.
BACKGROUND: Final = re.compile(
    r"""(?ix) ^(?: № .* | n | id | id[_.\ ]?\w* | \w+[_.\ ]id | person | student | pupil | participant
    | respondent
    | case | school \w* | class \w* | grade | form | booklet | variant | gender | sex | female | male | age
    | anger | migra \w* | hisei | e?ses | escs | group | focal | region | city | municipality | weights? |
    w_ \w+ | wt | freq \w* | counts? | total \w* | sum \w* | scores? | mark | year | language | код .* |
    участник .* | ученик .* | номер .* | школа .* | оо | класс .* | вариант .* | форма | пол | возраст | вес
    | веса | частота | балл .* | первичный\ балл | отметка .* | итог .* | сумма .* | группа .* | регион
    | муниципалитет | год | язык )$"""
)
WIDEST: Final = 25  # more different scores than this are a measure or a code, not an item
HIGHEST: Final = 40
LOWEST: Final = 5


@dataclass(frozen=True)
class Answers:
    """Responses with the columns they came from; `left_out` are whole-number columns that are no items."""

    responses: Responses
    left_out: tuple[str, ...]


def read_answers(
    table: Table,
    *,
    items: Sequence[str] | None,
    taken: Collection[str],
    weights: str | None,
    key: dict[str, str] | None = None,
) -> Answers:
    """Return the answers to `items`, or to all columns of scores that are not `taken` otherwise."""
    other = {table.column(name).name for name in (*taken, *([weights] if weights else ()))}
    left_out: list[str] = []
    if items:
        columns = [table.column(name) for name in items]
    elif key:
        key = _by_place(key, table, other)
        columns = [table.column(name) for name in key]
    else:
        columns = [column for column in table.columns.values() if _is_item(column, other, left_out)]
    if not columns:
        raise UnreadableError(
            Message(
                mark(
                    "No column holds whole scores: name the columns of items with --items. "
                    "The columns are: %(columns)s."
                ),
                {"columns": ", ".join(list(table.columns)[:60])},
            )
        )
    scores = np.empty((table.rows, len(columns)), dtype=np.int8)
    for place, column in enumerate(columns):
        right = None if key is None else key.get(column.name)
        scores[:, place] = _scores(column) if right is None else _scored(column, right)
    names = tuple(column.name for column in columns)
    responses = Responses(scores, names, None if weights is None else read_weights(table, weights))
    return Answers(responses, tuple(left_out))


def _by_place(key: dict[str, str], table: Table, other: Collection[str]) -> dict[str, str]:
    """Return the key under the names of columns, for a key that only numbers the items."""
    if any(name in table.columns for name in key):
        return key
    names = [name for name in table.columns if name not in other and not BACKGROUND.match(name)]
    return dict(zip(names, key.values(), strict=True)) if len(names) == len(key) else key


def read_weights(table: Table, name: str) -> Floats:
    """Return the weights of persons: not negative, none blank."""
    column = table.column(name)
    weights = column.numbers()
    wrong = np.flatnonzero(~(weights >= 0))
    if len(wrong):
        code = column.codes[wrong[0]]
        raise UnreadableError(
            Message(
                mark("Line %(line)d, column “%(column)s”: “%(cell)s” is not a weight (a number from 0)."),
                {"line": column.lines[code], "column": column.name, "cell": column.values[code]},
            )
        )
    if not weights.sum() > 0:
        raise UnreadableError(Message(mark("All weights of column “%(column)s” are 0."), {"column": name}))
    return weights


def _is_item(column: Column, other: Collection[str], left_out: list[str]) -> bool:
    """Tell an item from what describes a person; one slip does not make it something else."""
    if column.name in other:
        return False
    scores = [_score(value) for value in column.values]
    whole = np.array([score is not None for score in scores])
    blank = np.array([value in BLANK for value in column.values])
    given = ~blank[column.codes]
    if not given.any() or not whole[column.codes][given].mean() > 0.5:
        return False
    found = [score for score in scores if score is not None]
    # A negative number in a column of scores is a slip, which reading the scores will name.
    usual = {score for score in found if score >= 0}
    ranged = bool(usual) and len(usual) <= WIDEST and max(usual) <= HIGHEST and min(usual) <= LOWEST
    if BACKGROUND.match(column.name) or not ranged:
        left_out.append(column.name)
        return False
    return True


def _score(value: str) -> int | None:
    """Return a whole number, also as «1.0», which spreadsheets make of a column with gaps."""
    if value.isascii() and value.isdigit() and len(value) < 7:
        return int(value)
    number = number_of(value)
    return int(number) if number is not None and number == int(number) and abs(number) < 1e6 else None


def _scores(column: Column) -> np.typing.NDArray[np.int8]:
    table = np.empty(len(column.values), dtype=np.int8)
    for code, value in enumerate(column.values):
        score = MISSING if value in BLANK else _score(value)
        if score is None or not (MISSING if value in BLANK else 0) <= score <= MAX_SCORE:
            raise UnreadableError(
                Message(
                    mark(
                        "Line %(line)d, column “%(column)s”: “%(cell)s” is not a whole score "
                        "from 0 to %(most)d. Blank means not given; --items names the columns of items."
                    ),
                    {
                        "line": column.lines[code],
                        "column": column.name,
                        "cell": value[:40],
                        "most": MAX_SCORE,
                    },
                )
            )
        table[code] = score
    return table[column.codes]


def _scored(column: Column, right: str) -> np.typing.NDArray[np.int8]:
    """Return 1 for the right answer, 0 for others, MISSING for blank."""
    marks = [MISSING if value in BLANK else int(value == right) for value in column.values]
    return np.array(marks, dtype=np.int8)[column.codes]


def dichotomised(responses: Responses, least: int) -> Responses:
    """Return 1 for scores from `least` on, 0 below; gaps stay gaps."""
    scores = np.where(responses.scores == MISSING, MISSING, responses.scores >= least).astype(np.int8)
    return Responses(scores, responses.items, responses.weights)


def read_key(table: Table) -> dict[str, str]:
    """Return the right answer of each item: columns item and key, or the first two."""
    names = {name.casefold(): name for name in table.columns}
    item = names.get("item", next(iter(table.columns)))
    key = names.get("key", list(table.columns)[min(1, len(table.columns) - 1)])
    pairs = zip(table.column(item).texts(), table.column(key).texts(), strict=True)
    return {name: right for name, right in pairs if right not in BLANK}
