"""Gradient and information of (a, d) from expected counts: what EM's M step and Newton's step both need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.mml.passes import Expected
from avgust.domain.assessment.steps import ItemParameters, Steps


@dataclass(frozen=True)
class Expansion:
    """Of the expected complete log-likelihood: gradient (P) and information (P × P, zero between items)."""

    gradient: Floats
    complete: Floats


def expand(parameters: ItemParameters, theta: Floats, reached: Floats, given: Floats) -> Expansion:
    """Return gradient and complete information at `parameters`, given counts at the nodes.

    The gradient is also that of the observed log-likelihood when the counts were taken at the same point
    (Fisher's identity).
    """
    steps = parameters.steps
    chances, _ = parameters.probabilities(theta)
    persons = given[steps.item_of]
    residual = reached - persons * chances
    by_intercept = residual.sum(axis=1)
    by_slope = steps.score_matrix @ (residual @ theta)
    blocks = []
    for power in range(3):
        weighted = persons * chances * theta**power
        block = -(weighted @ chances.T) * steps.same_item
        block[np.diag_indices(len(steps))] += weighted.sum(axis=1)
        blocks.append(block)
    return Expansion(np.concatenate([by_slope, by_intercept]), assemble(steps, np.array(blocks)))


def assemble(steps: Steps, blocks: Floats) -> Floats:
    """Return the matrix of (a, d) from its F × F blocks by power of theta (0: dd, 1: ad, 2: aa)."""
    score = steps.score_matrix
    cross = score @ blocks[1]
    return np.block([[score @ blocks[2] @ score.T, cross], [cross.T, blocks[0]]])


def observed_information(parameters: ItemParameters, theta: Floats, expected: Expected) -> Floats:
    """Return complete information less the missing one (Louis 1982, equation 3.2')."""
    assert expected.scores is not None
    assert expected.within is not None
    complete = expand(parameters, theta, expected.reached, expected.given).complete
    return complete - (assemble(parameters.steps, expected.within) - expected.scores)
