"""Infit and outfit: mean squares of residuals under the model, per item (Wright & Masters 1982).

outfit = mean of z², infit = sum of (x - E)² / sum of Var: both near 1 under the model. Below about 0.7 the
item repeats others, above 1.3 something else than the ability answers it. Persons without a finite ability
and missing answers are left out. t values follow Wilson & Hilferty. With `limited`,
as R's mirt does and eRm does not, one answer against all odds cannot decide alone: a variance is taken for
at least LEAST_VARIANCE, and the deviation behind t for at most WIDEST_DEVIATION.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.responses import MISSING, Responses
from avgust.domain.assessment.steps import ItemParameters

_CHUNK: Final = 8192
LEAST_VARIANCE: Final = 1e-5**0.5
WIDEST_DEVIATION: Final = 2**0.5


@dataclass(frozen=True)
class MeanSquares:
    """Of each item or person: mean squares, their t values, and how many answers are behind."""

    infit: Floats
    outfit: Floats
    infit_t: Floats
    outfit_t: Floats
    n: Floats


@dataclass
class _Sums:
    """Sums over answers of residual², variance, and what the errors of mean squares need."""

    squares: Floats
    variance: Floats
    standardised: Floats
    surplus: Floats  # fourth moment less variance²
    kurtosis: Floats  # fourth moment / variance²
    n: Floats

    @classmethod
    def zeros(cls, size: int) -> _Sums:
        return cls(*(np.zeros(size) for _ in range(6)))

    def mean_squares(self, *, limited: bool) -> MeanSquares:
        with np.errstate(divide="ignore", invalid="ignore"):
            infit = self.squares / self.variance
            outfit = self.standardised / self.n
            infit_sd = np.sqrt(self.surplus) / self.variance
            outfit_sd = np.sqrt(self.kurtosis / self.n**2 - 1 / self.n)
            if limited:
                infit_sd = np.minimum(infit_sd, WIDEST_DEVIATION)
                outfit_sd = np.minimum(outfit_sd, WIDEST_DEVIATION)
            return MeanSquares(
                infit, outfit, _cube_root(infit, infit_sd), _cube_root(outfit, outfit_sd), self.n
            )


def _cube_root(mean_square: Floats, deviation: Floats) -> Floats:
    """Return t of a mean square by the Wilson-Hilferty cube root."""
    return np.asarray((np.cbrt(mean_square) - 1) * 3 / deviation + deviation / 3)


def item_mean_squares(
    responses: Responses, parameters: ItemParameters, theta: Floats, *, limited: bool = True
) -> MeanSquares:
    """Return infit and outfit of each item (J) at the given abilities (n), weighted."""
    least = LEAST_VARIANCE if limited else 0.0
    return _sums(responses, parameters, theta, least, by_item=True).mean_squares(limited=limited)


def person_mean_squares(
    responses: Responses, parameters: ItemParameters, theta: Floats, *, limited: bool = True
) -> MeanSquares:
    """Return infit and outfit of each person (n)."""
    least = LEAST_VARIANCE if limited else 0.0
    return _sums(responses, parameters, theta, least, by_item=False).mean_squares(limited=limited)


def _sums(
    responses: Responses, parameters: ItemParameters, theta: Floats, least: float, *, by_item: bool
) -> _Sums:
    total = _Sums.zeros(len(responses.items) if by_item else len(responses.scores))
    weights = responses.person_weights
    for start in range(0, len(theta), _CHUNK):
        part = slice(start, start + _CHUNK)
        finite = np.isfinite(theta[part])
        # Equal abilities have equal moments: with equal slopes there are few.
        values, back = np.unique(np.where(finite, theta[part], 0.0), return_inverse=True)
        moments = parameters.moments(values)
        mean, variance, fourth = (
            values[:, back].T for values in (moments.mean, moments.variance, moments.fourth)
        )
        variance = np.maximum(variance, least)
        scores = responses.scores[part]
        used = (scores != MISSING) & finite[:, None]
        residual = np.where(used, scores - mean, 0.0) ** 2
        counted = np.where(used, weights[part, None], 0.0) if by_item else used.astype(np.float64)
        axis, place = (0, slice(None)) if by_item else (1, part)
        with np.errstate(divide="ignore", invalid="ignore"):
            terms = (residual, variance, residual / variance, fourth - variance**2, fourth / variance**2, 1.0)
            fields = (
                total.squares, total.variance, total.standardised, total.surplus, total.kurtosis, total.n
            )  # fmt: skip
            for field, term in zip(fields, terms, strict=True):
                field[place] += np.where(counted > 0, term * counted, 0.0).sum(axis=axis)
    return total
