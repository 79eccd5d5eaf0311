"""Pupils and items on one scale: abilities, curves, gaps, the error at the boundaries, dependent pairs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from avgust.domain.assessment.abilities.likelihood import Method, abilities
from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.calibration import Calibration
from avgust.domain.assessment.classical.reliability import Reliability
from avgust.domain.assessment.fit.local_dependence import residual_correlations
from avgust.domain.assessment.interpretation.passport.model import Curve, CutError, ItemPassport, Scale
from avgust.domain.assessment.interpretation.work import Work
from avgust.domain.assessment.status import Status

GROUPS: Final = 8  # of pupils, for the observed points beside a characteristic curve
ABILITIES: Final = np.linspace(-4.0, 4.0, 81)


def abilities_of(calibration: Calibration) -> Floats:
    """Return Warm's estimates, nan where there is none (they exist for all and no points too)."""
    if calibration.parameters is None:
        return np.full(len(calibration.recoding.responses.scores), np.nan)
    used = calibration.recoding.responses.only_items(list(calibration.kept))
    return abilities(used, calibration.parameters, Method.WLE).theta


def curves_of(calibration: Calibration, work: Work, theta: Floats) -> tuple[Curve, ...]:
    """Return the curve of each placed item, with what groups of pupils of like ability got."""
    if calibration.parameters is None:
        return ()
    expected = calibration.parameters.moments(ABILITIES).mean
    known = np.isfinite(theta)
    edges = (
        np.unique(np.quantile(theta[known], np.linspace(0, 1, GROUPS + 1))) if known.any() else np.zeros(0)
    )
    group = np.where(known, np.searchsorted(edges[1:-1], theta, side="right"), -1)
    curves = []
    for row, j in enumerate(calibration.kept):
        scores = calibration.recoding.responses.scores[:, j]
        steps = calibration.parameters.steps.per_item[row]
        observed = []
        for number in range(max(len(edges) - 1, 0)):
            members = (group == number) & (scores >= 0)
            if members.any():
                points = float(scores[members].mean()) / steps
                observed.append((float(theta[members].mean()), points, int(members.sum())))
        curves.append(Curve(work.items[j], ABILITIES, expected[row] / steps, tuple(observed)))
    return tuple(curves)


def scale_of(
    calibration: Calibration, items: Sequence[ItemPassport], theta: Floats, widest: float
) -> Scale | None:
    """Return pupils and thresholds on one scale; None where nothing could be placed."""
    known = theta[np.isfinite(theta)]
    if calibration.parameters is None or not len(known):
        return None
    thresholds = tuple(
        (_threshold_name(one, step), value)
        for one in items
        for step, value in enumerate(one.estimate.thresholds, start=1)
        if np.isfinite(value)
    )
    low, high = (float(value) for value in np.quantile(known, [0.05, 0.95]))
    places = sorted(value for _name, value in thresholds if low < value < high)
    stops = [low, *places, high]
    gaps = tuple((a, b) for a, b in pairwise(stops) if b - a > widest)
    values, counts = np.unique(np.round(known, 9), return_counts=True)
    return Scale(values, counts, thresholds, float(known.mean()), float(known.std()), gaps)


def _threshold_name(one: ItemPassport, step: int) -> str:
    return one.item.name if one.item.maximum == 1 else f"{one.item.name}/{one.estimate.categories[step]}"


def cut_errors_of(work: Work, totals: Floats, alpha: Reliability) -> tuple[CutError, ...]:
    """Return for each cut how many pupils lie within one error of measurement of it."""
    if not len(totals) or alpha.status is not Status.CONVERGED:
        return ()
    error = alpha.measurement_error
    return tuple(
        CutError(mark, cut, error, float((np.abs(totals - (cut - 0.5)) <= error).mean()))
        for mark, cut in zip((3, 4, 5), work.cuts, strict=False)
    )


def pairs_of(calibration: Calibration, theta: Floats, above: float) -> tuple[tuple[str, str, float], ...]:
    """Return the pairs of items whose residuals go together, the closest first."""
    if calibration.parameters is None:
        return ()
    used = calibration.recoding.responses.only_items(list(calibration.kept))
    q3, _n = residual_correlations(used, calibration.parameters, theta)
    first, second = np.triu_indices(len(q3), 1)
    values = q3[first, second]
    if not np.isfinite(values).any():
        return ()
    mean = float(np.nanmean(values))
    found = [
        (used.items[a], used.items[b], float(q))
        for a, b, q in zip(first, second, values, strict=True)
        if q - mean > above
    ]
    return tuple(sorted(found, key=lambda pair: -pair[2]))
