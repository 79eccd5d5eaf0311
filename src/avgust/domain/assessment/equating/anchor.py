"""Equating two forms of different groups through an anchor (NEAT; Kolen & Brennan 2014, ch. 4–5).

Groups 1 and 2 took X and Y, both took the anchor V. Scores are equated for a synthetic population with the
weight w of group 1. Tucker (Gulliksen 1950) and frequency estimation assume equal regressions on V, Levine
(1955) equal true-score relations, chained methods equate X to V in group 1 and V to Y in group 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.equating.random_groups import equipercentile_equated
from avgust.domain.assessment.equating.scores import Scores, percentile_ranks, scores_at_ranks


class AnchorMethod(StrEnum):
    """What is assumed where nobody was observed."""

    TUCKER = "tucker"
    LEVINE = "levine"
    CHAINED_LINEAR = "chained-linear"
    CHAINED_EQUIPERCENTILE = "chained-equipercentile"
    FREQUENCY = "frequency-estimation"


@dataclass(frozen=True)
class Joint:
    """Persons of one group by total score (rows) and anchor score (columns), both from 0 on."""

    counts: Floats

    @property
    def total(self) -> Scores:
        """Distribution of the total score."""
        return Scores(self.counts.sum(axis=1))

    @property
    def anchor(self) -> Scores:
        """Distribution of the anchor score."""
        return Scores(self.counts.sum(axis=0))

    @property
    def covariance(self) -> float:
        """Covariance of total and anchor, n - 1 in the denominator."""
        rows = self.total.values - self.total.mean
        columns = self.anchor.values - self.anchor.mean
        return float(rows @ self.counts @ columns / (self.total.n - 1))


@dataclass(frozen=True)
class Design:
    """`weight` of group 1 in the synthetic population; `internal`: the anchor's items count in the total."""

    weight: float
    internal: bool = True


def anchor_equated(x: Joint, y: Joint, method: AnchorMethod, design: Design) -> Floats:
    """Return each total score of X in the units of Y."""
    if method is AnchorMethod.CHAINED_LINEAR:
        return _chained_linear(x, y)
    if method is AnchorMethod.CHAINED_EQUIPERCENTILE:
        on_anchor = equipercentile_equated(x.total, x.anchor)
        return scores_at_ranks(y.total, percentile_ranks(y.anchor, on_anchor))
    if method is AnchorMethod.FREQUENCY:
        return _frequency_estimation(x, y, design.weight)
    return _linear_synthetic(x, y, method, design)


def _chained_linear(x: Joint, y: Joint) -> Floats:
    on_anchor = x.anchor.mean + x.anchor.deviation / x.total.deviation * (x.total.values - x.total.mean)
    return y.total.mean + y.total.deviation / y.anchor.deviation * (on_anchor - y.anchor.mean)


def _slope(joint: Joint, method: AnchorMethod, *, internal: bool) -> float:
    """Return gamma, the points of total score that one point of the anchor stands for."""
    covariance, variance = joint.covariance, joint.anchor.deviation**2
    if method is AnchorMethod.TUCKER:
        return covariance / variance
    if internal:
        return joint.total.deviation**2 / covariance
    return (joint.total.deviation**2 + covariance) / (variance + covariance)


def _linear_synthetic(x: Joint, y: Joint, method: AnchorMethod, design: Design) -> Floats:
    """Return the linear equating on moments of the synthetic population (Kolen & Brennan 4.17–4.20)."""
    w1, w2 = design.weight, 1 - design.weight
    gamma1 = _slope(x, method, internal=design.internal)
    gamma2 = _slope(y, method, internal=design.internal)
    gap = x.anchor.mean - y.anchor.mean
    spread = x.anchor.deviation**2 - y.anchor.deviation**2
    mean_x = x.total.mean - w2 * gamma1 * gap
    mean_y = y.total.mean + w1 * gamma2 * gap
    variance_x = x.total.deviation**2 - w2 * gamma1**2 * spread + w1 * w2 * gamma1**2 * gap**2
    variance_y = y.total.deviation**2 + w1 * gamma2**2 * spread + w1 * w2 * gamma2**2 * gap**2
    return np.asarray(mean_y + np.sqrt(variance_y / variance_x) * (x.total.values - mean_x))


def _frequency_estimation(x: Joint, y: Joint, weight: float) -> Floats:
    """Equate by percentiles the totals that the synthetic population would have (Braun & Holland 1982)."""
    width = max(x.counts.shape[1], y.counts.shape[1])
    first, second = (np.pad(j.counts, ((0, 0), (0, width - j.counts.shape[1]))) for j in (x, y))
    shares1, shares2 = first.sum(axis=0) / first.sum(), second.sum(axis=0) / second.sum()
    synthetic_x = weight * first.sum(axis=1) / first.sum() + (1 - weight) * _reweighted(first, shares2)
    synthetic_y = weight * _reweighted(second, shares1) + (1 - weight) * second.sum(axis=1) / second.sum()
    return equipercentile_equated(Scores(synthetic_x), Scores(synthetic_y))


def _reweighted(counts: Floats, shares: Floats) -> Floats:
    """Return the distribution of totals under given shares of anchor scores; unseen ones drop out."""
    anchor = counts.sum(axis=0)
    seen = anchor > 0
    kept = shares[seen] / shares[seen].sum()
    return np.asarray(counts[:, seen] / anchor[seen] @ kept)
