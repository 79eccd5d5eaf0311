"""`avgust analyse raters`: agreement of those who rated the same works, and how strict each is."""

from __future__ import annotations

import argparse
from itertools import combinations
from typing import Any, Final

import numpy as np

from avgust.commands.analyses.answers import read_answers
from avgust.commands.analyses.items import STATUS_WORDS, split_names
from avgust.commands.analyses.report import Report
from avgust.commands.analyses.table import Column, read_table
from avgust.domain.assessment.arrays import Ints
from avgust.domain.assessment.raters.agreement import Weighting, agreement
from avgust.domain.assessment.raters.severity import rater_severity
from avgust.domain.assessment.responses import MISSING
from avgust.domain.assessment.status import Status
from avgust.domain.messages import Message, mark

COLUMNS: Final = {
    "rater": mark("Rater"),
    "works": mark("Works"),
    "severity": mark("Strictness"),
    "se": mark("Error"),
    "status": mark("Status"),
}
SHOWN_PAIRS: Final = 20


def run(options: argparse.Namespace) -> Report:
    """Compare all raters of one file."""
    table = read_table(options.file)
    taken = (options.work, options.rater)
    answers = read_answers(table, items=split_names(options.items), taken=taken, weights=None)
    scores = answers.responses.scores
    complete = np.asarray((scores != MISSING).all(axis=1))
    _, work = _numbered(table.column(options.work), complete)
    raters, rater = _numbered(table.column(options.rater), complete)
    severity = rater_severity(work, rater, scores[complete], raters)
    rows = [
        {"rater": name, "works": int(works), "severity": value, "se": error, "status": severity.status.value}
        for name, works, value, error in zip(
            raters, severity.works, severity.severity, severity.errors, strict=True
        )
    ]
    pairs = _pairs(raters, work, rater, scores[complete].sum(axis=1, dtype=np.intp))
    notes = [_sentence(pair) for pair in pairs[:SHOWN_PAIRS]]
    if severity.status is Status.UNIDENTIFIED:
        notes.insert(
            0, Message(mark("No common works connect all raters: their severity cannot be compared."))
        )
    data = {
        "criteria": answers.responses.items,
        "n": int(complete.sum()),
        "loglik": severity.loglik,
        "status": severity.status.value,
        "raters": rows,
        "pairs": pairs,
    }
    headline = Message(STATUS_WORDS[severity.status])
    return Report(data, rows, COLUMNS, [headline], notes, sound=severity.status is Status.CONVERGED)


def _numbered(column: Column, chosen: np.typing.NDArray[np.bool_]) -> tuple[tuple[str, ...], Ints]:
    """Return the names in alphabetical order and the number of each chosen row's name."""
    texts = np.array(column.texts())[chosen]
    names, numbers = np.unique(texts, return_inverse=True)
    return tuple(map(str, names)), numbers.astype(np.intp)


def _pairs(raters: tuple[str, ...], work: Ints, rater: Ints, totals: Ints) -> list[dict[str, Any]]:
    """Return agreement on total scores of every pair with common works, those with most works first."""
    by_rater: list[dict[int, int]] = [{} for _ in raters]
    for one, who, total in zip(work.tolist(), rater.tolist(), totals.tolist(), strict=True):
        by_rater[who][one] = total
    pairs = []
    for first, second in combinations(range(len(raters)), 2):
        shared = sorted(by_rater[first].keys() & by_rater[second].keys())
        if not shared:
            continue
        scores = [np.array([by_rater[who][one] for one in shared], dtype=np.intp) for who in (first, second)]
        found = agreement(scores[0], scores[1], Weighting.QUADRATIC)
        pairs.append(
            {
                "first": raters[first],
                "second": raters[second],
                "n": len(shared),
                "kappa": found.kappa,
                "se": found.kappa_error,
                "exact": found.exact,
                "adjacent": found.adjacent,
                "shift": found.shift,
                "se_shift": found.shift_error,
                "status": found.status.value,
            }
        )
    return sorted(pairs, key=lambda pair: -pair["n"])


def _sentence(pair: dict[str, Any]) -> Message:
    words = mark(
        "%(first)s and %(second)s: common works %(n)d, weighted kappa %(kappa).3f (error %(error).3f), "
        "exact agreement %(exact).0f %%."
    )
    said = {key: pair[key] for key in ("first", "second", "n", "kappa")}
    return Message(words, {**said, "error": pair["se"], "exact": 100 * pair["exact"]})
