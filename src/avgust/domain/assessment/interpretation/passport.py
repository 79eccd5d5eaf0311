"""Quality passport of an instrument: what its results say of it, with a verdict for its author.

Model: partial credit (Rasch for items of one point), conditional estimates: no assumption about the pupils.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

import numpy as np

from avgust.domain.assessment.abilities.likelihood import Method, abilities
from avgust.domain.assessment.arrays import Bools, Floats
from avgust.domain.assessment.calibration import Calibration, Estimator, ItemEstimate, Model, calibrate
from avgust.domain.assessment.classical.item_analysis import ClassicalItem, analyse_items
from avgust.domain.assessment.classical.reliability import Reliability, reliability
from avgust.domain.assessment.dif.mantel_haenszel import EtsClass, mantel_haenszel_of_items
from avgust.domain.assessment.fit.local_dependence import residual_correlations
from avgust.domain.assessment.interpretation.results import Results
from avgust.domain.assessment.interpretation.rules import Band, Bands, Quality, Rules
from avgust.domain.assessment.interpretation.work import Item, Level, Work
from avgust.domain.assessment.responses import Responses
from avgust.domain.assessment.status import Status

FEWEST_PUPILS: Final = 50  # below it a passport is only a first look
GROUPS: Final = 8  # of pupils, for the observed points beside a characteristic curve
ABILITIES: Final = np.linspace(-4.0, 4.0, 81)


class Fault(StrEnum):
    """What is wrong with an item."""

    NEGATIVE = "negative"  # stronger pupils do it worse
    WEAK = "weak"  # hardly tells strong from weak
    EASY = "easy"
    HARD = "hard"
    MISFIT = "misfit"  # something else than the ability answers it
    REPEATS = "repeats"  # more predictable than the model: repeats other items
    UNUSED = "unused"  # a score that nobody got
    DISORDERED = "disordered"  # a middle score that is never the most likely
    LOWERS = "lowers"  # reliability is better without it
    DIFFERS = "differs"  # works differently in groups (DIF, class C)
    LEVEL = "level"  # harder or easier than the level it is declared at
    NOT_PLACED = "not_placed"  # all answers alike


SEVERE: Final = frozenset({Fault.NEGATIVE, Fault.DIFFERS, Fault.NOT_PLACED})
MILD: Final = frozenset({Fault.EASY, Fault.LEVEL, Fault.REPEATS, Fault.LOWERS, Fault.DISORDERED})


@dataclass(frozen=True)
class ItemPassport:
    """An item with its statistics and faults; `difficulty` in logits is the mean of its thresholds."""

    item: Item
    classical: ClassicalItem
    estimate: ItemEstimate
    difficulty: float
    error: float
    dif: EtsClass | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Curve:
    """Expected share of points of an item by ability, and what groups of pupils got (ability, share, n)."""

    item: Item
    theta: Floats
    expected: Floats
    observed: tuple[tuple[float, float, int], ...]


@dataclass(frozen=True)
class Scale:
    """Pupils and items on one scale of logits; `reached` are the scores of pupils with an ability."""

    abilities: Floats
    thresholds: tuple[tuple[str, float], ...]
    mean: float
    deviation: float
    gaps: tuple[tuple[float, float], ...]  # stretches within the pupils' spread that no threshold measures


@dataclass(frozen=True)
class CutError:
    """The error of measurement at a cut score: abilities and score points; the share of pupils within it."""

    mark: int
    score: int
    error_points: float
    near: float


class Readiness(StrEnum):
    """The verdict."""

    READY = "ready"
    MEND = "mend"  # ready when the named items are mended
    NOT_READY = "not_ready"
    FIRST_LOOK = "first_look"  # too few pupils for a verdict


@dataclass(frozen=True)
class Passport:
    """The passport of an instrument."""

    work: Work
    n: int
    reliability: Reliability
    model: Model
    status: Status
    items: tuple[ItemPassport, ...]
    curves: tuple[Curve, ...]
    scale: Scale | None
    cuts: tuple[CutError, ...]
    pairs: tuple[tuple[str, str, float], ...]
    floor: float
    ceiling: float
    readiness: Readiness

    @property
    def faulty(self) -> list[ItemPassport]:
        """Return the items to mend, severe faults first."""
        bad = [item for item in self.items if set(item.faults) - MILD]
        return sorted(bad, key=lambda one: (not set(one.faults) & SEVERE, len(one.faults) * -1))


def read_passport(results: Results, rules: Rules, focal: Bools | None = None) -> Passport:
    """Calibrate the work on these results; `focal` (n) is a group to test for differing items."""
    responses, work = results.responses, results.work
    model = Model.RASCH if all(item.maximum == 1 for item in work.items) else Model.PCM
    calibration = calibrate(responses, model, Estimator.CML)
    alpha = reliability(responses)
    classical = analyse_items(responses, [item.maximum for item in work.items])
    places = _dif(responses, focal)
    items = tuple(
        _item(item, classical[j], calibration.items[j], places[j], alpha, rules)
        for j, item in enumerate(work.items)
    )
    theta = _abilities(calibration)
    complete = results.totals[(results.scores >= 0).all(axis=1)]
    return Passport(
        work=work,
        n=len(results),
        reliability=alpha,
        model=model,
        status=calibration.status,
        items=items,
        curves=_curves(calibration, work, theta),
        scale=_scale(calibration, items, theta, rules.quality.gap),
        cuts=_cut_errors(work, complete.astype(np.float64), alpha),
        pairs=_pairs(calibration, theta, rules.quality.q3),
        floor=float((complete == 0).mean()) if len(complete) else float("nan"),
        ceiling=float((complete == work.maximum).mean()) if len(complete) else float("nan"),
        readiness=_readiness(len(results), alpha, calibration.status, items, rules.quality),
    )


def _dif(responses: Responses, focal: Bools | None) -> list[EtsClass | None]:
    """Return the ETS class of each item of one point after purification; None where not tested."""
    if focal is None or not focal.any() or focal.all():
        return [None] * len(responses.items)
    found = mantel_haenszel_of_items(responses, focal, purify=True)
    return [test.ets if place in found.flagged else None for place, test in enumerate(found.tests)]


def _item(
    item: Item,
    classical: ClassicalItem,
    estimate: ItemEstimate,
    dif: EtsClass | None,
    alpha: Reliability,
    rules: Rules,
) -> ItemPassport:
    thresholds, errors = np.array(estimate.thresholds), np.array(estimate.threshold_errors)
    difficulty = float(thresholds.mean()) if len(thresholds) else float("nan")
    error = float(np.sqrt((errors**2).sum()) / len(errors)) if len(errors) else float("nan")
    faults = tuple(_faults(item, classical, estimate, dif, alpha, rules))
    return ItemPassport(item, classical, estimate, difficulty, error, dif, faults)


def _faults(
    item: Item,
    classical: ClassicalItem,
    estimate: ItemEstimate,
    dif: EtsClass | None,
    alpha: Reliability,
    rules: Rules,
) -> list[Fault]:
    quality, share, rest = rules.quality, classical.difficulty, classical.item_rest
    at_end = len(estimate.categories) < 2
    # A correlation is low only where chance does not explain it: two errors below the bound.
    surely_weak = rest + 2 * classical.item_rest_error < quality.item_rest or (
        rest < quality.item_rest and classical.complete >= FEWEST_PUPILS * 4
    )
    thresholds = estimate.thresholds
    found = {
        Fault.NOT_PLACED: at_end,
        Fault.NEGATIVE: not at_end and rest < 0,
        Fault.WEAK: not at_end and rest >= 0 and surely_weak,
        Fault.EASY: share >= quality.easy,
        Fault.HARD: share <= quality.hard,
        Fault.MISFIT: estimate.infit > quality.fit_high and estimate.infit_t > 2,
        Fault.REPEATS: estimate.infit < quality.fit_low and estimate.infit_t < -2,
        Fault.UNUSED: not at_end and set(estimate.categories) != set(range(item.maximum + 1)),
        Fault.DISORDERED: any(b < a for a, b in pairwise(thresholds)),
        Fault.LOWERS: classical.alpha_without > alpha.alpha + 0.005,
        Fault.DIFFERS: dif is EtsClass.C,
        Fault.LEVEL: _off_level(item, share, classical.n, rules.bands),
    }
    return [fault for fault, holds in found.items() if holds]


def _off_level(item: Item, share: float, n: float, bands: Bands) -> bool:
    """Tell a basic item that fails as a raised one does, and a raised one that is done as a basic one."""
    if n < FEWEST_PUPILS or not np.isfinite(share):
        return False
    if item.level is Level.BASIC:
        return bands.of(Level.RAISED, share, n) is Band.DEFICIT
    return 100 * share >= 80.0  # well above what «sufficient» means at the basic level


def _abilities(calibration: Calibration) -> Floats:
    """Return Warm's estimates, nan where there is none (they exist for all and no points too)."""
    if calibration.parameters is None:
        return np.full(len(calibration.recoding.responses.scores), np.nan)
    used = calibration.recoding.responses.only_items(list(calibration.kept))
    return abilities(used, calibration.parameters, Method.WLE).theta


def _curves(calibration: Calibration, work: Work, theta: Floats) -> tuple[Curve, ...]:
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


def _scale(
    calibration: Calibration, items: Sequence[ItemPassport], theta: Floats, widest: float
) -> Scale | None:
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
    return Scale(known, thresholds, float(known.mean()), float(known.std()), gaps)


def _threshold_name(one: ItemPassport, step: int) -> str:
    return one.item.name if one.item.maximum == 1 else f"{one.item.name}/{one.estimate.categories[step]}"


def _cut_errors(work: Work, totals: Floats, alpha: Reliability) -> tuple[CutError, ...]:
    """Return for each cut how many pupils lie within one error of measurement of it."""
    if not len(totals) or alpha.status is not Status.CONVERGED:
        return ()
    error = alpha.measurement_error
    return tuple(
        CutError(mark, cut, error, float((np.abs(totals - (cut - 0.5)) <= error).mean()))
        for mark, cut in zip((3, 4, 5), work.cuts, strict=False)
    )


def _pairs(calibration: Calibration, theta: Floats, above: float) -> tuple[tuple[str, str, float], ...]:
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


def _readiness(
    n: int, alpha: Reliability, status: Status, items: Sequence[ItemPassport], quality: Quality
) -> Readiness:
    """Conclude: too few pupils; not a measure at all; items to mend; ready."""
    if n < FEWEST_PUPILS:
        return Readiness.FIRST_LOOK
    bad = [one for one in items if set(one.faults) - MILD]
    unsound = status in (Status.UNIDENTIFIED, Status.TOO_FEW) or not alpha.alpha >= quality.alpha_groups
    if unsound or len(bad) * 3 > len(items):
        return Readiness.NOT_READY
    return Readiness.MEND if bad else Readiness.READY
