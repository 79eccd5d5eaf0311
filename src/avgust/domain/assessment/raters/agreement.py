"""Agreement of two raters: weighted kappa (Cohen 1968) with its error (Fleiss et al. 1969)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from avgust.domain.assessment.arrays import Floats, Ints
from avgust.domain.assessment.status import Status


class Weighting(StrEnum):
    """How a disagreement counts: all alike, by distance, by its square."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


@dataclass(frozen=True)
class Agreement:
    """kappa with its error, shares of exact and adjacent agreement, and the shift between raters.

    `shift` is the mean of second less first in score points, with its error; n works.
    """

    kappa: float
    kappa_error: float
    exact: float
    adjacent: float
    shift: float
    shift_error: float
    n: float
    status: Status


def agreement(first: Ints, second: Ints, weighting: Weighting = Weighting.QUADRATIC) -> Agreement:
    """Compare two raters' scores (whole numbers from 0) of the same n works."""
    n = len(first)
    if n < 2:
        return Agreement(*(np.nan,) * 6, n, Status.TOO_FEW)
    size = int(max(first.max(), second.max())) + 1
    shares = np.bincount(first * size + second, minlength=size * size).reshape(size, size) / n
    distance = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
    gap = second - first
    kappa, error = _kappa(shares, _weights(distance, weighting), n)
    return Agreement(
        kappa,
        error,
        float((gap == 0).mean()),
        float((np.abs(gap) <= 1).mean()),
        float(gap.mean()),
        float(gap.std(ddof=1) / np.sqrt(n)),
        n,
        Status.CONVERGED if np.isfinite(kappa) else Status.UNIDENTIFIED,
    )


def _weights(distance: Ints, weighting: Weighting) -> Floats:
    """Return weights of agreement: 1 on the diagonal, 0 in the far corner."""
    if weighting is Weighting.NONE:
        return np.asarray(distance == 0, dtype=np.float64)
    relative = distance / max(int(distance.max()), 1)
    return np.asarray(1 - (relative if weighting is Weighting.LINEAR else relative**2), dtype=np.float64)


def _kappa(shares: Floats, weights: Floats, n: int) -> tuple[float, float]:
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed = float((weights * shares).sum())
    expected = float(rows @ weights @ columns)
    if expected >= 1:  # one score only: nothing to agree on
        return float("nan"), float("nan")
    kappa = (observed - expected) / (1 - expected)
    margins = np.add.outer(weights @ columns, weights.T @ rows)
    inner = (shares * (weights - margins * (1 - kappa)) ** 2).sum()
    variance = (inner - (kappa - expected * (1 - kappa)) ** 2) / (n * (1 - expected) ** 2)
    return kappa, float(np.sqrt(max(float(variance), 0.0)))
