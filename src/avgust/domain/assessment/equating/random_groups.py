"""Equating by random groups: scores of X in the units of Y (Kolen & Brennan 2014, chapter 2)."""

from __future__ import annotations

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.equating.scores import Scores, percentile_ranks, scores_at_ranks


def mean_equated(x: Scores, y: Scores) -> Floats:
    """Return each score of X moved by the difference of means."""
    return x.values - x.mean + y.mean


def linear_equated(x: Scores, y: Scores) -> Floats:
    """Return each score of X at the same distance from its mean in standard deviations."""
    return y.mean + y.deviation / x.deviation * (x.values - x.mean)


def equipercentile_equated(x: Scores, y: Scores) -> Floats:
    """Return for each score of X the score of Y with the same percentile rank."""
    return scores_at_ranks(y, percentile_ranks(x, x.values))
