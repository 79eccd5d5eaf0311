"""Calibrations agree with mirt and eRm: estimates, standard errors and likelihoods."""

import re

import numpy as np
import pytest

from avgust.domain.assessment.abilities.likelihood import Method, abilities
from avgust.domain.assessment.abilities.posterior import Population, posterior_means
from avgust.domain.assessment.calibration import Estimator, Model, calibrate
from avgust.domain.assessment.fit.residuals import person_mean_squares
from avgust.domain.assessment.mml.quadrature import Nodes
from avgust.domain.assessment.status import Status
from tests.oracles import data

pytestmark = data.needs_shared

MARGINAL = [
    ("lsat6_2pl_mirt.csv", lambda: data.lsat(6), "2pl"),
    ("lsat7_2pl_mirt.csv", lambda: data.lsat(7), "2pl"),
    ("lsat6_rasch_mirt.csv", lambda: data.lsat(6), "rasch"),
    ("lsat7_rasch_mirt.csv", lambda: data.lsat(7), "rasch"),
    ("verbal_2pl_mirt.csv", lambda: data.verbal(dichotomous=True), "2pl"),
    ("verbal_rasch_mml_mirt.csv", lambda: data.verbal(dichotomous=True), "rasch"),
    ("verbal_gpcm_mirt.csv", lambda: data.verbal(dichotomous=False), "gpcm"),
    ("sat12_2pl_mirt.csv", data.sat12, "2pl"),
]


@pytest.mark.parametrize(("name", "read", "model"), MARGINAL, ids=[row[0] for row in MARGINAL])
def test_marginal_estimates_are_those_of_mirt(name, read, model):
    reference = data.reference(name)
    found = calibrate(read(), Model(model), Estimator.MML)
    assert found.status is Status.CONVERGED
    d = data.numbers([row for row in reference if re.fullmatch("d|d[1-9]", row["par"])], "est", "se")
    mine = np.array(
        [pair for item in found.items for pair in zip(item.intercepts, item.intercept_errors, strict=True)]
    )
    np.testing.assert_allclose(mine, d, atol=1e-4)
    a = data.numbers([row for row in reference if row["par"] == "a1"], "est", "se")
    slopes = np.array([(item.slope, item.slope_error) for item in found.items])
    np.testing.assert_allclose(slopes, a, atol=1e-4)
    stated = {row["par"]: float(row["est"]) for row in reference if row["item"] in ("GROUP", "FIT")}
    assert found.loglik == pytest.approx(stated["logLik"], abs=1e-4)
    if model == "rasch":
        assert found.variance == pytest.approx(stated["COV_11"], abs=1e-4)


def test_conditional_rasch_is_that_of_erm():
    found = calibrate(data.verbal(dichotomous=True), Model.RASCH, Estimator.CML)
    expected = data.numbers(data.reference("verbal_rasch_cml_eRm.csv"), "beta_easiness", "se")
    mine = np.array([(item.intercepts[0], item.intercept_errors[0]) for item in found.items])
    np.testing.assert_allclose(mine, expected, atol=5e-5)
    assert found.loglik == pytest.approx(-3049.923, abs=1e-3)
    fit = data.numbers(data.reference("verbal_rasch_itemfit_eRm.csv"), "outfitMSQ", "infitMSQ")
    np.testing.assert_allclose([(item.outfit, item.infit) for item in found.items], fit, atol=5e-5)


def test_conditional_partial_credit_is_that_of_erm():
    found = calibrate(data.verbal(dichotomous=False), Model.PCM, Estimator.CML)
    expected = data.numbers(data.reference("verbal_pcm_cml_eRm.csv"), "beta_easiness", "se")
    mine = np.array(
        [pair for item in found.items for pair in zip(item.intercepts, item.intercept_errors, strict=True)]
    )
    np.testing.assert_allclose(mine, expected, atol=5e-4)
    assert found.loglik == pytest.approx(-5177.782, abs=1e-3)


def test_item_fit_of_lsat7_is_that_of_mirt():
    found = calibrate(data.lsat(7), Model.TWO_PL, Estimator.MML)
    expected = data.numbers(data.reference("lsat7_itemfit.csv"), "outfit", "z.outfit", "infit", "z.infit")
    mine = [(item.outfit, item.outfit_t, item.infit, item.infit_t) for item in found.items]
    np.testing.assert_allclose(mine, expected, atol=1e-4)


def test_eap_of_every_pattern_of_lsat7_is_that_of_mirt():
    answers = data.lsat(7)
    found = calibrate(answers, Model.TWO_PL, Estimator.MML)
    posterior = posterior_means(answers, found.parameters, Nodes.spaced(), Population())
    mine = {
        tuple(map(int, row)): (m, s)
        for row, m, s in zip(answers.scores, posterior.mean, posterior.deviation, strict=True)
    }
    for row in data.reference("lsat7_2pl_eap_by_pattern.csv"):
        pattern = tuple(int(row[f"Item.{number}"]) for number in range(1, 6))
        if pattern in mine:
            assert mine[pattern] == pytest.approx((float(row["F1"]), float(row["SE_F1"])), abs=1e-4)


def test_abilities_and_person_fit_of_sat12_are_those_of_mirt():
    answers = data.sat12()
    found = calibrate(answers, Model.TWO_PL, Estimator.MML)
    expected = data.numbers(data.reference("sat12_scores_first100.csv"), "WLE", "EAP", "MAP")
    mine = np.column_stack(
        [
            abilities(answers, found.parameters, Method.WLE).theta,
            posterior_means(answers, found.parameters, Nodes.spaced(), Population()).mean,
            abilities(answers, found.parameters, Method.MAP).theta,
        ]
    )
    np.testing.assert_allclose(mine[:100], expected, atol=1e-4)
    ability = abilities(answers, found.parameters, Method.ML)
    fit = person_mean_squares(answers, found.parameters, ability.theta)
    columns = ("outfit", "z.outfit", "infit", "z.infit")
    stated = data.numbers(data.reference("sat12_personfit_ML_first100.csv"), *columns)
    squares = np.column_stack([fit.outfit, fit.outfit_t, fit.infit, fit.infit_t])[:100]
    # mirt puts those who answered all at the end of its scale; here they have no ML.
    finite = ~ability.extreme[
        :100
    ]  # mirt puts those who answered all at the end of its scale; here they have no ML
    np.testing.assert_allclose(squares[finite], stated[finite], atol=1e-4)
