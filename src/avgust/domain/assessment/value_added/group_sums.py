"""What a random-intercept model needs of the data: cross products over pupils and sums by group.

For p predictors and the outcome: one (p + 1)² matrix and p + 2 numbers a school, however many the pupils.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avgust.domain.assessment.arrays import Floats, Ints


@dataclass(frozen=True)
class GroupSums:
    """`cross` = Z'Z for Z = [X, y] (p + 1 × p + 1); `sums` of Z (m × p + 1) and `n` pupils (m) by group."""

    cross: Floats
    sums: Floats
    n: Floats

    @property
    def pupils(self) -> float:
        """All pupils."""
        return float(self.n.sum())

    @property
    def predictors(self) -> int:
        """p, the intercept included."""
        return len(self.cross) - 1


def sum_by_group(design: Floats, outcome: Floats, group: Ints, groups: int) -> GroupSums:
    """Sum pupils' rows: `design` (n × p, with a column of ones), `outcome`, `group` 0..groups - 1 (n)."""
    columns = [*design.T, outcome]
    by_group = [np.bincount(group, weights=column, minlength=groups) for column in columns]
    cross = np.empty((len(columns), len(columns)))
    cross[:-1, :-1] = design.T @ design
    cross[:-1, -1] = cross[-1, :-1] = design.T @ outcome
    cross[-1, -1] = outcome @ outcome
    sums = np.column_stack(by_group).astype(np.float64)
    return GroupSums(cross, sums, np.bincount(group, minlength=groups).astype(np.float64))


def centred(sums: GroupSums) -> tuple[GroupSums, Floats]:
    """Return the sums of variables less their means (the intercept excepted), and the means.

    Cross products of centred variables keep the digits that large means would swallow; slopes and variances
    are the same. The first predictor must be the intercept.
    """
    n = sums.pupils
    means = sums.cross[0] / n
    means[0] = 0.0
    cross = sums.cross - n * np.outer(means, means)
    cross[0, 1:] = cross[1:, 0] = 0.0
    return GroupSums(cross, sums.sums - np.outer(sums.n, means), sums.n), means


def products_by_size(sums: GroupSums) -> tuple[Floats, Floats, Floats]:
    """Return sizes of groups (U), how many have each, and sums of z z' over them (U × p + 1 × p + 1).

    Groups of equal size weigh alike at every variance ratio, so that fitting no longer depends on their
    number.
    """
    order = np.argsort(sums.n, kind="stable")
    sizes, starts, counts = np.unique(sums.n[order], return_index=True, return_counts=True)
    rows = sums.sums[order]
    products = np.add.reduceat(rows[:, :, None] * rows[:, None, :], starts, axis=0)
    return sizes, counts.astype(np.float64), products
