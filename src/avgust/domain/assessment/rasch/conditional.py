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

from avgust.domain.assessment.arrays import Bools, Floats, Ints
from avgust.domain.assessment.rasch.connected import parts_of_counts
from avgust.domain.assessment.rasch.counts import BookletCounts
from avgust.domain.assessment.rasch.symmetric import pair_sums, single_chances, sum_distribution
from avgust.domain.assessment.responses import MAX_SCORE
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.steps import Steps

MAX_ITERATIONS: Final = 100
DECREMENT: Final = 1e-10  # of the log-likelihood, that the next Newton step would still win
# A step probability of exp(-20) given the sum: the likelihood rises for ever, and no maximum exists.
TOGETHER: Final = 256  # booklets whose functions are computed side by side, which bounds the memory
RUNAWAY: Final = 20.0
# Logits of an item that a booklet does not hold: the score is 0 for certain.
_NOT_HELD: Final = np.array([0.0] + [-np.inf] * MAX_SCORE)


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


@dataclass(frozen=True)
class _Batch:
    """Some booklets side by side: which items each holds (B × J), and persons by sum (B × (R + 1))."""

    given: Bools
    by_score: Floats


class ConditionalLikelihood:
    """The conditional likelihood of given counts, as a function of d."""

    def __init__(self, counts: Sequence[BookletCounts], steps: Steps) -> None:
        self.steps = steps
        self.observed = np.zeros(len(steps))
        self.answers = np.zeros(len(steps.per_item))
        for one in counts:
            self.observed[steps.of_items(one.items)] += one.by_step
            self.answers[one.items] += one.n
        self.batches = [
            _batch(counts[start : start + TOGETHER], steps) for start in range(0, len(counts), TOGETHER)
        ]

    def start(self) -> Floats:
        """Return logits of each step against the category 0 of its item, centred."""
        zero = self.answers - self.steps.sum_by_item(self.observed)
        start = np.log(self.observed + 0.5) - np.log(zero + 0.5)[self.steps.item_of]
        return np.asarray(start - start.mean())

    def loglik(self, intercepts: Floats) -> float:
        """Return the conditional log-likelihood at d."""
        value = float(self.observed @ intercepts)
        for batch in self.batches:
            theta = self._middle(batch, intercepts)
            chances, normalisers = self._chances(batch, intercepts, theta)
            total = sum_distribution(chances, len(theta))
            value -= _log_gamma(batch, total, normalisers, theta)
        return value

    def expand(self, intercepts: Floats) -> tuple[float, Floats, Floats]:
        """Return the log-likelihood, its gradient (F) and the information (F × F) at d."""
        value = float(self.observed @ intercepts)
        gradient = self.observed.copy()
        information = np.zeros((len(gradient), len(gradient)))
        for batch in self.batches:
            theta = self._middle(batch, intercepts)
            chances, normalisers = self._chances(batch, intercepts, theta)
            total = sum_distribution(chances, len(theta))
            value -= _log_gamma(batch, total, normalisers, theta)
            single = single_chances(chances, total).reshape(len(gradient), -1)
            persons = batch.by_score.ravel()
            expected = single @ persons
            gradient -= expected
            ratio = np.divide(batch.by_score, total, out=np.zeros_like(total), where=batch.by_score > 0)
            information += pair_sums(chances, ratio) - (single * persons) @ single.T
            information[np.diag_indices(len(gradient))] += expected
        return value, gradient, information

    def _middle(self, batch: _Batch, intercepts: Floats) -> Floats:
        """Return abilities (B) at which the booklets' mean sums are likely; they change digits, no result."""
        sums = np.arange(batch.by_score.shape[1])
        mean = batch.by_score @ sums / np.maximum(batch.by_score.sum(axis=1), 1e-300)
        scores = np.arange(self.steps.per_item.max() + 1)
        low, high = np.full(len(mean), -30.0), np.full(len(mean), 30.0)
        for _ in range(12):
            theta = (low + high) / 2
            chances, _normalisers = self._padded_chances(batch, intercepts, theta)
            expected = (chances @ scores).sum(axis=1)
            low, high = np.where(expected < mean, theta, low), np.where(expected < mean, high, theta)
        return np.asarray((low + high) / 2)

    def _chances(self, batch: _Batch, intercepts: Floats, theta: Floats) -> tuple[list[Floats], Floats]:
        """Return P(category | theta) of each item (B × (m_j + 1)), and the sums of log normalisers (B)."""
        chances, normalisers = self._padded_chances(batch, intercepts, theta)
        return [chances[:, j, : width + 1] for j, width in enumerate(self.steps.per_item)], normalisers

    def _padded_chances(self, batch: _Batch, intercepts: Floats, theta: Floats) -> tuple[Floats, Floats]:
        """Return the chances of all items side by side (B × J × (M + 1)); scores it has not get 0."""
        widest = int(self.steps.per_item.max())
        padded = np.full((len(self.steps.per_item), widest + 1), -np.inf)
        padded[:, 0] = 0.0
        padded[self.steps.item_of, self.steps.category_of] = intercepts
        logits = np.where(batch.given[:, :, None], padded[None], _NOT_HELD[: widest + 1])
        logits = logits + theta[:, None, None] * np.arange(widest + 1)
        top = logits.max(axis=2)
        exponents = np.exp(logits - top[:, :, None])
        total = exponents.sum(axis=2)
        return exponents / total[:, :, None], (top + np.log(total)).sum(axis=1)


def _batch(counts: Sequence[BookletCounts], steps: Steps) -> _Batch:
    given = np.zeros((len(counts), len(steps.per_item)), dtype=bool)
    by_score = np.zeros((len(counts), int(steps.per_item.sum()) + 1))
    for place, one in enumerate(counts):
        given[place, one.items] = True
        by_score[place, : len(one.by_score)] = one.by_score
    return _Batch(given, by_score)


def _log_gamma(batch: _Batch, total: Floats, normalisers: Floats, theta: Floats) -> float:
    """Return sum_br n_br log gamma_br, where log gamma_r = log P(r | theta) + normalisers - r·theta."""
    booklet, seen = np.nonzero(batch.by_score)
    logs = np.log(total[booklet, seen]) + normalisers[booklet] - seen * theta[booklet]
    return float(batch.by_score[booklet, seen] @ logs)
