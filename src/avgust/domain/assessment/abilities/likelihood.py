"""Abilities from the likelihood of one person's answers under known items: ML, WLE (Warm 1989), MAP.

All solve  sum_j a_j (x_j - E_j(theta)) + correction(theta) = 0.  The correction is 0 for ML,
J / (2 I) for WLE with I = sum a² Var and J = sum a³ (third moment), and (mean - theta) / variance for MAP.
Standard errors: 1 / sqrt(I), for MAP 1 / sqrt(I + 1 / variance).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from avgust.domain.assessment.arrays import Bools, Floats, Ints
from avgust.domain.assessment.responses import Block, Responses, blocks_of, chunks_of
from avgust.domain.assessment.steps import ItemParameters, Steps

_ROUNDS: Final = 200
_EXACT: Final = 1e-9
_FAR: Final = 60.0  # logits; roots are sought within ± this
_CHUNK: Final = 8192


class Method(StrEnum):
    """How an ability is estimated from the likelihood."""

    ML = "ml"
    WLE = "wle"
    MAP = "map"


@dataclass(frozen=True)
class Abilities:
    """Ability of each person in logits (n) with standard errors; nan where it does not exist.

    `extreme` (n) marks sums at the least or greatest possible value, whose ML lies at infinity; `answered`
    (n) counts the items behind the estimate.
    """

    theta: Floats
    errors: Floats
    extreme: Bools
    answered: Ints


def abilities(
    responses: Responses,
    parameters: ItemParameters,
    method: Method,
    *,
    mean: float = 0.0,
    variance: float = 1.0,
) -> Abilities:
    """Estimate the ability of each person; `mean` and `variance` matter to MAP only."""
    count = len(responses.scores)
    result = Abilities(
        np.full(count, np.nan),
        np.full(count, np.nan),
        np.zeros(count, dtype=bool),
        responses.observed.sum(axis=1),
    )
    numbered = Responses(responses.scores, responses.items, np.arange(count, dtype=np.float64))
    for block in blocks_of(numbered):
        for chunk in chunks_of(block, _CHUNK):
            assert chunk.weights is not None
            persons = chunk.weights.astype(np.intp)  # the place of each person rides along as its weight
            _solve_chunk(chunk, persons, parameters, method, (mean, variance), result)
    return result


def _solve_chunk(
    chunk: Block,
    persons: Ints,
    parameters: ItemParameters,
    method: Method,
    prior: tuple[float, float],
    result: Abilities,
) -> None:
    part = part_of(parameters, chunk.items)
    given = (chunk.scores >= 0) if chunk.holes else None
    answers = np.where(chunk.scores >= 0, chunk.scores, 0)
    sums = answers @ part.slopes
    least, most = _range_of_sums(part, given, len(sums))
    narrow = 1e-9 * (1 + np.abs(most))
    extreme = (sums <= least + narrow) | (sums >= most - narrow)
    result.extreme[persons] = extreme
    solvable = (most > least) & (~extreme if method is Method.ML else np.ones(len(sums), dtype=bool))
    if not solvable.any():
        return
    if given is None:  # persons of equal weighted sums have equal abilities
        values, back = np.unique(sums[solvable], return_inverse=True)
        theta, errors = _solve(part, values, None, method, prior)
        theta, errors = theta[back], errors[back]
    else:
        theta, errors = _solve(part, sums[solvable], given[solvable].T, method, prior)
    result.theta[persons[solvable]], result.errors[persons[solvable]] = theta, errors


def part_of(parameters: ItemParameters, items: Ints) -> ItemParameters:
    """Return the parameters of some items, in the given order."""
    steps = parameters.steps
    places = steps.of_items(items)
    return ItemParameters(
        Steps(steps.per_item[items]), parameters.slopes[items], parameters.intercepts[places]
    )


def _range_of_sums(part: ItemParameters, given: Bools | None, count: int) -> tuple[Floats, Floats]:
    ends = part.slopes * part.steps.per_item
    low, high = np.minimum(ends, 0.0), np.maximum(ends, 0.0)
    if given is None:
        return np.full(count, low.sum()), np.full(count, high.sum())
    return np.asarray(given @ low, dtype=np.float64), np.asarray(given @ high, dtype=np.float64)


def _solve(
    part: ItemParameters, sums: Floats, given: Bools | None, method: Method, prior: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Find the root for each sum by Fisher scoring kept within a shrinking bracket."""
    theta = np.zeros(len(sums))
    low, high = np.full(len(sums), -_FAR), np.full(len(sums), _FAR)
    active = np.arange(len(sums))
    for _ in range(_ROUNDS):
        mask = None if given is None else given[:, active]
        value, slope = _equation(part, theta[active], sums[active], mask, method, prior)
        low[active] = np.where(value > 0, theta[active], low[active])
        high[active] = np.where(value < 0, theta[active], high[active])
        step = value / slope
        following = theta[active] + step
        outside = (following <= low[active]) | (following >= high[active])
        following = np.where(outside & (value != 0), (low[active] + high[active]) / 2, following)
        moved = np.abs(following - theta[active])
        theta[active] = following
        active = active[moved > _EXACT]
        if not len(active):
            break
    theta[active] = np.nan  # not converged within the rounds
    _, information = _equation(part, theta, sums, given, method, prior)
    return theta, 1.0 / np.sqrt(information)


def _equation(
    part: ItemParameters,
    theta: Floats,
    sums: Floats,
    given: Bools | None,
    method: Method,
    prior: tuple[float, float],
) -> tuple[Floats, Floats]:
    """Return the left side of the equation at theta, and the information (positive)."""
    moments = part.moments(theta)
    slopes = part.slopes[:, None] if given is None else part.slopes[:, None] * given
    expected = (slopes * moments.mean).sum(axis=0)
    information = (slopes**2 * moments.variance).sum(axis=0)
    value = sums - expected
    if method is Method.WLE:
        third = (slopes**3 * moments.third).sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            value = value + np.where(information > 0, third / (2 * information), 0.0)
    if method is Method.MAP:
        mean, variance = prior
        value = value + (mean - theta) / variance
        information = information + 1 / variance
    return value, np.maximum(information, 1e-300)
