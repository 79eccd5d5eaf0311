"""Two-parameter logistic and generalised partial credit items by marginal maximum likelihood.

EM (Bock & Aitkin 1981; Muraki 1992) approaches the maximum, Newton with Louis' observed information finishes:
EM alone needs hundreds of passes for a weak item, Newton a handful, and its last matrix is the inverse of the
errors' covariance. Where the information is not positive definite, as far from the maximum of weak items, the
step is by a mixture with the complete information, which always is: between Newton's and EM's. A step after
which the likelihood falls is shortened, then taken back, and EM goes on. A large table is approached on a
systematic sample of its rows.
Abilities are N(0, 1), which fixes the scale; the sign of the slopes is that of the majority of items.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.mml.information import expand, observed_information
from avgust.domain.assessment.mml.passes import Expected, Tables, expected_counts, precision_for
from avgust.domain.assessment.mml.quadrature import Nodes
from avgust.domain.assessment.responses import Block, Responses, blocks_of
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.steps import ItemParameters, Steps

MAX_PASSES: Final = 2000
APPROACH: Final = 0.05  # logits: EM hands over to Newton when it moves less
STANDSTILL: Final = 1e-6  # logits: EM has arrived
FIRST_EM: Final = 4
DECREMENT: Final = 1e-12  # of the log-likelihood that the next step would win
SAMPLE: Final = 8_000  # persons on whom a large table is approached
LARGE: Final = 4 * SAMPLE
# Logits per unit of ability: the likelihood rises for ever with this slope. Between nodes 0.2 apart a curve
# steeper than this is a jump, and steeper ones are all alike.
RUNAWAY: Final = 25.0
CREEP: Final = 1e-6  # of the log-likelihood: Newton wins less for some passes before it has arrived
MOST_IDLE: Final = 50  # such passes in a row, after which there is nowhere to arrive
MIXTURES: Final = (0.0, 0.1, 0.3, 0.6, 0.9)  # of the complete information in a step
LONGEST_STEP: Final = 1.0
SHORTEST_STEP: Final = 1e-3  # of Newton, that is tried where a longer one led down


@dataclass(frozen=True)
class FreeSlopesFit:
    """Slopes and intercepts under abilities N(0, 1), covariance (P × P) of (a, d), in logits.

    `passes` over the answers are EM and Newton steps together; `newton` is how many of them were Newton's.
    """

    parameters: ItemParameters
    covariance: Floats
    loglik: float
    n: float
    passes: int
    newton: int
    status: Status


def fit_free_slopes(
    responses: Responses, steps: Steps, nodes: Nodes | None = None, *, workers: int = 1
) -> FreeSlopesFit:
    """Estimate slopes and intercepts; every category must occur and no item be constant.

    Fewer than three items cannot tell slopes from the spread of ability: that is said as unidentified.
    """
    nodes = nodes or Nodes.spaced()
    start = _start(responses, steps)
    sampled = 0
    if len(responses.scores) >= LARGE:
        sample = responses.only_persons(np.arange(0, len(responses.scores), len(responses.scores) // SAMPLE))
        if _every_step_occurs(sample, steps):
            near = _climb(blocks_of(sample), start, nodes, workers=workers)
            if near.status is Status.CONVERGED:
                start, sampled = near.parameters, near.passes
    fit = _climb(blocks_of(responses), start, nodes, workers=workers, newton_first=sampled > 0)
    if len(steps.per_item) < 3:
        return FreeSlopesFit(
            fit.parameters, fit.covariance * np.nan, fit.loglik, fit.n, fit.passes, fit.newton,
            Status.UNIDENTIFIED,
        )  # fmt: skip
    return fit


def _start(responses: Responses, steps: Steps) -> ItemParameters:
    """Return flat slopes, and intercepts from shares of categories, moved out for the spread of ability."""
    counts = responses.category_counts()
    intercepts = np.concatenate(
        [
            np.log(counts[j, 1 : most + 1] + 0.5) - np.log(counts[j, 0] + 0.5)
            for j, most in enumerate(steps.per_item)
        ]
    )
    return ItemParameters(steps, 1.0 / np.sqrt(steps.per_item), 1.2 * intercepts)


def _every_step_occurs(sample: Responses, steps: Steps) -> bool:
    counts = sample.category_counts()
    return all((counts[j, : most + 1] > 0).all() for j, most in enumerate(steps.per_item))


def _climb(
    blocks: Sequence[Block],
    parameters: ItemParameters,
    nodes: Nodes,
    *,
    workers: int,
    newton_first: bool = False,
) -> FreeSlopesFit:
    """Alternate passes and steps until Newton's next step would win nothing."""
    kind = precision_for(sum(block.scores.size for block in blocks))
    slack = 1e-7 if kind is np.float32 else 1e-11  # relative error of a log-likelihood in this precision
    n = sum(float(len(block.scores) if block.weights is None else block.weights.sum()) for block in blocks)
    status, newton, passes, idle = Status.NOT_CONVERGED, 0, 0, 0
    trusted = newton_first  # whether Newton may be tried from here
    covariance = np.full((_size(parameters), _size(parameters)), np.nan)
    before, safe, step = -np.inf, parameters, None
    expected = None
    for passes in range(1, MAX_PASSES + 1):
        expected = expected_counts(
            blocks, Tables.of(parameters, nodes, kind), moments=trusted, workers=workers
        )
        if expected.loglik < before - slack * abs(before):  # Newton overshot
            if step is not None and float(np.abs(step).max()) > SHORTEST_STEP:
                step = step / 4  # it leads upwards, only not so far
                parameters = _moved(safe, step)
                continue
            parameters, trusted, before, step = safe, False, -np.inf, None  # back, and on with EM
            continue
        before = expected.loglik
        gradient = expand(parameters, nodes.theta, expected.reached, expected.given).gradient
        step, found = _newton_step(parameters, nodes, expected, gradient)
        win = 0.5 * float(step @ gradient) if step is not None else 0.0
        idle = idle + 1 if step is not None and win < CREEP else 0
        if idle > MOST_IDLE:  # no way up that could be told, and no top
            status = Status.BOUNDARY if _is_steep(parameters) else Status.UNIDENTIFIED
            break
        if step is not None and win >= max(DECREMENT, 1e-3 * slack * abs(before)):
            step = step * min(1.0, LONGEST_STEP / float(np.abs(step).max()))
            safe, parameters, newton = parameters, _moved(parameters, step), newton + 1
            if np.abs(parameters.slopes).max() > RUNAWAY:
                status = Status.BOUNDARY
                break
            continue
        if found is not None:
            covariance, status = found, Status.CONVERGED
            break
        following = _maximise(parameters, nodes.theta, expected)
        change = _distance(parameters, following)
        if trusted and change < STANDSTILL:
            status = Status.UNIDENTIFIED  # EM stands still where the information is singular
            break
        trusted = passes >= FIRST_EM and (change < APPROACH or passes % 10 == 0)
        safe, parameters = parameters, following
        if np.abs(parameters.slopes).max() > RUNAWAY:
            status = Status.BOUNDARY
            break
    assert expected is not None
    if status is not Status.CONVERGED:
        covariance = np.full_like(covariance, np.nan)
    return FreeSlopesFit(_upright(parameters), covariance, expected.loglik, n, passes, newton, status)


def _is_steep(parameters: ItemParameters) -> bool:
    """Return whether some item jumps from its lowest to its highest score between two nodes."""
    return bool((np.abs(parameters.slopes) * parameters.steps.per_item).max() > RUNAWAY)


def _size(parameters: ItemParameters) -> int:
    return len(parameters.slopes) + len(parameters.intercepts)


def _newton_step(
    parameters: ItemParameters, nodes: Nodes, expected: Expected, gradient: Floats
) -> tuple[Floats | None, Floats | None]:
    """Return a step, and the covariance where it is Newton's own; nothing where the pass took no moments."""
    if expected.scores is None:
        return None, None
    observed = observed_information(parameters, nodes.theta, expected)
    missing = expand(parameters, nodes.theta, expected.reached, expected.given).complete - observed
    for share in MIXTURES:
        try:
            factor = cho_factor(observed + share * missing)
        except LinAlgError:
            continue
        covariance = None if share else np.asarray(cho_solve(factor, np.eye(len(gradient))))
        return np.asarray(cho_solve(factor, gradient)), covariance
    return None, None


def _moved(parameters: ItemParameters, step: Floats) -> ItemParameters:
    items = len(parameters.slopes)
    return ItemParameters(
        parameters.steps, parameters.slopes + step[:items], parameters.intercepts + step[items:]
    )


def _maximise(
    parameters: ItemParameters, theta: Floats, expected: Expected, rounds: int = 4
) -> ItemParameters:
    """Return the M step: Newton for all items at once, whose information is zero between items."""
    for _ in range(rounds):
        local = expand(parameters, theta, expected.reached, expected.given)
        ridge = 1e-8 * np.trace(local.complete) / len(local.gradient)
        step = np.linalg.solve(local.complete + ridge * np.eye(len(local.gradient)), local.gradient)
        longest = float(np.abs(step).max())
        parameters = _moved(parameters, step * min(1.0, LONGEST_STEP / longest))
        if longest < 1e-4:
            break
    return parameters


def _distance(before: ItemParameters, after: ItemParameters) -> float:
    return max(
        float(np.abs(before.slopes - after.slopes).max()),
        float(np.abs(before.intercepts - after.intercepts).max()),
    )


def _upright(parameters: ItemParameters) -> ItemParameters:
    """Turn the scale of ability round when most items discriminate downwards; the likelihood is the same."""
    if np.median(parameters.slopes) >= 0:
        return parameters
    return ItemParameters(parameters.steps, -parameters.slopes, parameters.intercepts)
