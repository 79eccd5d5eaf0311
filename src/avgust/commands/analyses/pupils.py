"""A CSV file of results read by a specification: scores of items, school, class, marks."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from avgust.commands.analyses.table import BLANK, Column, Table, number_of, read_table
from avgust.commands.files import UnreadableError
from avgust.domain.assessment.arrays import Bytes, Ints
from avgust.domain.assessment.interpretation.results import Labels, Results, marks_of
from avgust.domain.assessment.interpretation.work import Item, Work, WorkError, parse_work
from avgust.domain.assessment.responses import MISSING
from avgust.domain.assessment.works.cells import item_head
from avgust.domain.messages import Message, mark

NOT_TRIED: Final = frozenset("XxХх")  # Latin and Cyrillic: the item was given and not attempted
NO_MARK: Final = 0


@dataclass(frozen=True)
class Given:
    """Results with the table they came from, for the columns that only one report needs."""

    results: Results
    table: Table

    def labels(self, name: str | None) -> Labels:
        """Return who is in which group of a column; nobody where no column is named."""
        if name is None:
            return Labels(np.full(self.table.rows, -1, dtype=np.intp), ())
        return Labels.of(self.table.column(name).texts())


def read_given(options: argparse.Namespace) -> Given:
    """Read the file by the specification that the options name."""
    work = read_work(options.spec)
    table = read_table(options.file)
    scores = np.column_stack([item_scores(_item_column(table, item), item) for item in work.items])
    there = np.asarray((scores != MISSING).any(axis=1))
    if not there.any():
        raise UnreadableError(Message(mark("No row has an answer to an item.")))
    table, scores = table.only(there), scores[there]  # who was absent wrote no work
    schools = _labels(table, options.school)
    classes = _labels(table, options.group)
    own = _marks(table, options.mark)
    totals = np.where(scores > 0, scores, 0).sum(axis=1)
    results = Results(
        work,
        scores,
        tuple(table.column(options.pupil).texts()) if options.pupil else (),
        schools,
        classes,
        marks_of(totals, work.cuts) if own is None else own,
        np.zeros(table.rows, dtype=np.intp)
        if (journal := _marks(table, options.journal)) is None
        else journal,
    )
    return Given(results, table)


def read_work(name: str) -> Work:
    """Read a specification; UnreadableError says what is wrong with it."""
    try:
        data = json.loads(Path(name).read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise UnreadableError(Message(mark("There is no file “%(file)s”."), {"file": name})) from error
    except OSError as error:
        said = {"error": error.strerror or str(error)}
        raise UnreadableError(Message(mark("The file cannot be read: %(error)s."), said)) from error
    except ValueError as error:
        said = {"file": name, "error": str(error)}
        raise UnreadableError(Message(mark("“%(file)s” is no JSON: %(error)s."), said)) from error
    try:
        return parse_work(data)
    except WorkError as error:
        raise UnreadableError(error.message) from error


def _item_column(table: Table, item: Item) -> Column:
    """Return the column of an item: under its number, or under the head that forms print, «4К1 (3б)»."""
    if item.name not in table.columns:
        for name, column in table.columns.items():
            head = item_head(name)
            if head is not None and head.code == item.name:
                return column
    return table.column(item.name)


def item_scores(column: Column, item: Item) -> Bytes:
    """Return the points of an item: X is 0, blank is not given; more than the maximum is an error."""
    points = np.empty(len(column.values), dtype=np.int8)
    for code, value in enumerate(column.values):
        number = 0 if value in NOT_TRIED and value else number_of(value)
        if value in BLANK:
            points[code] = MISSING
        elif number is None or number != int(number) or not 0 <= number <= item.maximum:
            raise UnreadableError(
                Message(
                    mark("Line %(line)d, item “%(item)s”: “%(cell)s” is not a score from 0 to %(most)d."),
                    {"line": column.lines[code], "item": item.name, "cell": value[:40], "most": item.maximum},
                )
            )
        else:
            points[code] = int(number)
    return points[column.codes]


def _labels(table: Table, name: str | None) -> Labels:
    if name is None:
        return Labels(np.full(table.rows, -1, dtype=np.intp), ())
    return Labels.of(table.column(name).texts())


def _marks(table: Table, name: str | None) -> Ints | None:
    """Return marks 2..5; what is none of them («нет отметки») is no mark."""
    if name is None:
        return None
    column = table.column(name)
    codes = [int(value) if value in {"2", "3", "4", "5"} else NO_MARK for value in column.values]
    return np.array(codes, dtype=np.intp)[column.codes]


def chosen(names: Sequence[str], asked: str | None, option: str) -> str:
    """Return the group that was asked for, or the only one; UnreadableError lists those there are."""
    if asked is None and len(names) == 1:
        return names[0]
    if asked in names:
        return str(asked)
    raise UnreadableError(
        Message(
            mark("Name one with %(option)s: %(names)s."),
            {"option": option, "names": ", ".join(names[:60]) or "—"},
        )
    )
