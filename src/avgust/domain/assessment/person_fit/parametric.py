"""lz and lz*: whether the likelihood of a person's answers is what the model expects.

lz (Drasgow, Levine & Williams 1985) standardises log L at theta, lz* corrects for theta being estimated
from the same answers (Snijders 2001; Sinharay 2016 for more than two scores). Both are about N(0, 1) under
the model; low values are answers that do not go together. lz alone is too narrow when theta is estimated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from avgust.domain.assessment.abilities.likelihood import Method
from avgust.domain.assessment.arrays import Bools, Floats
from avgust.domain.assessment.responses import MISSING, Responses
from avgust.domain.assessment.steps import ItemParameters

FEWEST_ITEMS: Final = 10  # below, the normal approximation says nothing: report Guttman errors only
_CHUNK: Final = 4096


@dataclass(frozen=True)
class Likelihoods:
    """lz and lz* of each person (n), nan without a finite ability; `enough` (n): ten answers or more."""

    lz: Floats
    lz_star: Floats
    enough: Bools


def standardised_likelihoods(
    responses: Responses,
    parameters: ItemParameters,
    theta: Floats,
    method: Method = Method.ML,
    *,
    mean: float = 0.0,
    variance: float = 1.0,
) -> Likelihoods:
    """Return lz and lz* at the abilities `theta` (n), estimated by `method` from these answers."""
    count = len(theta)
    lz, star = np.full(count, np.nan), np.full(count, np.nan)
    for start in range(0, count, _CHUNK):
        part = slice(start, start + _CHUNK)
        finite = np.flatnonzero(np.isfinite(theta[part])) + start
        if len(finite):
            at = _At.of(responses.only_persons(finite), parameters, theta[finite])
            lz[finite] = at.lz()
            star[finite] = at.lz_star(method, mean, variance)
    enough = np.asarray(responses.observed.sum(axis=1) >= FEWEST_ITEMS)
    return Likelihoods(lz, star, enough)


@dataclass(frozen=True)
class _At:
    """Everything at each person's own ability, items × persons; sums run over answered items."""

    given: Bools
    log_chance: Floats  # of the score that was given
    mean_log: Floats  # of log P over the categories
    variance_log: Floats
    covariance: Floats  # of log P with the score, times the slope: covariance with the item's score function
    information: Floats
    third: Floats
    residual: Floats
    theta: Floats

    @classmethod
    def of(cls, responses: Responses, parameters: ItemParameters, theta: Floats) -> _At:
        steps = parameters.steps
        chances, log_total = parameters.probabilities(theta)
        logs = parameters.logits(theta) - log_total[steps.item_of]  # log P of each step
        none = -log_total  # log P of score 0
        zero = np.exp(none)
        moments = parameters.moments(theta)
        scores = responses.scores.T
        mean_log = steps.sum_by_item(chances * logs) + zero * none
        variance_log = (
            steps.sum_by_item(chances * (logs - mean_log[steps.item_of]) ** 2) + zero * (none - mean_log) ** 2
        )
        category = steps.category_of[:, None]
        covariance = steps.sum_by_item(chances * logs * category) - mean_log * moments.mean
        reached = scores[steps.item_of] == category
        log_chance = np.where(scores == 0, none, steps.sum_by_item(np.where(reached, logs, 0.0)))
        slope = parameters.slopes[:, None]
        return cls(
            np.asarray(scores != MISSING),
            log_chance,
            mean_log,
            variance_log,
            slope * covariance,
            slope**2 * moments.variance,
            slope**3 * moments.third,
            slope * (scores - moments.mean),
            theta,
        )

    def total(self, values: Floats) -> Floats:
        return np.asarray(np.where(self.given, values, 0.0).sum(axis=0))

    def lz(self) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            surplus = self.total(self.log_chance - self.mean_log)
            return np.asarray(surplus / np.sqrt(self.total(self.variance_log)))

    def lz_star(self, method: Method, mean: float, variance: float) -> Floats:
        """Return (W + c·r0) / sd of W - c·(score function), the part of W that theta does not absorb.

        c = cov(W, score function) / information, and r0 is what the estimating equation adds to the score
        function: 0 for ML, J / (2 I) for WLE, (mean - theta) / variance for MAP.
        """
        information = self.total(self.information)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = self.total(self.covariance) / information
            added = np.zeros(len(self.theta))
            if method is Method.WLE:
                added = self.total(self.third) / (2 * information)
            elif method is Method.MAP:
                added = (mean - self.theta) / variance
            surplus = self.total(self.log_chance - self.mean_log)
            left = self.total(self.variance_log) - share**2 * information
            return np.asarray((surplus + share * added) / np.sqrt(left))
