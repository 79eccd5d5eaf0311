"""Fit, person fit, similarity, DIF, linking and equating agree with mirt, aberrance, difR, equateIRT and equate."""

import numpy as np
import pytest

from avgust.domain.assessment.abilities.likelihood import Method, abilities
from avgust.domain.assessment.abilities.posterior import Population
from avgust.domain.assessment.calibration import Estimator, Model, calibrate
from avgust.domain.assessment.classical.item_analysis import analyse_items
from avgust.domain.assessment.classical.reliability import reliability
from avgust.domain.assessment.dif.breslow_day import breslow_day
from avgust.domain.assessment.dif.logistic import logistic_dif
from avgust.domain.assessment.dif.mantel_haenszel import mantel_haenszel_of_items
from avgust.domain.assessment.dif.strata import strata_of
from avgust.domain.assessment.equating.random_groups import (
    equipercentile_equated,
    linear_equated,
    mean_equated,
)
from avgust.domain.assessment.equating.scores import Scores
from avgust.domain.assessment.equating.smoothing import presmoothed
from avgust.domain.assessment.fit.score_tables import score_fit
from avgust.domain.assessment.linking.scales import CommonItems, LinkingMethod, link, transformed
from avgust.domain.assessment.linking.true_scores import equate_true_scores
from avgust.domain.assessment.mml.quadrature import Nodes
from avgust.domain.assessment.person_fit.nonparametric import order_fit
from avgust.domain.assessment.person_fit.parametric import standardised_likelihoods
from avgust.domain.assessment.responses import Responses
from avgust.domain.assessment.similarity.pairs import copying, similar_pairs
from avgust.domain.assessment.steps import ItemParameters, Steps
from tests.oracles import data

pytestmark = data.needs_shared


def dichotomous(slopes, intercepts) -> ItemParameters:
    return ItemParameters(
        Steps(np.ones(len(slopes), dtype=np.intp)), np.asarray(slopes), np.asarray(intercepts)
    )


@pytest.fixture(scope="module")
def sat12_items() -> ItemParameters:
    a, b = data.numbers(data.reference("sat12_psi_for_persfit.csv"), "a", "b").T
    return dichotomous(a, -a * b)


def ten_persons() -> Responses:
    rows = data.reference("sat12_10persons_scored.csv")
    items = list(rows[0])[1:]
    return Responses(data.numbers(rows, *items).astype(np.int8), tuple(items))


def verbal_by_gender():
    rows = data.rows_of("verbal_difR_316x26.csv")
    items = list(rows[0])[:24]
    return data.responses("verbal_difR_316x26.csv", items), data.numbers(rows, "Gender")[:, 0] == 1


@pytest.mark.parametrize(
    ("read", "reference"),
    [(lambda: data.lsat(7), "lsat7_itemfit.csv"), (data.sat12, "sat12_itemfit_sx2.csv")],
    ids=["lsat7", "sat12"],
)
def test_s_x2_is_that_of_mirt(read, reference):
    answers = read()
    found = calibrate(answers, Model.TWO_PL, Estimator.MML)
    tests = score_fit(answers, found.parameters, Nodes.spaced(), Population(), free_slopes=True)
    expected = data.numbers(data.reference(reference), "S_X2", "df.S_X2", "RMSEA.S_X2", "p.S_X2")
    np.testing.assert_allclose([(t.chi2, t.df, t.rmsea, t.p) for t in tests], expected, atol=1e-4)


def test_classical_statistics_are_those_of_psych():
    answers, _ = verbal_by_gender()
    mine = [(item.mean, item.item_rest, item.alpha_without) for item in analyse_items(answers)]
    expected = data.numbers(data.reference("verbal_ctt_psych.csv"), "mean", "r_drop", "alpha_drop")
    np.testing.assert_allclose(mine, expected, atol=1e-9)
    assert reliability(data.verbal(dichotomous=True)).alpha == pytest.approx(0.87612, abs=5e-6)
    assert reliability(data.verbal(dichotomous=False)).alpha == pytest.approx(0.88761, abs=5e-6)


def test_person_fit_is_that_of_aberrance(sat12_items):
    """aberrance was given the persons 2..60, without the first, who answered everything."""
    answers = data.sat12().only_persons(np.arange(1, 60))
    theta = abilities(answers, sat12_items, Method.ML).theta
    likelihood = standardised_likelihoods(answers, sat12_items, theta)
    order = order_fit(answers)
    mine = [likelihood.lz, likelihood.lz_star, order.guttman, order.u3, order.zu3, order.ht]
    columns = ("L_S_NO", "L_S_TS", "G_S", "U3_S", "ZU3_S", "HT_S")
    expected = data.numbers(data.reference("sat12_personfit_aberrance_60.csv"), *columns)
    np.testing.assert_allclose(np.column_stack(mine), expected, atol=5e-5)


def test_similarity_is_that_of_aberrance(sat12_items):
    answers = ten_persons()
    theta = abilities(answers, sat12_items, Method.ML).theta
    mine = [
        (pair.omega, pair.p_gbt, pair.p_m4, pair.p_omega)
        for pair in similar_pairs(answers, sat12_items, theta)
    ]
    expected = data.numbers(
        data.reference("sat12_similarity_omega_gbt_m4_10persons.csv"), "OMG_S", "GBT_S", "M4_S", "p.OMG_S"
    )
    np.testing.assert_allclose(mine, expected, atol=5e-5)


def test_copying_is_that_of_aberrance(sat12_items):
    answers = ten_persons()
    theta = abilities(answers, sat12_items, Method.ML).theta
    mine = {
        f"{c.source + 1}-{c.copier + 1}": (c.omega, c.p_gbt) for c in copying(answers, sat12_items, theta)
    }
    for row in data.reference("sat12_copying_omega_gbt_10persons.csv"):
        assert mine[row["pair"]] == pytest.approx((float(row["OMG_S"]), float(row["GBT_S"])), abs=5e-5)


def test_dif_is_that_of_difr():
    answers, focal = verbal_by_gender()
    plain = mantel_haenszel_of_items(answers, focal, purify=False)
    mine = []
    for j, test in enumerate(plain.tests):
        strata = strata_of(answers, focal, j, range(24))
        logistic = logistic_dif(strata)
        mine.append(
            (
                test.chi2, test.alpha, test.delta, logistic.both.ratio, logistic.both.r2_growth,
                logistic.uniform.ratio, logistic.non_uniform.ratio, test.difference, breslow_day(strata).chi2,
            )
        )  # fmt: skip
    columns = ("MH_chi2", "alphaMH", "deltaMH", "LR_both", "dR2_both", "LR_udif", "LR_nudif", "stdPDIF", "BD")
    expected = data.numbers(data.reference("verbal_dif_gender_difR.csv"), *columns)
    np.testing.assert_allclose(mine, expected, atol=5e-5)
    flagged = {answers.items[j] for j in plain.flagged}
    assert flagged == {"S2WantShout", "S2DoScold", "S2DoCurse", "S3DoCurse", "S4WantShout", "S3DoScold"}


def test_purified_dif_is_that_of_difr():
    answers, focal = verbal_by_gender()
    purified = mantel_haenszel_of_items(answers, focal, purify=True)
    expected = data.numbers(data.reference("verbal_dif_MH_purified_difR.csv"), "MH_chi2", "alphaMH")
    np.testing.assert_allclose([(t.chi2, t.alpha) for t in purified.tests], expected, atol=1e-9)
    assert [j + 1 for j in purified.flagged] == [6, 8, 14, 16, 17, 19, 20, 22, 23]
    assert purified.settled


def form(number: str) -> dict[str, tuple[float, float]]:
    rows = [row for row in data.rows_of("equateIRT_est2pl_items.csv") if row["form"] == number]
    return {row["item"]: (float(row["z1"]), float(row["X.Intercept."])) for row in rows}


def common(start: str, target: str) -> CommonItems:
    first, second = form(start), form(target)
    shared = [item for item in first if item in second]
    return CommonItems(
        *(dichotomous(*zip(*(f[item] for item in shared), strict=True)) for f in (first, second))
    )


def test_links_are_those_of_equateirt():
    names = {"Haebara": "haebara", "Stocking-Lord": "stocking-lord"}
    for row in data.reference("equateIRT_est2pl_linking.csv"):
        method = LinkingMethod(names.get(row["method"], row["method"]))
        found = link(common(row["from"], row["to"]), method)
        expected = (float(row["A"]), float(row["B"]))
        assert (found.slope, found.intercept) == pytest.approx(expected, abs=2e-6), row


def test_true_scores_are_those_of_equateirt():
    found = link(common("1", "2"), LinkingMethod.STOCKING_LORD)
    first, second = (dichotomous(*zip(*form(number).values(), strict=True)) for number in "12")
    scores = equate_true_scores(second, transformed(first, found.slope, found.intercept))
    for row in data.reference("equateIRT_true_score_f1_f2.csv"):
        score = int(row["test2"])
        if np.isfinite(scores.theta[score]):
            mine = (scores.theta[score], scores.equated[score])
            assert mine == pytest.approx((float(row["theta"]), float(row["test1.as.test2"])), abs=1e-5)


def test_equating_of_random_groups_is_that_of_kolen_and_brennan():
    counts = data.numbers(data.rows_of("actmath_freq.csv"), "xcount", "ycount")
    x, y = Scores(counts[:, 0]), Scores(counts[:, 1])
    smooth = equipercentile_equated(presmoothed(x, 6), presmoothed(y, 6))
    mine = np.column_stack([mean_equated(x, y), linear_equated(x, y), equipercentile_equated(x, y), smooth])
    expected = data.numbers(
        data.reference("actmath_equating.csv"), "mean", "linear", "equip", "equip_loglin6"
    )
    np.testing.assert_allclose(mine, expected, atol=1e-5)
