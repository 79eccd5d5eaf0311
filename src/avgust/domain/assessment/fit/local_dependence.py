"""Q3: correlations of residuals between items (Yen 1984), which ability should leave near -1 / (J - 1).

A pair well above the others (Christensen, Makransky & Horton 2017: 0.2 above the mean) shares something else:
a common text, a chain of answers.
"""

from __future__ import annotations

import numpy as np

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.responses import MISSING, Responses
from avgust.domain.assessment.steps import ItemParameters


def residual_correlations(
    responses: Responses, parameters: ItemParameters, theta: Floats
) -> tuple[Floats, Floats]:
    """Return Q3 (J × J) and the persons behind each pair, weighted.

    Persons without a finite ability are left out; nan where a pair has fewer than three.
    """
    finite = np.isfinite(theta)
    scores = responses.scores[finite]
    given = (scores != MISSING).astype(np.float64)
    weights = responses.person_weights[finite][:, None]
    expected = parameters.moments(theta[finite]).mean.T
    residual = np.where(given > 0, scores - expected, 0.0)
    n = given.T @ (given * weights)
    total = residual.T @ (given * weights)  # of item j over persons who answered k too
    square = (residual**2).T @ (given * weights)
    product = residual.T @ (residual * weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        covariance = product / n - total * total.T / n**2
        variance = square / n - (total / n) ** 2
        correlation = covariance / np.sqrt(variance * variance.T)
    return np.where(n >= 3, correlation, np.nan), n
