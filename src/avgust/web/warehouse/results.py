"""Asking for results: what pages and the statistics kernel (`domain/assessment`) read.

`open_results(name)` gives the live version of a work. Counts come first (`score_counts`); rows of pupils only
where EM and person fit need them, in chunks (`responses_in_chunks`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from avgust.domain.assessment.arrays import Bytes, Ints
from avgust.domain.assessment.responses import MISSING, Responses
from avgust.web.warehouse import expressions
from avgust.web.warehouse.engine import opened, rows_in
from avgust.web.warehouse.layout import item_columns
from avgust.web.warehouse.models import Dataset
from avgust.web.warehouse.publishing import live_file

CHUNK: Final = 50_000


@dataclass(frozen=True)
class SchoolResults:
    """A school in a work; mean and spread of points are None where nobody was there (or one alone)."""

    school: int
    pupils: int
    absent: int
    classes: int
    mean: float | None
    sd: float | None
    marks: dict[int, int]


@dataclass(frozen=True)
class ItemResults:
    """An item over all who were given it."""

    code: str
    n: int
    mean: float | None  # points
    sd: float | None
    left_out: int


@dataclass(frozen=True)
class Answers:
    """A chunk of pupils with their points."""

    responses: Responses
    school: Ints
    pupil: Ints
    class_name: list[str]
    variant: list[str]
    journal: Ints  # 0 where there is no mark


class Results:
    """The rows of one work while they are open."""

    def __init__(self, connection: Any, rows: Any, items: tuple[str, ...]) -> None:
        self._connection, self.rows, self.items = connection, rows, items

    def only_schools(self, schools: list[int]) -> Results:
        """Return the results of some schools only."""
        return Results(self._connection, self.rows.filter(self.rows.school.isin(schools)), self.items)

    def schools(self) -> list[SchoolResults]:
        """Return what is known of each school, in no order of merit."""
        found = self._plain(expressions.by_school(self.rows).order_by("school"))
        return [
            SchoolResults(
                row["school"],
                row["pupils"],
                row["absent"],
                row["classes"],
                row["mean"],
                row["sd"],
                {mark: row[f"mark_{mark}"] or 0 for mark in (2, 3, 4, 5)},
            )
            for row in found
        ]

    def uploads(self) -> dict[int, int]:
        """Return how many rows of each upload still stand."""
        return {row["upload"]: row["rows"] for row in self._plain(expressions.by_upload(self.rows))}

    def item_results(self) -> list[ItemResults]:
        """Return the items over all pupils."""
        (row,) = self._plain(expressions.by_item(self.rows, len(self.items)))
        return [
            _item(code, *(row[f"{name}_{what}"] or 0 for what in ("n", "sum", "squares", "out")))
            for code, name in zip(self.items, item_columns(len(self.items)), strict=True)
        ]

    def score_counts(self, maxima: list[int]) -> list[dict[str, Any]]:
        """Return the counts that conditional estimation reads: see `expressions.score_counts`."""
        asked = expressions.score_counts(self.rows, maxima).order_by("booklet", "variant", "total")
        return self._plain(asked)

    def responses_in_chunks(self, size: int = CHUNK) -> Iterator[Answers]:
        """Yield pupils with their points, `size` at a time."""
        asked = expressions.answers(self.rows, len(self.items))
        # Ibis 12 asks DuckDB 2 for record batches by a name that it no longer has.
        found = self._connection.con.sql(self._connection.compile(asked))
        for batch in found.to_arrow_reader(size):
            if batch.num_rows:
                yield self._answers(batch)

    def responses(self) -> Responses:
        """Return the points of all pupils as the kernel takes them; 200,000 × 30 are 6 MB."""
        (counted,) = self._plain(expressions.present(self.rows))
        scores: Bytes = np.empty((counted["pupils"] or 0, len(self.items)), dtype=np.int8)
        filled = 0
        for chunk in self.responses_in_chunks():
            scores[filled : filled + len(chunk.pupil)] = chunk.responses.scores
            filled += len(chunk.pupil)
        return Responses(scores, self.items)

    def _answers(self, batch: Any) -> Answers:
        names = item_columns(len(self.items))
        scores: Bytes = np.empty((batch.num_rows, len(names)), dtype=np.int8)
        for place, name in enumerate(names):
            column = batch.column(name).cast("int8").fill_null(MISSING)
            scores[:, place] = column.to_numpy(zero_copy_only=False)

        def numbers(name: str) -> Ints:
            return np.asarray(batch.column(name).cast("int64").fill_null(0).to_numpy(zero_copy_only=False))

        return Answers(
            Responses(scores, self.items),
            numbers("school"),
            numbers("pupil"),
            batch.column("class_name").to_pylist(),
            batch.column("variant").to_pylist(),
            numbers("journal"),
        )

    def _plain(self, expression: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._connection.to_pyarrow(expression).to_pylist()
        return found


def _item(code: str, n: int, total: int, squares: int, left_out: int) -> ItemResults:
    mean = total / n if n else None
    spread = (squares - total * total / n) / (n - 1) if n > 1 else None
    return ItemResults(code, n, mean, spread**0.5 if spread is not None else None, left_out)


@contextmanager
def open_results(name: str) -> Iterator[Results | None]:
    """Give the live results of a set; None where there are none yet."""
    dataset = Dataset.objects.filter(name=name).first()
    path = live_file(dataset) if dataset else None
    if dataset is None or path is None:
        yield None
        return
    with opened() as connection:
        yield Results(connection, rows_in(connection, path), tuple(dataset.items))
