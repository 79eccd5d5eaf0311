"""Calibration: a table that everybody has, known truth, and what must change nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.assessment.calibration import CalibrationError, Estimator, Model, calibrate
from avgust.domain.assessment.mml.calibrate import fit_free_slopes
from avgust.domain.assessment.responses import MISSING, Responses, blocks_of
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.steps import ItemParameters, Steps

WAYS = [("rasch", "cml"), ("rasch", "mml"), ("2pl", "mml")]
POLYTOMOUS = [("pcm", "cml"), ("pcm", "mml"), ("gpcm", "mml")]


def numbers(found):
    return np.array(
        [
            (item.slope, item.intercepts[0], item.intercept_errors[0], item.infit, item.outfit)
            for item in found.items
        ]
    )


def test_lsat7_has_the_published_estimates(lsat7):
    found = calibrate(lsat7, Model.TWO_PL, Estimator.MML)
    slopes = [item.slope for item in found.items]
    intercepts = [item.intercepts[0] for item in found.items]
    np.testing.assert_allclose(slopes, [0.98755, 1.08084, 1.70748, 0.76499, 0.73567], atol=1e-4)
    np.testing.assert_allclose(intercepts, [1.85586, 0.80797, 1.80521, 0.48600, 1.85446], atol=1e-4)
    assert found.loglik == pytest.approx(-2658.80511, abs=1e-4)
    assert found.n == 1000


@pytest.mark.parametrize(("model", "estimator"), WAYS)
def test_weights_are_repetition(lsat7, model, estimator):
    one_by_one = Responses(np.repeat(lsat7.scores, lsat7.weights.astype(int), axis=0), lsat7.items)
    weighted = calibrate(lsat7, Model(model), Estimator(estimator))
    repeated = calibrate(one_by_one, Model(model), Estimator(estimator))
    np.testing.assert_allclose(numbers(weighted), numbers(repeated), rtol=1e-6)
    assert weighted.loglik == pytest.approx(repeated.loglik, rel=1e-12)


@pytest.mark.parametrize(("model", "estimator"), POLYTOMOUS)
def test_truth_is_recovered_within_its_errors(mixed_test, simulate, model, estimator):
    slopes = mixed_test.slopes if model == "gpcm" else np.ones(12)
    truth = ItemParameters(mixed_test.steps, slopes, mixed_test.intercepts)
    answers = simulate(truth, np.random.default_rng(5).normal(0, 1, 4000), seed=6)
    found = calibrate(answers, Model(model), Estimator(estimator))
    assert found.status is Status.CONVERGED
    expected = truth.intercepts
    if estimator == "cml":  # the zero of the scale is free: move the truth to the sum of 0
        category = truth.steps.category_of
        expected = expected - category * expected.sum() / category.sum()
    estimated = np.concatenate([item.intercepts for item in found.items])
    errors = np.concatenate([item.intercept_errors for item in found.items])
    z = (estimated - expected) / errors
    assert np.abs(z).max() < 4
    assert 0.5 < np.sqrt(np.mean(z**2)) < 1.5
    if model == "gpcm":
        slope_z = (np.array([item.slope for item in found.items]) - slopes) / [
            i.slope_error for i in found.items
        ]
        assert np.abs(slope_z).max() < 3.5


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), way=st.sampled_from(POLYTOMOUS))
def test_order_of_persons_and_items_changes_nothing(seed, way):
    generator = np.random.default_rng(seed)
    ability = generator.normal(size=(120, 1))
    scores = np.clip(np.rint(ability + generator.normal(size=(120, 5)) + 1), 0, 2).astype(np.int8)
    scores[generator.random(scores.shape) < 0.05] = MISSING
    answers = Responses(scores, tuple("abcde"))
    persons, items = generator.permutation(120), generator.permutation(5)
    turned = answers.only_persons(persons).only_items(list(items))
    first = calibrate(answers, Model(way[0]), Estimator(way[1]))
    second = calibrate(turned, Model(way[0]), Estimator(way[1]))
    assert first.status is second.status
    if first.status is Status.CONVERGED:
        np.testing.assert_allclose(numbers(first)[items], numbers(second), atol=1e-5)
        assert first.loglik == pytest.approx(second.loglik, rel=1e-9)


@pytest.mark.parametrize(("model", "estimator"), [*WAYS, ("pcm", "cml"), ("gpcm", "mml")])
def test_a_booklet_without_new_information_keeps_the_others(lsat7, model, estimator):
    """Persons who were given one item only say nothing about it to CML, and leave all slopes where they were."""
    one = np.full((40, 5), MISSING, dtype=np.int8)
    one[:, 2] = np.arange(40) % 2
    both = Responses(np.vstack([lsat7.scores, one]), lsat7.items, np.append(lsat7.weights, np.full(40, 1e-9)))
    before = calibrate(lsat7, Model(model), Estimator(estimator))
    after = calibrate(both, Model(model), Estimator(estimator))
    np.testing.assert_allclose(numbers(before)[:, :3], numbers(after)[:, :3], atol=1e-6)


def test_a_separate_booklet_keeps_conditional_differences(mixed_test, simulate):
    """A booklet of new items, linked through one item of two scores, says nothing about the others."""
    truth = ItemParameters(mixed_test.steps, np.ones(12), mixed_test.intercepts)
    answers = simulate(truth, np.random.default_rng(1).normal(0, 1, 1500), seed=2)
    old = answers.only_items(range(8))
    scores = answers.scores.copy()
    scores[:1000, 8:] = MISSING
    scores[1000:, [0, 1, 2, 3, 4, 5, 7]] = MISSING  # the second booklet shares item 7 with the first
    first = calibrate(old.only_persons(np.arange(1000)), Model.PCM, Estimator.CML)
    both = calibrate(Responses(scores, answers.items), Model.PCM, Estimator.CML)
    assert both.status is Status.CONVERGED
    before = np.concatenate([item.thresholds for item in first.items])
    after = np.concatenate([item.thresholds for item in both.items[:8]])
    np.testing.assert_allclose(before - before.mean(), after - after.mean(), atol=1e-6)


def test_single_precision_is_enough_for_large_tables(monkeypatch, mixed_test, simulate):
    answers = simulate(mixed_test, np.random.default_rng(8).normal(size=3000), seed=9)
    exact = calibrate(answers, Model.GPCM, Estimator.MML)
    monkeypatch.setattr("avgust.domain.assessment.mml.passes.SINGLE_FROM", 1)
    monkeypatch.setattr("avgust.domain.assessment.mml.calibrate.LARGE", 2000)
    monkeypatch.setattr("avgust.domain.assessment.mml.calibrate.SAMPLE", 1000)
    quick = calibrate(answers, Model.GPCM, Estimator.MML, workers=2)
    np.testing.assert_allclose(numbers(exact)[:, :3], numbers(quick)[:, :3], atol=1e-4)


def test_gaps_by_accident_are_read_like_gaps_by_design(monkeypatch, mixed_test, simulate):
    generator = np.random.default_rng(4)
    complete = simulate(mixed_test, generator.normal(size=600), seed=5).only_items(range(5))
    scores = complete.scores.copy()
    scores[generator.random(scores.shape) < 0.2] = MISSING
    answers = Responses(scores, complete.items)
    by_design = calibrate(answers, Model.GPCM, Estimator.MML)
    monkeypatch.setattr(blocks_of, "__defaults__", (1,))
    by_accident = calibrate(answers, Model.GPCM, Estimator.MML)
    np.testing.assert_allclose(numbers(by_design)[:, :3], numbers(by_accident)[:, :3], rtol=1e-6)


@pytest.mark.parametrize("model", ["rasch", "pcm"])
def test_many_patterns_of_gaps_are_computed_side_by_side(monkeypatch, mixed_test, simulate, model):
    truth = ItemParameters(mixed_test.steps, np.ones(12), mixed_test.intercepts)
    complete = simulate(truth, np.random.default_rng(1).normal(size=400), seed=2)
    scores = complete.scores.copy()
    scores[np.random.default_rng(3).random(scores.shape) < 0.1] = MISSING
    if model == "rasch":
        scores = np.minimum(scores, 1)
    answers = Responses(scores, complete.items)
    together = calibrate(answers, Model(model), Estimator.CML)
    monkeypatch.setattr("avgust.domain.assessment.rasch.conditional.TOGETHER", 7)
    apart = calibrate(answers, Model(model), Estimator.CML)
    assert together.status is Status.CONVERGED
    np.testing.assert_allclose(numbers(together), numbers(apart), rtol=1e-7)
    assert together.loglik == pytest.approx(apart.loglik, rel=1e-12)


class TestWhatDoesNotExist:
    def test_items_that_all_answered_alike_are_set_aside(self, lsat7):
        scores = np.column_stack([lsat7.scores, np.ones(32), np.full(32, MISSING)]).astype(np.int8)
        answers = Responses(scores, (*lsat7.items, "easy", "nobody"), lsat7.weights)
        found = calibrate(answers, Model.RASCH, Estimator.CML)
        assert found.status is Status.CONVERGED
        assert [item.status for item in found.items[5:]] == [Status.BOUNDARY, Status.TOO_FEW]
        assert np.isnan(found.items[5].slope)
        alone = calibrate(lsat7, Model.RASCH, Estimator.CML)
        for with_easy, without in zip(found.items, alone.items, strict=False):
            assert with_easy.intercepts == pytest.approx(without.intercepts, rel=1e-9)

    def test_disconnected_booklets_are_unidentified(self):
        generator = np.random.default_rng(0)
        scores = np.full((200, 6), MISSING, dtype=np.int8)
        scores[:100, :3] = generator.integers(0, 2, (100, 3))
        scores[100:, 3:] = generator.integers(0, 2, (100, 3))
        found = calibrate(Responses(scores, tuple("abcdef")), Model.RASCH, Estimator.CML)
        assert found.status is Status.UNIDENTIFIED
        assert "a, b, c | d, e, f" in found.notes[0].render("en")
        assert all(item.intercepts == () for item in found.items)

    def test_a_guttman_scale_has_no_finite_estimates(self):
        """Whoever answers a harder item answers all easier ones: difficulties run to infinity (Fischer 1981)."""
        scores = np.tril(np.ones((5, 4)), -1).astype(np.int8)
        found = calibrate(Responses(np.repeat(scores, 10, axis=0), tuple("abcd")), Model.RASCH, Estimator.CML)
        assert found.status is Status.UNIDENTIFIED

    def test_two_items_cannot_have_two_slopes(self, lsat7):
        found = calibrate(lsat7.only_items([0, 1]), Model.TWO_PL, Estimator.MML)
        assert found.status is Status.UNIDENTIFIED
        assert np.isnan(found.items[0].slope)

    def test_one_item_is_too_few(self, lsat7):
        found = calibrate(lsat7.only_items([0]), Model.RASCH, Estimator.CML)
        assert found.status is Status.TOO_FEW

    def test_items_without_anything_in_common_have_variance_on_the_boundary(self):
        scores = np.array([[a, b] for a in (0, 1) for b in (0, 1)] * 50, dtype=np.int8)
        scores[:60] = [[0, 1], [1, 0]] * 30  # negatively related
        found = calibrate(Responses(scores, ("a", "b")), Model.RASCH, Estimator.MML)
        assert found.status is Status.BOUNDARY

    def test_a_dichotomous_model_refuses_three_scores(self):
        answers = Responses(np.array([[0, 1], [1, 2], [2, 0]], dtype=np.int8), ("a", "b"))
        with pytest.raises(CalibrationError, match="choose pcm"):
            calibrate(answers, Model.RASCH, Estimator.CML)

    def test_free_slopes_have_no_conditional_estimate(self, lsat7):
        with pytest.raises(CalibrationError, match="mml"):
            calibrate(lsat7, Model.TWO_PL, Estimator.CML)


def test_scores_with_gaps_are_numbered_and_said():
    generator = np.random.default_rng(2)
    raw = generator.integers(0, 3, (300, 4))
    answers = Responses((raw * 2 + 1).astype(np.int8), tuple("abcd"))
    found = calibrate(answers, Model.PCM, Estimator.MML)
    assert found.items[0].categories == (1, 3, 5)
    assert len(found.items[0].thresholds) == 2
    assert len(found.notes) == 4


def test_long_tests_neither_overflow_nor_lose_digits():
    generator = np.random.default_rng(7)
    difficulty = np.linspace(-3, 3, 80)
    chance = 1 / (1 + np.exp(difficulty - generator.normal(0, 1.2, (800, 1))))
    answers = Responses((generator.random((800, 80)) < chance).astype(np.int8), tuple(map(str, range(80))))
    found = calibrate(answers, Model.RASCH, Estimator.CML)
    assert found.status is Status.CONVERGED
    z = [
        (item.thresholds[0] - b) / item.threshold_errors[0]
        for item, b in zip(found.items, difficulty, strict=True)
    ]
    assert 0.8 < np.std(z) < 1.2


def test_steps_of_items_stand_in_one_row():
    steps = Steps(np.array([1, 3, 2]))
    assert list(steps.item_of) == [0, 1, 1, 1, 2, 2]
    assert list(steps.category_of) == [1, 1, 2, 3, 1, 2]
    assert list(steps.of_items(np.array([2, 0]))) == [4, 5, 0]


@pytest.mark.parametrize(("seed", "status"), [(8, Status.CONVERGED), (0, Status.BOUNDARY)])
def test_weak_items_come_to_their_maximum_in_few_passes_and_a_runaway_slope_is_said(seed, status):
    chance = np.random.default_rng(seed)
    persons, items = (600, 8) if seed else (150, 8)
    slopes = np.abs(chance.normal(0, 0.0, items))
    logits = chance.normal(size=items) + chance.normal(size=(persons, 1)) * slopes
    scores = (chance.random((persons, items)) < 1 / (1 + np.exp(-logits))).astype(np.int8)
    found = calibrate(Responses(scores, tuple("abcdefgh")), Model.TWO_PL, Estimator.MML)
    assert found.status is status
    assert found.iterations < 100  # EM alone took 1,977
    assert (found.items[0].slope_error == found.items[0].slope_error) == (status is Status.CONVERGED)


@pytest.mark.parametrize("seed", [1000, 1001, 1011])
def test_answers_that_measure_nothing_end_somewhere(seed):
    scores = np.random.default_rng(seed).integers(0, 2, (1000, 30)).astype(np.int8)
    answers = Responses(scores, tuple(f"q{number}" for number in range(30)))
    fit = fit_free_slopes(answers, Steps(np.ones(30, dtype=int)))
    assert fit.status in (Status.CONVERGED, Status.BOUNDARY)  # the last two had neither after 2,000 passes
    assert fit.passes < 200


def test_an_estimate_that_runs_away_is_called_a_boundary():
    # Whoever has more points has all those that others have: no item is ever the harder one by chance.
    scores = np.array([[2] * n + [0] * (4 - n) for n in range(5)] * 6, dtype=np.int8)
    scores[:, 0] = np.minimum(scores[:, 0], 1)
    found = calibrate(Responses(scores, ("a", "b", "c", "d")), Model.PCM, Estimator.CML)
    assert found.status in (Status.BOUNDARY, Status.UNIDENTIFIED)
