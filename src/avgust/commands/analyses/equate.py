"""`avgust analyse equate`: raw scores of form X in the units of form Y."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np

from avgust.commands.analyses.answers import read_answers
from avgust.commands.analyses.report import Report
from avgust.commands.analyses.table import Column, Table, read_table
from avgust.commands.files import UnreadableError
from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.equating.anchor import AnchorMethod, Design, Joint, anchor_equated
from avgust.domain.assessment.equating.bootstrap import bootstrap_errors
from avgust.domain.assessment.equating.random_groups import (
    equipercentile_equated,
    linear_equated,
    mean_equated,
)
from avgust.domain.assessment.equating.scores import Scores
from avgust.domain.assessment.equating.smoothing import (
    SmoothingError,
    postsmoothed,
    presmoothed,
    presmoothed_jointly,
)
from avgust.domain.assessment.status import Status
from avgust.domain.messages import Message, mark

SCORE_NAMES: Final = ("score", "total", "scale", "x", "y", "балл", "первичный балл", "сумма")
ANCHOR_NAMES: Final = ("anchor", "v", "якорь")
COUNT_NAMES: Final = ("count", "freq", "frequency", "n", "weight", "weights", "частота")
LOST: Final = mark("These scores do not determine the method %(method)s: it is left out.")
SMOOTHED: Final = "-loglinear"
Tables = tuple[Floats, Floats]
Equating = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True)
class Persons:
    """Scores of persons (or of rows with counts): total, anchor where asked, weight."""

    total: Floats
    anchor: Floats | None
    weight: Floats


def run(options: argparse.Namespace) -> Report:
    """Equate by every method of the design."""
    x = _persons(options.x, options, ("xcount", *COUNT_NAMES))
    y = _persons(options.y, options, ("ycount", *COUNT_NAMES))
    lowest = int(min(x.total.min(), y.total.min(), 0))
    if options.anchor is None:
        tables: Tables = (_counts(x, lowest), _counts(y, lowest))
        methods = _random_group_methods(options, lowest)
        design: dict[str, Any] = {"design": "random groups"}
    else:
        weight = _synthetic_weight(options, x, y)
        tables = (_joint(x), _joint(y))
        methods = _anchor_methods(options, Design(weight, internal=not options.external))
        place = "external" if options.external else "internal"
        design = {"design": "anchor", "weight_of_x": weight, "anchor": place}
    results = {name: _with_errors(tables, equate, options) for name, equate in methods.items()}
    values = np.arange(len(tables[0])) + lowest
    rows = [
        {"x": int(value), **{name: equated[place] for name, (equated, _, _) in results.items()}}
        for place, value in enumerate(values)
    ]
    data: dict[str, Any] = {
        **design,
        "n": {"x": float(x.weight.sum()), "y": float(y.weight.sum())},
        "replications": options.replications,
        "seed": options.seed,
        "methods": {
            name: {
                "x": values,
                "equated": equated,
                "se": errors,
                "replications": used,
                "status": _status(equated).value,
            }
            for name, (equated, errors, used) in results.items()
        },
        "scores": [
            {**row, "se": {name: errors[place] for name, (_, errors, _) in results.items()}}
            for place, row in enumerate(rows)
        ],
    }
    said = {"x": data["n"]["x"], "y": data["n"]["y"]}
    headline = Message(mark("Scores of X (n = %(x).0f) in the units of Y (n = %(y).0f)."), said)
    columns = {"x": mark("Score of X"), **{name: name for name in results}}
    lost = [name for name, (equated, _, _) in results.items() if _status(equated) is Status.UNIDENTIFIED]
    notes = [*_few(x, y), *(Message(LOST, {"method": name}) for name in lost)]
    if any(name.endswith(SMOOTHED) for name in lost):
        notes.append(Message(mark("The scores cannot be smoothed with these degrees: choose lower ones.")))
    return Report(data, rows, columns, [headline], notes, sound=len(lost) < len(results))


def _status(equated: Floats) -> Status:
    return Status.CONVERGED if np.isfinite(equated).any() else Status.UNIDENTIFIED


def _few(x: Persons, y: Persons) -> list[Message]:
    if min(x.weight.sum(), y.weight.sum()) >= 400:
        return []
    return [Message(mark("With fewer than 400 persons in a group prefer the mean or the linear method."))]


def _with_errors(tables: Tables, equate: Equating, options: argparse.Namespace) -> tuple[Floats, Floats, int]:
    equated = defined(equate)(*tables)
    if not np.isfinite(equated).any():
        return equated, np.full(len(equated), np.nan), 0
    errors, used = bootstrap_errors(
        tables, defined(equate), replications=options.replications, seed=options.seed
    )
    return (
        postsmoothed(np.arange(len(equated), dtype=np.float64), equated, errors, options.postsmooth),
        errors,
        used,
    )


def defined(equate: Equating) -> Equating:
    """Return the method with nan in place of what does not exist.

    So it is where a variance is 0 or below, and where the scores do not determine the smoothing.
    """

    def made(x: Floats, y: Floats) -> Floats:
        try:
            with np.errstate(divide="ignore", invalid="ignore"):
                found = equate(x, y)
        except (ZeroDivisionError, SmoothingError):
            return np.full(len(x), np.nan)
        return np.where(np.isfinite(found), found, np.nan)

    return made


def _random_group_methods(options: argparse.Namespace, lowest: int) -> dict[str, Equating]:
    def plain(method: Callable[[Scores, Scores], Floats], x: Floats, y: Floats) -> Floats:
        return method(Scores(x, lowest), Scores(y, lowest))

    def smooth(x: Floats, y: Floats) -> Floats:
        first, second = (presmoothed(Scores(counts, lowest), options.presmooth) for counts in (x, y))
        return equipercentile_equated(first, second)

    methods: dict[str, Equating] = {
        "identity": lambda x, _: np.arange(len(x), dtype=np.float64) + lowest,
        "mean": partial(plain, mean_equated),
        "linear": partial(plain, linear_equated),
        "equipercentile": partial(plain, equipercentile_equated),
    }
    if options.presmooth:
        methods[f"equipercentile{SMOOTHED}"] = smooth
    return methods


def _anchor_methods(options: argparse.Namespace, design: Design) -> dict[str, Equating]:
    def one(method: AnchorMethod, x: Floats, y: Floats) -> Floats:
        return anchor_equated(Joint(x), Joint(y), method, design)

    def smooth(method: AnchorMethod, x: Floats, y: Floats) -> Floats:
        degree = options.presmooth
        first, second = (presmoothed_jointly(counts, degree, degree, 1) for counts in (x, y))
        return anchor_equated(Joint(first), Joint(second), method, design)

    methods: dict[str, Equating] = {method.value: partial(one, method) for method in AnchorMethod}
    if options.presmooth:
        for method in (AnchorMethod.CHAINED_EQUIPERCENTILE, AnchorMethod.FREQUENCY):
            methods[f"{method.value}{SMOOTHED}"] = partial(smooth, method)
    return methods


def _synthetic_weight(options: argparse.Namespace, x: Persons, y: Persons) -> float:
    """Return the weight of X's group: asked for, else by numbers of persons."""
    if options.population_weight is not None:
        return float(options.population_weight)
    return float(x.weight.sum() / (x.weight.sum() + y.weight.sum()))


def _persons(name: str, options: argparse.Namespace, counts: tuple[str, ...]) -> Persons:
    """Read a file of scores (score and perhaps count), or of answers, whose sums are the scores."""
    table = read_table(name)
    anchor = None if options.anchor is None else _anchor_column(table, options.anchor)
    total = _found(table, (options.score,) if options.score else SCORE_NAMES)
    if total is None and options.score:
        total = table.column(options.score)
    count = _found(table, counts)
    if total is None:
        others = [column for column in table.columns.values() if column not in (count, anchor)]
        if len(others) == 1:
            total = others[0]
    if total is None:
        taken = [column.name for column in (anchor, count) if column is not None]
        answers = read_answers(table, items=None, taken=taken, weights=None)
        complete = answers.responses.observed.all(axis=1)
        totals = np.where(complete, answers.responses.scores.sum(axis=1, dtype=np.float64), np.nan)
    else:
        totals = total.numbers()
    weight = np.ones(table.rows) if count is None or count is total else count.numbers()
    return _clean(totals, None if anchor is None else anchor.numbers(), weight, name)


def _anchor_column(table: Table, asked: str) -> Column:
    found = table.column(asked) if asked else _found(table, ANCHOR_NAMES)
    if found is None:
        raise UnreadableError(
            Message(
                mark("Which column is the anchor? Name it after --anchor. The columns are: %(columns)s."),
                {"columns": ", ".join(table.columns)},
            )
        )
    return found


def _found(table: Table, names: tuple[str, ...]) -> Column | None:
    folded = {name.casefold(): column for name, column in table.columns.items()}
    return next((folded[name.casefold()] for name in names if name.casefold() in folded), None)


def _clean(total: Floats, anchor: Floats | None, weight: Floats, name: str) -> Persons:
    """Return the persons with all scores; scores must be whole."""
    there = np.isfinite(total) & np.isfinite(weight) & (weight >= 0)
    if anchor is not None:
        there &= np.isfinite(anchor)
    scores = total[there] if anchor is None else np.concatenate([total[there], anchor[there]])
    if not len(scores) or not weight[there].sum() > 1:
        raise UnreadableError(Message(mark("%(file)s holds no scores."), {"file": name}))
    if (scores != np.round(scores)).any() or (np.abs(scores) > 10_000).any():
        raise UnreadableError(Message(mark("Scores in %(file)s are not whole numbers."), {"file": name}))
    counted = total[there & (weight > 0)]
    if (counted == counted[0]).all():
        words = mark("All scores in %(file)s are equal: they say nothing of the units of the form.")
        raise UnreadableError(Message(words, {"file": name}))
    if anchor is not None and (scores < 0).any():
        raise UnreadableError(Message(mark("With an anchor, scores must not be negative.")))
    return Persons(total[there], None if anchor is None else anchor[there], weight[there])


def _counts(persons: Persons, lowest: int) -> Floats:
    return np.bincount((persons.total - lowest).astype(np.intp), weights=persons.weight).astype(np.float64)


def _joint(persons: Persons) -> Floats:
    assert persons.anchor is not None
    rows, columns = persons.total.astype(np.intp), persons.anchor.astype(np.intp)
    counts = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(counts, (rows, columns), persons.weight)
    return counts
