"""What holds for every estimator that counts persons: weights are repetition, order changes nothing.

Calibrations have the same in `test_calibration.py`; here is all that describes items and persons beside them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple

import numpy as np
import pytest

from avgust.domain.assessment.abilities.likelihood import Method, abilities, part_of
from avgust.domain.assessment.abilities.posterior import Population, posterior_means
from avgust.domain.assessment.classical.item_analysis import analyse_items
from avgust.domain.assessment.classical.reliability import reliability
from avgust.domain.assessment.dif.breslow_day import breslow_day
from avgust.domain.assessment.dif.logistic import logistic_dif
from avgust.domain.assessment.dif.mantel_haenszel import mantel_haenszel_of_items
from avgust.domain.assessment.dif.strata import strata_of
from avgust.domain.assessment.fit.local_dependence import residual_correlations
from avgust.domain.assessment.fit.residuals import item_mean_squares
from avgust.domain.assessment.fit.score_tables import score_fit
from avgust.domain.assessment.mml.quadrature import Nodes
from avgust.domain.assessment.person_fit.nonparametric import order_fit
from avgust.domain.assessment.raters.agreement import agreement
from avgust.domain.assessment.raters.severity import rater_severity
from avgust.domain.assessment.responses import Responses
from avgust.domain.assessment.similarity.pairs import similar_pairs
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.steps import ItemParameters, Steps
from avgust.domain.assessment.value_added.group_sums import sum_by_group
from avgust.domain.assessment.value_added.random_intercept import Likelihood, fit_random_intercept

ITEMS, PERSONS = 6, 90
Asked = Callable[[Responses, ItemParameters, np.ndarray], np.ndarray]


def numbers(rows: object) -> np.ndarray:
    """The numbers of dataclasses, one row for each; what is no number is left out."""
    return np.array(
        [
            [float(value) for value in astuple(row) if isinstance(value, int | float | np.floating)]
            for row in rows  # type: ignore[attr-defined]
        ]
    )


def of_pairs(answers: Responses, parameters: ItemParameters, theta: np.ndarray) -> np.ndarray:
    """Return Q3 of each item with the others, sorted, so that it stands beside the item alone."""
    found = np.asarray(residual_correlations(answers, parameters, theta)[0])
    return np.sort(np.where(np.eye(len(found), dtype=bool), -2.0, found), axis=1)


def mean_squares(answers: Responses, parameters: ItemParameters, theta: np.ndarray) -> np.ndarray:
    return np.column_stack(
        [part for part in astuple(item_mean_squares(answers, parameters, theta)) if part is not None]
    )


def tables(answers: Responses, parameters: ItemParameters, _theta: np.ndarray) -> np.ndarray:
    found = score_fit(answers, parameters, Nodes.spaced(), Population(), free_slopes=True)
    return numbers(found)


def focal(answers: Responses) -> np.ndarray:
    """A group that follows from the answers, so that it stays with persons wherever they stand."""
    return np.asarray((answers.scores.astype(int) ** 2).sum(axis=1) % 3 == 0)


BY_ITEM: list[tuple[str, Asked]] = [
    ("classical", lambda answers, _parameters, _theta: numbers(analyse_items(answers))),
    ("infit and outfit", mean_squares),
    ("S-X²", tables),
    ("Q3", of_pairs),
    (
        "Mantel–Haenszel",
        lambda answers, _parameters, _theta: numbers(
            mantel_haenszel_of_items(answers, focal(answers), purify=False).tests
        ),
    ),
    (
        "logistic DIF",
        lambda answers, _parameters, _theta: np.array(
            [
                [
                    getattr(logistic_dif(strata_of(answers, focal(answers), j, range(ITEMS))), name).ratio
                    for name in ("both", "uniform", "non_uniform")
                ]
                for j in range(ITEMS)
            ]
        ),
    ),
    (
        "Breslow–Day",
        lambda answers, _parameters, _theta: numbers(
            [breslow_day(strata_of(answers, focal(answers), j, range(ITEMS))) for j in range(ITEMS)]
        ),
    ),
]
NAMES = [name for name, _asked in BY_ITEM]


@pytest.fixture
def parameters() -> ItemParameters:
    generator = np.random.default_rng(11)
    slopes = np.exp(generator.normal(0, 0.2, ITEMS))
    return ItemParameters(Steps(np.ones(ITEMS, dtype=np.intp)), slopes, generator.normal(0, 0.8, ITEMS))


@pytest.fixture
def weighted(parameters, simulate) -> Responses:
    generator = np.random.default_rng(12)
    answers = simulate(parameters, generator.normal(size=PERSONS), seed=13)
    return Responses(answers.scores, answers.items, generator.integers(1, 5, PERSONS).astype(float))


def repeated(answers: Responses) -> Responses:
    return Responses(np.repeat(answers.scores, answers.weights.astype(int), axis=0), answers.items)


def asked(ask: Asked, answers: Responses, parameters: ItemParameters) -> np.ndarray:
    theta = abilities(answers, parameters, Method.WLE).theta
    return ask(answers, parameters, theta)


@pytest.mark.parametrize("ask", [ask for _name, ask in BY_ITEM], ids=NAMES)
def test_weights_are_repetition(ask, weighted, parameters):
    one, other = asked(ask, weighted, parameters), asked(ask, repeated(weighted), parameters)
    assert np.isfinite(one).any()
    np.testing.assert_allclose(one, other, rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("ask", [ask for _name, ask in BY_ITEM], ids=NAMES)
def test_order_of_persons_and_items_changes_nothing(ask, weighted, parameters):
    generator = np.random.default_rng(14)
    persons, items = generator.permutation(PERSONS), generator.permutation(ITEMS)
    turned = weighted.only_persons(persons).only_items(list(items))
    one = asked(ask, weighted, parameters)
    other = asked(ask, turned, part_of(parameters, items))
    np.testing.assert_allclose(one[items], other, rtol=1e-7, atol=1e-9)


def test_reliability_and_posteriors_take_weights_as_repetition(weighted, parameters):
    one, other = reliability(weighted), reliability(repeated(weighted))
    np.testing.assert_allclose(numbers([one]), numbers([other]), rtol=1e-10)
    each = posterior_means(weighted, parameters, Nodes.spaced(), Population())
    again = posterior_means(repeated(weighted), parameters, Nodes.spaced(), Population())
    times = weighted.weights.astype(int)
    np.testing.assert_allclose(np.repeat(each.mean, times), again.mean, atol=1e-12)


def test_the_fit_of_a_person_takes_weights_of_others_as_repetition(weighted):
    times = weighted.weights.astype(int)
    one, other = order_fit(weighted), order_fit(repeated(weighted))
    for name in ("guttman", "u3", "zu3", "ht"):
        spread = np.repeat(getattr(one, name), times)
        np.testing.assert_allclose(spread, getattr(other, name), rtol=1e-8, atol=1e-10, err_msg=name)


def test_raters_agree_alike_whatever_the_order_of_works_and_scores_turned_round():
    generator = np.random.default_rng(15)
    first = generator.integers(0, 4, 60)
    second = np.clip(first + generator.integers(-1, 2, 60), 0, 3)
    order = generator.permutation(60)
    one, turned = agreement(first, second), agreement(first[order], second[order])
    assert numbers([one]) == pytest.approx(numbers([turned]))
    swapped = agreement(second, first)
    assert (swapped.kappa, swapped.exact) == pytest.approx((one.kappa, one.exact))
    assert swapped.shift == pytest.approx(-one.shift)
    strict = agreement(3 - first, 3 - second)  # the same distances from the other end
    assert strict.kappa == pytest.approx(one.kappa)


def test_severities_do_not_depend_on_the_order_of_ratings():
    generator = np.random.default_rng(16)
    work, rater = np.repeat(np.arange(40), 3), np.tile(np.arange(3), 40)
    quality = generator.normal(size=40)
    scores = np.clip(np.rint(quality[work] + 1.5 - 0.4 * rater + generator.normal(0, 0.6, 120)), 0, 3)
    scores = scores.astype(np.int8)[:, None]
    one = rater_severity(work, rater, scores, ("а", "б", "в"))
    order = generator.permutation(120)
    other = rater_severity(work[order], rater[order], scores[order], ("а", "б", "в"))
    assert one.status is other.status is Status.CONVERGED
    np.testing.assert_allclose(one.severity, other.severity, atol=1e-6)
    np.testing.assert_allclose(one.errors, other.errors, atol=1e-6)
    assert one.severity[2] > one.severity[0]  # who takes points off is strict


def test_pairs_of_a_class_do_not_depend_on_the_order_of_its_pupils(weighted, parameters):
    one_class = Responses(weighted.scores[:20], weighted.items)
    order = np.random.default_rng(17).permutation(20)

    def found(answers: Responses, names: np.ndarray) -> dict[frozenset[int], tuple[float, float]]:
        theta = abilities(answers, parameters, Method.WLE).theta
        pairs = similar_pairs(answers, parameters, theta)
        return {
            frozenset((int(names[one.first]), int(names[one.second]))): (one.p_gbt, one.gbt_holm)
            for one in pairs
        }

    straight = found(one_class, np.arange(20))
    turned = found(one_class.only_persons(order), order)
    assert straight.keys() == turned.keys()
    for pair, values in straight.items():
        assert turned[pair] == pytest.approx(values, rel=1e-7)


@pytest.mark.parametrize("likelihood", list(Likelihood))
def test_value_added_does_not_depend_on_the_order_of_pupils(likelihood):
    generator = np.random.default_rng(18)
    group = generator.integers(0, 15, 400)
    design = np.column_stack([np.ones(400), generator.normal(size=400)])
    outcome = design @ [1, 0.5] + generator.normal(0, 0.5, 15)[group] + generator.normal(size=400)
    order = generator.permutation(400)
    one = fit_random_intercept(sum_by_group(design, outcome, group, 15), likelihood)
    other = fit_random_intercept(sum_by_group(design[order], outcome[order], group[order], 15), likelihood)
    np.testing.assert_allclose(one.effects, other.effects, atol=1e-9)
    assert one.loglik == pytest.approx(other.loglik, rel=1e-12)
    names = generator.permutation(15)  # schools under other numbers
    named = fit_random_intercept(sum_by_group(design, outcome, names[group], 15), likelihood)
    np.testing.assert_allclose(one.effects, named.effects[names], atol=1e-9)
