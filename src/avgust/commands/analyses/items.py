"""`avgust analyse items`: the items of a test under a model, and by classical theory."""

from __future__ import annotations

import argparse
from typing import Any, Final

import numpy as np

from avgust.commands.analyses.answers import Answers, dichotomised, read_answers, read_key
from avgust.commands.analyses.fit import FitRecords
from avgust.commands.analyses.report import Report
from avgust.commands.analyses.table import read_table
from avgust.commands.files import UnreadableError
from avgust.domain.assessment.calibration import (
    Calibration,
    CalibrationError,
    Estimator,
    ItemEstimate,
    Model,
    calibrate,
)
from avgust.domain.assessment.classical.item_analysis import ClassicalItem, analyse_items
from avgust.domain.assessment.classical.reliability import Reliability, reliability
from avgust.domain.assessment.mml.quadrature import Nodes
from avgust.domain.assessment.status import Status
from avgust.domain.messages import Message, mark

COLUMNS: Final = {
    "item": mark("Item"),
    "n": mark("n"),
    "mean": mark("Mean"),
    "item_rest": mark("Item–rest r"),
    "a": "a",
    "b": "b",
    "se_b": mark("Error of b"),
    "infit": mark("Infit"),
    "outfit": mark("Outfit"),
    "p_s_x2": mark("p(S-X²)"),
    "status": mark("Status"),
}


def answers_of(options: argparse.Namespace, *taken: str) -> Answers:
    """Read the file that the options name, as answers to items."""
    table = read_table(options.file)
    key = read_key(read_table(options.key)) if options.key else None
    items = split_names(options.items)
    answers = read_answers(table, items=items, taken=taken, weights=options.weights, key=key)
    if options.dichotomise is not None:
        answers = Answers(dichotomised(answers.responses, options.dichotomise), answers.left_out)
    return answers


def split_names(names: str | None) -> list[str] | None:
    """Divide «a, b» into names; None stays None."""
    return None if names is None else [name.strip() for name in names.split(",") if name.strip()]


def calibration_of(options: argparse.Namespace, answers: Answers) -> Calibration:
    """Calibrate as the options ask: the model by default partial credit, the estimator the model's first."""
    model = Model(options.model) if options.model else default_model(answers)
    estimator = Estimator(options.estimator) if options.estimator else default_estimator(model)
    nodes = Nodes.spaced(options.nodes, options.span)
    try:
        return calibrate(answers.responses, model, estimator, nodes=nodes, workers=options.workers)
    except CalibrationError as error:
        raise UnreadableError(error.message) from error


def default_model(answers: Answers) -> Model:
    """Return Rasch where every item has two scores at most, partial credit otherwise."""
    categories = (answers.responses.category_counts() > 0).sum(axis=1)
    return Model.RASCH if (categories <= 2).all() else Model.PCM


def default_estimator(model: Model) -> Estimator:
    """Return the conditional estimator where the model has one."""
    return Estimator.MML if model.free_slopes else Estimator.CML


def run(options: argparse.Namespace) -> Report:
    """Analyse the items of one file."""
    answers = answers_of(options)
    calibration = calibration_of(options, answers)
    classical = analyse_items(answers.responses)
    alpha = reliability(answers.responses)
    fit = FitRecords.of(calibration)
    rows = [
        {**item_record(item), **fit.of_item(item.name), **_classical_record(other)}
        for item, other in zip(calibration.items, classical, strict=True)
    ]
    for row, item in zip(rows, calibration.items, strict=True):
        row["se_b"] = item.threshold_errors
        row["p_s_x2"] = row["s_x2"]["p"]
    data = {
        **calibration_record(calibration),
        "items": [
            {key: value for key, value in row.items() if key not in ("se_b", "p_s_x2")} for row in rows
        ],
        "classical": _alpha_record(alpha),
        "q3": fit.pairs,
        "left_out": answers.left_out,
    }
    return Report(
        data,
        rows,
        COLUMNS,
        [*headlines(calibration), _alpha_sentence(alpha)],
        [*calibration.notes, *fit.notes(), *left_out_notes(answers)],
        sound=calibration.status is Status.CONVERGED,
    )


def _without_table_cells(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("se_b", "p_s_x2")}


def left_out_notes(answers: Answers) -> list[Message]:
    """Say which columns of whole numbers were not taken for items."""
    if not answers.left_out:
        return []
    said = {"columns": ", ".join(answers.left_out)}
    return [Message(mark("Not taken for items (--items decides otherwise): %(columns)s."), said)]


def calibration_record(calibration: Calibration) -> dict[str, Any]:
    """Return what JSON says of the whole calibration."""
    loglik, free = calibration.loglik, calibration.free
    return {
        "model": calibration.model.value,
        "estimator": calibration.estimator.value,
        "n": calibration.n,
        "loglik": loglik,
        "parameters": free,
        "aic": -2 * loglik + 2 * free,
        "bic": -2 * loglik + free * float(np.log(max(calibration.n, 1))),
        "iterations": calibration.iterations,
        "converged": calibration.status is Status.CONVERGED,
        "status": calibration.status.value,
        "identification": _identification(calibration),
        "population": {
            "mean": None if calibration.estimator is Estimator.CML else calibration.mean,
            "variance": calibration.variance,
            "se_variance": calibration.variance_error,
        },
    }


def _identification(calibration: Calibration) -> str:
    if calibration.estimator is Estimator.CML:
        return "sum of d over all items and categories = 0; a = 1"
    if calibration.model.free_slopes:
        return "ability ~ N(0, 1)"
    return "ability ~ N(0, variance); a = 1"


def item_record(item: ItemEstimate) -> dict[str, Any]:
    """Return what JSON says of one item."""
    return {
        "item": item.name,
        "n": item.n,
        "status": item.status.value,
        "categories": item.categories,
        "a": item.slope,
        "b": item.thresholds,
        "d": item.intercepts,
        "se": {"a": item.slope_error, "b": item.threshold_errors, "d": item.intercept_errors},
        "infit": item.infit,
        "outfit": item.outfit,
        "infit_t": item.infit_t,
        "outfit_t": item.outfit_t,
    }


def _classical_record(item: ClassicalItem) -> dict[str, Any]:
    return {
        "mean": item.mean,
        "se_mean": item.mean_error,
        "difficulty": item.difficulty,
        "item_rest": item.item_rest,
        "se_item_rest": item.item_rest_error,
        "alpha_without": item.alpha_without,
        "floor": item.floor,
        "ceiling": item.ceiling,
    }


def _alpha_record(alpha: Reliability) -> dict[str, Any]:
    return {
        "alpha": alpha.alpha,
        "interval": [alpha.low, alpha.high],
        "measurement_error": alpha.measurement_error,
        "n": alpha.n,
        "items": alpha.items,
        "status": alpha.status.value,
    }


STATUS_WORDS: Final = {
    Status.CONVERGED: mark("converged"),
    Status.NOT_CONVERGED: mark("did not converge"),
    Status.BOUNDARY: mark("an estimate lies at infinity"),
    Status.UNIDENTIFIED: mark("not identified by these data"),
    Status.TOO_FEW: mark("too few data"),
}


def headlines(calibration: Calibration) -> list[Message]:
    """Say in a sentence what was estimated and whether it holds."""
    said = {
        "model": calibration.model.value,
        "estimator": calibration.estimator.value.upper(),
        "n": calibration.n,
        "loglik": calibration.loglik,
        "status": Message(STATUS_WORDS[calibration.status]),
    }
    words = mark("Model %(model)s, %(estimator)s, n = %(n).0f, log-likelihood %(loglik).3f: %(status)s.")
    return [Message(words, said)]


def _alpha_sentence(alpha: Reliability) -> Message:
    if alpha.status is not Status.CONVERGED:
        return Message(mark("Cronbach's alpha cannot be computed: %(status)s."), {
            "status": Message(STATUS_WORDS[alpha.status])
        })  # fmt: skip
    said = {"alpha": alpha.alpha, "low": alpha.low, "high": alpha.high, "error": alpha.measurement_error}
    words = mark(
        "Cronbach's alpha %(alpha).3f (95 %% interval %(low).3f–%(high).3f), "
        "error of measurement %(error).2f points."
    )
    return Message(words, said)
