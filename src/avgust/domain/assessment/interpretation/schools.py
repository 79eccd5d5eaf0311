"""Schools of a territory under the two-level model: means with intervals, limits of chance.

y_ij = m + u_j + e_ij by REML from group sums: the interval of a school's mean is mean ± z·sigma/sqrt(n_j);
schools without any difference of their own would lie within m ± z·sqrt(tau² + sigma²/n). No school is given a
place in a list: intervals overlap, and results of nationwide check works may not rank (DESIGN, walls).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.interpretation.results import GroupTable, Sums
from avgust.domain.assessment.interpretation.rules import Comparison
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.value_added.group_sums import GroupSums
from avgust.domain.assessment.value_added.random_intercept import (
    Likelihood,
    RandomIntercept,
    fit_random_intercept,
    not_estimated,
)

FEWEST: Final = 3  # schools of which it is said how they differ; the variance of two is chance


class Verdict(StrEnum):
    """A school's interval against a value."""

    BELOW = "below"
    AS = "as"
    ABOVE = "above"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class SchoolPoint:
    """The mean primary score of a school with its interval."""

    name: str
    n: int
    mean: float
    low: float
    high: float
    verdict: Verdict


@dataclass(frozen=True)
class Distribution:
    """Schools against the mean of the territory. `between`, `within`: variances of schools and of pupils."""

    mean: float
    mean_error: float
    between: float
    within: float
    status: Status
    points: tuple[SchoolPoint, ...]
    n: int

    def limits(self, n: Floats, z: float) -> tuple[Floats, Floats]:
        """Return where the means of schools of these sizes lie, but for one in 20 (z = 1.96)."""
        spread = z * np.sqrt(self.between + self.within / n)
        return self.mean - spread, self.mean + spread

    def point(self, name: str) -> SchoolPoint:
        """Return a school; KeyError where it did not take part."""
        for point in self.points:
            if point.name == name:
                return point
        raise KeyError(name)


def distribution_of(table: GroupTable, rule: Comparison) -> Distribution:
    """Compare the schools of a territory with its mean."""
    fit = fit_schools(_null_model(table.total))
    n, means = table.n, table.total.mean[:, 0]
    known = np.isfinite(fit.within)
    centre = float(fit.fixed[0]) if known else float(table.total.together().mean[0, 0])
    within = fit.within if known else _pooled(table.total)
    with np.errstate(divide="ignore", invalid="ignore"):
        half = rule.z * np.sqrt(within / n)
    points = tuple(
        SchoolPoint(
            name,
            int(n[place]),
            float(means[place]),
            float(means[place] - half[place]),
            float(means[place] + half[place]),
            verdict_of(means[place] - half[place], means[place] + half[place], centre, int(n[place]), rule),
        )
        for place, name in enumerate(table.names)
        if n[place]
    )
    error = float(fit.fixed_errors[0]) if known else float("nan")
    between = fit.between if known else float("nan")
    return Distribution(centre, error, between, within, fit.status, points, int(n.sum()))


def fit_schools(sums: GroupSums) -> RandomIntercept:
    """Fit the two-level model of schools by REML; nothing is said of fewer than three."""
    if (sums.n > 0).sum() < FEWEST:
        return not_estimated(sums, Status.TOO_FEW)
    return fit_random_intercept(sums, Likelihood.REML)


def verdict_of(low: float, high: float, value: float, n: int, rule: Comparison) -> Verdict:
    """Return where an interval lies; a handful of pupils is not compared."""
    if n < rule.hollow or not np.isfinite(low + high + value):
        return Verdict.TOO_FEW
    return Verdict.BELOW if high < value else Verdict.ABOVE if low > value else Verdict.AS


def _null_model(total: Sums) -> GroupSums:
    """Return what the model without predictors needs, from sums of the total score."""
    n, sums, squares = total.n[:, 0], total.total[:, 0], total.squares[:, 0]
    used = n > 0
    cross = np.array([[n.sum(), sums.sum()], [sums.sum(), squares.sum()]])
    return GroupSums(cross, np.column_stack([n, sums])[used], n[used])


def _pooled(total: Sums) -> float:
    """Return the variance within groups, where too few groups leave no model."""
    n = total.n[:, 0]
    freedom = float(np.maximum(n - 1, 0).sum())
    with np.errstate(invalid="ignore"):
        squares = np.nansum(total.variance[:, 0] * np.maximum(n - 1, 0))
    return float(squares / freedom) if freedom else float("nan")
