"""Cronbach's alpha with Feldt's interval, and the error of measurement it implies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import fdtri

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.responses import Responses
from avgust.domain.assessment.status import Status


@dataclass(frozen=True)
class Reliability:
    """alpha (Cronbach 1951) with a 95 % interval (Feldt 1965) and SEM = sd·sqrt(1 - alpha) in score points.

    n counts persons who answered all items (weights summed); others are left out.
    """

    alpha: float
    low: float
    high: float
    measurement_error: float
    n: float
    items: int
    status: Status


def complete_cases(responses: Responses) -> Responses:
    """Return the persons who answered every item."""
    return responses.only_persons(np.asarray(responses.observed.all(axis=1)))


def covariance_of(responses: Responses) -> Floats:
    """Return the covariance of item scores (J × J), weights as frequencies; persons must be complete."""
    scores = responses.scores.astype(np.float64)
    weights = responses.person_weights
    centred = scores - np.average(scores, axis=0, weights=weights)
    return np.asarray((centred.T * weights) @ centred / (weights.sum() - 1))


def alpha_of(covariance: Floats) -> float:
    """Return alpha = J / (J - 1) · (1 - trace / sum); nan for fewer than two items or no variance."""
    items, total = len(covariance), float(covariance.sum())
    if items < 2 or total <= 0:
        return float("nan")
    return items / (items - 1) * (1 - float(np.trace(covariance)) / total)


def reliability(responses: Responses, confidence: float = 0.95) -> Reliability:
    """Return alpha with its interval; fewer than two items or three complete persons are too few."""
    complete = complete_cases(responses)
    n, items = complete.n, len(responses.items)
    if n < 3 or items < 2:
        return Reliability(np.nan, np.nan, np.nan, np.nan, n, items, Status.TOO_FEW)
    covariance = covariance_of(complete)
    alpha = alpha_of(covariance)
    if not np.isfinite(alpha):
        return Reliability(np.nan, np.nan, np.nan, np.nan, n, items, Status.UNIDENTIFIED)
    tail = (1 - confidence) / 2
    degrees = (n - 1, (n - 1) * (items - 1))
    low = 1 - (1 - alpha) * fdtri(*degrees, 1 - tail)
    high = 1 - (1 - alpha) * fdtri(*degrees, tail)
    error = float(np.sqrt(covariance.sum() * (1 - alpha)))
    return Reliability(alpha, float(low), float(high), error, n, items, Status.CONVERGED)
