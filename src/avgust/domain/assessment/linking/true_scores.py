"""True-score equating: the expected sum on one test in the units of another (Lord 1980)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import brentq

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.steps import ItemParameters

_FAR: Final = 40.0


@dataclass(frozen=True)
class TrueScores:
    """For each whole score of the first test: the ability that expects it, and the score on the second.

    Scores 0 and the maximum have no finite ability: nan (Kolen & Brennan map them by hand).
    """

    score: Floats
    theta: Floats
    equated: Floats


def equate_true_scores(first: ItemParameters, second: ItemParameters) -> TrueScores:
    """Equate the scores 0..maximum of `first`; both must be on one scale (`linking.scales.transformed`)."""
    most = int(first.steps.per_item.sum())
    theta = np.full(most + 1, np.nan)
    for score in range(1, most):

        def surplus(ability: float, score: int = score) -> float:
            return float(first.moments(np.array([ability])).mean.sum()) - score

        if surplus(-_FAR) < 0 < surplus(_FAR):
            theta[score] = brentq(surplus, -_FAR, _FAR, xtol=1e-12)
    equated = np.full(most + 1, np.nan)
    finite = np.isfinite(theta)
    equated[finite] = second.moments(theta[finite]).mean.sum(axis=0)
    return TrueScores(np.arange(most + 1.0), theta, equated)
