"""Marginal maximum likelihood for Rasch and partial credit items with a free variance, from counts alone.

With equal slopes the sum is sufficient for ability, so that
    log L = sum_f t_f d_f + sum_b sum_r n_br log sum_q A_q exp(r·theta_q - sum_{j in b} log D_jq)
needs the same counts as the conditional estimate, whatever the number of persons. Newton uses the observed
information, by Louis (1982): complete information less that which is missing with theta.
The variance answers its likelihood equation on the unbounded normal: s² = mean of E(theta² | x).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve
from scipy.special import logsumexp

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.mml.quadrature import Nodes
from avgust.domain.assessment.rasch.counts import BookletCounts
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.steps import ItemParameters, Steps

MAX_ITERATIONS: Final = 200
DECREMENT: Final = 1e-12
SMALLEST_VARIANCE: Final = 1e-6


@dataclass(frozen=True)
class EqualSlopesFit:
    """Intercepts d (F) under slopes of 1 and abilities N(0, variance); covariance of (d, variance)."""

    parameters: ItemParameters
    variance: float
    covariance: Floats
    loglik: float
    n: float
    iterations: int
    status: Status


@dataclass(frozen=True)
class _Expansion:
    """The log-likelihood at a point, its gradient and the observed information, of (d, log variance)."""

    loglik: float
    gradient: Floats
    information: Floats
    complete: Floats


def fit_equal_slopes(counts: Sequence[BookletCounts], steps: Steps, nodes: Nodes) -> EqualSlopesFit:
    """Estimate intercepts and the variance of ability; every category must occur, no item be constant."""
    intercepts, log_variance = _start(counts, steps), 0.0
    size = len(steps)
    here = _expand(counts, steps, nodes, intercepts, log_variance)
    status, iteration = Status.NOT_CONVERGED, 0
    while iteration < MAX_ITERATIONS:
        iteration += 1
        direction = _direction(here)
        if abs(float(here.gradient @ direction)) < DECREMENT * max(1.0, abs(here.loglik) * 1e-3):
            status = Status.CONVERGED
            break
        length = min(1.0, 2.0 / float(np.abs(direction).max()))
        while True:
            trial = intercepts + length * direction[:size]
            there = _expand(counts, steps, nodes, trial, log_variance + length * direction[size])
            if there.loglik >= here.loglik - 1e-10 * abs(here.loglik) or length < 1e-4:
                break
            length /= 2
        intercepts, log_variance, here = trial, log_variance + length * direction[size], there
        if np.exp(log_variance) < SMALLEST_VARIANCE:
            status = Status.BOUNDARY  # no common ability is seen behind the answers
            break
    variance = float(np.exp(log_variance))
    covariance = _covariance(here.information, variance)
    if status is Status.CONVERGED and not np.isfinite(covariance).all():
        status = Status.UNIDENTIFIED
    parameters = ItemParameters(steps, np.ones(len(steps.per_item)), intercepts)
    loglik = here.loglik + _normaliser(nodes, variance) * sum(one.n for one in counts)
    return EqualSlopesFit(
        parameters, variance, covariance, loglik, sum(one.n for one in counts), iteration, status
    )


def _start(counts: Sequence[BookletCounts], steps: Steps) -> Floats:
    taken, answers = np.zeros(len(steps)), np.zeros(len(steps.per_item))
    for one in counts:
        taken[steps.of_items(one.items)] += one.by_step
        answers[one.items] += one.n
    zero = answers - steps.sum_by_item(taken)
    return np.asarray(np.log(taken + 0.5) - np.log(zero + 0.5)[steps.item_of])


def _direction(here: _Expansion) -> Floats:
    """Return Newton's step where the observed information is positive definite, else that of EM."""
    for information in (here.information, here.complete):
        try:
            return np.asarray(cho_solve(cho_factor(information), here.gradient))
        except LinAlgError:
            continue
    return here.gradient / np.maximum(np.abs(np.diag(here.complete)), 1.0)


def _covariance(information: Floats, variance: float) -> Floats:
    """Return the covariance of (d, variance) from the information of (d, log variance)."""
    try:
        covariance = cho_solve(cho_factor(information), np.eye(len(information)))
    except LinAlgError:
        return np.full(information.shape, np.nan)
    covariance[-1, :] *= variance
    covariance[:, -1] *= variance
    return np.asarray(covariance)


def _normaliser(nodes: Nodes, variance: float) -> float:
    """Return log of (normal density × distance of nodes summed), negative: the tails that the nodes cut."""
    distance = float(nodes.theta[1] - nodes.theta[0])
    logs = -0.5 * nodes.theta**2 / variance
    return float(0.5 * np.log(2 * np.pi * variance) - np.log(distance) - logsumexp(logs))


def _expand(
    counts: Sequence[BookletCounts], steps: Steps, nodes: Nodes, intercepts: Floats, log_variance: float
) -> _Expansion:
    """Return the expansion of sum log of the integral by rectangles on the nodes."""
    theta = nodes.theta
    variance = float(np.exp(log_variance))
    distance = float(theta[1] - theta[0])
    log_density = -0.5 * theta**2 / variance - 0.5 * np.log(2 * np.pi * variance) + np.log(distance)
    parameters = ItemParameters(steps, np.ones(len(steps.per_item)), intercepts)
    chances, log_total = parameters.probabilities(theta)
    size = len(steps)
    # The score of log variance at node q is (theta² / s² - 1) / 2; its derivative is -theta² / (2 s²).
    score = np.vstack([-chances, (theta**2 / variance - 1)[None, :] / 2])
    loglik, gradient = 0.0, np.zeros(size + 1)
    complete, missing = np.zeros((size + 1, size + 1)), np.zeros((size + 1, size + 1))
    for one in counts:
        places = steps.of_items(one.items)
        rows = np.append(places, size)
        sums = np.arange(len(one.by_score))
        joint = sums[:, None] * theta[None, :] + log_density - log_total[one.items].sum(axis=0)
        marginal = logsumexp(joint, axis=1)
        posterior = np.exp(joint - marginal[:, None])
        loglik += float(one.by_step @ intercepts[places] + one.by_score @ marginal)
        at_node = one.by_score @ posterior
        gradient[rows] += score[rows] @ at_node
        gradient[places] += one.by_step
        weighted = chances[places] * at_node
        inner = (
            np.diag(weighted.sum(axis=1))
            - (weighted @ chances[places].T) * steps.same_item[np.ix_(places, places)]
        )
        complete[np.ix_(places, places)] += inner
        complete[size, size] += float(at_node @ theta**2) / variance / 2
        expected = posterior @ score[rows].T
        missing[np.ix_(rows, rows)] += (score[rows] * at_node) @ score[rows].T - (
            expected * one.by_score[:, None]
        ).T @ expected
    return _Expansion(loglik, gradient, complete - missing, complete)
