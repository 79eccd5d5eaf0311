"""Abilities from the posterior distribution: its mean (EAP, Bock & Mislevy 1982) and plausible values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from avgust.domain.assessment.arrays import Floats, Ints
from avgust.domain.assessment.mml.passes import CHUNK
from avgust.domain.assessment.mml.quadrature import Nodes
from avgust.domain.assessment.responses import MISSING, Responses
from avgust.domain.assessment.steps import ItemParameters


@dataclass(frozen=True)
class Posterior:
    """Posterior mean and standard deviation of each person (n), in logits.

    A person without answers has those of the population. `reliability` = var(EAP) / (var(EAP) + mean(SD²)).
    """

    mean: Floats
    deviation: Floats
    reliability: float


@dataclass(frozen=True)
class Population:
    """Abilities are N(mean, variance)."""

    mean: float = 0.0
    variance: float = 1.0


def posterior_means(
    responses: Responses, parameters: ItemParameters, nodes: Nodes, population: Population
) -> Posterior:
    """Return EAP abilities."""
    mean, deviation = np.empty(len(responses.scores)), np.empty(len(responses.scores))
    for part, posterior in _posteriors(responses, parameters, nodes, population):
        mean[part] = posterior @ nodes.theta
        deviation[part] = np.sqrt(np.maximum(posterior @ nodes.theta**2 - mean[part] ** 2, 0.0))
    weights = responses.person_weights
    between = _weighted_variance(mean, weights)
    within = float(np.average(deviation**2, weights=weights)) if weights.sum() > 0 else np.nan
    return Posterior(mean, deviation, between / (between + within) if between + within > 0 else np.nan)


def _weighted_variance(values: Floats, weights: Floats) -> float:
    total = weights.sum()
    if total <= 1:
        return float("nan")
    centre = float(values @ weights) / total
    return float((values - centre) ** 2 @ weights / (total - 1))


def plausible_values(
    responses: Responses,
    parameters: ItemParameters,
    nodes: Nodes,
    population: Population,
    *,
    draws: int,
    generator: np.random.Generator,
) -> Floats:
    """Draw abilities from the posterior of each person (n × draws), in logits.

    The posterior between two nodes is taken as flat, so that draws are not on the nodes. Use them for shares
    and variances of groups, never as a pupil's result (Mislevy 1991).
    """
    values = np.empty((len(responses.scores), draws))
    distance = nodes.theta[1] - nodes.theta[0]
    for part, posterior in _posteriors(responses, parameters, nodes, population):
        cumulative = np.cumsum(posterior, axis=1)
        cumulative /= cumulative[:, -1:]
        for draw in range(draws):
            chance = generator.random(len(posterior))
            node = (cumulative < chance[:, None]).sum(axis=1)
            jitter = generator.random(len(posterior)) - 0.5
            values[part, draw] = nodes.theta[node] + jitter * distance
    return values


def _posteriors(
    responses: Responses, parameters: ItemParameters, nodes: Nodes, population: Population
) -> Iterator[tuple[slice, Floats]]:
    """Yield posterior weights of the nodes for persons chunk by chunk."""
    steps = parameters.steps
    logits = parameters.logits(nodes.theta)
    _, log_total = parameters.probabilities(nodes.theta)
    prior = nodes.log_prior(population.mean, population.variance)
    for start in range(0, len(responses.scores), CHUNK):
        part = slice(start, start + CHUNK)
        scores = responses.scores[part]
        reached = scores[:, steps.item_of] == steps.category_of[None, :]
        joint = reached.astype(np.float64) @ logits + prior
        joint -= (scores != MISSING).astype(np.float64) @ log_total
        joint -= joint.max(axis=1, keepdims=True)
        posterior = np.exp(joint)
        yield part, posterior / posterior.sum(axis=1, keepdims=True)


def answered(responses: Responses) -> Ints:
    """Return how many items each person answered (n)."""
    return np.asarray(responses.observed.sum(axis=1))
