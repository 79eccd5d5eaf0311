"""What is wrong with an item: statistics against the dated bounds of a sound instrument."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from avgust.domain.assessment.arrays import Bools
from avgust.domain.assessment.calibration import Calibration, ItemEstimate
from avgust.domain.assessment.classical.item_analysis import ClassicalItem, analyse_items
from avgust.domain.assessment.classical.reliability import Reliability
from avgust.domain.assessment.dif.mantel_haenszel import EtsClass, mantel_haenszel_of_items
from avgust.domain.assessment.interpretation.passport.model import FEWEST_PUPILS, Fault, ItemPassport
from avgust.domain.assessment.interpretation.rules import Band, Bands, Rules
from avgust.domain.assessment.interpretation.work import Item, Level, Work
from avgust.domain.assessment.responses import Responses


def read_items(
    work: Work,
    responses: Responses,
    calibration: Calibration,
    alpha: Reliability,
    rules: Rules,
    focal: Bools | None,
) -> tuple[ItemPassport, ...]:
    """Return every item with its statistics and faults; `focal` (n) is a group to be tested for DIF."""
    classical = analyse_items(responses, [item.maximum for item in work.items])
    places = _dif(responses, focal)
    return tuple(
        _item(item, classical[j], calibration.items[j], places[j], alpha, rules)
        for j, item in enumerate(work.items)
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
