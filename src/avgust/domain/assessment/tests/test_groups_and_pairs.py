"""Comparisons of groups, persons and raters: under no effect their p-values are uniform, under one they see it."""

import numpy as np
import pytest
from scipy.stats import kstest

from avgust.domain.assessment.abilities.likelihood import Method, abilities
from avgust.domain.assessment.abilities.posterior import Population, plausible_values, posterior_means
from avgust.domain.assessment.dif.breslow_day import breslow_day
from avgust.domain.assessment.dif.logistic import logistic_dif
from avgust.domain.assessment.dif.mantel_haenszel import mantel_haenszel_of_items
from avgust.domain.assessment.dif.strata import Strata, strata_of
from avgust.domain.assessment.mml.quadrature import Nodes
from avgust.domain.assessment.person_fit.nonparametric import order_fit
from avgust.domain.assessment.person_fit.parametric import standardised_likelihoods
from avgust.domain.assessment.raters.agreement import Weighting, agreement
from avgust.domain.assessment.responses import MISSING, Responses
from avgust.domain.assessment.similarity.pairs import binomial_tail, double_tail, holm, similar_pairs
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.steps import ItemParameters, Steps


@pytest.fixture
def thirty_items() -> ItemParameters:
    generator = np.random.default_rng(17)
    slopes = np.exp(generator.normal(0, 0.2, 30))
    return ItemParameters(Steps(np.ones(30, dtype=np.intp)), slopes, -slopes * generator.normal(0, 1, 30))


def test_dif_of_nothing_has_uniform_p_values(thirty_items, simulate):
    p_mh, p_logistic = [], []
    for seed in range(6):
        answers = simulate(thirty_items, np.random.default_rng(seed).normal(size=1200), seed=100 + seed)
        focal = np.arange(1200) % 2 == 0
        p_mh += [test.p for test in mantel_haenszel_of_items(answers, focal, purify=False).tests]
        p_logistic += [logistic_dif(strata_of(answers, focal, j, range(30))).both.p for j in range(30)]
    assert kstest(p_mh, "uniform").pvalue > 0.001
    assert kstest(p_logistic, "uniform").pvalue > 0.001


def test_lz_star_is_standard_normal_and_lz_is_too_narrow(thirty_items, simulate):
    answers = simulate(thirty_items, np.random.default_rng(2).normal(0, 0.8, 3000), seed=3)
    theta = abilities(answers, thirty_items, Method.WLE).theta
    fit = standardised_likelihoods(answers, thirty_items, theta, Method.WLE)
    inner = np.abs(theta) < 1.5
    assert abs(fit.lz_star[inner].mean()) < 0.1
    assert 0.93 < fit.lz_star[inner].std() < 1.07
    assert fit.lz[inner].std() < 0.97


def test_answers_turned_round_do_not_fit(thirty_items, simulate):
    answers = simulate(thirty_items, np.random.default_rng(4).normal(size=400), seed=5)
    scores = answers.scores.copy()
    hardest = np.argsort(thirty_items.thresholds())
    scores[0, hardest[:15]], scores[0, hardest[15:]] = 0, 1
    turned = Responses(scores, answers.items)
    order = order_fit(turned)
    theta = abilities(turned, thirty_items, Method.ML).theta
    fit = standardised_likelihoods(turned, thirty_items, theta)
    assert order.u3[0] > np.nanquantile(order.u3, 0.99)
    assert order.guttman[0] > 0.9 * 15 * 15
    assert order.ht[0] < 0
    assert fit.lz_star[0] < -5


def test_polytomous_persons_have_guttman_errors_only(mixed_test, simulate):
    answers = simulate(mixed_test, np.random.default_rng(1).normal(size=50), seed=1)
    order = order_fit(answers)
    assert np.isfinite(order.guttman).any()
    assert np.isnan(order.u3).all()


def test_pairs_of_strangers_agree_as_the_model_says(thirty_items, simulate):
    answers = simulate(thirty_items, np.random.default_rng(8).normal(size=60), seed=9)
    pairs = similar_pairs(answers, thirty_items, abilities(answers, thirty_items, Method.ML).theta)
    assert min(pair.gbt_holm for pair in pairs) > 0.01
    assert 0.02 < np.mean([pair.p_gbt < 0.05 for pair in pairs]) < 0.09


def test_a_copied_paper_is_seen(mixed_test, simulate):
    parts = [
        simulate(mixed_test, np.random.default_rng(s).normal(0, 0.3, 25), seed=s).scores for s in range(3)
    ]
    many = ItemParameters(
        Steps(np.tile(mixed_test.steps.per_item, 3)),
        np.tile(mixed_test.slopes, 3),
        np.tile(mixed_test.intercepts, 3),
    )
    scores = np.hstack(parts)
    scores[3] = scores[7]
    answers = Responses(scores, tuple(map(str, range(36))))
    pairs = similar_pairs(answers, many, abilities(answers, many, Method.ML).theta)
    suspicious = min(pairs, key=lambda pair: pair.gbt_holm)
    assert (suspicious.first, suspicious.second, suspicious.matches) == (3, 7, 36)
    assert suspicious.gbt_holm < 1e-4


@pytest.mark.parametrize(
    ("p", "adjusted"), [([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]), ([0.5, 0.9], [1.0, 1.0]), ([0.2], [0.2])]
)
def test_holm_steps_down(p, adjusted):
    np.testing.assert_allclose(holm(np.array(p)), adjusted)


def test_exact_tails_of_two_items():
    assert binomial_tail(np.array([2]), np.array([[0.5, 0.5]]))[0] == pytest.approx(0.25)
    assert binomial_tail(np.array([0]), np.array([[0.3]]))[0] == pytest.approx(1)
    one = (np.array([1]), np.array([0]), np.array([[0.2]]), np.array([[0.3]]))
    assert double_tail(*one)[0] == pytest.approx(0.2)


def test_breslow_day_sees_an_odds_ratio_that_turns():
    even = Strata(np.array([[20.0, 10], [10, 20]]), np.array([[20.0, 10], [10, 20]]))
    turning = Strata(np.array([[20.0, 10], [10, 20]]), np.array([[10.0, 20], [20, 10]]))
    assert breslow_day(even).p == pytest.approx(1)
    assert breslow_day(turning).p < 0.001
    one_group = Strata(np.array([[1.0, 2]]), np.zeros((1, 2)))
    assert breslow_day(one_group).status is Status.TOO_FEW


def test_an_item_that_separates_groups_is_on_the_boundary():
    scores = np.array([[1, 1, 0], [0, 1, 0], [1, 0, 1], [0, 0, 1]] * 10, dtype=np.int8)
    focal = scores[:, 2] == 0  # the last item is the group itself
    test = mantel_haenszel_of_items(Responses(scores, tuple("abc")), focal, purify=False).tests[2]
    assert test.status in (Status.BOUNDARY, Status.UNIDENTIFIED, Status.TOO_FEW)
    assert np.isnan(test.delta)


def test_plausible_values_have_the_moments_of_the_posterior(mixed_test, simulate):
    answers = simulate(mixed_test, np.random.default_rng(3).normal(size=20), seed=4)
    nodes = Nodes.spaced()
    posterior = posterior_means(answers, mixed_test, nodes, Population())
    drawn = plausible_values(
        answers, mixed_test, nodes, Population(), draws=3000, generator=np.random.default_rng(5)
    )
    np.testing.assert_allclose(drawn.mean(axis=1), posterior.mean, atol=0.06)
    np.testing.assert_allclose(drawn.std(axis=1), posterior.deviation, rtol=0.08)


@pytest.mark.parametrize("method", list(Method))
def test_abilities_do_not_depend_on_gaps_of_others(mixed_test, simulate, method):
    answers = simulate(mixed_test, np.random.default_rng(6).normal(size=90), seed=7)
    scores = answers.scores.copy()
    scores[np.random.default_rng(8).random(scores.shape) < 0.3] = MISSING
    gaps = Responses(scores, answers.items)
    together = abilities(gaps, mixed_test, method)
    for person in (0, 17, 88):
        alone = abilities(gaps.only_persons(np.array([person])), mixed_test, method)
        np.testing.assert_allclose(together.theta[person], alone.theta[0], atol=1e-7)
    nobody = Responses(np.full((1, 12), MISSING, dtype=np.int8), answers.items)
    assert np.isnan(abilities(nobody, mixed_test, method).theta[0])


def test_quadratic_kappa_is_a_correlation_of_agreement():
    """With quadratic weights kappa is Lin's concordance of the two raters (Fleiss & Cohen 1973)."""
    first = np.repeat([0, 0, 1, 1, 2, 2], [10, 2, 12, 2, 9, 1])
    second = np.repeat([0, 1, 1, 2, 2, 1], [10, 2, 12, 2, 9, 1])
    found = agreement(first, second, Weighting.QUADRATIC)
    n = len(first)
    expected = 2 * np.mean((first - first.mean()) * (second - second.mean()))
    expected /= first.var() + second.var() + (first.mean() - second.mean()) ** 2
    assert found.kappa == pytest.approx(expected)
    assert found.exact == pytest.approx(31 / 36)
    assert found.shift == pytest.approx((2 + 2 - 1) / n)
    assert agreement(first, first).kappa == pytest.approx(1)
    assert agreement(np.zeros(5, dtype=int), np.zeros(5, dtype=int)).status is Status.UNIDENTIFIED
