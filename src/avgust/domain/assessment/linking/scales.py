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
from scipy.optimize import least_squares

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.steps import ItemParameters

NODES: Final = 30  # Gauss-Hermite nodes over N(0, 1), as R's equateIRT has them
_EXACT: Final = 1e-15


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
    curves = _Curves.of(start, target, method)
    first = _coefficients(start, target, LinkingMethod.MEAN_SIGMA)
    if not np.isfinite(first).all() or first[0] <= 0:
        first = _coefficients(start, target, LinkingMethod.MEAN_MEAN)
    found = least_squares(
        curves.residuals, first, curves.jacobian, method="lm", xtol=_EXACT, ftol=_EXACT, gtol=_EXACT
    )
    return np.asarray(found.x) if found.success and found.x[0] > 0 else np.full(2, np.nan)


@dataclass(frozen=True)
class _Curves:
    """Residuals of the curves of `start` moved by (A, B) against `wanted`, at the nodes."""

    start: ItemParameters
    wanted: Floats
    nodes: Floats
    roots: Floats  # of the weights
    in_sum: bool

    @classmethod
    def of(cls, start: ItemParameters, target: ItemParameters, method: LinkingMethod) -> _Curves:
        nodes, weights = hermegauss(NODES)
        in_sum = method is LinkingMethod.STOCKING_LORD
        wanted = target.moments(nodes).mean if in_sum else target.probabilities(nodes)[0]
        return cls(start, wanted, nodes, np.sqrt(weights / weights.sum()), in_sum)

    def residuals(self, point: Floats) -> Floats:
        """Return the residuals: of each node in sum, else of each step at each node."""
        moved = transformed(self.start, point[0], point[1])
        if self.in_sum:
            return np.asarray((moved.moments(self.nodes).mean - self.wanted).sum(axis=0) * self.roots)
        return np.asarray(((moved.probabilities(self.nodes)[0] - self.wanted) * self.roots).ravel())

    def jacobian(self, point: Floats) -> Floats:
        """Return their derivatives by (A, B); dP_c = P_c (c - E) du with u = a (theta - B) / A."""
        moved, steps = transformed(self.start, point[0], point[1]), self.start.steps
        slopes = moved.slopes[:, None]
        by_point = (-slopes * (self.nodes - point[1]) / point[0], -slopes * np.ones_like(self.nodes))
        moments = moved.moments(self.nodes)
        if self.in_sum:
            columns = [(moments.variance * du).sum(axis=0) * self.roots for du in by_point]
        else:
            chances, _ = moved.probabilities(self.nodes)
            distance = steps.category_of[:, None] - moments.mean[steps.item_of]
            columns = [(chances * distance * du[steps.item_of] * self.roots).ravel() for du in by_point]
        return np.column_stack(columns)

    def gradient(self, point: Floats) -> Floats:
        """Return the derivatives of half the sum of squares."""
        return np.asarray(self.jacobian(point).T @ self.residuals(point))


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
    """Return derivatives of (A, B) by (a, d) of one calibration.

    Where (A, B) is a minimum, by the implicit function: the gradient stays 0 when the items move.
    """
    point = np.concatenate([parameters.slopes, parameters.intercepts])
    items = len(parameters.slopes)

    def moved(values: Floats) -> tuple[ItemParameters, ItemParameters]:
        changed = ItemParameters(parameters.steps, values[:items], values[items:])
        return (changed, common.target) if which == 0 else (common.start, changed)

    if method not in (LinkingMethod.HAEBARA, LinkingMethod.STOCKING_LORD):
        return _differences(lambda values: _coefficients(*moved(values), method), point)
    at = _by_curves(common.start, common.target, method)
    if not np.isfinite(at).all():
        return np.full((2, len(point)), np.nan)
    curves = _Curves.of(common.start, common.target, method)
    curvature = _differences(curves.gradient, at)
    by_items = _differences(lambda values: _Curves.of(*moved(values), method).gradient(at), point)
    return np.asarray(-np.linalg.solve(curvature, by_items))


def _differences(function: Callable[[Floats], Floats], point: Floats, step: float = 1e-4) -> Floats:
    """Return central differences of a function of a vector, a column for each of its places."""
    columns = []
    for place in range(len(point)):
        change = np.zeros(len(point))
        change[place] = step
        columns.append((function(point + change) - function(point - change)) / (2 * step))
    return np.column_stack(columns)
