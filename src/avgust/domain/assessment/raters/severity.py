"""Severity of raters by the many-facet Rasch model (Linacre 1989): a rater shifts the chance of every step.

log P(x = c) / P(x = c - 1) = theta_work - severity_rater - b_criterion,c. Each rater's copy of a criterion
is an item of its own for the conditional likelihood, whose steps are bound by the model: d_{rater,
criterion, c} = d_{criterion, c} - c · severity. So severities are free of who rated which works, and
severities sum to 0. Raters whom no common works connect cannot be compared, and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from avgust.domain.assessment.arrays import Floats, Ints
from avgust.domain.assessment.rasch.conditional import ConditionalLikelihood
from avgust.domain.assessment.rasch.connected import booklet_parts
from avgust.domain.assessment.rasch.counts import count_booklets
from avgust.domain.assessment.responses import MISSING, Responses
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.steps import Steps

_ROUNDS: Final = 60
_RUNAWAY: Final = 20.0


@dataclass(frozen=True)
class Severity:
    """Severity of each rater in logits (R), positive is strict, with errors; `works` rated by each."""

    raters: tuple[str, ...]
    severity: Floats
    errors: Floats
    works: Floats
    loglik: float
    status: Status


def rater_severity(
    work: Ints, rater: Ints, scores: np.typing.NDArray[np.int8], raters: tuple[str, ...]
) -> Severity:
    """Estimate severities: row k is the `scores` (K × criteria) that `rater[k]` gave `work[k]`.

    Works rated once say nothing about severities; of one rater twice on one work the last counts.
    """
    criteria = scores.shape[1]
    wide = np.full((int(work.max()) + 1, len(raters) * criteria), MISSING, dtype=np.int8)
    for criterion in range(criteria):
        wide[work, rater * criteria + criterion] = scores[:, criterion]
    works = (wide[:, ::criteria] != MISSING).sum(axis=0).astype(np.float64)
    most = scores.max(axis=0)
    nothing = np.full(len(raters), np.nan)
    if (most < 1).any() or len(raters) < 2:
        return Severity(raters, nothing, nothing, works, np.nan, Status.TOO_FEW)
    steps = Steps(np.tile(most.astype(np.intp), len(raters)))
    names = tuple(f"{name}/{criterion}" for name in raters for criterion in range(criteria))
    counts = count_booklets(Responses(wide, names), steps)
    # A work that one rater saw compares criteria, not raters: it connects nobody.
    if not _connected(wide, len(raters), criteria):
        return Severity(raters, nothing, nothing, works, np.nan, Status.UNIDENTIFIED)
    likelihood = ConditionalLikelihood(counts, steps)
    binding = _binding(steps, most.astype(np.intp), len(raters))
    values, covariance, loglik, status = _climb(likelihood, binding)
    free = len(raters) - 1
    contrast = np.vstack([np.eye(free), -np.ones(free)])
    severity = contrast @ values[:free]
    errors = np.sqrt(np.diag(contrast @ covariance[:free, :free] @ contrast.T))
    return Severity(raters, severity, errors, works, loglik, status)


def _connected(wide: np.typing.NDArray[np.int8], raters: int, criteria: int) -> bool:
    """Tell whether common works connect all raters."""
    rated = wide.reshape(len(wide), raters, criteria)[:, :, 0] != MISSING
    sets = [np.flatnonzero(row) for row in np.unique(rated, axis=0)]
    return bool((booklet_parts([one for one in sets if len(one)], raters) == 0).all())


def _binding(steps: Steps, most: Ints, raters: int) -> Floats:
    """Return B with d = B @ (severities without the last, steps of criteria without the first).

    The first step of the first criterion is 0, as only differences are seen.
    """
    width = int(most.sum())
    matrix = np.zeros((len(steps), raters - 1 + width - 1))
    category = Steps(most).category_of
    for rater in range(raters):
        rows = slice(rater * width, (rater + 1) * width)
        if rater < raters - 1:
            matrix[rows, rater] = -category
        else:
            matrix[rows, : raters - 1] = category[:, None]
        matrix[rows, raters - 1 :] = np.eye(width)[:, 1:]
    return matrix


def _climb(likelihood: ConditionalLikelihood, binding: Floats) -> tuple[Floats, Floats, float, Status]:
    """Climb by Newton in the bound parameters."""
    values = np.zeros(binding.shape[1])
    loglik, gradient, information = likelihood.expand(binding @ values)
    status = Status.NOT_CONVERGED
    for _ in range(_ROUNDS):
        bound = binding.T @ information @ binding
        try:
            step = cho_solve(cho_factor(bound), binding.T @ gradient)
        except LinAlgError:
            status = Status.UNIDENTIFIED
            break
        if float(step @ (binding.T @ gradient)) < 1e-10:
            status = Status.CONVERGED
            break
        length = min(1.0, 2.0 / float(np.abs(step).max()))
        while likelihood.loglik(binding @ (values + length * step)) < loglik - 1e-9 and length > 1e-6:
            length /= 2
        values = values + length * step
        if np.abs(values).max() > _RUNAWAY:
            status = Status.BOUNDARY
            break
        loglik, gradient, information = likelihood.expand(binding @ values)
    bound = binding.T @ information @ binding
    covariance = np.full(bound.shape, np.nan)
    if status is Status.CONVERGED:
        covariance = np.linalg.inv(bound).astype(np.float64)
    return values, covariance, loglik, status
