"""`avgust analyse persons`: abilities of persons, and whether their answers go together."""

from __future__ import annotations

import argparse
from typing import Any, Final

import numpy as np

from avgust.commands.analyses.items import (
    answers_of,
    calibration_of,
    calibration_record,
    headlines,
    left_out_notes,
)
from avgust.commands.analyses.parameters import with_known_parameters
from avgust.commands.analyses.report import Report
from avgust.commands.analyses.table import read_table
from avgust.commands.files import UnreadableError
from avgust.domain.assessment.abilities.likelihood import Abilities, Method, abilities
from avgust.domain.assessment.abilities.posterior import Population, plausible_values, posterior_means
from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.fit.residuals import person_mean_squares
from avgust.domain.assessment.mml.quadrature import Nodes
from avgust.domain.assessment.person_fit.nonparametric import order_fit
from avgust.domain.assessment.person_fit.parametric import standardised_likelihoods
from avgust.domain.assessment.responses import Responses
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.steps import ItemParameters
from avgust.domain.messages import Message, mark

COLUMNS: Final = {
    "person": mark("Participant"),
    "answered": mark("Answered"),
    "score": mark("Score"),
    "eap": "EAP",
    "se_eap": mark("Error"),
    "wle": "WLE",
    "se_wle": mark("Error"),
    "ml": "ML",
    "se_ml": mark("Error"),
    "infit": mark("Infit"),
    "outfit": mark("Outfit"),
    "lz_star": "lz*",
    "guttman": mark("Guttman errors"),
    "ht": "Ht",
    "status": mark("Status"),
}
LEAST_VARIANCE: Final = 0.01  # logits², said where it is used


def run(options: argparse.Namespace) -> Report:
    """Estimate abilities under items calibrated on this file, or known from --parameters."""
    answers = answers_of(options, *([options.id] if options.id else []))
    nodes = Nodes.spaced(options.nodes, options.span)
    notes: list[Message] = []
    if options.parameters:
        used, parameters, population = with_known_parameters(answers.responses, options.parameters)
        about: dict[str, Any] = {"parameters": options.parameters, "n": used.n}
        headline: list[Message] = []
        sound = True
    else:
        calibration = calibration_of(options, answers)
        if calibration.parameters is None or calibration.status is Status.UNIDENTIFIED:
            raise UnreadableError(
                calibration.notes[-1]
                if calibration.notes
                else Message(mark("The items could not be calibrated, so that persons cannot be placed."))
            )
        used = in_categories(answers.responses, calibration.recoding.categories, list(calibration.kept))
        parameters, population = calibration.parameters, calibration.population
        if not np.isfinite(calibration.variance):
            population = _population_of(used, parameters, notes)
        about, headline = calibration_record(calibration), headlines(calibration)
        notes.extend(calibration.notes)
        sound = calibration.status is Status.CONVERGED
    rows = _rows(used, parameters, nodes, population)
    if options.draws:
        drawn = plausible_values(
            used, parameters, nodes, population, draws=options.draws,
            generator=np.random.default_rng(options.seed),
        )  # fmt: skip
        for row, values in zip(rows, drawn, strict=True):
            row["plausible_values"] = values.tolist()
    _name(rows, options)
    posterior = posterior_means(used, parameters, nodes, population)
    data = {
        **about,
        "population": {"mean": population.mean, "variance": population.variance},
        "eap_reliability": posterior.reliability,
        "persons": rows,
        "left_out": answers.left_out,
    }
    return Report(data, rows, COLUMNS, headline, [*notes, *left_out_notes(answers)], sound=sound)


def in_categories(
    responses: Responses, categories: tuple[tuple[int, ...], ...], kept: list[int]
) -> Responses:
    """Return all persons, those without answers too, in the categories of the calibration."""
    chosen = responses.only_items(kept)
    scores = chosen.scores.copy()
    for place, j in enumerate(kept):
        found = categories[j]
        table = np.full(max(*found, int(scores[:, place].max(initial=0))) + 2, -1, dtype=np.int8)
        table[list(found)] = np.arange(len(found))
        scores[:, place] = table[chosen.scores[:, place]]
    return Responses(scores, chosen.items, chosen.weights)


def _population_of(responses: Responses, parameters: ItemParameters, notes: list[Message]) -> Population:
    """Return mean and variance of abilities, from WLE less its error, where the calibration has none."""
    estimate = abilities(responses, parameters, Method.WLE)
    finite = np.isfinite(estimate.theta) & np.isfinite(estimate.errors)
    weights = responses.person_weights[finite]
    theta, errors = estimate.theta[finite], estimate.errors[finite]
    if not weights.sum() > 1:
        return Population()
    mean = float(np.average(theta, weights=weights))
    variance = float(
        np.average((theta - mean) ** 2, weights=weights) - np.average(errors**2, weights=weights)
    )
    if not variance > 0:
        notes.append(
            Message(
                mark("Abilities spread no more than their errors: EAP takes a variance of 0.01 for them.")
            )
        )
        return Population(mean, LEAST_VARIANCE)
    return Population(mean, variance)


def _rows(
    responses: Responses, parameters: ItemParameters, nodes: Nodes, population: Population
) -> list[dict[str, Any]]:
    posterior = posterior_means(responses, parameters, nodes, population)
    warm = abilities(responses, parameters, Method.WLE)
    likely = abilities(responses, parameters, Method.ML)
    fit = person_mean_squares(responses, parameters, likely.theta)
    likelihood = standardised_likelihoods(responses, parameters, likely.theta)
    order = order_fit(responses)
    totals = np.where(responses.observed, responses.scores, 0).sum(axis=1)
    columns: dict[str, Floats] = {
        "answered": likely.answered.astype(np.float64),
        "score": totals.astype(np.float64),
        "eap": posterior.mean,
        "se_eap": posterior.deviation,
        "wle": warm.theta,
        "se_wle": warm.errors,
        "ml": likely.theta,
        "se_ml": likely.errors,
        "infit": fit.infit,
        "outfit": fit.outfit,
        "infit_t": fit.infit_t,
        "outfit_t": fit.outfit_t,
        "lz": likelihood.lz,
        "lz_star": likelihood.lz_star,
        "guttman": order.guttman,
        "u3": order.u3,
        "zu3": order.zu3,
        "ht": order.ht,
    }
    statuses = _statuses(likely)
    names = list(columns)
    whole = ("answered", "score", "guttman")
    return [
        {
            "person": number,
            **{
                name: int(value) if name in whole and np.isfinite(value) else value
                for name, value in zip(names, values, strict=True)
            },
            "status": status,
        }
        for number, (status, values) in enumerate(
            zip(statuses, np.column_stack(list(columns.values())).tolist(), strict=True), start=1
        )
    ]


def _statuses(likely: Abilities) -> list[str]:
    """Return of each ML ability: too few (no answers), boundary (nothing or everything right), converged."""
    return [
        (Status.TOO_FEW if answered == 0 else Status.BOUNDARY if extreme else Status.CONVERGED).value
        for answered, extreme in zip(likely.answered, likely.extreme, strict=True)
    ]


def _name(rows: list[dict[str, Any]], options: argparse.Namespace) -> None:
    """Put the identifiers of --id in place of row numbers."""
    if options.id:
        for row, name in zip(rows, read_table(options.file).column(options.id).texts(), strict=True):
            row["person"] = name
