"""Distributions of raw scores: counts on an equally spaced scale, with moments, ranks and their inverse."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avgust.domain.assessment.arrays import Floats


@dataclass(frozen=True)
class Scores:
    """`counts` of persons (weighted) at the whole scores lowest, lowest + 1, …; zeros inside are allowed."""

    counts: Floats
    lowest: int = 0

    @property
    def values(self) -> Floats:
        """The scores themselves."""
        return np.arange(len(self.counts), dtype=np.float64) + self.lowest

    @property
    def n(self) -> float:
        """Persons."""
        return float(self.counts.sum())

    @property
    def mean(self) -> float:
        """Mean score."""
        return float(self.values @ self.counts / self.n)

    @property
    def deviation(self) -> float:
        """Standard deviation of the scores, n - 1 in the denominator as in R's equate."""
        return float(np.sqrt(self.counts @ (self.values - self.mean) ** 2 / (self.n - 1)))


def percentile_ranks(scores: Scores, at: Floats) -> Floats:
    """Return P(at), 0..1; persons on a score spread evenly over ± 0.5 (Kolen & Brennan 2014, 2.14)."""
    cumulative = np.concatenate(([0.0], np.cumsum(scores.counts))) / scores.n
    edges = np.arange(len(scores.counts) + 1) + scores.lowest - 0.5
    return np.asarray(np.interp(at, edges, cumulative))


def scores_at_ranks(scores: Scores, ranks: Floats) -> Floats:
    """Return the inverse of `percentile_ranks`; where nobody has a score, the lowest that reaches the rank.

    Rank 0 is the lower edge of the scale, rank 1 the upper edge of the highest score that occurs.
    """
    cumulative = np.cumsum(scores.counts) / scores.n
    cumulative[cumulative > 1 - 1e-14] = 1.0
    place = np.searchsorted(cumulative, ranks, side="right")
    place = np.minimum(place, int(np.flatnonzero(scores.counts)[-1]))
    below = np.where(place > 0, cumulative[place - 1], 0.0)
    share = scores.counts[place] / scores.n
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where(share > 0, (ranks - below) / share, 0.0)
    found = place + np.clip(inside, 0.0, 1.0) - 0.5 + scores.lowest
    return np.asarray(np.where(ranks <= 0, scores.lowest - 0.5, found))
