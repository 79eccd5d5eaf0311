"""What pupils of the same primary score usually do on each item: the yardstick for a pupil and for a class.

E(x_j | t) is taken from all results at hand, in bands of neighbouring scores until a band has `LEAST` pupils;
so it needs no model and no assumption about abilities (Guttman's and Mokken's conditioning on the sum).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from avgust.domain.assessment.arrays import Floats, Ints
from avgust.domain.assessment.interpretation.results import Results
from avgust.domain.assessment.responses import MISSING

LEAST: Final = 50


@dataclass(frozen=True)
class Norms:
    """For each primary score t = 0..maximum and item: mean and variance of points ((T + 1) × J).

    `known` is False where all results together are fewer than LEAST: nothing is expected then.
    """

    mean: Floats
    variance: Floats
    known: bool

    def expected(self, totals: Ints) -> Floats:
        """Return the expected points of pupils with these primary scores (n × J)."""
        return np.asarray(self.mean[totals])


def norms_of(results: Results) -> Norms:
    """Take the norms from results whose every item was given."""
    size, items = results.work.maximum + 1, len(results.work.items)
    complete = (results.scores != MISSING).all(axis=1)
    scores, totals = results.scores[complete].astype(np.float64), results.totals[complete]
    if len(scores) < LEAST:
        nothing = np.full((size, items), np.nan)
        return Norms(nothing, nothing, known=False)
    n = np.bincount(totals, minlength=size).astype(np.float64)
    by_score = [
        np.column_stack([np.bincount(totals, weights=column, minlength=size) for column in values.T])
        for values in (scores, scores**2)
    ]
    mean, variance = np.empty((size, items)), np.empty((size, items))
    for total in range(size):
        width = next(w for w in range(size) if n[max(0, total - w) : total + w + 1].sum() >= LEAST)
        around = slice(max(0, total - width), total + width + 1)
        count = n[around].sum()
        mean[total] = by_score[0][around].sum(axis=0) / count
        variance[total] = by_score[1][around].sum(axis=0) / count - mean[total] ** 2
    return Norms(mean, np.maximum(variance, 0.0), known=True)
