"""`avgust analyse dif`: items that work differently in two groups of equal score."""

from __future__ import annotations

import argparse
from typing import Any, Final

import numpy as np

from avgust.commands.analyses.items import answers_of, left_out_notes
from avgust.commands.analyses.report import Report
from avgust.commands.analyses.table import BLANK, Column, Table, number_of, read_table
from avgust.commands.files import UnreadableError
from avgust.domain.assessment.arrays import Bools
from avgust.domain.assessment.dif.breslow_day import breslow_day
from avgust.domain.assessment.dif.logistic import Comparison, logistic_dif
from avgust.domain.assessment.dif.mantel_haenszel import MantelHaenszel, mantel_haenszel_of_items
from avgust.domain.assessment.dif.strata import Strata, strata_of
from avgust.domain.assessment.status import Status
from avgust.domain.messages import Message, mark

COLUMNS: Final = {
    "item": mark("Item"),
    "n": mark("n"),
    "chi2": mark("MH χ²"),
    "p": mark("p"),
    "delta": mark("Δ"),
    "se_delta": mark("Error of Δ"),
    "class": mark("Class"),
    "purified": mark("Purified χ²"),
    "lr": mark("Logistic LR"),
    "dr2": mark("ΔR²"),
    "flagged": mark("DIF"),
}
_COMPARED: Final = (Status.CONVERGED.value, Status.BOUNDARY.value)


def run(options: argparse.Namespace) -> Report:
    """Test all items of one file."""
    answers = answers_of(options, options.group)
    focal, there = focal_of(read_table(options.file), options.group, options.focal)
    responses, focal = answers.responses.only_persons(there), focal[there]
    plain = mantel_haenszel_of_items(responses, focal, purify=False, level=options.level)
    purified = mantel_haenszel_of_items(responses, focal, purify=True, level=options.level)
    items = []
    for j, (test, clean) in enumerate(zip(plain.tests, purified.tests, strict=True)):
        strata = strata_of(responses, focal, j, range(len(responses.items)))
        items.append(_record(responses.items[j], test, clean, strata))
        items[-1]["mh"]["flagged"] = j in plain.flagged
        items[-1]["mh_purified"]["flagged"] = j in purified.flagged
    weights = responses.person_weights
    n_focal = float(weights[focal].sum())
    data = {
        "group": options.group,
        "focal": options.focal,
        "n": {"reference": float(weights.sum()) - n_focal, "focal": n_focal},
        "level": options.level,
        "purification": {"rounds": purified.rounds, "settled": purified.settled},
        "flagged": [responses.items[j] for j in plain.flagged],
        "flagged_purified": [responses.items[j] for j in purified.flagged],
        "items": items,
        "left_out": answers.left_out,
    }
    said = {"flagged": len(purified.flagged), "items": len(items), "reference": data["n"]["reference"],
            "focal": n_focal}  # fmt: skip
    headline = Message(
        mark(
            "Reference group %(reference).0f, focal group %(focal).0f; items with DIF after purification: "
            "%(flagged)d of %(items)d."
        ),
        said,
    )
    notes = left_out_notes(answers)
    compared = any(item["status"] in _COMPARED for item in items)
    if not compared:
        notes = [
            Message(mark("No item could be compared: the groups have no persons of equal score.")),
            *notes,
        ]
    return Report(data, [_row(item) for item in items], COLUMNS, [headline], notes, sound=compared)


def focal_of(table: Table, name: str, value: str) -> tuple[Bools, Bools]:
    """Return who is in the focal group (n), and whose group is known (n)."""
    column = table.column(name)
    is_focal = np.array([_same(cell, value) for cell in column.values])
    known = np.array([cell not in BLANK for cell in column.values])
    if not is_focal.any():
        raise UnreadableError(_no_such_value(column, value))
    if not (known & ~is_focal).any():
        raise UnreadableError(
            Message(mark("All persons are in the focal group: there is nobody to compare with."))
        )
    return is_focal[column.codes], known[column.codes]


def _same(cell: str, value: str) -> bool:
    if cell == value:
        return True
    number = number_of(value)
    return number is not None and number_of(cell) == number


def _no_such_value(column: Column, value: str) -> Message:
    return Message(
        mark("Nobody has “%(value)s” in column “%(column)s”. The values are: %(values)s."),
        {"value": value, "column": column.name, "values": ", ".join(sorted(set(column.values))[:20])},
    )


def _record(name: str, test: MantelHaenszel, clean: MantelHaenszel, strata: Strata) -> dict[str, Any]:
    logistic = logistic_dif(strata)
    breslow = breslow_day(strata)
    return {
        "item": name,
        "n": strata.n,
        "status": test.status.value,
        "mh": _mh_record(test),
        "mh_purified": _mh_record(clean),
        "logistic": {
            "both": _comparison(logistic.both),
            "uniform": _comparison(logistic.uniform),
            "non_uniform": _comparison(logistic.non_uniform),
            "coefficient": logistic.shift,
            "se": logistic.shift_error,
            "status": logistic.status.value,
        },
        "std_p_dif": test.difference,
        "breslow_day": {
            "chi2": breslow.chi2,
            "df": breslow.df,
            "p": breslow.p,
            "status": breslow.status.value,
        },
    }


def _mh_record(test: MantelHaenszel) -> dict[str, Any]:
    return {
        "chi2": test.chi2,
        "p": test.p,
        "alpha": test.alpha,
        "se_log_alpha": test.log_alpha_error,
        "delta": test.delta,
        "se_delta": test.delta_error,
        "class": None if test.ets is None else test.ets.value,
        "status": test.status.value,
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "lr": comparison.ratio,
        "df": comparison.df,
        "p": comparison.p,
        "delta_r2": comparison.r2_growth,
    }


def _row(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "item": item["item"],
        "n": item["n"],
        **{key: item["mh"][key] for key in ("chi2", "p", "delta", "se_delta", "class")},
        "purified": item["mh_purified"]["chi2"],
        "lr": item["logistic"]["both"]["lr"],
        "dr2": item["logistic"]["both"]["delta_r2"],
        "flagged": item["mh_purified"]["flagged"],
    }
