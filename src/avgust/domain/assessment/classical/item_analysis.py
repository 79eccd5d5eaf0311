"""Items by classical theory: difficulty, discrimination, alpha without, floor, ceiling, options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.classical.reliability import alpha_of, complete_cases, covariance_of
from avgust.domain.assessment.responses import Responses
from avgust.domain.assessment.status import Status


@dataclass(frozen=True)
class ClassicalItem:
    """One item. `mean` in score points and its error; `difficulty` = mean / maximum (0..1).

    `item_rest` is the correlation with the sum of the other items, `item_rest_error` = (1 - r²) / sqrt(n -
    1) its asymptotic error; `floor` and `ceiling` are the shares of 0 and of the maximum. Correlations use
    persons who answered all items (`complete`), the others all who answered this one (`n`).
    """

    name: str
    n: float
    complete: float
    maximum: int
    mean: float
    mean_error: float
    difficulty: float
    item_rest: float
    item_rest_error: float
    alpha_without: float
    floor: float
    ceiling: float
    status: Status


def analyse_items(responses: Responses, maxima: Sequence[int] | None = None) -> list[ClassicalItem]:
    """Describe every item; `maxima` are the greatest possible scores, else the greatest that occurred."""
    counts = responses.category_counts()
    complete = complete_cases(responses)
    enough = complete.n >= 3 and len(responses.items) >= 2
    size = len(responses.items)
    covariance = covariance_of(complete) if enough else np.full((size, size), np.nan)
    return [
        _describe(responses, j, counts[j], covariance, complete.n, None if maxima is None else maxima[j])
        for j in range(size)
    ]


def _describe(
    responses: Responses, j: int, counts: Floats, covariance: Floats, complete: float, maximum: int | None
) -> ClassicalItem:
    n = float(counts.sum())
    scores = np.arange(len(counts))
    reached = int(np.flatnonzero(counts)[-1]) if n else 0
    most = reached if maximum is None else maximum
    mean = float(counts @ scores) / n if n else np.nan
    variance = float(counts @ (scores - mean) ** 2) / (n - 1) if n > 1 else np.nan
    rest = _item_rest(covariance, j)
    others = np.delete(np.delete(covariance, j, 0), j, 1)
    status = Status.CONVERGED
    if n < 3 or not np.isfinite(covariance[j, j]):
        status = Status.TOO_FEW
    elif covariance[j, j] <= 0:
        status = Status.BOUNDARY
    return ClassicalItem(
        name=responses.items[j],
        n=n,
        complete=complete,
        maximum=most,
        mean=mean,
        mean_error=float(np.sqrt(variance / n)) if n > 1 else np.nan,
        difficulty=mean / most if most else np.nan,
        item_rest=rest,
        item_rest_error=(1 - rest**2) / np.sqrt(complete - 1) if complete > 1 else np.nan,
        alpha_without=alpha_of(others),
        floor=float(counts[0]) / n if n else np.nan,
        ceiling=float(counts[most]) / n if n and most < len(counts) else (0.0 if n else np.nan),
        status=status,
    )


def _item_rest(covariance: Floats, j: int) -> float:
    """Return the correlation of item j with the sum of the others."""
    own = covariance[j, j]
    together = covariance[j].sum() - own
    rest = covariance.sum() - 2 * covariance[j].sum() + own
    return float(together / np.sqrt(own * rest)) if own > 0 and rest > 0 else float("nan")


@dataclass(frozen=True)
class Option:
    """One answer to an item as it was given: how many chose it, and how able they are.

    `rest_mean` is the mean sum of the other items of those who chose it (score points), with its error;
    `correlation` is the point-biserial of choosing it with that sum. A good distractor has it negative.
    """

    answer: str
    n: float
    share: float
    share_error: float
    rest_mean: float
    rest_mean_error: float
    correlation: float


def analyse_options(answers: Sequence[str], rest: Floats, weights: Floats | None = None) -> list[Option]:
    """Describe each answer (or score) of one item, by `rest`, the sums of the other items (n)."""
    given = np.asarray(answers)
    weight = np.ones(len(given)) if weights is None else weights
    total = float(weight.sum())
    centre = float(weight @ rest) / total
    deviation = float(np.sqrt(weight @ (rest - centre) ** 2 / total))
    options = []
    for answer in sorted(set(answers)):
        chosen = given == answer
        n = float(weight[chosen].sum())
        share = n / total
        mean = float(weight[chosen] @ rest[chosen]) / n if n else np.nan
        variance = float(weight[chosen] @ (rest[chosen] - mean) ** 2) / (n - 1) if n > 1 else np.nan
        spread = deviation * np.sqrt(share * (1 - share))
        options.append(
            Option(
                answer=answer,
                n=n,
                share=share,
                share_error=float(np.sqrt(share * (1 - share) / total)),
                rest_mean=mean,
                rest_mean_error=float(np.sqrt(variance / n)) if n > 1 else np.nan,
                correlation=float((mean - centre) * share / spread) if spread > 0 else np.nan,
            )
        )
    return options
