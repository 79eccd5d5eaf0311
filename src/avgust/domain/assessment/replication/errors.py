"""Errors of complex samples: replicate weights (Fay's BRR, JK2) with plausible values (Rubin 1987).

U = factor · sum_g (theta_g - theta)², or about the mean of theta_g as R's survey does unless told
otherwise, with
 factor 1 / (G (1 - k)²) for Fay's BRR (G = 80, k = 0.5: 1/20), 1/2 for
JK2 with both halves of each zone replicated, 1 with one half. With M plausible values the estimate is their
mean, its variance mean(U) + (1 + 1 / M) B, B the variance between them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.status import Status

Statistic = Callable[[Floats, Floats], float]


@dataclass(frozen=True)
class Replication:
    """Replicate weights (n × G), the factor of squared deviations, and what they deviate from."""

    weights: Floats
    factor: float
    about_mean: bool = False

    def variance(self, point: float, replicates: Floats) -> float:
        """Return U of a statistic from its values in the whole sample and in each replicate (G)."""
        centre = float(replicates.mean()) if self.about_mean else point
        return self.factor * float(((replicates - centre) ** 2).sum())

    @classmethod
    def fay(cls, weights: Floats, k: float = 0.5, *, about_mean: bool = False) -> Replication:
        """Return Fay's variant of balanced repeated replication (Judkins 1990); k = 0 is plain BRR."""
        if not 0 <= k < 1:
            raise ValueError("Fay's k lies in [0, 1)")
        return cls(weights, 1 / (weights.shape[1] * (1 - k) ** 2), about_mean)

    @classmethod
    def jk2(cls, weights: Floats, *, both_halves: bool = False) -> Replication:
        """Return the paired jackknife; `both_halves` as TIMSS has it since 2015 (2 replicates a zone)."""
        return cls(weights, 0.5 if both_halves else 1.0)

    @classmethod
    def jk2_of(cls, weights: Floats, zone: Floats, half: Floats, *, both_halves: bool = False) -> Replication:
        """Make the replicate weights: in its zone one half counts double and the other not at all."""
        columns = []
        for number in np.unique(zone):
            inside = zone == number
            for doubled in (1, 0) if both_halves else (1,):
                zone_weights = 2.0 * weights * (half == doubled)
                columns.append(np.where(inside, zone_weights, weights))
        return cls.jk2(np.column_stack(columns), both_halves=both_halves)


@dataclass(frozen=True)
class SampleEstimate:
    """A statistic with its error, with the sampling variance and the variance between plausible values.

    `n` counts persons with a value; `status` too few with fewer than two of them.
    """

    value: float
    se: float
    sampling: float
    imputation: float
    n: int
    status: Status


def estimate(
    values: Floats, weights: Floats, replication: Replication, statistic: Statistic
) -> SampleEstimate:
    """Return a statistic of one variable (n) or of its plausible values (n × M) over the population.

    `statistic(values, weights)` must not depend on the scale of the weights.
    """
    drawn = values[:, None] if values.ndim == 1 else values
    there = np.isfinite(drawn).all(axis=1) & (weights > 0)
    if there.sum() < 2:
        return SampleEstimate(np.nan, np.nan, np.nan, np.nan, int(there.sum()), Status.TOO_FEW)
    drawn, weights, replicates = drawn[there], weights[there], replication.weights[there]
    points, sampling = [], []
    for column in drawn.T:
        point = statistic(column, weights)
        replicated = np.array([statistic(column, replicate) for replicate in replicates.T])
        points.append(point)
        sampling.append(replication.variance(point, replicated))
    count = len(points)
    between = float(np.var(points, ddof=1)) if count > 1 else 0.0
    variance = float(np.mean(sampling)) + (1 + 1 / count) * between
    return SampleEstimate(
        float(np.mean(points)), float(np.sqrt(variance)), float(np.mean(sampling)), between,
        int(there.sum()), Status.CONVERGED,
    )  # fmt: skip


def weighted_mean(values: Floats, weights: Floats) -> float:
    """Return the mean."""
    return float(weights @ values / weights.sum())


def weighted_deviation(values: Floats, weights: Floats) -> float:
    """Return the standard deviation in the population: sum w (x - mean)² / sum w, rooted."""
    centre = weighted_mean(values, weights)
    return float(np.sqrt(weights @ (values - centre) ** 2 / weights.sum()))


def share_below(cut: float) -> Statistic:
    """Return the statistic: share of persons below `cut`."""

    def share(values: Floats, weights: Floats) -> float:
        return float(weights @ (values < cut) / weights.sum())

    return share


def weighted_quantile(probability: float) -> Statistic:
    """Return the statistic: the smallest value with at least `probability` of the population at or below."""

    def quantile(values: Floats, weights: Floats) -> float:
        order = np.argsort(values, kind="stable")
        reached = np.cumsum(weights[order]) / weights.sum()
        return float(values[order][min(int(np.searchsorted(reached, probability)), len(values) - 1)])

    return quantile


def difference(first: SampleEstimate, second: SampleEstimate) -> SampleEstimate:
    """Return first - second of two independent samples, with the error of the difference."""
    status = next((e.status for e in (first, second) if e.status is not Status.CONVERGED), Status.CONVERGED)
    return SampleEstimate(
        first.value - second.value, float(np.hypot(first.se, second.se)), first.sampling + second.sampling,
        first.imputation + second.imputation, first.n + second.n, status,
    )  # fmt: skip
