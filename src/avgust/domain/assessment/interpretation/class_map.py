"""A class for its teacher: pupils by items, groups by mark, items against expectation, where points are lost.

Expectation is what pupils of the same primary scores do on the item elsewhere (`norms`), so that a strong and
a weak class are judged alike. Shown inside the school only: single pupils are named by their codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from avgust.domain.assessment.arrays import Bools, Bytes, Floats, Ints
from avgust.domain.assessment.interpretation.mastery import (
    ItemMastery,
    Share,
    TopicMastery,
    item_mastery,
    topic_mastery,
)
from avgust.domain.assessment.interpretation.norms import Norms
from avgust.domain.assessment.interpretation.results import (
    Labels,
    Results,
    group_table,
)
from avgust.domain.assessment.interpretation.rules import Band, Rules
from avgust.domain.assessment.interpretation.work import LOWEST_MARK, MARKS, Item, Kind
from avgust.domain.assessment.responses import MISSING

TYPICAL: Final = 1 / 3  # of the class lose points in the same way
UNUSUAL: Final = 0.1  # a score that at most this share of pupils of the same total would have


@dataclass(frozen=True)
class ClassMap:
    """Pupils (rows, the best first) by items (columns, the easiest first).

    `unusual` (n × J) marks scores far from those of pupils with the same total, both ways; all False where
    nothing can be expected.
    """

    pupils: tuple[str, ...]
    items: tuple[Item, ...]
    scores: Bytes
    totals: Ints
    marks: Ints
    unusual: Bools


@dataclass(frozen=True, slots=True)
class ItemExpectation:
    """An item: the class's share of points, what is expected of its pupils, and the difference with error."""

    item: Item
    share: Share
    expected: float
    difference: float
    error: float
    below: bool
    above: bool


@dataclass(frozen=True, slots=True)
class TypicalError:
    """An item on which many lose points alike: `nothing` got 0, `partly` got some, `n` answered."""

    item: Item
    nothing: int
    partly: int
    n: int


@dataclass(frozen=True)
class MarkGroup:
    """Pupils of one mark (or of one band of scores): n and what they have mastered."""

    mark: int
    n: int
    items: tuple[ItemMastery, ...]
    topics: tuple[TopicMastery, ...]


@dataclass(frozen=True)
class ClassReading:
    """What a class did."""

    name: str
    n: int
    mean: float
    mean_error: float
    maximum: int
    map: ClassMap
    groups: tuple[MarkGroup, ...]
    items: tuple[ItemExpectation, ...]
    errors: tuple[TypicalError, ...]
    topics: tuple[TopicMastery, ...]


def read_class(results: Results, chosen: Bools, name: str, norms: Norms, rules: Rules) -> ClassReading:
    """Read the pupils `chosen` (n)."""
    own = results.only(chosen)
    table = group_table(own, _one_group(len(own)))
    items = tuple(item_mastery(table, 0, rules.bands))
    return ClassReading(
        name=name,
        n=len(own),
        mean=float(table.total.mean[0, 0]),
        mean_error=float(np.sqrt(table.total.variance[0, 0] / len(own))) if len(own) > 1 else float("nan"),
        maximum=own.work.maximum,
        map=class_map(own, norms),
        groups=tuple(groups_by_mark(own, rules)),
        items=tuple(_expectations(own, norms, items, rules.comparison.surprise)),
        errors=tuple(typical_errors(own)),
        topics=tuple(topic_mastery(table, 0, rules.bands, Kind.SKILL)),
    )


def _one_group(n: int) -> Labels:
    return Labels(np.zeros(n, dtype=np.intp), ("",))


def class_map(results: Results, norms: Norms) -> ClassMap:
    """Order pupils by score and items by what the class gets of them."""
    given = results.scores != MISSING
    points = np.where(given, results.scores, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = points.sum(axis=0) / given.sum(axis=0) / results.work.maxima
    columns = np.argsort(-np.nan_to_num(shares, nan=-1.0), kind="stable")
    rows = np.lexsort((np.arange(len(results)), -results.totals))
    unusual = _unusual(results, norms)
    return ClassMap(
        tuple(results.pupils[row] for row in rows) if results.pupils else (),
        tuple(results.work.items[column] for column in columns),
        results.scores[np.ix_(rows, columns)],
        results.totals[rows],
        results.marks[rows],
        unusual[np.ix_(rows, columns)],
    )


def _unusual(results: Results, norms: Norms) -> Bools:
    """Tell the scores at an end of an item where nearly all pupils of the same total are near the other.

    For a score at the bottom the share at most UNUSUAL is bounded by Markov's inequality from the mean lost,
    at the top from the mean got: no distribution is assumed.
    """
    if not norms.known:
        return np.zeros(results.scores.shape, dtype=bool)
    share = norms.expected(results.totals) / results.work.maxima
    nothing = (results.scores == 0) & (1 - share <= UNUSUAL)
    everything = (results.scores == results.work.maxima) & (share <= UNUSUAL)
    return np.asarray(nothing | everything)


def groups_by_mark(results: Results, rules: Rules) -> list[MarkGroup]:
    """Return the groups of each mark that occurs; those too small are shown without a conclusion."""
    labels = Labels(np.where(results.marks > 0, results.marks - LOWEST_MARK, -1), tuple(map(str, MARKS)))
    table = group_table(results, labels)
    return [
        MarkGroup(
            mark,
            int(table.n[place]),
            tuple(item_mastery(table, place, rules.bands)),
            tuple(topic_mastery(table, place, rules.bands, Kind.SKILL)),
        )
        for place, mark in enumerate(MARKS)
        if table.n[place]
    ]


def _expectations(
    results: Results, norms: Norms, items: tuple[ItemMastery, ...], surprise: float
) -> list[ItemExpectation]:
    """Compare each item with what pupils of the same totals get; only complete rows are compared."""
    complete = (results.scores != MISSING).all(axis=1)
    scores, totals = results.scores[complete].astype(np.float64), results.totals[complete]
    maxima, n = results.work.maxima, len(scores)
    if n and norms.known:
        expected = norms.mean[totals].sum(axis=0) / n / maxima
        error = np.sqrt(norms.variance[totals].sum(axis=0)) / n / maxima
        difference = scores.sum(axis=0) / n / maxima - expected
    else:
        expected = error = difference = np.full(len(maxima), np.nan)
    return [
        ItemExpectation(
            one.item,
            one.share,
            float(expected[place]),
            float(difference[place]),
            float(error[place]),
            below=_beyond(-difference[place], error[place], surprise, one),
            above=_beyond(difference[place], error[place], surprise, one),
        )
        for place, one in enumerate(items)
    ]


def _beyond(difference: float, error: float, surprise: float, one: ItemMastery) -> bool:
    return bool(one.share.band is not Band.TOO_FEW and error > 0 and difference > surprise * error)


def typical_errors(results: Results) -> list[TypicalError]:
    """Return the items on which a third or more lose points in the same way, the most first."""
    found: list[TypicalError] = []
    for place, item in enumerate(results.work.items):
        column: Floats = results.scores[:, place][results.scores[:, place] != MISSING].astype(np.float64)
        nothing = int((column == 0).sum())
        partly = int(((column > 0) & (column < item.maximum)).sum())
        if len(column) and max(nothing, partly) >= TYPICAL * len(column):
            found.append(TypicalError(item, nothing, partly, len(column)))
    return sorted(found, key=lambda one: -(one.nothing + one.partly) / one.n)
