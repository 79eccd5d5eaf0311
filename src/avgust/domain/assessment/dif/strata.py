"""Counts of answers by matching score and group: all that the tests of differential functioning read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from avgust.domain.assessment.arrays import Bools, Floats
from avgust.domain.assessment.responses import Responses


@dataclass(frozen=True)
class Strata:
    """Weighted persons by matching score k, group and score of the item: (K × categories) for each group."""

    reference: Floats
    focal: Floats

    @property
    def n(self) -> float:
        """Persons in both groups."""
        return float(self.reference.sum() + self.focal.sum())

    @property
    def both(self) -> Bools:
        """Strata with persons of both groups; the others compare nothing."""
        return np.asarray((self.reference.sum(axis=1) > 0) & (self.focal.sum(axis=1) > 0))


def strata_of(responses: Responses, focal: Bools, item: int, matching: Sequence[int]) -> Strata:
    """Count by the sum over `matching` and the item itself, of persons who answered all of them.

    The item belongs to its own matching score: without it the test is biased (Holland & Thayer 1988).
    """
    used = sorted({*matching, item})
    scores = responses.scores[:, used]
    there = np.asarray((scores >= 0).all(axis=1))
    totals = scores.sum(axis=1, dtype=np.intp)
    categories = int(responses.scores[:, item].max(initial=0)) + 1
    levels = int(totals[there].max(initial=0)) + 1
    weights = responses.person_weights

    def count(group: Bools) -> Floats:
        chosen = there & group
        cell = totals[chosen] * categories + responses.scores[chosen, item]
        counts = np.bincount(cell, weights=weights[chosen], minlength=levels * categories)
        return counts.astype(np.float64).reshape(levels, categories)

    return Strata(count(~focal), count(focal))
