"""Smoothing of distributions before equating (log-linear), and of its result (cubic spline)."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.interpolate import make_smoothing_spline
from scipy.special import xlogy

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.equating.scores import Scores

_ROUNDS: Final = 200


class SmoothingError(ValueError):
    """The counts do not determine a polynomial of this degree."""


def presmoothed(scores: Scores, degree: int) -> Scores:
    """Return the log-linear distribution with the same first moments (Holland & Thayer 1987)."""
    fitted = fit_log_linear(
        scores.counts, orthogonal_powers([scores.values], [(d,) for d in range(1, degree + 1)])
    )
    return Scores(fitted, scores.lowest)


def presmoothed_jointly(counts: Floats, total_degree: int, anchor_degree: int, cross_degree: int) -> Floats:
    """Return the smoothed joint counts of total (rows) and anchor (columns).

    Kept are the moments of both margins and the cross moments up to `cross_degree` in each. Cells that are
    impossible (never counted in their row and column alike) are not told apart from rare ones.
    """
    rows, columns = np.indices(counts.shape)
    powers: list[tuple[int, ...]] = [(degree, 0) for degree in range(1, total_degree + 1)]
    powers += [(0, degree) for degree in range(1, anchor_degree + 1)]
    powers += [(i, j) for i in range(1, cross_degree + 1) for j in range(1, cross_degree + 1)]
    grid = [rows.ravel().astype(np.float64), columns.ravel().astype(np.float64)]
    return fit_log_linear(counts.ravel(), orthogonal_powers(grid, powers)).reshape(counts.shape)


def orthogonal_powers(axes: list[Floats], powers: list[tuple[int, ...]]) -> Floats:
    """Return a constant and the products of powers as orthonormal columns, which keeps IRLS exact."""
    scaled = [(axis - axis.mean()) / max(float(np.abs(axis - axis.mean()).max()), 1.0) for axis in axes]
    columns = [np.ones(len(axes[0]))]
    for power in powers:
        column = np.ones(len(axes[0]))
        for axis, exponent in zip(scaled, power, strict=True):
            column = column * axis**exponent
        columns.append(column)
    basis, triangle = np.linalg.qr(np.column_stack(columns))
    if len(columns) > len(axes[0]) or (np.abs(np.diag(triangle)) < 1e-10).any():
        raise SmoothingError("the scale has too few scores for this degree")
    return np.asarray(basis)


def fit_log_linear(counts: Floats, design: Floats) -> Floats:
    """Return Poisson maximum likelihood counts under a log-linear model, by Fisher scoring."""
    fitted = counts + max(counts.mean(), 1e-9) * 0.1
    coefficients = np.linalg.lstsq(design, np.log(fitted), rcond=None)[0]
    best = _deviance(counts, np.exp(design @ coefficients))
    for _ in range(_ROUNDS):
        mean = np.exp(design @ coefficients)
        information = (design.T * mean) @ design
        step = np.linalg.lstsq(information, design.T @ (counts - mean), rcond=None)[0]
        length = 1.0
        while True:
            trial = coefficients + length * step
            with np.errstate(over="ignore", invalid="ignore"):
                value = _deviance(counts, np.exp(design @ trial))
            if value <= best + 1e-12 * (1 + abs(best)) or length < 1e-8:
                break
            length /= 2
        coefficients, change, best = trial, best - value, value
        if abs(change) < 1e-12 * (1 + abs(best)) and length == 1.0:
            return np.asarray(np.exp(design @ coefficients))
    raise SmoothingError("the log-linear model did not converge")


def _deviance(counts: Floats, mean: Floats) -> float:
    return float(2 * (xlogy(counts, counts) - xlogy(counts, mean) - counts + mean).sum())


def postsmoothed(scores: Floats, equated: Floats, errors: Floats, strength: float) -> Floats:
    """Return the equated scores smoothed by a cubic spline that trusts each as its error allows.

    Kolen (1984): `strength` grows with smoothness, 0 returns what was given. Scores without an error are
    kept.
    """
    trusted = np.isfinite(errors) & (errors > 0) & np.isfinite(equated)
    if strength <= 0 or trusted.sum() < 5:
        return equated
    spline = make_smoothing_spline(
        scores[trusted], equated[trusted], w=1 / errors[trusted] ** 2, lam=strength
    )
    smooth = equated.copy()
    smooth[trusted] = spline(scores[trusted])
    return smooth
