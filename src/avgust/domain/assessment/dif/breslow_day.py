"""Breslow–Day test of one odds ratio at every score: if it fails, DIF is not uniform (Penfield 2003)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.dif.mantel_haenszel import mantel_haenszel
from avgust.domain.assessment.dif.strata import Strata
from avgust.domain.assessment.status import Status


@dataclass(frozen=True)
class BreslowDay:
    """chi2 with df = strata that tell something, less one."""

    chi2: float
    df: int
    p: float
    status: Status


def breslow_day(strata: Strata) -> BreslowDay:
    """Test one item of two scores."""
    alpha = mantel_haenszel(strata).alpha
    if strata.reference.shape[1] != 2 or not (np.isfinite(alpha) and alpha > 0):
        return BreslowDay(np.nan, 0, np.nan, Status.TOO_FEW)
    wrong_r, right_r = strata.reference.T
    wrong_f, right_f = strata.focal.T
    telling = (right_r + right_f > 0) & (wrong_r + wrong_f > 0) & strata.both
    n_r, n_f = (right_r + wrong_r)[telling], (right_f + wrong_f)[telling]
    right = (right_r + right_f)[telling]
    expected = _expected(n_r, n_f, right, alpha)
    variance = 1 / (
        1 / expected + 1 / (n_r - expected) + 1 / (right - expected) + 1 / (n_f - right + expected)
    )
    chi2 = float(((right_r[telling] - expected) ** 2 / variance).sum())
    df = int(telling.sum()) - 1
    return BreslowDay(chi2, df, float(chdtrc(df, chi2)) if df > 0 else np.nan, Status.CONVERGED)


def _expected(n_r: Floats, n_f: Floats, right: Floats, alpha: float) -> Floats:
    """Return right answers of the reference group that give each stratum the odds ratio alpha."""
    if abs(alpha - 1) < 1e-12:
        return n_r * right / (n_r + n_f)
    # a (n_f - right + a) = alpha (n_r - a)(right - a)
    square = 1 - alpha
    linear = n_f - right + alpha * (n_r + right)
    root = np.sqrt(linear**2 + 4 * square * alpha * n_r * right)
    return np.asarray((-linear + root) / (2 * square))
