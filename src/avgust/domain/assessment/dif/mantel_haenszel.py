"""Mantel–Haenszel DIF: whether an item favours one of two groups among persons of equal score.

Holland & Thayer (1988). alpha is the common odds ratio (reference over focal), delta = -2.35 ln alpha its
place on the ETS scale: negative means harder for the focal group. Class by |delta|: A below 1, B below 1.5,
C. With more than two scores: Mantel's (1963) chi-square of means, and no alpha.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from scipy.special import chdtrc

from avgust.domain.assessment.arrays import Bools, Floats
from avgust.domain.assessment.dif.strata import Strata, strata_of
from avgust.domain.assessment.responses import Responses
from avgust.domain.assessment.status import Status

_DELTA: Final = -2.35
SMALL, LARGE = 1.0, 1.5  # |delta| where classes B and C begin
MOST_ROUNDS: Final = 20


class EtsClass(StrEnum):
    """Size of DIF: negligible, moderate, large."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True)
class MantelHaenszel:
    """The test of one item. `chi2` has 1 degree of freedom and the continuity correction 0.5.

    `log_alpha_error` is that of ln alpha (Robins, Breslow & Greenland 1986), `delta_error` 2.35 times it.
    `difference` is the standardised difference of mean scores, focal less reference, weighted by the focal
    group (Dorans & Kulick 1986), in score points. nan where it does not exist.
    """

    chi2: float
    p: float
    alpha: float
    log_alpha_error: float
    delta: float
    delta_error: float
    ets: EtsClass | None
    difference: float
    n: float
    status: Status


def mantel_haenszel(strata: Strata) -> MantelHaenszel:
    """Test one item."""
    both = strata.both
    reference, focal = strata.reference[both], strata.focal[both]
    categories = reference.shape[1]
    if not both.any() or categories < 2:
        nothing = np.nan
        return MantelHaenszel(
            nothing, nothing, nothing, nothing, nothing, nothing, None, nothing, strata.n, Status.TOO_FEW
        )
    chi2 = _mantel(reference, focal)
    alpha, error = _odds_ratio(reference, focal) if categories == 2 else (np.nan, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = _DELTA * float(np.log(alpha))
    status = Status.CONVERGED
    if not np.isfinite(chi2):
        status = Status.UNIDENTIFIED
    elif categories == 2 and not np.isfinite(delta):
        status = Status.BOUNDARY
    return MantelHaenszel(
        chi2=chi2,
        p=float(chdtrc(1, chi2)),
        alpha=alpha,
        log_alpha_error=error,
        delta=delta if np.isfinite(delta) else np.nan,
        delta_error=abs(_DELTA) * error,
        ets=_class_of(delta),
        difference=_standardised_difference(reference, focal),
        n=strata.n,
        status=status,
    )


def _class_of(delta: float) -> EtsClass | None:
    if not np.isfinite(delta):
        return None
    size = abs(delta)
    return EtsClass.A if size < SMALL else EtsClass.B if size < LARGE else EtsClass.C


def _mantel(reference: Floats, focal: Floats) -> float:
    """Return (|sum F - E| - 0.5)² / sum V of the focal group's sums of scores (as in difR)."""
    scores = np.arange(reference.shape[1])
    n_reference, n_focal = reference.sum(axis=1), focal.sum(axis=1)
    total = n_reference + n_focal
    together = reference + focal
    mean = together @ scores / total
    observed = float((focal @ scores).sum())
    expected = float((n_focal * mean).sum())
    spread = together @ scores**2 - total * mean**2
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.where(total > 1, n_reference * n_focal * spread / (total * (total - 1)), 0.0)
    if not variance.sum() > 0:
        return float("nan")
    return float((abs(observed - expected) - 0.5) ** 2 / variance.sum())


def _odds_ratio(reference: Floats, focal: Floats) -> tuple[float, float]:
    """Return the common odds ratio and the error of its logarithm."""
    total = reference.sum(axis=1) + focal.sum(axis=1)
    right_r, wrong_r = reference[:, 1], reference[:, 0]
    right_f, wrong_f = focal[:, 1], focal[:, 0]
    up, down = right_r * wrong_f / total, wrong_r * right_f / total
    agree, differ = (right_r + wrong_f) / total, (wrong_r + right_f) / total
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = float(up.sum() / down.sum()) if down.sum() > 0 or up.sum() > 0 else float("nan")
        variance = (
            (agree @ up) / (2 * up.sum() ** 2)
            + (agree @ down + differ @ up) / (2 * up.sum() * down.sum())
            + (differ @ down) / (2 * down.sum() ** 2)
        )
    return alpha, float(np.sqrt(variance)) if np.isfinite(variance) else float("nan")


def _standardised_difference(reference: Floats, focal: Floats) -> float:
    scores = np.arange(reference.shape[1])
    weights = focal.sum(axis=1)
    difference = focal @ scores / weights - reference @ scores / reference.sum(axis=1)
    return float(weights @ difference / weights.sum())


@dataclass(frozen=True)
class Purified:
    """Tests of all items, those flagged, rounds of purification, and whether the anchors settled."""

    tests: tuple[MantelHaenszel, ...]
    flagged: tuple[int, ...]
    rounds: int
    settled: bool


def mantel_haenszel_of_items(
    responses: Responses, focal: Bools, *, purify: bool, level: float = 0.05
) -> Purified:
    """Test every item, matching on all items, or on those that were not flagged the round before.

    Purification (Lord 1980; Candell & Drasgow 1988) ends when a round flags the same items as the last.
    """
    everything = tuple(range(len(responses.items)))
    tests = _round(responses, focal, everything)
    flagged = _flagged(tests, level)
    if not purify:
        return Purified(tests, flagged, 0, settled=True)
    for number in range(1, MOST_ROUNDS + 1):
        anchors = [j for j in everything if j not in flagged]
        if not anchors:
            return Purified(tests, flagged, number - 1, settled=False)
        tests = _round(responses, focal, anchors)
        before, flagged = flagged, _flagged(tests, level)
        if flagged == before:
            return Purified(tests, flagged, number, settled=True)
    return Purified(tests, flagged, MOST_ROUNDS, settled=False)


def _round(responses: Responses, focal: Bools, anchors: Sequence[int]) -> tuple[MantelHaenszel, ...]:
    return tuple(
        mantel_haenszel(strata_of(responses, focal, j, anchors)) for j in range(len(responses.items))
    )


def _flagged(tests: Sequence[MantelHaenszel], level: float) -> tuple[int, ...]:
    return tuple(j for j, test in enumerate(tests) if test.p < level)
