"""The normal distribution of abilities on equally spaced nodes.

Default: 61 nodes on [-6, 6], as R's mirt has it, so that both agree to the last printed digit. With a latent
standard deviation above 1.3 these nodes cut the tails: widen `span` then (the result says so).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from avgust.domain.assessment.arrays import Floats

NODES: Final = 61
SPAN: Final = 6.0
CUT_SHARE: Final = 4.0  # standard deviations that should lie within the span


@dataclass(frozen=True)
class Nodes:
    """Abilities `theta` (Q) in logits, for a normal distribution of the given mean and variance."""

    theta: Floats

    @classmethod
    def spaced(cls, count: int = NODES, span: float = SPAN) -> Nodes:
        """Return `count` nodes from -span to span."""
        return cls(np.linspace(-span, span, count))

    def log_prior(self, mean: float = 0.0, variance: float = 1.0) -> Floats:
        """Return log weights of the nodes that sum to 1 (Q)."""
        logs = -0.5 * (self.theta - mean) ** 2 / variance
        return np.asarray(logs - np.log(np.exp(logs - logs.max()).sum()) - logs.max())

    def cuts_tails(self, variance: float) -> bool:
        """Whether the nodes end where a noticeable part of the distribution still lies."""
        return bool(CUT_SHARE * np.sqrt(variance) > np.abs(self.theta).max())
