"""`avgust analyse value-added`: what schools add beyond what their pupils brought."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np

from avgust.commands.analyses.items import STATUS_WORDS, split_names
from avgust.commands.analyses.report import Report
from avgust.commands.analyses.table import BLANK, Column, Table, number_of, read_table
from avgust.commands.files import UnreadableError
from avgust.domain.assessment.arrays import Bools, Floats, Ints
from avgust.domain.assessment.interpretation.uses import ForbiddenUseError, Purpose, require_use
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.value_added.group_sums import GroupSums, centred, sum_by_group
from avgust.domain.assessment.value_added.random_intercept import (
    NOISE,
    Likelihood,
    RandomIntercept,
    degrees_left,
    fit_random_intercept,
)
from avgust.domain.messages import Message, mark

COLUMNS: Final = {
    "group": mark("Group"),
    "n": mark("n"),
    "effect": mark("Effect"),
    "se": mark("Error"),
    "low": mark("Lower end"),
    "high": mark("Upper end"),
    "status": mark("Status"),
}
TEACHER: Final = re.compile(r"teacher|учител|педагог|преподавател", re.IGNORECASE)
# «Петрова А. Б.», «Петрова Анна Борисовна»; a school that bears somebody's name has words before it.
PERSON: Final = re.compile(
    r"[А-ЯЁ][а-яё-]+ (?:[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+(?:вич|вна|ична))$"
)
INTERVAL: Final = 1.959963984540054  # standard errors on either side of a 95 % interval
FEW: Final = 10  # pupils below which an effect is mostly the model's


@dataclass(frozen=True)
class Predictors:
    """Columns of the design under the names that R gives them, and who has all values (n)."""

    names: list[str]
    columns: list[Floats]
    known: Bools
    sources: list[str]  # the column of the file behind each


def run(options: argparse.Namespace) -> Report:
    """Fit the model and list the groups."""
    table = read_table(options.file)
    outcome = table.column(options.outcome).numbers()
    group = table.column(options.group)
    _require_use(options.procedure, group)
    covariates = split_names(options.covariates) or []
    contextual = split_names(options.contextual) or []
    known = np.isfinite(outcome) & np.array([value not in BLANK for value in group.values])[group.codes]
    predictors = _predictors(table, [*dict.fromkeys([*covariates, *contextual])], known)
    known = predictors.known
    if not known.any():
        raise UnreadableError(Message(mark("No row has the outcome, the group and all covariates.")))
    names, codes = _groups(group, known)
    own = _only(predictors, covariates)
    context = _group_means(_only(predictors, contextual), codes, known, len(names))
    design = np.column_stack([np.ones(int(known.sum())), *own.columns, *context.columns])
    fixed_names = ["(Intercept)", *own.names, *context.names]
    sums = sum_by_group(design, outcome[known], codes, len(names))
    fit = fit_random_intercept(sums, Likelihood(options.method))
    groups = _group_records(names, sums.n, fit)
    dropped = int(table.rows - known.sum())
    notes = []
    if dropped:
        left_out = mark("Rows without the outcome, the group or a covariate were left out: %(rows)d.")
        notes.append(Message(left_out, {"rows": dropped}))
    if fit.status is Status.UNIDENTIFIED:
        notes.append(Message(_unidentified(sums)))
    if fit.status is Status.TOO_FEW:
        notes.append(Message(mark("There must be two groups, and two persons more than predictors.")))
    if fit.status is Status.BOUNDARY:
        notes.append(Message(mark("The variance between groups is 0: groups differ by no more than chance.")))
    return Report(
        _data(options, fit, fixed_names, groups),
        groups,
        COLUMNS,
        _headlines(fit, fixed_names),
        notes,
        sound=fit.status in (Status.CONVERGED, Status.BOUNDARY),
    )


def _require_use(procedure: str, group: Column) -> None:
    """Refuse what an act rules out: effects of teachers from results of a check work, by head or by names."""
    values = [value for value in group.values if value not in BLANK]
    persons = sum(bool(PERSON.match(value)) for value in values)
    named = bool(TEACHER.search(group.name)) or 2 * persons > len(values)
    purpose = Purpose.RATE_TEACHERS if named else Purpose.SUPPORT_SCHOOLS
    try:
        require_use(procedure, purpose, datetime.now(tz=UTC).astimezone().date())
    except ForbiddenUseError as error:
        words = mark(
            "%(why)s Column “%(column)s” names teachers; --procedure says of which works results are."
        )
        raise UnreadableError(Message(words, {"why": error.message, "column": group.name})) from error


def _groups(group: Column, known: Bools) -> tuple[list[str], Ints]:
    """Return the groups in the order of the file, equal names once, and the number of each row's group."""
    texts = [group.values[code] for code in group.codes[known]]
    numbers: dict[str, int] = {}
    codes = np.array([numbers.setdefault(text, len(numbers)) for text in texts], dtype=np.intp)
    return list(numbers), codes


def _predictors(table: Table, names: list[str], known: Bools) -> Predictors:
    asked = [table.column(name) for name in names]
    for column in asked:
        known = known & np.array([value not in BLANK for value in column.values])[column.codes]
    found: list[str] = []
    columns: list[Floats] = []
    sources: list[str] = []
    for column in asked:
        if _is_number(column):
            found.append(column.name)
            columns.append(column.numbers())
            sources.append(column.name)
            continue
        # A column of words: an indicator for each value but the first in alphabetical order, as R has it.
        # Values of rows that are left out are none.
        texts = np.array(column.values)
        for value in sorted({column.values[code] for code in np.unique(column.codes[known])})[1:]:
            found.append(f"{column.name}{value}")
            columns.append((texts == value).astype(np.float64)[column.codes])
            sources.append(column.name)
    return Predictors(found, columns, known, sources)


def _is_number(column: Column) -> bool:
    return all(value in BLANK or number_of(value) is not None for value in column.values)


def _only(predictors: Predictors, names: list[str]) -> Predictors:
    """Return the predictors that belong to some columns, of known rows only."""
    asked = {name.casefold() for name in names}
    chosen = [place for place, source in enumerate(predictors.sources) if source.casefold() in asked]
    columns = [predictors.columns[place][predictors.known] for place in chosen]
    sources = [predictors.sources[place] for place in chosen]
    return Predictors([predictors.names[place] for place in chosen], columns, predictors.known, sources)


def _group_means(predictors: Predictors, codes: Ints, known: Bools, groups: int) -> Predictors:
    """Return the mean of each predictor in the pupil's group."""
    n = np.bincount(codes, minlength=groups)
    columns = [
        (np.bincount(codes, weights=column, minlength=groups) / n)[codes] for column in predictors.columns
    ]
    names = [f"mean({name})" for name in predictors.names]
    return Predictors(names, columns, known, predictors.sources)


def _unidentified(sums: GroupSums) -> str:
    """Return the sentence that says why the data do not determine the model."""
    if sums.n.max() < 2:
        return mark("Each group has one person: what groups add cannot be told from what persons differ by.")
    if (sums.cross[-1, -1] - sums.sums[:, -1].sum() ** 2 / sums.pupils) <= NOISE * sums.cross[-1, -1]:
        return mark("The outcome is the same for everybody: there is nothing to explain.")
    between, inside = degrees_left(centred(sums)[0])
    if inside < 1:
        return mark("Groups and predictors together give the outcome exactly: there are too few persons.")
    if between < 1:
        return mark("Predictors tell all groups apart: nothing is left for what groups add.")
    return mark("Predictors depend on each other, or give the outcome exactly: leave one of them out.")


def _group_records(names: list[str], n: Floats, fit: RandomIntercept) -> list[dict[str, Any]]:
    rows = []
    for place, name in enumerate(names):
        effect, error = float(fit.effects[place]), float(fit.effect_errors[place])
        status = fit.status if fit.status is not Status.CONVERGED or n[place] >= FEW else Status.TOO_FEW
        rows.append(
            {
                "group": name,
                "n": int(n[place]),
                "effect": effect,
                "se": error,
                "low": effect - INTERVAL * error,
                "high": effect + INTERVAL * error,
                "status": status.value,
            }
        )
    return rows


def _data(
    options: argparse.Namespace, fit: RandomIntercept, names: list[str], groups: list[dict[str, Any]]
) -> dict[str, Any]:
    effects = zip(names, fit.fixed, fit.fixed_errors, strict=True)
    return {
        "outcome": options.outcome,
        "method": options.method,
        "n": fit.n,
        "n_groups": fit.groups,
        "status": fit.status.value,
        "converged": fit.status in (Status.CONVERGED, Status.BOUNDARY),
        "fixed_effects": {name: {"estimate": value, "se": error} for name, value, error in effects},
        "variances": {
            "group": fit.between,
            "residual": fit.within,
            "se_group": fit.between_error,
            "se_residual": fit.within_error,
            "intraclass": fit.intraclass,
        },
        "logLik": fit.loglik,
        "groups": groups,
    }


def _headlines(fit: RandomIntercept, names: list[str]) -> list[Message]:
    said = {
        "n": fit.n,
        "groups": fit.groups,
        "between": fit.between,
        "within": fit.within,
        "share": 100 * fit.intraclass,
        "loglik": fit.loglik,
        "status": Message(STATUS_WORDS[fit.status]),
    }
    first = Message(
        mark(
            "n = %(n).0f in %(groups)d groups; variance between groups %(between).4f, within %(within).4f "
            "(%(share).1f %% between), log-likelihood %(loglik).3f: %(status)s."
        ),
        said,
    )
    line = mark("%(name)s: %(value).4f, error %(error).4f.")
    lines = [
        Message(line, {"name": name, "value": value, "error": error})
        for name, value, error in zip(names, fit.fixed, fit.fixed_errors, strict=True)
    ]
    return [first, *lines]
