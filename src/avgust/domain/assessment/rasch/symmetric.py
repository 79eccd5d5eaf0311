"""Elementary symmetric functions of the (partial credit) Rasch model, and what they say given a sum.

gamma_r is the sum, over all ways to reach the sum r, of the products of epsilon_jc = exp(d_jc). Given r,
the distribution of answers is free of ability, so each epsilon_jc may be multiplied by exp(c·theta - log
normaliser): gamma_r then becomes P(sum = r | theta), which neither overflows nor loses digits, since every
term is positive (the summation algorithm of Fischer 1974; stable where the difference algorithm is not).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from avgust.domain.assessment.arrays import Floats


@dataclass(frozen=True)
class ScoreDistribution:
    """P(sum = r) of independent items with category chances `items`, and that without each item."""

    items: tuple[Floats, ...]
    total: Floats
    rest: tuple[Floats, ...]


def convolve_all(items: Sequence[Floats]) -> Floats:
    """Return the distribution of the sum of independent scores (Lord & Wingersky 1984)."""
    total = np.ones(1)
    for chances in items:
        total = np.convolve(total, chances)
    return total


def score_distribution(items: Sequence[Floats]) -> ScoreDistribution:
    """Return the distribution of the sum, and of the sum without each item, by products from both ends."""
    before = [np.ones(1)]
    for chances in items:
        before.append(np.convolve(before[-1], chances))
    after = [np.ones(1)]
    for chances in reversed(items):
        after.append(np.convolve(after[-1], chances))
    after.reverse()
    rest = tuple(np.convolve(before[j], after[j + 1]) for j in range(len(items)))
    return ScoreDistribution(tuple(items), before[-1], rest)


def single_chances(distribution: ScoreDistribution) -> Floats:
    """Return P(item j in category c | sum r), a row for each step f = (j, c), c > 0 (F × (R + 1))."""
    scores = len(distribution.total)
    rows = []
    for chances, rest in zip(distribution.items, distribution.rest, strict=True):
        for category in range(1, len(chances)):
            row = np.zeros(scores)
            row[category : category + len(rest)] = chances[category] * rest
            rows.append(row)
    return np.array(rows) / distribution.total


def pair_sums(items: Sequence[Floats], weights: Floats) -> Floats:
    """Return sum_r weights_r · P(j in c and k in e, sum r) for all pairs of steps of different items (F × F).

    With weights n_r / gamma_r this is the expected number of persons in both categories given the sums. For
    items j < k the rest of the test is (items before j) * (between) * (after k); prefixes that leave j out
    are carried along, so that each pair costs one convolution. Entries within an item stay 0.
    """
    widths = [len(chances) - 1 for chances in items]
    starts = np.concatenate(([0], np.cumsum(widths)))
    pairs = np.zeros((starts[-1], starts[-1]))
    after = [np.ones(1)]
    for chances in reversed(items):
        after.append(np.convolve(after[-1], chances))
    after.reverse()
    before_j = np.ones(1)
    for j, first in enumerate(items):
        without_j = before_j
        for k in range(j + 1, len(items)):
            rest = np.convolve(without_j, after[k + 1])
            # moved[s] = sum_r weights_r · P(rest = r - s): one number for each sum s of the two categories
            moved = np.correlate(weights, rest, mode="valid")
            sums = np.add.outer(np.arange(1, len(first)), np.arange(1, len(items[k])))
            block = moved[sums] * np.outer(first[1:], items[k][1:])
            pairs[starts[j] : starts[j + 1], starts[k] : starts[k + 1]] = block
            without_j = np.convolve(without_j, items[k])
        before_j = np.convolve(before_j, first)
    return pairs + pairs.T
