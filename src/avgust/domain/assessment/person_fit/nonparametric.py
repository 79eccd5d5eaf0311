"""Person fit without a model: whether answers follow the order of items in the whole group.

Guttman errors (1944), U3 and ZU3 (van der Flier 1982), Ht (Sijtsma 1986). Steps of items with more scores
count as items of their own for Guttman errors. Persons with nothing or everything right, or with gaps, have
none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import logit

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.responses import Responses


@dataclass(frozen=True)
class OrderFit:
    """Of each person (n), nan where it does not exist.

    `guttman`: pairs of steps where the harder was reached and the easier was not. `u3` 0 (perfect order) to 1
    (reversed), `zu3` standardised (about N(0, 1)), `ht` like a correlation of the person with the others.
    """

    guttman: Floats
    u3: Floats
    zu3: Floats
    ht: Floats


def order_fit(responses: Responses) -> OrderFit:
    """Compare each person with the order of item shares in the group; U3, ZU3 and Ht for two scores only."""
    complete = np.asarray(responses.observed.all(axis=1))
    scores = responses.scores[complete]
    weights = responses.person_weights[complete]
    count = len(responses.scores)
    result = OrderFit(*(np.full(count, np.nan) for _ in range(4)))
    if not len(scores) or not weights.sum() > 0:
        return result
    steps = _steps_of(scores)
    sums = steps.sum(axis=1)
    inner = (sums > 0) & (sums < steps.shape[1])
    shares = np.average(steps, axis=0, weights=weights)
    order = np.argsort(-shares, kind="stable")
    where = np.flatnonzero(complete)[inner]
    result.guttman[where] = _guttman_errors(steps[inner][:, order])
    if int(scores.max()) == 1:
        result.u3[where], result.zu3[where] = _u3(steps[inner], sums[inner], shares, order)
        result.ht[where] = _ht(scores, weights)[inner]
    return result


def _steps_of(scores: Floats | np.typing.NDArray[np.int8]) -> Floats:
    """Return, for every item and c = 1..m_j, whether the score reached c (n × steps)."""
    columns = [
        scores[:, j] >= category
        for j in range(scores.shape[1])
        for category in range(1, int(scores[:, j].max()) + 1)
    ]
    return np.column_stack(columns).astype(np.float64) if columns else np.zeros((len(scores), 0))


def _guttman_errors(ordered: Floats) -> Floats:
    """Return for each person the pairs (easier wrong, harder right); columns run from easy to hard."""
    wrong_before = np.cumsum(1 - ordered, axis=1) - (1 - ordered)
    return np.asarray((ordered * wrong_before).sum(axis=1))


def _u3(
    steps: Floats, sums: Floats, shares: Floats, order: np.typing.NDArray[np.intp]
) -> tuple[Floats, Floats]:
    """Return U3 and ZU3; items that all or none solved have weight 0."""
    weight = np.where((shares > 0) & (shares < 1), logit(np.clip(shares, 1e-300, 1 - 1e-16)), 0.0)
    number = sums.astype(np.intp) - 1
    best = np.cumsum(weight[order])[number]
    worst = np.cumsum(weight[order[::-1]])[number]
    with np.errstate(divide="ignore", invalid="ignore"):
        u3 = (best - steps @ weight) / (best - worst)
        spread = shares * (1 - shares)
        expected = shares @ weight + (spread @ weight) * (sums - shares.sum()) / spread.sum()
        variance = spread @ weight**2 - (spread @ weight) ** 2 / spread.sum()
        mean, deviation = (best - expected) / (best - worst), np.sqrt(variance) / np.abs(best - worst)
        return u3, np.asarray((u3 - mean) / deviation)


def _ht(scores: np.typing.NDArray[np.int8], weights: Floats) -> Floats:
    """Return Ht: covariances of a person with all others over their greatest values given both sums.

    Both sums over persons come from sorted shares, so the cost grows as n log n, not as n².
    """
    given = scores.astype(np.float64)
    items = given.shape[1]
    share = given.mean(axis=1)
    deviation = given - share[:, None]
    together = weights @ deviation  # of all persons with each item
    covariance = (deviation @ together - (deviation**2).sum(axis=1)) / items
    order = np.argsort(share, kind="stable")
    sorted_share, sorted_weight = share[order], weights[order]
    # min(p_i (1 - p_k), p_k (1 - p_i)) is p_k (1 - p_i) for lower shares and p_i (1 - p_k) for higher ones.
    below = np.cumsum(sorted_weight * sorted_share)
    above = (sorted_weight * (1 - sorted_share)).sum() - np.cumsum(sorted_weight * (1 - sorted_share))
    greatest = np.empty(len(share))
    greatest[order] = (1 - sorted_share) * below + sorted_share * above
    greatest -= share * (1 - share)  # the person with itself (one unit of its weight)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(covariance / greatest)
