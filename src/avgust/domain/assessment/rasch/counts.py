"""What the Rasch family needs: how many persons had each sum and took each step, by booklet.

A warehouse answers this with two GROUP BY; no row of a pupil is moved. Sufficient: Rasch 1960, Andersen 1977.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from avgust.domain.assessment.arrays import Floats, Ints
from avgust.domain.assessment.responses import Block, Responses, blocks_of
from avgust.domain.assessment.steps import Steps


@dataclass(frozen=True)
class BookletCounts:
    """Counts of the persons who were given the same items.

    `by_score[r]`: persons with sum r (0..sum of m_j of these items); `by_step[f]`: answers in each category
    above 0, in the order of `items` and then of categories. Both may be weighted.
    """

    items: Ints
    by_score: Floats
    by_step: Floats

    @property
    def n(self) -> float:
        """Persons of this booklet."""
        return float(self.by_score.sum())


def count_booklets(responses: Responses, steps: Steps) -> list[BookletCounts]:
    """Count the answers of persons by booklet; every pattern of missing answers is a booklet of its own."""
    blocks = blocks_of(responses, most=max(len(responses.scores), 1))
    return [_count(block, steps) for block in blocks]


def _count(block: Block, steps: Steps) -> BookletCounts:
    per_item = steps.per_item[block.items]
    weights = None if block.weights is None else block.weights
    totals = block.scores.sum(axis=1, dtype=np.intp)
    by_score = np.bincount(totals, weights=weights, minlength=int(per_item.sum()) + 1)
    by_step = [
        np.bincount(block.scores[:, place], weights=weights, minlength=most + 1)[1:]
        for place, most in enumerate(per_item)
    ]
    return BookletCounts(block.items, by_score.astype(np.float64), np.concatenate(by_step).astype(np.float64))


def merge_equal(counts: Sequence[BookletCounts]) -> list[BookletCounts]:
    """Add up counts of the same items, as parts of one table come from several partitions."""
    merged: dict[tuple[int, ...], BookletCounts] = {}
    for one in counts:
        key = tuple(int(j) for j in one.items)
        other = merged.get(key)
        merged[key] = (
            one
            if other is None
            else BookletCounts(one.items, one.by_score + other.by_score, one.by_step + other.by_step)
        )
    return list(merged.values())


def without_items(
    counts: Sequence[BookletCounts], steps: Steps, dropped: Sequence[int]
) -> list[BookletCounts] | None:
    """Return the counts without items that all answered alike, with sums shifted; None if unknown.

    An item without answers above 0 adds nothing to any sum, and one where all reached m_j adds m_j to each.
    """
    gone = set(dropped)
    result = []
    for one in counts:
        shift, kept_items, kept_steps, place = 0, [], [], 0
        for item in one.items:
            width = int(steps.per_item[item])
            part = one.by_step[place : place + width]
            place += width
            if int(item) not in gone:
                kept_items.append(int(item))
                kept_steps.append(part)
            elif width and part[-1] == one.n:
                shift += width
            elif part.any():
                return None
        if kept_items:
            most = int(steps.per_item[kept_items].sum())
            by_score = one.by_score[shift : shift + most + 1]
            result.append(
                BookletCounts(np.array(kept_items, dtype=np.intp), by_score, np.concatenate(kept_steps))
            )
    return result
