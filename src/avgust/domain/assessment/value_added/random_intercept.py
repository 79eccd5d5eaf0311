"""Random intercept: y_ij = x_ij b + u_j + e_ij, u_j ~ N(0, tau²), e_ij ~ N(0, sigma²), by REML or ML.

With lambda = tau² / sigma² the inverse covariance of a group is (I - lambda / (1 + lambda n) 11') / sigma²,
so that everything follows from group sums, and one equation in lambda is left (Searle, Casella & McCulloch
1992). School effects are empirical Bayes: u_j = lambda n / (1 + lambda n) · (mean residual), with the
conditional error sqrt(tau² / (1 + lambda n)). Read them with their intervals, never as a rank (Goldstein &
Spiegelhalter 1996).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.value_added.group_sums import GroupSums, centred, products_by_size

GREATEST_RATIO: Final = 1e8
RATIOS: Final = np.concatenate(([0.0], np.logspace(-5, np.log10(GREATEST_RATIO), 40)))
DEPENDENT: Final = 1e-10  # of the squares of a predictor, that the others leave of it
FEWEST_GROUPS: Final = 2
NOISE: Final = 1e-13  # of the squares of the outcome: less is what adding them up leaves


class Likelihood(StrEnum):
    """REML does not underestimate variances with few groups; ML compares models with other predictors."""

    REML = "reml"
    ML = "ml"


@dataclass(frozen=True)
class RandomIntercept:
    """Fixed effects (p) with errors; variances `between` (tau²) and `within` (sigma²) with asymptotic errors.

    `effects` and `effect_errors` by group (m), in units of the outcome. `loglik` as lme4 prints it. Status
    boundary: tau² = 0, schools do not differ beyond chance.
    """

    fixed: Floats
    fixed_errors: Floats
    between: float
    between_error: float
    within: float
    within_error: float
    loglik: float
    effects: Floats
    effect_errors: Floats
    n: float
    groups: int
    status: Status

    @property
    def intraclass(self) -> float:
        """Share of the variance (given predictors) that lies between groups."""
        return self.between / (self.between + self.within)


def fit_random_intercept(sums: GroupSums, likelihood: Likelihood) -> RandomIntercept:
    """Estimate the model; unidentified is said where the data cannot tell its parts from each other.

    So it is where predictors depend on each other, where predictors or single pupils leave no degree of
    freedom within groups or (REML) between them, and where the predictors leave nothing of the outcome.
    """
    used, means = centred(sums)
    p = used.predictors
    if (sums.n > 0).sum() < FEWEST_GROUPS or sums.pupils <= p + 1:
        return not_estimated(sums, Status.TOO_FEW)
    if _rank(used.cross[:p, :p]) < p:
        return not_estimated(sums, Status.UNIDENTIFIED)
    of_groups, inside = degrees_left(used)
    if inside < 1 or of_groups < (1 if likelihood is Likelihood.REML else 0):
        return not_estimated(sums, Status.UNIDENTIFIED)
    model = _Profile(used, likelihood)
    if model.at(0.0).residual <= NOISE * sums.cross[p, p]:
        return not_estimated(sums, Status.UNIDENTIFIED)
    ratio, status = _solve(model)
    at = model.at(ratio)
    within = at.residual / model.degrees
    between = ratio * within
    covariance = within * at.inverse
    if not (np.diag(covariance) > 0).all():  # dependent but for the last digits
        return not_estimated(sums, Status.UNIDENTIFIED)
    fixed = at.fixed.copy()
    # The intercept of the centred model is the outcome at mean predictors.
    shift = np.concatenate(([1.0], -means[1:p]))
    fixed[0] += means[p] - means[1:p] @ fixed[1:]
    errors = np.sqrt(np.diag(covariance))
    errors[0] = np.sqrt(shift @ covariance @ shift)
    weight = ratio / (1 + ratio * sums.n)
    between_error, within_error = model.variance_errors(ratio, within)
    return RandomIntercept(
        fixed, errors, between, between_error, within, within_error,
        -0.5 * model.deviance(ratio), weight * (used.sums[:, p] - used.sums[:, :p] @ at.fixed),
        np.sqrt(between / (1 + ratio * sums.n)), sums.pupils, len(sums.n), status,
    )  # fmt: skip


def _rank(matrix: Floats, of: Floats | None = None) -> int:
    """Return the rank of cross products, each predictor in units of its own (or those of another matrix)."""
    squares = np.diag(matrix if of is None else of)
    scale = np.sqrt(np.where(squares > 0, squares, 1.0))
    return int(np.linalg.matrix_rank(matrix / np.outer(scale, scale), tol=DEPENDENT))


def degrees_left(sums: GroupSums) -> tuple[int, int]:
    """Return the degrees of freedom that predictors leave between groups and within them, of centred sums."""
    p, there = sums.predictors, sums.n > 0
    own = sums.sums[there, :p]
    inside = sums.cross[:p, :p] - own.T @ (own / sums.n[there, None])
    rank = _rank(inside, sums.cross[:p, :p])
    groups = int(there.sum())
    return groups + rank - p, round(sums.pupils) - groups - rank


def not_estimated(sums: GroupSums, status: Status) -> RandomIntercept:
    """Return the model with nothing known but why."""
    p, m = sums.predictors, len(sums.n)
    nan = np.nan
    return RandomIntercept(
        np.full(p, nan), np.full(p, nan), nan, nan, nan, nan, nan, np.full(m, nan), np.full(m, nan),
        sums.pupils, m, status,
    )  # fmt: skip


@dataclass(frozen=True)
class _Point:
    """The generalised least squares solution at one lambda."""

    fixed: Floats
    inverse: Floats  # of X' V^-1 X, in units of sigma²
    residual: float  # (y - Xb)' V^-1 (y - Xb)
    between_squares: Floats  # squared sums of y - Xb by group, added up by size of group
    log_determinant: float  # of X' V^-1 X


class _Profile:
    """-2 log-likelihood as a function of lambda alone, with its derivative."""

    def __init__(self, sums: GroupSums, likelihood: Likelihood) -> None:
        self.sums = sums
        self.sizes, self.groups, self.products = products_by_size(sums)
        self.restricted = likelihood is Likelihood.REML
        self.degrees = sums.pupils - (sums.predictors if self.restricted else 0)

    def at(self, ratio: float) -> _Point:
        """Solve the generalised least squares at one lambda."""
        p = self.sums.predictors
        weight = ratio / (1 + ratio * self.sizes)
        cross = self.sums.cross - np.tensordot(weight, self.products, axes=1)
        inverse: Floats = np.linalg.inv(cross[:p, :p]).astype(np.float64)
        fixed: Floats = inverse @ cross[:p, p]
        residual = float(cross[p, p] - cross[:p, p] @ fixed)
        contrast = np.append(-fixed, 1.0)
        between_squares = (self.products @ contrast) @ contrast
        log_determinant = float(np.linalg.slogdet(cross[:p, :p])[1])
        return _Point(fixed, inverse, residual, between_squares, log_determinant)

    def deviance(self, ratio: float, within: float | None = None) -> float:
        """Return -2 log L, at the best sigma² or at the given one."""
        at = self.at(ratio)
        variance = at.residual / self.degrees if within is None else within
        value = self.degrees * np.log(2 * np.pi * variance) + at.residual / variance
        value += float(self.groups @ np.log1p(ratio * self.sizes))
        return float(value + (at.log_determinant if self.restricted else 0.0))

    def slope(self, ratio: float) -> float:
        """Return the derivative of -2 log L by lambda."""
        at = self.at(ratio)
        p = self.sums.predictors
        shrunk = 1 / (1 + ratio * self.sizes)
        value = float(self.groups @ (self.sizes * shrunk))
        value -= self.degrees * float(at.between_squares @ shrunk**2) / at.residual
        if self.restricted:
            spread = np.tensordot(shrunk**2, self.products[:, :p, :p], axes=1)
            value -= float((at.inverse * spread).sum())
        return value

    def variance_errors(self, ratio: float, within: float) -> tuple[float, float]:
        """Return the errors of tau² and sigma² from the curvature of -2 log L, by central differences."""
        if ratio <= 0:
            return float("nan"), float(within * np.sqrt(2 / self.degrees))
        point = np.array([ratio * within, within])
        steps = 1e-3 * point
        hessian = np.empty((2, 2))

        def value(moved: Floats) -> float:
            return self.deviance(moved[0] / moved[1], moved[1])

        for i in range(2):
            for k in range(2):
                first, second = np.eye(2)[i] * steps[i], np.eye(2)[k] * steps[k]
                hessian[i, k] = (
                    value(point + first + second)
                    - value(point + first - second)
                    - value(point - first + second)
                    + value(point - first - second)
                ) / (4 * steps[i] * steps[k])
        try:
            with np.errstate(invalid="ignore"):  # flat on one side: no error can be told
                errors = np.sqrt(np.diag(2 * np.linalg.inv(hessian)))
        except np.linalg.LinAlgError:
            return float("nan"), float("nan")
        return float(errors[0]), float(errors[1])


def _solve(model: _Profile) -> tuple[float, Status]:
    """Return lambda where the likelihood is greatest; 0 on the boundary, where variance only lowers it.

    With few groups of unequal sizes there can be two tops, one of them at 0: all of them are looked at.
    """
    values = [model.deviance(float(ratio)) for ratio in RATIOS]
    best = int(np.argmin(values))
    if best == len(RATIOS) - 1:
        return GREATEST_RATIO, Status.NOT_CONVERGED
    low, high = RATIOS[max(best - 1, 0)], RATIOS[best + 1]
    if best == 0 and model.slope(0.0) >= 0:
        return 0.0, Status.BOUNDARY
    if not model.slope(low) < 0 < model.slope(high):  # two tops between three ratios, or a flat one
        near = minimize_scalar(model.deviance, bounds=(low, high), method="bounded", options={"xatol": 1e-12})
        return float(near.x), Status.CONVERGED
    return float(brentq(model.slope, low, high, xtol=1e-14, rtol=1e-13)), Status.CONVERGED
