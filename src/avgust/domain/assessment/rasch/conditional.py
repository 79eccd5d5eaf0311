"""Conditional maximum likelihood for Rasch and partial credit items, by Newton with the exact Hessian.

    log L = sum_f t_f d_f - sum_b sum_r n_br log gamma_br(d)

t_f answers in step f, n_br persons of booklet b with the sum r. Its gradient is observed less expected
counts, its Hessian minus the conditional covariance of the steps (Andersen 1972; Fischer & Ponocny 1994).
Identification: the d of all steps sum to 0, which for Rasch is the sum of difficulties 0, and is what eRm
prints.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from avgust.domain.assessment.arrays import Floats, Ints
from avgust.domain.assessment.rasch.connected import parts_of_counts
from avgust.domain.assessment.rasch.counts import BookletCounts
from avgust.domain.assessment.rasch.symmetric import (
    convolve_all,
    pair_sums,
    score_distribution,
    single_chances,
)
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.steps import Steps

MAX_ITERATIONS: Final = 100
DECREMENT: Final = 1e-10  # of the log-likelihood, that the next Newton step would still win
# A step probability of exp(-20) given the sum: the likelihood rises for ever, and no maximum exists.
RUNAWAY: Final = 20.0


@dataclass(frozen=True)
class ConditionalFit:
    """Cumulative intercepts d (F; minus difficulty for Rasch) with their covariance (F × F), in logits.

    `n` counts all persons, those with extreme sums too, who carry no information. `parts` (J) numbers the
    sets of items that nothing connects; with more than one the status is unidentified and d is nan.
    """

    steps: Steps
    intercepts: Floats
    covariance: Floats
    loglik: float
    n: float
    iterations: int
    status: Status
    parts: Ints

    @property
    def errors(self) -> Floats:
        """Standard errors of d (F)."""
        with np.errstate(invalid="ignore"):
            return np.asarray(np.sqrt(np.diag(self.covariance)))


def fit_conditional(counts: Sequence[BookletCounts], steps: Steps) -> ConditionalFit:
    """Estimate the steps of all items from counts by booklet.

    Every category of every item must occur, and no item may be answered alike by all: separate those before
    (`without_empty_categories`, `without_items`). Items that no booklet connects are said to be unidentified.
    """
    parts = parts_of_counts(counts, len(steps.per_item))
    n = sum(one.n for one in counts)
    if len(np.unique(parts)) > 1 or len(steps) < 2:
        nothing = np.full(len(steps), np.nan)
        shape = (len(steps), len(steps))
        return ConditionalFit(
            steps, nothing, np.full(shape, np.nan), np.nan, n, 0, Status.UNIDENTIFIED, parts
        )
    return _newton(ConditionalLikelihood(counts, steps), n, parts)


def _newton(model: ConditionalLikelihood, n: float, parts: Ints) -> ConditionalFit:
    """Climb from the logits of category shares; a step that does not climb is halved."""
    steps = model.steps
    basis = sum_zero_basis(len(steps))
    intercepts = model.start()
    loglik, gradient, information = model.expand(intercepts)
    status, iteration = Status.NOT_CONVERGED, 0
    while iteration < MAX_ITERATIONS:
        iteration += 1
        direction = _direction(basis, gradient, information)
        if direction is None:
            status = Status.UNIDENTIFIED
            break
        decrement = float(gradient @ direction)
        if decrement < DECREMENT:
            status = Status.CONVERGED
            break
        length = min(1.0, 3.0 / float(np.abs(direction).max()))
        while True:
            trial = intercepts + length * direction
            value = model.loglik(trial)
            if value >= loglik - 1e-9 * abs(loglik) or length < 1e-6:
                break
            length /= 2
        intercepts = trial
        loglik, gradient, information = model.expand(intercepts)
        if np.abs(intercepts).max() > RUNAWAY:
            status = Status.BOUNDARY
            break
    covariance = _covariance(basis, information)
    return ConditionalFit(steps, intercepts, covariance, loglik, n, iteration, status, parts)


def sum_zero_basis(size: int) -> Floats:
    """Return an orthonormal basis (F × F-1) of the vectors that sum to 0 (Helmert contrasts)."""
    basis = np.zeros((size, size - 1))
    for column in range(size - 1):
        basis[: column + 1, column] = 1.0
        basis[column + 1, column] = -(column + 1.0)
    return np.asarray(basis / np.linalg.norm(basis, axis=0))


def _direction(basis: Floats, gradient: Floats, information: Floats) -> Floats | None:
    try:
        factor = cho_factor(basis.T @ information @ basis)
    except LinAlgError:
        return None
    return np.asarray(basis @ cho_solve(factor, basis.T @ gradient))


def _covariance(basis: Floats, information: Floats) -> Floats:
    """Return the inverse of the information within the identified space; nan where it has none."""
    try:
        factor = cho_factor(basis.T @ information @ basis)
    except LinAlgError:
        return np.full((len(basis), len(basis)), np.nan)
    return np.asarray(basis @ cho_solve(factor, basis.T))


class ConditionalLikelihood:
    """The conditional likelihood of given counts, as a function of d."""

    def __init__(self, counts: Sequence[BookletCounts], steps: Steps) -> None:
        self.counts = counts
        self.steps = steps
        self.places = [steps.of_items(one.items) for one in counts]
        self.observed = np.zeros(len(steps))
        for one, places in zip(counts, self.places, strict=True):
            self.observed[places] += one.by_step

    def start(self) -> Floats:
        """Return logits of each step against the category 0 of its item, centred."""
        answers = np.zeros(len(self.steps.per_item))
        for one in self.counts:
            answers[one.items] += one.n
        zero = answers - self.steps.sum_by_item(self.observed)
        start = np.log(self.observed + 0.5) - np.log(zero + 0.5)[self.steps.item_of]
        return np.asarray(start - start.mean())

    def loglik(self, intercepts: Floats) -> float:
        """Return the conditional log-likelihood at d."""
        value = float(self.observed @ intercepts)
        for one, places in zip(self.counts, self.places, strict=True):
            theta = self._middle(one, intercepts[places])
            chances, normalisers = self._chances(one, intercepts[places], theta)
            value -= self._log_gamma(one, convolve_all(chances), normalisers, theta)
        return value

    def expand(self, intercepts: Floats) -> tuple[float, Floats, Floats]:
        """Return the log-likelihood, its gradient (F) and the information (F × F) at d."""
        value = float(self.observed @ intercepts)
        gradient = self.observed.copy()
        information = np.zeros((len(gradient), len(gradient)))
        for one, places in zip(self.counts, self.places, strict=True):
            theta = self._middle(one, intercepts[places])
            chances, normalisers = self._chances(one, intercepts[places], theta)
            distribution = score_distribution(chances)
            value -= self._log_gamma(one, distribution.total, normalisers, theta)
            single = single_chances(distribution)
            expected = single @ one.by_score
            gradient[places] -= expected
            with np.errstate(divide="ignore", invalid="ignore"):
                ratio = np.where(one.by_score > 0, one.by_score / distribution.total, 0.0)
            covariance = pair_sums(chances, ratio) - (single * one.by_score) @ single.T
            covariance[np.diag_indices(len(places))] += expected
            information[np.ix_(places, places)] += covariance
        return value, gradient, information

    def _middle(self, one: BookletCounts, intercepts: Floats) -> float:
        """Return an ability at which the booklet's mean sum is likely; it changes digits, no result."""
        mean = float(one.by_score @ np.arange(len(one.by_score))) / max(one.n, 1e-300)
        low, high = -30.0, 30.0
        for _ in range(20):
            theta = (low + high) / 2
            chances, _normalisers = self._chances(one, intercepts, theta)
            expected = sum(float(part @ np.arange(len(part))) for part in chances)
            low, high = (theta, high) if expected < mean else (low, theta)
        return (low + high) / 2

    def _chances(self, one: BookletCounts, intercepts: Floats, theta: float) -> tuple[list[Floats], float]:
        """Return P(category | theta) of each item of the booklet, and the sum of log normalisers."""
        chances, normalisers, place = [], 0.0, 0
        for width in self.steps.per_item[one.items]:
            logits = np.concatenate(([0.0], intercepts[place : place + width]))
            logits = logits + theta * np.arange(width + 1)
            place += width
            top = logits.max()
            exponents = np.exp(logits - top)
            total = exponents.sum()
            chances.append(exponents / total)
            normalisers += top + float(np.log(total))
        return chances, normalisers

    @staticmethod
    def _log_gamma(one: BookletCounts, total: Floats, normalisers: float, theta: float) -> float:
        """Return sum_r n_r log gamma_r, where log gamma_r = log P(r | theta) + normalisers - r·theta."""
        seen = np.flatnonzero(one.by_score)
        logs = np.log(total[seen]) + normalisers - seen * theta
        return float(one.by_score[seen] @ logs)
