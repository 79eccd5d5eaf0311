"""The parameters of all items in one flat row of steps, and their probabilities.

A step f is a category above 0 of an item: item_of[f] = j, category_of[f] = c. Items with different numbers of
categories then need no padding: intercepts d (F), scores of steps z (n × F), probabilities P (F × Q).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from avgust.domain.assessment.arrays import Floats, Ints


@dataclass(frozen=True)
class Steps:
    """Where the steps of each item stand; `per_item` (J) is m_j, the highest score."""

    per_item: Ints

    @cached_property
    def starts(self) -> Ints:
        """The first step of each item."""
        return np.concatenate(([0], np.cumsum(self.per_item)[:-1])).astype(np.intp)

    @cached_property
    def item_of(self) -> Ints:
        """The item of each step."""
        return np.repeat(np.arange(len(self.per_item)), self.per_item)

    @cached_property
    def category_of(self) -> Ints:
        """The score of each step: 1..m_j."""
        return np.arange(len(self.item_of)) - self.starts[self.item_of] + 1

    @cached_property
    def score_matrix(self) -> Floats:
        """S (J × F): the score c of a step in the row of its item, 0 elsewhere; S @ z is the item score."""
        matrix = np.zeros((len(self.per_item), len(self.item_of)))
        matrix[self.item_of, np.arange(len(self.item_of))] = self.category_of
        return matrix

    @cached_property
    def same_item(self) -> Floats:
        """Ones where two steps are of one item (F × F)."""
        return np.asarray(self.item_of[:, None] == self.item_of[None, :], dtype=np.float64)

    def __len__(self) -> int:
        """F, the number of steps."""
        return len(self.item_of)

    def of_items(self, items: Ints) -> Ints:
        """Return the steps of some items, in order (a booklet's part of the flat row)."""
        return np.concatenate([np.arange(self.starts[j], self.starts[j] + self.per_item[j]) for j in items])

    def of_item(self, item: int) -> slice:
        """Return the place of one item's steps."""
        return slice(int(self.starts[item]), int(self.starts[item] + self.per_item[item]))

    def sum_by_item(self, values: Floats) -> Floats:
        """Sum the rows of `values` (F × …) over the steps of each item (J × …)."""
        return np.asarray(np.add.reduceat(values, self.starts, axis=0))


@dataclass(frozen=True)
class ItemParameters:
    """Slopes a (J, per logit) and cumulative intercepts d (F): P(c | theta) ∝ exp(c·a·theta + d_c)."""

    steps: Steps
    slopes: Floats
    intercepts: Floats

    def logits(self, theta: Floats) -> Floats:
        """Return c·a·theta + d for each step at each theta (F × Q)."""
        steps = self.steps
        slope_of_step = self.slopes[steps.item_of] * steps.category_of
        return slope_of_step[:, None] * theta[None, :] + self.intercepts[:, None]

    def probabilities(self, theta: Floats) -> tuple[Floats, Floats]:
        """Return P of each step (F × Q) and log of the sum of exponents of each item (J × Q)."""
        logits = self.logits(theta)
        steps = self.steps
        top = np.maximum(np.maximum.reduceat(logits, steps.starts, axis=0), 0.0)
        exponents = np.exp(logits - top[steps.item_of])
        total = np.exp(-top) + steps.sum_by_item(exponents)
        return exponents / total[steps.item_of], top + np.log(total)

    def thresholds(self) -> Floats:
        """Return b (F): where neighbouring categories are equally likely, b_c = -(d_c - d_{c-1}) / a.

        A slope of zero has no thresholds: they come out infinite or nan, and the caller says so.
        """
        steps = self.steps
        before = np.where(steps.category_of == 1, 0.0, np.roll(self.intercepts, 1))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(-(self.intercepts - before) / self.slopes[steps.item_of])

    def moments(self, theta: Floats) -> Moments:
        """Return the moments of each item score at each theta."""
        chances, _ = self.probabilities(theta)
        steps = self.steps
        category = steps.category_of[:, None].astype(np.float64)
        mean = steps.sum_by_item(chances * category)
        none = 1.0 - steps.sum_by_item(chances)  # P(score = 0)
        distance = category - mean[steps.item_of]
        central = [
            steps.sum_by_item(chances * distance**power) + none * (-mean) ** power for power in (2, 3, 4)
        ]
        return Moments(mean, *central)


@dataclass(frozen=True)
class Moments:
    """Mean and central moments of item scores (J × Q each)."""

    mean: Floats
    variance: Floats
    third: Floats
    fourth: Floats


def threshold_errors(parameters: ItemParameters, covariance: Floats, free_slopes: bool) -> Floats:
    """Return the standard errors of the thresholds (F) by the delta method.

    `covariance` is that of (a, d) when slopes are free, of d alone otherwise.
    """
    steps = parameters.steps
    count, items = len(steps), len(steps.per_item)
    offset = items if free_slopes else 0
    slope = parameters.slopes[steps.item_of]
    rows = np.arange(count)
    jacobian = np.zeros((count, offset + count))
    with np.errstate(divide="ignore", invalid="ignore"):
        jacobian[rows, offset + rows] = -1.0 / slope
        inner = rows[steps.category_of > 1]
        jacobian[inner, offset + inner - 1] = 1.0 / slope[inner]
        if free_slopes:
            jacobian[rows, steps.item_of] = -parameters.thresholds() / slope
        variance = np.einsum("fi,ij,fj->f", jacobian, covariance, jacobian)
        return np.asarray(np.sqrt(variance))
