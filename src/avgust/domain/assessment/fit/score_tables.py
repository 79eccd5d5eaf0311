"""S-X²: observed against expected scores of an item among persons of the same sum.

Orlando & Thissen (2000), for more scores Kang & Chen (2008). Expected shares at sum r come from the
recursion of Lord & Wingersky over the other items. Thin cells are merged as R's mirt does: single persons
first, then scores within a row, rare scores of the whole item, and neighbouring sums, until every cell
expects one person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import chdtrc

from avgust.domain.assessment.abilities.posterior import Population
from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.mml.quadrature import Nodes
from avgust.domain.assessment.responses import Responses
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.steps import ItemParameters

LEAST_EXPECTED: Final = 1.0


@dataclass(frozen=True)
class ScoreFit:
    """chi2 with df = cells - rows - free parameters; `rmsea` its size without n; too few when df < 1."""

    chi2: float
    df: int
    p: float
    rmsea: float
    n: float
    status: Status


def score_fit(
    responses: Responses,
    parameters: ItemParameters,
    nodes: Nodes,
    population: Population,
    *,
    free_slopes: bool,
) -> list[ScoreFit]:
    """Test every item, on persons who answered all items."""
    complete = responses.only_persons(np.asarray(responses.observed.all(axis=1)))
    expected = expected_shares(parameters, nodes, population)
    results = []
    for j, shares in enumerate(expected):
        observed = _observed(complete, j, len(shares), shares.shape[1])
        # Sums 0 and of all scores leave nothing to expect.
        observed, shares_inner = observed[1:-1], shares[1:-1]
        free = int(parameters.steps.per_item[j]) + (1 if free_slopes else 0)
        results.append(_test(observed, shares_inner, free, complete.n))
    return results


def expected_shares(parameters: ItemParameters, nodes: Nodes, population: Population) -> list[Floats]:
    """Return for each item P(score c | sum r) (R + 1 × m_j + 1) under the model and the population."""
    steps = parameters.steps
    prior = np.exp(nodes.log_prior(population.mean, population.variance))
    chances, _ = parameters.probabilities(nodes.theta)
    items = []
    for j in range(len(steps.per_item)):
        own = chances[steps.of_item(j)]
        items.append(np.vstack([1 - own.sum(axis=0), own]))
    most = int(steps.per_item.sum())
    before, after = _products(items), _products(items[::-1])[::-1]
    result = []
    for j, own in enumerate(items):
        rest = _convolve(before[j], after[j + 1])
        joint = np.zeros((most + 1, len(own)))
        for category, chance in enumerate(own):
            joint[category : category + len(rest), category] = (rest * chance) @ prior
        with np.errstate(divide="ignore", invalid="ignore"):
            result.append(joint / joint.sum(axis=1, keepdims=True))
    return result


def _products(items: list[Floats]) -> list[Floats]:
    """Return the distributions of the sums of the first 0, 1, … items at each node (scores × Q)."""
    products = [np.ones((1, items[0].shape[1]))]
    for own in items:
        products.append(_convolve(products[-1], own))
    return products


def _convolve(first: Floats, second: Floats) -> Floats:
    total = np.zeros((len(first) + len(second) - 1, first.shape[1]))
    for score, chance in enumerate(second):
        total[score : score + len(first)] += first * chance
    return total


def _observed(complete: Responses, j: int, sums: int, categories: int) -> Floats:
    totals = complete.scores.sum(axis=1, dtype=np.intp)
    cells = totals * categories + complete.scores[:, j]
    counts = np.bincount(cells, weights=complete.weights, minlength=sums * categories)
    return counts[: sums * categories].astype(np.float64).reshape(sums, categories)


def _test(observed: Floats, shares: Floats, free: int, n: float) -> ScoreFit:
    expected = observed.sum(axis=1, keepdims=True) * shares
    observed, expected = merge_thin_cells(observed, expected)
    used = expected > 0
    cells, rows = int(used.sum()), len(expected)
    df = cells - rows - free
    if df < 1:
        return ScoreFit(np.nan, df, np.nan, np.nan, n, Status.TOO_FEW)
    chi2 = float(((observed - expected)[used] ** 2 / expected[used]).sum())
    rmsea = float(np.sqrt(max(chi2 / df - 1, 0.0) / (n - 1)))
    return ScoreFit(chi2, df, float(chdtrc(df, chi2)), rmsea, n, Status.CONVERGED)


def merge_thin_cells(observed: Floats, expected: Floats) -> tuple[Floats, Floats]:
    """Merge until every cell that is left expects LEAST_EXPECTED persons; merged cells are 0 in both."""
    there = observed.sum(axis=1) > 0
    observed, expected = _merge_single_persons(observed[there], expected[there])
    if expected.shape[1] > 2:
        observed, expected = _merge_within_rows(observed, expected)
        observed, expected = _merge_rare_scores(observed, expected)
    return _merge_rows(observed, expected)


def _merge_single_persons(observed: Floats, expected: Floats) -> tuple[Floats, Floats]:
    """Move a sum that one person has to the next sum (the last one to the one before)."""
    observed, expected = observed.copy(), expected.copy()
    kept = []
    for row in range(len(observed)):
        if row < len(observed) - 1 and observed[row].sum() == 1:
            observed[row + 1] += observed[row]
            expected[row + 1] += expected[row]
        else:
            kept.append(row)
    observed, expected = observed[kept], expected[kept]
    if len(observed) > 1 and observed[-1].sum() == 1:
        return _merged(observed, expected, len(observed) - 1, len(observed) - 2)
    return observed, expected


def _merge_within_rows(observed: Floats, expected: Floats) -> tuple[Floats, Floats]:
    """Merge scores of a row with a neighbour, the thinnest first, down to two; they move to the left."""
    new_observed, new_expected = np.zeros_like(observed), np.zeros_like(expected)
    for row in range(len(expected)):
        seen, awaited = list(observed[row]), list(expected[row])
        while min(awaited) < LEAST_EXPECTED and len(awaited) > 2:
            thinnest = max(place for place, value in enumerate(awaited) if value == min(awaited))
            if thinnest == 0:
                target = 1
            elif thinnest == len(awaited) - 1:
                target = thinnest - 1
            else:
                target = thinnest - 1 if awaited[thinnest - 1] <= awaited[thinnest + 1] else thinnest + 1
            awaited[target] += awaited[thinnest]
            seen[target] += seen[thinnest]
            del awaited[thinnest], seen[thinnest]
        new_observed[row, : len(seen)], new_expected[row, : len(awaited)] = seen, awaited
    return new_observed, new_expected


def _merge_rare_scores(observed: Floats, expected: Floats) -> tuple[Floats, Floats]:
    """Merge whole columns that hold next to nothing with the column on the left."""
    while expected.shape[1] > 2:
        least = LEAST_EXPECTED * np.ceil(len(expected) * 0.1)
        if expected[:, -1].sum() >= least:
            break
        observed, expected = _merge_columns(observed, expected, expected.shape[1] - 1)
    for column in range(expected.shape[1] - 1, 0, -1):
        if (expected[:, column] > 0).mean() < 0.05:
            observed, expected = _merge_columns(observed, expected, column)
    return observed, expected


def _merge_columns(observed: Floats, expected: Floats, column: int) -> tuple[Floats, Floats]:
    observed, expected = observed.copy(), expected.copy()
    observed[:, column - 1] += observed[:, column]
    expected[:, column - 1] += expected[:, column]
    return np.delete(observed, column, axis=1), np.delete(expected, column, axis=1)


def _merge_rows(observed: Floats, expected: Floats) -> tuple[Floats, Floats]:
    """Merge a sum with a thin cell into its neighbour with fewer persons, from the lowest sum up."""
    while len(expected) > 1:
        thin = np.flatnonzero(((expected < LEAST_EXPECTED) & (expected != 0)).any(axis=1))
        if not len(thin):
            break
        row = int(thin[0])
        if row == 0:
            target = 1
        elif row == len(expected) - 1:
            target = row - 1
        else:
            target = row - 1 if observed[row - 1].sum() <= observed[row + 1].sum() else row + 1
        observed, expected = _merged(observed, expected, row, target)
    return observed, expected


def _merged(observed: Floats, expected: Floats, row: int, target: int) -> tuple[Floats, Floats]:
    observed, expected = observed.copy(), expected.copy()
    observed[target] += observed[row]
    expected[target] += expected[row]
    return np.delete(observed, row, axis=0), np.delete(expected, row, axis=0)
