"""Two calibrations on one scale: theta_to = A·theta_from + B, from the items that both have.

Mean-mean (Loyd & Hoover 1980), mean-geometric mean (Mislevy & Bock 1990), mean-sigma (Marco 1977), and the
response-function methods of Haebara (1980) and Stocking & Lord (1983). On the new scale a* = a / A, b* =
A·b + B. Errors: response-function and moment methods alike by the delta method from the errors of the
items.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from scipy.optimize import minimize

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.steps import ItemParameters

NODES: Final = 30  # Gauss-Hermite nodes over N(0, 1), as R's equateIRT has them
_EXACT: Final = 1e-12


class LinkingMethod(StrEnum):
    """Where A and B come from."""

    MEAN_MEAN = "mean-mean"
    MEAN_GEOMETRIC = "mean-gmean"
    MEAN_SIGMA = "mean-sigma"
    HAEBARA = "haebara"
    STOCKING_LORD = "stocking-lord"


@dataclass(frozen=True)
class Link:
    """Slope A and intercept B from one scale to the other, with errors (nan where items have none)."""

    method: LinkingMethod
    slope: float
    intercept: float
    slope_error: float
    intercept_error: float
    items: int
    status: Status


@dataclass(frozen=True)
class CommonItems:
    """The same items in both calibrations, in the same order, with covariances of (a, d) where known."""

    start: ItemParameters
    target: ItemParameters
    start_covariance: Floats | None = None
    target_covariance: Floats | None = None


def link(common: CommonItems, method: LinkingMethod) -> Link:
    """Return the coefficients of one method; fewer than two common items are too few."""
    count = len(common.start.slopes)
    if count < 2:
        return Link(method, np.nan, np.nan, np.nan, np.nan, count, Status.TOO_FEW)
    if not ((common.start.slopes > 0).all() and (common.target.slopes > 0).all()):
        return Link(method, np.nan, np.nan, np.nan, np.nan, count, Status.UNIDENTIFIED)
    coefficients = _coefficients(common.start, common.target, method)
    status = Status.CONVERGED if np.isfinite(coefficients).all() else Status.NOT_CONVERGED
    errors = _errors(common, method)
    slope, intercept = map(float, coefficients)
    slope_error, intercept_error = map(float, errors)
    return Link(method, slope, intercept, slope_error, intercept_error, count, status)


def transformed(parameters: ItemParameters, slope: float, intercept: float) -> ItemParameters:
    """Return the items on the scale A·theta + B: a / A, and d_c less c·a·B / A."""
    steps = parameters.steps
    slopes = parameters.slopes / slope
    shift = steps.category_of * slopes[steps.item_of] * intercept
    return ItemParameters(steps, slopes, parameters.intercepts - shift)


def _coefficients(start: ItemParameters, target: ItemParameters, method: LinkingMethod) -> Floats:
    if method in (LinkingMethod.HAEBARA, LinkingMethod.STOCKING_LORD):
        return _by_curves(start, target, method)
    before, after = start.thresholds(), target.thresholds()
    if method is LinkingMethod.MEAN_MEAN:
        slope = start.slopes.mean() / target.slopes.mean()
    elif method is LinkingMethod.MEAN_GEOMETRIC:
        slope = np.exp((np.log(start.slopes) - np.log(target.slopes)).mean())
    else:
        slope = after.std() / before.std()
    return np.array([slope, after.mean() - slope * before.mean()])


def _by_curves(start: ItemParameters, target: ItemParameters, method: LinkingMethod) -> Floats:
    """Minimise the distance of expected scores over N(0, 1) of the target scale, by item or in sum."""
    nodes, weights = hermegauss(NODES)
    weights = weights / weights.sum()
    wanted = (
        target.moments(nodes).mean
        if method is LinkingMethod.STOCKING_LORD
        else target.probabilities(nodes)[0]
    )
    loss = _distance(start, nodes, weights, wanted, method)
    first = _coefficients(start, target, LinkingMethod.MEAN_SIGMA)
    if not np.isfinite(first).all() or first[0] <= 0:
        first = _coefficients(start, target, LinkingMethod.MEAN_MEAN)
    found = minimize(
        loss, first, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-16, "maxiter": 4000}
    )
    return np.asarray(found.x) if found.success else np.full(2, np.nan)


def _distance(
    start: ItemParameters, nodes: Floats, weights: Floats, wanted: Floats, method: LinkingMethod
) -> Callable[[Floats], float]:
    def haebara(point: Floats) -> float:
        chances, _ = transformed(start, point[0], point[1]).probabilities(nodes)
        return float((((chances - wanted) ** 2) @ weights).sum())

    def stocking_lord(point: Floats) -> float:
        expected = transformed(start, point[0], point[1]).moments(nodes).mean
        return float(((expected - wanted).sum(axis=0) ** 2) @ weights)

    return haebara if method is LinkingMethod.HAEBARA else stocking_lord


def _errors(common: CommonItems, method: LinkingMethod) -> Floats:
    """Return the errors of A and B by the delta method with numerical derivatives (Ogasawara 2000, 2001)."""
    if common.start_covariance is None or common.target_covariance is None:
        return np.full(2, np.nan)
    variance = np.zeros((2, 2))
    for which, parameters, covariance in (
        (0, common.start, common.start_covariance),
        (1, common.target, common.target_covariance),
    ):
        jacobian = _jacobian(common, method, which, parameters)
        variance += jacobian @ covariance @ jacobian.T
    with np.errstate(invalid="ignore"):
        return np.asarray(np.sqrt(np.diag(variance)))


def _jacobian(common: CommonItems, method: LinkingMethod, which: int, parameters: ItemParameters) -> Floats:
    """Return derivatives of (A, B) by (a, d) of one calibration."""
    point = np.concatenate([parameters.slopes, parameters.intercepts])
    items = len(parameters.slopes)
    columns = []
    for place in range(len(point)):
        values = []
        for sign in (1, -1):
            moved = point.copy()
            moved[place] += sign * 1e-4
            changed = ItemParameters(parameters.steps, moved[:items], moved[items:])
            pair = (changed, common.target) if which == 0 else (common.start, changed)
            values.append(_coefficients(*pair, method))
        columns.append((values[0] - values[1]) / 2e-4)
    return np.column_stack(columns)
