"""Answers with known truth, and one table that everybody has: LSAT section 7 (Bock & Lieberman 1970)."""

import numpy as np
import pytest

from avgust.domain.assessment.responses import Responses
from avgust.domain.assessment.steps import ItemParameters, Steps

# Persons with the patterns 00000, 00001, …, 11111 (the first item is the highest bit).
LSAT7 = [
    12,
    19,
    1,
    7,
    3,
    19,
    3,
    17,
    10,
    5,
    3,
    7,
    7,
    23,
    8,
    28,
    7,
    39,
    11,
    34,
    14,
    51,
    15,
    90,
    6,
    25,
    7,
    35,
    18,
    136,
    32,
    308,
]


@pytest.fixture
def lsat7() -> Responses:
    scores = np.array(
        [[pattern >> place & 1 for place in range(4, -1, -1)] for pattern in range(32)], dtype=np.int8
    )
    return Responses(scores, tuple(f"Item {number}" for number in range(1, 6)), np.array(LSAT7, dtype=float))


@pytest.fixture
def simulate():
    """Return a function that draws answers of n persons under given parameters."""

    def draw(parameters: ItemParameters, theta: np.ndarray, seed: int) -> Responses:
        generator = np.random.default_rng(seed)
        chances, _ = parameters.probabilities(theta)
        scores = np.zeros((len(theta), len(parameters.slopes)), dtype=np.int8)
        for j in range(scores.shape[1]):
            above = np.cumsum(chances[parameters.steps.of_item(j)][::-1], axis=0)[::-1]
            scores[:, j] = (generator.random(len(theta)) < above).sum(axis=0)
        return Responses(scores, tuple(f"item {j + 1}" for j in range(scores.shape[1])))

    return draw


@pytest.fixture
def mixed_test() -> ItemParameters:
    """Return twelve items with two, three and four categories."""
    generator = np.random.default_rng(3)
    steps = Steps(np.array([1, 2, 3] * 4))
    intercepts = np.concatenate(
        [np.sort(generator.normal(0.3, 0.8, m))[::-1].cumsum() for m in steps.per_item]
    )
    return ItemParameters(steps, np.exp(generator.normal(0, 0.25, 12)), intercepts)
