"""Logistic DIF: score on the item by matching score, group and their product (Swaminathan & Rogers 1990).

Uniform DIF is a shift between groups, non-uniform one that changes with the score; `both` tests them
together. The size is the growth of Nagelkerke's R²; Jodoin & Gierl (2001): below 0.035 negligible, below
0.07 moderate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import chdtrc, expit, xlogy

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.dif.strata import Strata
from avgust.domain.assessment.status import Status

_ROUNDS: Final = 50
_SEPARATED: Final = 30.0  # logits: the groups do not overlap, and the likelihood rises for ever


@dataclass(frozen=True)
class Comparison:
    """A likelihood ratio with its degrees of freedom, p, and the growth of Nagelkerke's R²."""

    ratio: float
    df: int
    p: float
    r2_growth: float


@dataclass(frozen=True)
class LogisticDif:
    """The three comparisons of one item; `shift` of the focal group is in logits, with its error."""

    both: Comparison
    uniform: Comparison
    non_uniform: Comparison
    shift: float
    shift_error: float
    n: float
    status: Status


@dataclass(frozen=True)
class _Fit:
    deviance: float
    coefficients: Floats
    covariance: Floats
    status: Status


def logistic_dif(strata: Strata) -> LogisticDif:
    """Test one item of two scores; more scores or an item answered alike by all are said to be too few."""
    nothing = Comparison(np.nan, 0, np.nan, np.nan)
    if strata.reference.shape[1] != 2 or not (strata.reference + strata.focal).sum(axis=0).all():
        return LogisticDif(nothing, nothing, nothing, np.nan, np.nan, strata.n, Status.TOO_FEW)
    levels = len(strata.reference)
    score = np.tile(np.arange(levels, dtype=np.float64), 2)
    group = np.repeat([0.0, 1.0], levels)
    counts = np.vstack([strata.reference, strata.focal])
    design = np.column_stack([np.ones(2 * levels), score, group, score * group])
    there = counts.sum(axis=1) > 0
    design, counts = design[there], counts[there]
    fits = {width: _fit(design[:, :width], counts) for width in (1, 2, 3, 4)}
    null, matched, shifted, full = (fits[width] for width in (1, 2, 3, 4))
    status = next(
        (fit.status for fit in fits.values() if fit.status is not Status.CONVERGED), Status.CONVERGED
    )

    def compare(small: _Fit, large: _Fit, df: int) -> Comparison:
        ratio = small.deviance - large.deviance
        growth = _nagelkerke(null, large, strata.n) - _nagelkerke(null, small, strata.n)
        return Comparison(ratio, df, float(chdtrc(df, max(ratio, 0.0))), growth)

    return LogisticDif(
        compare(matched, full, 2),
        compare(matched, shifted, 1),
        compare(shifted, full, 1),
        float(shifted.coefficients[2]),
        float(np.sqrt(shifted.covariance[2, 2])),
        strata.n,
        status,
    )


def _fit(design: Floats, counts: Floats) -> _Fit:
    """Fit by Fisher scoring on grouped counts (columns wrong, right)."""
    total, right = counts.sum(axis=1), counts[:, 1]
    coefficients = np.zeros(design.shape[1])
    status = Status.NOT_CONVERGED
    deviance = np.inf
    for _ in range(_ROUNDS):
        chance = expit(design @ coefficients)
        information = (design.T * (total * chance * (1 - chance))) @ design
        gradient = design.T @ (right - total * chance)
        try:
            step = np.linalg.solve(information, gradient)
        except np.linalg.LinAlgError:
            status = Status.UNIDENTIFIED
            break
        coefficients = coefficients + step
        before, deviance = deviance, _deviance(design @ coefficients, total, right)
        if np.abs(design @ coefficients).max() > _SEPARATED:
            status = Status.BOUNDARY
            break
        if abs(before - deviance) < 1e-11 * (abs(deviance) + 1):
            status = Status.CONVERGED
            break
    chance = expit(design @ coefficients)
    information = (design.T * (total * chance * (1 - chance))) @ design
    return _Fit(deviance, coefficients, np.linalg.pinv(information), status)


def _deviance(logits: Floats, total: Floats, right: Floats) -> float:
    """Return -2 log-likelihood of single answers, the form whose differences are likelihood ratios."""
    chance = expit(logits)
    return float(-2 * (xlogy(right, chance) + xlogy(total - right, 1 - chance)).sum())


def _nagelkerke(null: _Fit, fit: _Fit, n: float) -> float:
    """Return R² of Cox and Snell over its greatest possible value (Nagelkerke 1991)."""
    explained = 1 - np.exp((fit.deviance - null.deviance) / n)
    return float(explained / (1 - np.exp(-null.deviance / n)))
