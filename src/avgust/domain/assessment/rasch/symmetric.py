"""Elementary symmetric functions of the (partial credit) Rasch model, and what they say given a sum.

gamma_r is the sum, over all ways to reach the sum r, of the products of epsilon_jc = exp(d_jc). Given r, the
distribution of answers is free of ability, so each epsilon_jc may be multiplied by exp(c·theta) and divided
by its item's normaliser: gamma_r is then P(sum = r | theta), which neither overflows nor loses digits, since
every term is positive (the summation algorithm of Fischer 1974; stable where the difference one is not).

All functions work on B booklets at once: an item is its chances (B × (m_j + 1)) of the scores 0..m_j, and one
that a booklet does not hold has the score 0 for certain there, which changes no sum.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from avgust.domain.assessment.arrays import Floats


def convolve(first: Floats, second: Floats) -> Floats:
    """Return the distribution of the sum of two independent scores (B × …), by Lord and Wingersky (1984)."""
    total = np.zeros((len(first), first.shape[1] + second.shape[1] - 1))
    width = first.shape[1]
    for score in range(second.shape[1]):
        total[:, score : score + width] += first * second[:, score, None]
    return total


def products(items: Sequence[Floats], booklets: int) -> list[Floats]:
    """Return the distributions of the sum of the first 0, 1, … items."""
    result = [np.ones((booklets, 1))]
    for chances in items:
        result.append(convolve(result[-1], chances))
    return result


def sum_distribution(items: Sequence[Floats], booklets: int) -> Floats:
    """Return P(sum = r) (B × (R + 1))."""
    return products(items, booklets)[-1]


def single_chances(items: Sequence[Floats], total: Floats) -> Floats:
    """Return P(item j in category c | sum r), a row for each step (F × B × (R + 1)); 0 at impossible sums."""
    booklets, scores = total.shape
    before, after = products(items, booklets), products(items[::-1], booklets)[::-1]
    inverse = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
    rows = np.zeros((sum(chances.shape[1] - 1 for chances in items), booklets, scores))
    step = 0
    for j, chances in enumerate(items):
        rest = convolve(before[j], after[j + 1])
        for category in range(1, chances.shape[1]):
            rows[step, :, category : category + rest.shape[1]] = chances[:, category, None] * rest
            step += 1
    return rows * inverse


def pair_sums(items: Sequence[Floats], weights: Floats) -> Floats:
    """Return sum_b,r weights_br · P(j in c, k in e, sum r) for pairs of steps of different items (F × F).

    With weights n_br / gamma_br (B × (R + 1)) this is the expected number of persons in both categories given
    the sums. For items j < k the rest of the test is (before j) * (between) * (after k); prefixes without j
    are carried along, so that each pair costs one convolution. Entries within an item stay 0.
    """
    booklets = len(weights)
    widths = [chances.shape[1] - 1 for chances in items]
    starts = np.concatenate(([0], np.cumsum(widths)))
    pairs = np.zeros((starts[-1], starts[-1]))
    after = products(items[::-1], booklets)[::-1]
    before_j = np.ones((booklets, 1))
    for j, first in enumerate(items):
        without_j = before_j
        for k in range(j + 1, len(items)):
            rest = convolve(without_j, after[k + 1])
            second = items[k]
            both = widths[j] + widths[k]
            # moved[s] = sum_r weights_r · P(rest = r - s), by booklet, for each sum s of both categories
            moved = [(weights[:, s : s + rest.shape[1]] * rest).sum(axis=1) for s in range(both + 1)]
            for category in range(1, widths[j] + 1):
                for other in range(1, widths[k] + 1):
                    value = (moved[category + other] * first[:, category]) @ second[:, other]
                    pairs[starts[j] + category - 1, starts[k] + other - 1] = value
            without_j = convolve(without_j, second)
        before_j = convolve(before_j, first)
    return pairs + pairs.T
