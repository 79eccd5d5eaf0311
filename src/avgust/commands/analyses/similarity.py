"""`avgust analyse similarity`: pairs of one class whose scores agree more than the model allows."""

from __future__ import annotations

import argparse
from typing import Any, Final

import numpy as np

from avgust.commands.analyses.items import answers_of, calibration_of, calibration_record, headlines
from avgust.commands.analyses.persons import in_categories
from avgust.commands.analyses.report import Report
from avgust.commands.analyses.table import BLANK, read_table
from avgust.commands.files import UnreadableError
from avgust.domain.assessment.abilities.likelihood import Method, abilities
from avgust.domain.assessment.responses import Responses
from avgust.domain.assessment.similarity.pairs import Pair, similar_pairs
from avgust.domain.assessment.status import Status
from avgust.domain.messages import Message, mark

COLUMNS: Final = {
    "class": mark("Class"),
    "first": mark("First"),
    "second": mark("Second"),
    "matches": mark("Matches"),
    "expected": mark("Expected"),
    "omega": "ω",
    "p_omega": "p(ω)",
    "omega_holm": "Holm(ω)",
    "gbt_holm": "Holm(GBT)",
    "m4_holm": "Holm(M4)",
}


def run(options: argparse.Namespace) -> Report:
    """Compare all pairs inside every class."""
    answers = answers_of(options, options.group, *([options.id] if options.id else []))
    calibration = calibration_of(options, answers)
    if calibration.parameters is None or calibration.status is not Status.CONVERGED:
        raise UnreadableError(
            Message(mark("The items could not be calibrated, so that persons cannot be placed."))
        )
    used = in_categories(answers.responses, calibration.recoding.categories, list(calibration.kept))
    theta = abilities(used, calibration.parameters, Method.ML).theta
    table = read_table(options.file)
    column = table.column(options.group)
    names = table.column(options.id).texts() if options.id else [str(row) for row in range(1, table.rows + 1)]
    rows: list[dict[str, Any]] = []
    pairs = classes = 0
    texts = np.array(column.texts())
    for value in sorted({value for value in column.values if value not in BLANK}):
        members = np.flatnonzero(texts == value)
        found = similar_pairs(_of(used, members), calibration.parameters, theta[members])
        pairs += len(found)
        classes += 1
        shown = [pair for pair in found if _least(pair) <= options.level]
        rows.extend(_record(value, pair, [names[member] for member in members]) for pair in shown)
    said = {"pairs": pairs, "classes": classes, "shown": len(rows)}
    words = mark(
        "Pairs compared: %(pairs)d in %(classes)d classes; shown: %(shown)d. "
        "A match is a reason to ask, never a verdict."
    )
    data = {**calibration_record(calibration), "level": options.level, "n_pairs": pairs, "pairs": rows}
    return Report(data, rows, COLUMNS, [*headlines(calibration), Message(words, said)], [*calibration.notes])


def _of(responses: Responses, members: np.typing.NDArray[np.intp]) -> Responses:
    return Responses(responses.scores[members], responses.items)


def _least(pair: Pair) -> float:
    """Return the smallest adjusted p-value; pairs of exact and approximate tests alike."""
    return float(np.nanmin([pair.omega_holm, pair.gbt_holm, pair.m4_holm]))


def _record(name: str, pair: Pair, names: list[str]) -> dict[str, Any]:
    return {
        "class": name,
        "first": names[pair.first],
        "second": names[pair.second],
        "items": pair.items,
        "matches": pair.matches,
        "expected": pair.expected,
        "omega": pair.omega,
        "p_omega": pair.p_omega,
        "p_gbt": pair.p_gbt,
        "p_m4": pair.p_m4,
        "omega_holm": pair.omega_holm,
        "gbt_holm": pair.gbt_holm,
        "m4_holm": pair.m4_holm,
    }
