"""Results of a work: scores of pupils with their school, class and marks; and the sums that groups need.

Sums are all that a class, school or territory is told from, so that they may come from here or from a query
over Parquet; pupils' rows are needed for a pupil, the map of a class and the passport of the instrument.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from avgust.domain.assessment.arrays import Bools, Bytes, Floats, Ints
from avgust.domain.assessment.interpretation.work import LOWEST_MARK, MARKS, Topic, Work
from avgust.domain.assessment.responses import MISSING, Responses


@dataclass(frozen=True)
class Labels:
    """Which group each pupil (n) is in: `codes` are places in `names`, -1 is none."""

    codes: Ints
    names: tuple[str, ...]

    @classmethod
    def of(cls, values: Sequence[str]) -> Labels:
        """Number the different values, in alphabetical order; blank is no group."""
        names = sorted({value for value in values if value})
        places = {name: place for place, name in enumerate(names)}
        return cls(np.array([places.get(value, -1) for value in values], dtype=np.intp), tuple(names))

    def members(self, name: str) -> Bools:
        """Return who (n) is in a group; KeyError for an unknown one."""
        if name not in self.names:
            raise KeyError(name)
        return np.asarray(self.codes == self.names.index(name))

    def only(self, chosen: Bools) -> Labels:
        """Return the labels of some pupils; names stay, so that places stay."""
        return Labels(self.codes[chosen], self.names)


@dataclass(frozen=True)
class Results:
    """`scores` (n × J) are 0..maximum or MISSING (not given); marks (n) are 2..5, or 0 for none."""

    work: Work
    scores: Bytes
    pupils: tuple[str, ...]
    schools: Labels
    classes: Labels
    marks: Ints
    journal: Ints

    def __post_init__(self) -> None:
        """Refuse what contradicts the specification; importers check this line by line before."""
        if self.scores.ndim != 2 or self.scores.shape[1] != len(self.work.items):
            raise ValueError("scores must be pupils × items of the work")
        if (self.scores > self.work.maxima).any():
            raise ValueError("a score above the maximum of its item")

    def __len__(self) -> int:
        """Pupils."""
        return len(self.scores)

    @property
    def responses(self) -> Responses:
        """The scores as psychometrics reads them."""
        return Responses(self.scores, tuple(item.name for item in self.work.items))

    @cached_property
    def totals(self) -> Ints:
        """The primary score of each pupil."""
        totals: Ints = np.where(self.scores > 0, self.scores, 0).sum(axis=1).astype(np.intp)
        return totals

    def only(self, chosen: Bools) -> Results:
        """Return the results of some pupils."""
        places = np.flatnonzero(chosen)
        return Results(
            self.work,
            self.scores[places],
            tuple(self.pupils[place] for place in places) if self.pupils else (),
            self.schools.only(chosen),
            self.classes.only(chosen),
            self.marks[places],
            self.journal[places],
        )


def marks_of(totals: Ints, cuts: Sequence[int]) -> Ints:
    """Return the mark of each primary score by cut scores; 0 where the work has none."""
    if not cuts:
        return np.zeros(len(totals), dtype=np.intp)
    return LOWEST_MARK + np.searchsorted(np.asarray(cuts), totals, side="right")


def topic_scores(work: Work, scores: Bytes, topics: Sequence[Topic]) -> Floats:
    """Return the points of each pupil on each topic (n × K), nan where an item of it was not given."""
    columns = []
    for topic in topics:
        part = scores[:, list(topic.items)]
        given = (part != MISSING).all(axis=1)
        columns.append(np.where(given, part.sum(axis=1, dtype=np.float64), np.nan))
    return np.column_stack(columns) if columns else np.empty((len(scores), 0))


@dataclass(frozen=True)
class Sums:
    """By group and column (G × C): how many answered, the sum of their points, the sum of squares."""

    n: Floats
    total: Floats
    squares: Floats

    def row(self, group: int) -> Sums:
        """Return the sums of one group as a table of one row."""
        part = slice(group, group + 1)
        return Sums(self.n[part], self.total[part], self.squares[part])

    def rows(self, groups: list[int]) -> Sums:
        """Return some groups, in the given order."""
        return Sums(self.n[groups], self.total[groups], self.squares[groups])

    def together(self) -> Sums:
        """Return all groups as one."""
        return Sums(*(part.sum(axis=0, keepdims=True) for part in (self.n, self.total, self.squares)))

    @property
    def mean(self) -> Floats:
        """Mean points (G × C), nan for nobody."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self.total / self.n)

    @property
    def variance(self) -> Floats:
        """Variance of points between pupils (G × C), nan for fewer than two."""
        with np.errstate(invalid="ignore", divide="ignore"):
            centred = self.squares - self.total**2 / self.n
            return np.where(self.n > 1, np.maximum(centred, 0.0) / (self.n - 1), np.nan)


def sum_by_group(points: Floats, groups: Ints, count: int) -> Sums:
    """Sum the columns of `points` (n × C, nan is not given) by group; pupils of group -1 are left out."""
    inside = groups >= 0
    points, groups = points[inside], groups[inside]
    given = ~np.isnan(points)
    filled = np.where(given, points, 0.0)
    parts = []
    for values in (given.astype(np.float64), filled, filled**2):
        table = np.empty((count, points.shape[1]))
        for column in range(points.shape[1]):
            table[:, column] = np.bincount(groups, weights=values[:, column], minlength=count)
        parts.append(table)
    return Sums(*parts)


@dataclass(frozen=True)
class GroupTable:
    """What groups are told from: sums of items, topics and the total score; marks; journal against mark.

    `marks` (G × 4) counts 2..5; `journal` (G × 3) counts who got a lower, the same, a higher mark than in the
    journal, and `apart` (G) those whose marks differ by two or more.
    """

    work: Work
    names: tuple[str, ...]
    items: Sums
    topics: Sums
    total: Sums
    marks: Floats
    journal: Floats
    apart: Floats

    @property
    def n(self) -> Floats:
        """Pupils of each group."""
        return np.asarray(self.total.n[:, 0])

    def rows(self, groups: Sequence[int]) -> GroupTable:
        """Return some groups, in the given order."""
        chosen = list(groups)
        return GroupTable(
            self.work,
            tuple(self.names[group] for group in chosen),
            self.items.rows(chosen),
            self.topics.rows(chosen),
            self.total.rows(chosen),
            self.marks[chosen],
            self.journal[chosen],
            self.apart[chosen],
        )

    def together(self, name: str = "") -> GroupTable:
        """Return all groups as one."""
        whole = (self.items.together(), self.topics.together(), self.total.together())
        return GroupTable(
            self.work,
            (name,),
            *whole,
            self.marks.sum(axis=0, keepdims=True),
            self.journal.sum(axis=0, keepdims=True),
            self.apart.sum(keepdims=True),
        )


def group_table(results: Results, labels: Labels) -> GroupTable:
    """Sum pupils' results by group."""
    work, count = results.work, len(labels.names)
    items = np.where(results.scores == MISSING, np.nan, results.scores.astype(np.float64))
    topics = topic_scores(work, results.scores, work.topics)
    totals = results.totals.astype(np.float64)[:, None]
    inside = labels.codes >= 0
    codes = labels.codes[inside]
    own, journal = results.marks[inside], results.journal[inside]
    both = (own > 0) & (journal > 0)
    sides = [both & (own < journal), both & (own == journal), both & (own > journal)]

    def counted(chosen: Bools) -> Floats:
        return np.bincount(codes[chosen], minlength=count).astype(np.float64)

    return GroupTable(
        work,
        labels.names,
        sum_by_group(items, labels.codes, count),
        sum_by_group(topics, labels.codes, count),
        sum_by_group(totals, labels.codes, count),
        np.column_stack([counted(own == mark) for mark in MARKS]),
        np.column_stack([counted(side) for side in sides]),
        counted(both & (np.abs(own - journal) >= 2)),
    )
