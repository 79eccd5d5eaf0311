"""Calibration of a test: which model by which estimator, and what it says of every item.

Items that no model can place (all answers alike, no answers) are set aside and said so; the rest is
estimated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from avgust.domain.assessment.abilities.likelihood import Method, abilities
from avgust.domain.assessment.abilities.posterior import Population, posterior_means
from avgust.domain.assessment.arrays import Floats, Ints
from avgust.domain.assessment.fit.residuals import item_mean_squares
from avgust.domain.assessment.mml.calibrate import fit_free_slopes
from avgust.domain.assessment.mml.quadrature import Nodes
from avgust.domain.assessment.mml.score_counts import fit_equal_slopes
from avgust.domain.assessment.rasch.conditional import fit_conditional
from avgust.domain.assessment.rasch.connected import booklet_parts, strong_parts
from avgust.domain.assessment.rasch.counts import count_booklets
from avgust.domain.assessment.responses import Recoding, Responses, without_empty_categories
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.steps import ItemParameters, Steps, threshold_errors
from avgust.domain.messages import Message, mark

RUNAWAY_ERROR: Final = 100.0  # logits, for persons of mean weight 1


class Model(StrEnum):
    """How the chance of a score depends on ability."""

    RASCH = "rasch"
    PCM = "pcm"
    TWO_PL = "2pl"
    GPCM = "gpcm"

    @property
    def free_slopes(self) -> bool:
        """Whether items differ in discrimination."""
        return self in (Model.TWO_PL, Model.GPCM)

    @property
    def dichotomous(self) -> bool:
        """Whether items have two categories only."""
        return self in (Model.RASCH, Model.TWO_PL)


class Estimator(StrEnum):
    """Conditional (no assumption about abilities) or marginal (abilities are normal) likelihood."""

    CML = "cml"
    MML = "mml"


class CalibrationError(Exception):
    """The question cannot be asked of these data; the message says why and what can be."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.render("en"))


@dataclass(frozen=True)
class ItemEstimate:
    """One item: slope a, thresholds b, cumulative intercepts d of c·a·theta + d_c, in logits, with errors.

    `categories` are the printed scores that became 0..m; nan stands for what could not be estimated.
    """

    name: str
    n: float
    status: Status
    categories: tuple[int, ...]
    slope: float = np.nan
    slope_error: float = np.nan
    thresholds: tuple[float, ...] = ()
    threshold_errors: tuple[float, ...] = ()
    intercepts: tuple[float, ...] = ()
    intercept_errors: tuple[float, ...] = ()
    infit: float = np.nan
    outfit: float = np.nan
    infit_t: float = np.nan
    outfit_t: float = np.nan


@dataclass(frozen=True)
class Calibration:
    """What a model says of a test. `kept` are the items estimated (numbers in `items`), `parameters` theirs.

    `variance` of abilities is estimated by MML with equal slopes, 1 by definition with free slopes, and
    unknown (nan) to CML. `loglik` is the natural logarithm of the conditional or the marginal likelihood.
    """

    model: Model
    estimator: Estimator
    n: float
    loglik: float
    iterations: int
    status: Status
    items: tuple[ItemEstimate, ...]
    mean: float
    variance: float
    variance_error: float
    free: int
    recoding: Recoding
    kept: Ints
    parameters: ItemParameters | None
    notes: tuple[Message, ...]

    @property
    def population(self) -> Population:
        """The distribution of abilities, standard normal where it was not estimated."""
        return Population(self.mean, self.variance) if np.isfinite(self.variance) else Population()


@dataclass(frozen=True)
class _Fit:
    parameters: ItemParameters
    covariance: Floats  # of (a, d) with free slopes, of d otherwise
    loglik: float
    n: float
    iterations: int
    status: Status
    variance: float = np.nan
    variance_error: float = np.nan


def calibrate(
    responses: Responses,
    model: Model,
    estimator: Estimator,
    *,
    nodes: Nodes | None = None,
    workers: int = 1,
) -> Calibration:
    """Estimate the items; CalibrationError where model, estimator and data do not go together."""
    if model.free_slopes and estimator is Estimator.CML:
        raise CalibrationError(
            Message(
                mark("Model %(model)s has no conditional estimate: choose the estimator mml."),
                {"model": model.value},
            )
        )
    nodes = nodes or Nodes.spaced()
    answering = responses.observed.any(axis=1) & (responses.person_weights > 0)
    recoding = without_empty_categories(responses.only_persons(answering))
    if model.dichotomous:
        _refuse_polytomous(recoding, model)
    kept = np.flatnonzero(recoding.steps > 0)
    notes = list(_notes_on_categories(recoding))
    used = recoding.responses.only_items(list(kept))
    if len(kept) < 2 or len(used.scores) < 2:
        return _nothing(model, estimator, recoding, kept, notes)
    fit = _fit(used, Steps(recoding.steps[kept]), model, estimator, nodes, workers, notes)
    if fit.status is Status.CONVERGED and _runs_away(fit, used):
        fit = replace(fit, status=Status.BOUNDARY)
    if estimator is Estimator.MML:
        notes += _assumed(used, Steps(recoding.steps[kept]))
    if np.isfinite(fit.variance) and nodes.cuts_tails(fit.variance):
        notes.append(
            Message(
                mark(
                    "The spread of abilities (%(deviation).2f) is wide for the nodes up to ±%(span).1f: "
                    "try a wider span."
                ),
                {"deviation": float(np.sqrt(fit.variance)), "span": float(nodes.theta[-1])},
            )
        )
    items = _describe(recoding, kept, used, fit, model, estimator, nodes)
    # CML loses one to the sum of 0; MML with equal slopes has the variance besides.
    free = len(fit.covariance) + (-1 if estimator is Estimator.CML else 0 if model.free_slopes else 1)
    return Calibration(
        model, estimator, fit.n, fit.loglik, fit.iterations, fit.status, items, 0.0, fit.variance,
        fit.variance_error, free, recoding, kept, fit.parameters, tuple(notes),
    )  # fmt: skip


def _fit(
    used: Responses,
    steps: Steps,
    model: Model,
    estimator: Estimator,
    nodes: Nodes,
    workers: int,
    notes: list[Message],
) -> _Fit:
    if model.free_slopes:
        free = fit_free_slopes(used, steps, nodes, workers=workers)
        return _Fit(
            free.parameters, free.covariance, free.loglik, free.n, free.passes, free.status, 1.0, np.nan
        )
    counts = count_booklets(used, steps)
    if estimator is Estimator.MML:
        equal = fit_equal_slopes(counts, steps, nodes)
        with np.errstate(invalid="ignore"):
            error = float(np.sqrt(equal.covariance[-1, -1]))
        return _Fit(
            equal.parameters, equal.covariance[:-1, :-1], equal.loglik, equal.n, equal.iterations,
            equal.status, equal.variance, error,
        )  # fmt: skip
    conditional = fit_conditional(counts, steps)
    status = conditional.status
    parts = conditional.parts
    if len(np.unique(parts)) == 1 and (steps.per_item == 1).all():
        parts = strong_parts(used, steps)
    if len(np.unique(parts)) > 1:
        status = Status.UNIDENTIFIED
        notes.append(_unconnected(used.items, parts))
    parameters = ItemParameters(steps, np.ones(len(steps.per_item)), conditional.intercepts)
    return _Fit(
        parameters, conditional.covariance, conditional.loglik, conditional.n, conditional.iterations, status
    )


def _runs_away(fit: _Fit, used: Responses) -> bool:
    """Return whether the likelihood is flat around an estimate as it is on the way to infinity only.

    One answer of one person of mean weight leaves an error of some logits.
    """
    weight = fit.n / len(used.scores)
    return bool(np.nanmax(np.diag(fit.covariance)) * weight > RUNAWAY_ERROR**2)


def _refuse_polytomous(recoding: Recoding, model: Model) -> None:
    for name, found in zip(recoding.responses.items, recoding.categories, strict=True):
        if len(found) > 2:
            other = Model.PCM if model is Model.RASCH else Model.GPCM
            raise CalibrationError(
                Message(
                    mark(
                        "Item %(item)s has %(count)d different scores, but model %(model)s needs two: "
                        "choose %(other)s."
                    ),
                    {"item": name, "count": len(found), "model": model.value, "other": other.value},
                )
            )


def _notes_on_categories(recoding: Recoding) -> list[Message]:
    notes = []
    for name, found in zip(recoding.responses.items, recoding.categories, strict=True):
        values = {"item": name, "scores": ", ".join(map(str, found))}
        if not found:
            notes.append(Message(mark("Nobody answered item %(item)s: it is left out."), values))
        elif len(found) == 1:
            notes.append(
                Message(
                    mark("All have the score %(scores)s on item %(item)s: its difficulty is infinite."),
                    values,
                )
            )
        elif found != tuple(range(len(found))):
            notes.append(
                Message(
                    mark("Scores of item %(item)s (%(scores)s) were numbered from 0 without gaps."), values
                )
            )
    return notes


def _assumed(used: Responses, steps: Steps) -> list[Message]:
    """Say that sets of items which nobody answered together are compared by an assumption alone."""
    booklets = [np.flatnonzero(pattern) for pattern in np.unique(used.observed, axis=0)]
    parts = booklet_parts([booklet for booklet in booklets if len(booklet)], len(steps.per_item))
    if len(np.unique(parts)) == 1:
        return []
    words = mark(
        "Nobody answered items of different sets: %(groups)s. "
        "They are compared only if the groups of persons are equally able."
    )
    return [Message(words, {"groups": _sets(used.items, parts)})]


def _sets(items: tuple[str, ...], parts: Ints) -> str:
    return " | ".join(", ".join(items[j] for j in np.flatnonzero(parts == part)) for part in np.unique(parts))


def _unconnected(items: tuple[str, ...], parts: Ints) -> Message:
    return Message(
        mark("Nothing in the answers compares these sets of items with each other: %(groups)s."),
        {"groups": _sets(items, parts)},
    )


def _status_of(found: tuple[int, ...]) -> Status:
    return Status.TOO_FEW if not found else Status.BOUNDARY if len(found) == 1 else Status.NOT_CONVERGED


def _blank_items(recoding: Recoding) -> list[ItemEstimate]:
    counts = recoding.responses.category_counts().sum(axis=1)
    return [
        ItemEstimate(name, float(count), _status_of(found), found)
        for name, count, found in zip(recoding.responses.items, counts, recoding.categories, strict=True)
    ]


def _nothing(
    model: Model, estimator: Estimator, recoding: Recoding, kept: Ints, notes: list[Message]
) -> Calibration:
    notes.append(
        Message(mark("A model needs two persons and two items that not all answered alike: there are fewer."))
    )
    items = tuple(
        replace(item, status=Status.TOO_FEW if item.status is Status.NOT_CONVERGED else item.status)
        for item in _blank_items(recoding)
    )
    return Calibration(
        model, estimator, recoding.responses.n, np.nan, 0, Status.TOO_FEW, items, 0.0, np.nan, np.nan, 0,
        recoding, kept, None, tuple(notes),
    )  # fmt: skip


def _describe(
    recoding: Recoding,
    kept: Ints,
    used: Responses,
    fit: _Fit,
    model: Model,
    estimator: Estimator,
    nodes: Nodes,
) -> tuple[ItemEstimate, ...]:
    items = _blank_items(recoding)
    if fit.status is Status.UNIDENTIFIED or not np.isfinite(fit.parameters.intercepts).all():
        return tuple(
            replace(item, status=fit.status) if place in set(kept) else item
            for place, item in enumerate(items)
        )
    parameters, steps = fit.parameters, fit.parameters.steps
    with np.errstate(invalid="ignore"):
        errors = np.sqrt(np.diag(fit.covariance))
    offset = len(kept) if model.free_slopes else 0
    thresholds = parameters.thresholds()
    spread = threshold_errors(parameters, fit.covariance, model.free_slopes)
    theta = _abilities_for_fit(used, fit, estimator, nodes)
    squares = item_mean_squares(used, parameters, theta, limited=estimator is Estimator.MML)
    for place, j in enumerate(kept):
        part = steps.of_item(place)
        items[j] = replace(
            items[j],
            status=fit.status,
            slope=float(parameters.slopes[place]),
            slope_error=float(errors[place]) if model.free_slopes else np.nan,
            thresholds=tuple(map(float, thresholds[part])),
            threshold_errors=tuple(map(float, spread[part])),
            intercepts=tuple(map(float, parameters.intercepts[part])),
            intercept_errors=tuple(map(float, errors[offset:][part])),
            infit=float(squares.infit[place]),
            outfit=float(squares.outfit[place]),
            infit_t=float(squares.infit_t[place]),
            outfit_t=float(squares.outfit_t[place]),
        )
    return tuple(items)


def _abilities_for_fit(used: Responses, fit: _Fit, estimator: Estimator, nodes: Nodes) -> Floats:
    """Return the abilities of residuals: ML without extremes for CML, EAP for MML, as R has them."""
    if estimator is Estimator.CML:
        return abilities(used, fit.parameters, Method.ML).theta
    return posterior_means(used, fit.parameters, nodes, Population(0.0, fit.variance)).mean
