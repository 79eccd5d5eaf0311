"""From results to the passport: calibrate, read items and scale, conclude.

Model: partial credit (Rasch for items of one point), conditional estimates: no assumption about the pupils.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from avgust.domain.assessment.arrays import Bools
from avgust.domain.assessment.calibration import Estimator, Model, calibrate
from avgust.domain.assessment.classical.reliability import Reliability, reliability
from avgust.domain.assessment.interpretation.passport.items import read_items
from avgust.domain.assessment.interpretation.passport.model import (
    FEWEST_PUPILS,
    MILD,
    ItemPassport,
    Passport,
    Readiness,
)
from avgust.domain.assessment.interpretation.passport.scale import (
    abilities_of,
    curves_of,
    cut_errors_of,
    pairs_of,
    scale_of,
)
from avgust.domain.assessment.interpretation.results import Results
from avgust.domain.assessment.interpretation.rules import Quality, Rules
from avgust.domain.assessment.status import Status


def read_passport(results: Results, rules: Rules, focal: Bools | None = None) -> Passport:
    """Calibrate the work on these results; `focal` (n) is a group to test for differing items."""
    responses, work = results.responses, results.work
    model = Model.RASCH if all(item.maximum == 1 for item in work.items) else Model.PCM
    calibration = calibrate(responses, model, Estimator.CML)
    alpha = reliability(responses)
    items = read_items(work, responses, calibration, alpha, rules, focal)
    theta = abilities_of(calibration)
    complete = results.totals[(results.scores >= 0).all(axis=1)]
    return Passport(
        work=work,
        n=len(results),
        reliability=alpha,
        model=model,
        status=calibration.status,
        items=items,
        curves=curves_of(calibration, work, theta),
        scale=scale_of(calibration, items, theta, rules.quality.gap),
        cuts=cut_errors_of(work, complete.astype(np.float64), alpha),
        pairs=pairs_of(calibration, theta, rules.quality.q3),
        floor=float((complete == 0).mean()) if len(complete) else float("nan"),
        ceiling=float((complete == work.maximum).mean()) if len(complete) else float("nan"),
        readiness=_readiness(len(results), alpha, calibration.status, items, rules.quality),
    )


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
