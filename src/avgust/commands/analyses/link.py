"""`avgust analyse link`: two calibrations brought to one scale through their common items."""

from __future__ import annotations

import argparse
from typing import Any, Final

import numpy as np

from avgust.commands.analyses.answers import read_answers
from avgust.commands.analyses.items import STATUS_WORDS, calibration_of
from avgust.commands.analyses.parameters import (
    KnownItems,
    from_table,
    has_parameters,
    read_parameters,
    select_items,
)
from avgust.commands.analyses.report import Report
from avgust.commands.analyses.table import read_table
from avgust.commands.files import UnreadableError
from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.linking.scales import CommonItems, Link, LinkingMethod, link, transformed
from avgust.domain.assessment.linking.true_scores import equate_true_scores
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.steps import ItemParameters
from avgust.domain.messages import Message, mark

COLUMNS: Final = {
    "method": mark("Method"),
    "from": mark("From scale"),
    "to": mark("To scale"),
    "A": "A",
    "B": "B",
    "se_A": mark("Error of A"),
    "se_B": mark("Error of B"),
    "items": mark("Common items"),
}


def run(options: argparse.Namespace) -> Report:
    """Link NEW to OLD and OLD to NEW by every method."""
    old, new = _items_of(options.old, options), _items_of(options.new, options)
    shared = [name for name in old.names if name in set(new.names)]
    first, second = (_common(known, shared) for known in (old, new))
    if not np.array_equal(first[0].steps.per_item, second[0].steps.per_item):
        raise UnreadableError(Message(mark("A common item has another number of scores in the other file.")))
    towards_new = CommonItems(first[0], second[0], first[1], second[1])
    towards_old = CommonItems(second[0], first[0], second[1], first[1])
    rows = []
    for method in LinkingMethod:
        rows.append(_record(link(towards_new, method), "old", "new"))
        rows.append(_record(link(towards_old, method), "new", "old"))
    data = {
        "common": shared,
        "methods": {
            method.value: {
                "old_to_new": _without_names(rows[2 * place]),
                "new_to_old": _without_names(rows[2 * place + 1]),
            }
            for place, method in enumerate(LinkingMethod)
        },
        "links": rows,
        **_on_old_scale(old, new, rows[-1]),
    }
    said = {"common": len(shared), "old": len(old.names), "new": len(new.names)}
    headline = Message(
        mark("Items: %(old)d old, %(new)d new, %(common)d in common. θ_to = A·θ_from + B."), said
    )
    notes = []
    if len(shared) < 5:
        notes.append(Message(mark("With fewer than five common items a link rests on too little.")))
    return Report(
        data, rows, COLUMNS, [headline], notes, sound=all(row["status"] == "converged" for row in rows)
    )


def _items_of(name: str, options: argparse.Namespace) -> KnownItems:
    """Read parameters, or calibrate answers (two-parameter or generalised partial credit unless --model)."""
    if name.lower().endswith(".json"):
        return read_parameters(name)
    table = read_table(name)
    if has_parameters(table):
        return from_table(table)
    answers = read_answers(table, items=None, taken=(), weights=options.weights)
    categories = (answers.responses.category_counts() > 0).sum(axis=1)
    asked = argparse.Namespace(**vars(options))
    asked.model = options.model or ("2pl" if (categories <= 2).all() else "gpcm")
    calibration = calibration_of(asked, answers)
    if calibration.parameters is None:
        raise UnreadableError(Message(mark("The items of %(file)s could not be calibrated."), {"file": name}))
    if calibration.status is not Status.CONVERGED:
        said = {"file": name, "status": Message(STATUS_WORDS[calibration.status])}
        words = mark("The items of %(file)s give no scale that could be linked: %(status)s.")
        raise UnreadableError(Message(words, said))
    kept = [calibration.items[j] for j in calibration.kept]
    errors = np.array(
        [0.0 if not np.isfinite(item.slope_error) else item.slope_error for item in kept]
        + [error for item in kept for error in item.intercept_errors]
    )
    return KnownItems(
        tuple(item.name for item in kept),
        calibration.parameters,
        errors if np.isfinite(errors).all() else None,
        calibration.population,
        tuple(item.categories for item in kept),
    )


def _common(known: KnownItems, shared: list[str]) -> tuple[ItemParameters, Floats | None]:
    chosen = np.array([known.names.index(name) for name in shared], dtype=np.intp)
    if not len(chosen):
        raise UnreadableError(Message(mark("The two files have no item in common.")))
    parameters = select_items(known.parameters, chosen)
    if known.errors is None:
        return parameters, None
    items = len(known.names)
    places = np.concatenate([chosen, items + known.parameters.steps.of_items(chosen)])
    return parameters, np.diag(known.errors[places] ** 2)


def _record(found: Link, start: str, target: str) -> dict[str, Any]:
    return {
        "method": found.method.value,
        "from": start,
        "to": target,
        "A": found.slope,
        "B": found.intercept,
        "se_A": found.slope_error,
        "se_B": found.intercept_error,
        "items": found.items,
        "status": found.status.value,
    }


def _without_names(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("method", "from", "to")}


def _on_old_scale(old: KnownItems, new: KnownItems, stocking_lord: dict[str, Any]) -> dict[str, Any]:
    """Return the new items and true scores on the old scale, by Stocking and Lord."""
    if stocking_lord["A"] is None or not np.isfinite(stocking_lord["A"]):
        return {"new_items_on_old_scale": [], "true_scores": []}
    moved = transformed(new.parameters, stocking_lord["A"], stocking_lord["B"])
    thresholds = moved.thresholds()
    items = [
        {
            "item": name,
            "a": moved.slopes[j],
            "b": thresholds[moved.steps.of_item(j)],
            "d": moved.intercepts[moved.steps.of_item(j)],
        }
        for j, name in enumerate(new.names)
    ]
    scores = equate_true_scores(moved, old.parameters)
    pairs = zip(scores.score, scores.theta, scores.equated, strict=True)
    return {
        "new_items_on_old_scale": items,
        "true_scores": [{"new": score, "theta": theta, "old": equated} for score, theta, equated in pairs],
    }
