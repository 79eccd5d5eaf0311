"""Linking, equating, complex samples and value added: identities, limits and known truth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.assessment.equating.anchor import AnchorMethod, Design, Joint, anchor_equated
from avgust.domain.assessment.equating.bootstrap import bootstrap_errors
from avgust.domain.assessment.equating.random_groups import equipercentile_equated, linear_equated
from avgust.domain.assessment.equating.scores import Scores, percentile_ranks, scores_at_ranks
from avgust.domain.assessment.equating.smoothing import postsmoothed, presmoothed
from avgust.domain.assessment.linking.scales import CommonItems, LinkingMethod, link, transformed
from avgust.domain.assessment.replication.errors import (
    Replication,
    estimate,
    weighted_mean,
    weighted_quantile,
)
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.steps import ItemParameters, Steps
from avgust.domain.assessment.value_added.group_sums import sum_by_group
from avgust.domain.assessment.value_added.random_intercept import Likelihood, fit_random_intercept


@settings(max_examples=30, deadline=None)
@given(slope=st.floats(0.5, 2), intercept=st.floats(-2, 2), method=st.sampled_from(list(LinkingMethod)))
def test_a_moved_scale_is_found_again(slope, intercept, method):
    generator = np.random.default_rng(1)
    steps = Steps(np.array([1, 2, 3, 1, 2, 1]))
    start = ItemParameters(steps, np.exp(generator.normal(0, 0.2, 6)), generator.normal(size=10))
    found = link(CommonItems(start, transformed(start, slope, intercept)), method)
    assert (found.slope, found.intercept) == pytest.approx((slope, intercept), abs=1e-5)
    assert found.status is Status.CONVERGED


def test_links_need_two_items_that_discriminate_upwards():
    one = ItemParameters(Steps(np.array([1])), np.ones(1), np.zeros(1))
    assert link(CommonItems(one, one), LinkingMethod.HAEBARA).status is Status.TOO_FEW
    down = ItemParameters(Steps(np.array([1, 1])), np.array([1.0, -1]), np.array([0.0, 1]))
    assert link(CommonItems(down, down), LinkingMethod.MEAN_SIGMA).status is Status.UNIDENTIFIED


counts = st.lists(st.integers(0, 50), min_size=4, max_size=25).filter(
    lambda values: sum(v > 0 for v in values) >= 2
)


@settings(max_examples=60, deadline=None)
@given(counts=counts)
def test_a_form_equated_to_itself_is_itself(counts):
    scores = Scores(np.array(counts, dtype=float))
    seen = scores.counts > 0
    np.testing.assert_allclose(equipercentile_equated(scores, scores)[seen], scores.values[seen], atol=1e-9)
    np.testing.assert_allclose(linear_equated(scores, scores), scores.values, atol=1e-9)
    ranks = percentile_ranks(scores, scores.values)
    np.testing.assert_allclose(percentile_ranks(scores, scores_at_ranks(scores, ranks)), ranks, atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(counts=counts)
def test_equating_keeps_the_order_of_scores(counts):
    x = Scores(np.array(counts, dtype=float))
    y = Scores(np.array(counts[::-1], dtype=float) + 1)
    assert (np.diff(equipercentile_equated(x, y)) >= -1e-9).all()


def test_presmoothing_keeps_the_moments():
    generator = np.random.default_rng(2)
    raw = Scores(np.bincount(generator.binomial(30, 0.6, 800), minlength=31).astype(float))
    smooth = presmoothed(raw, 4)
    for power in range(5):
        expected = raw.counts @ raw.values**power
        assert smooth.counts @ raw.values**power == pytest.approx(expected, rel=1e-8)


def test_postsmoothing_of_a_line_is_the_line():
    values = np.arange(20.0)
    errors = np.full(20, 0.3)
    np.testing.assert_allclose(postsmoothed(values, 2 * values + 1, errors, 5.0), 2 * values + 1, atol=1e-6)


@pytest.mark.parametrize("method", list(AnchorMethod))
def test_two_equal_groups_need_no_anchor(method):
    generator = np.random.default_rng(4)
    total = generator.binomial(20, 0.5, 3000)
    joint = np.zeros((21, 7))
    np.add.at(joint, (total, np.clip((total + generator.integers(-2, 3, 3000)) // 3, 0, 6)), 1)
    group = Joint(joint)
    seen = joint.sum(axis=1) > 0
    equated = anchor_equated(group, group, method, Design(0.5))
    tolerance = 0.5 if method is AnchorMethod.CHAINED_EQUIPERCENTILE else 1e-6
    np.testing.assert_allclose(equated[seen], np.arange(21.0)[seen], atol=tolerance)


def test_bootstrap_error_of_the_mean_is_the_textbook_one():
    counts = np.bincount(np.random.default_rng(3).binomial(10, 0.5, 500), minlength=11).astype(float)

    def shift(x, y):
        return np.array([Scores(y).mean - Scores(x).mean])

    errors, used = bootstrap_errors((counts, counts), shift, replications=600, seed=1)
    assert used == 600
    assert errors[0] == pytest.approx(Scores(counts).deviation * np.sqrt(2 / 500), rel=0.1)


def test_the_paired_jackknife_of_a_mean_is_that_of_a_stratified_sample():
    generator = np.random.default_rng(5)
    zone, half = np.repeat(np.arange(60), 2), np.tile([0, 1], 60)
    values, weights = generator.normal(size=120), np.ones(120)
    found = estimate(values, weights, Replication.jk2_of(weights, zone, half), weighted_mean)
    pairs = values.reshape(60, 2)
    expected = np.sqrt(((pairs[:, 1] - pairs[:, 0]) ** 2).sum()) / 120
    assert found.se == pytest.approx(expected)
    both = estimate(values, weights, Replication.jk2_of(weights, zone, half, both_halves=True), weighted_mean)
    assert both.se == pytest.approx(found.se)


def test_plausible_values_add_their_own_variance():
    weights = np.ones(50)
    replication = Replication.fay(np.ones((50, 4)))
    values = np.column_stack([np.full(50, 1.0), np.full(50, 3.0)])
    found = estimate(values, weights, replication, weighted_mean)
    assert (found.value, found.sampling, found.imputation) == (2, 0, 2)
    assert found.se == pytest.approx(np.sqrt(1.5 * 2))


def test_a_quantile_is_a_value_of_the_sample():
    values = np.array([5.0, 1.0, 3.0])
    assert weighted_quantile(0.5)(values, np.array([1.0, 1.0, 1.0])) == 3
    assert weighted_quantile(0.5)(values, np.array([5.0, 1.0, 1.0])) == 5


def schools(seed: int, between: float):
    generator = np.random.default_rng(seed)
    group = generator.integers(0, 60, 3000)
    design = np.column_stack([np.ones(3000), generator.normal(1000, 5, 3000)])
    outcome = (
        design @ [10, 0.3] + generator.normal(0, np.sqrt(between), 60)[group] + generator.normal(size=3000)
    )
    return design, outcome, group


def test_large_means_cost_no_digits():
    design, outcome, group = schools(1, 0.2)
    plain = fit_random_intercept(sum_by_group(design, outcome, group, 60), Likelihood.REML)
    moved = design - [0, 1000]
    near = fit_random_intercept(sum_by_group(moved, outcome, group, 60), Likelihood.REML)
    np.testing.assert_allclose(plain.effects, near.effects, atol=1e-8)
    assert plain.fixed[1] == pytest.approx(near.fixed[1], rel=1e-8)
    assert plain.fixed[0] == pytest.approx(near.fixed[0] - 1000 * near.fixed[1], rel=1e-8)
    assert plain.fixed_errors[0] == pytest.approx(np.sqrt(1000**2) * plain.fixed_errors[1], rel=0.02)


def test_random_intercepts_are_those_of_dense_matrices():
    """The same likelihood, written out with the covariance matrix of all pupils."""
    generator = np.random.default_rng(6)
    group = generator.integers(0, 8, 60)
    design = np.column_stack([np.ones(60), generator.normal(size=60)])
    outcome = design @ [1, 2] + generator.normal(0, 0.7, 8)[group] + generator.normal(size=60)
    found = fit_random_intercept(sum_by_group(design, outcome, group, 8), Likelihood.REML)
    same = (group[:, None] == group[None, :]).astype(float)
    covariance = found.within * np.eye(60) + found.between * same
    inverse = np.linalg.inv(covariance)
    precision = design.T @ inverse @ design
    fixed = np.linalg.solve(precision, design.T @ inverse @ outcome)
    residual = outcome - design @ fixed
    loglik = -0.5 * (
        58 * np.log(2 * np.pi)
        + np.linalg.slogdet(covariance)[1]
        + np.linalg.slogdet(precision)[1]
        + residual @ inverse @ residual
    )
    np.testing.assert_allclose(found.fixed, fixed, rtol=1e-9)
    assert found.loglik == pytest.approx(loglik, rel=1e-10)
    members = (group[:, None] == np.arange(8)).astype(float)
    np.testing.assert_allclose(found.effects, found.between * members.T @ inverse @ residual, rtol=1e-8)


@pytest.mark.parametrize("likelihood", list(Likelihood))
def test_errors_of_variances_are_right_on_average(likelihood):
    fits = [fit_random_intercept(sum_by_group(*schools(seed, 0.3), 60), likelihood) for seed in range(40)]
    spread = np.std([fit.between for fit in fits])
    assert np.mean([fit.between_error for fit in fits]) == pytest.approx(spread, rel=0.35)
    assert np.mean([fit.between for fit in fits]) == pytest.approx(0.3, abs=0.04)


def test_no_difference_between_schools_is_said_and_one_school_is_too_few():
    design, outcome, group = schools(2, 0.0)
    design = design[:, :1]
    balanced = outcome - (np.bincount(group, outcome) / np.bincount(group))[group]
    found = fit_random_intercept(sum_by_group(design, balanced, group, 60), Likelihood.ML)
    assert found.status is Status.BOUNDARY
    assert found.between == 0
    assert (found.effects == 0).all()
    few = fit_random_intercept(sum_by_group(design, outcome, group * 0, 1), Likelihood.ML)
    assert few.status is Status.TOO_FEW


@pytest.mark.parametrize("likelihood", Likelihood)
def test_two_schools_are_estimated(likelihood):
    outcome, group = np.array([0.0, 1, 2, 5, 6, 7]), np.repeat([0, 1], 3)
    found = fit_random_intercept(sum_by_group(np.ones((6, 1)), outcome, group, 2), likelihood)
    assert found.status is Status.CONVERGED
    # Balanced: sigma² is the mean square within, tau² + sigma² / 3 the variance of the means.
    means = 12.5 if likelihood is Likelihood.REML else 6.25
    assert found.within == pytest.approx(1)
    assert found.between == pytest.approx(means - 1 / 3)


def test_of_two_tops_of_the_likelihood_the_higher_is_found():
    generator = np.random.default_rng(4)
    sizes = [40, 1, 1, 1, 2, 1, 1]
    group = np.repeat(np.arange(7), sizes)
    outcome = generator.normal(size=len(group)) + np.array([0, 9, -9, 9, -9, 9, -9.0])[group]
    sums = sum_by_group(np.ones((len(group), 1)), outcome, group, 7)
    found = fit_random_intercept(sums, Likelihood.ML)

    def loglik(ratio: float) -> float:
        value = 0.0
        weights = np.array(sizes) / (1 + ratio * np.array(sizes))
        means = np.bincount(group, outcome) / sizes
        mean = weights @ means / weights.sum()
        within = ((outcome - means[group]) ** 2).sum() + weights @ (means - mean) ** 2
        n = len(group)
        value = n * np.log(2 * np.pi * within / n) + n + np.log1p(ratio * np.array(sizes)).sum()
        return -0.5 * float(value)

    assert found.status is Status.CONVERGED
    assert found.loglik == pytest.approx(max(map(loglik, np.logspace(-3, 4, 2000))), abs=1e-4)
    assert found.loglik > loglik(0.0) + 1


def test_predictors_that_tell_all_schools_apart_leave_nothing_to_estimate():
    group = np.repeat([0, 1, 2], 5)
    design = np.column_stack([np.ones(15), group == 1, group == 2]).astype(float)
    outcome = np.random.default_rng(1).normal(size=15)
    sums = sum_by_group(design, outcome, group, 3)
    assert fit_random_intercept(sums, Likelihood.REML).status is Status.UNIDENTIFIED
    assert fit_random_intercept(sums, Likelihood.ML).status is Status.BOUNDARY
