"""Each method beside a second way to the same number, on fresh data: dense sums, other optimisers, other programs.

The second way is written from the definition and shares nothing with the kernel: probabilities by loops, all
patterns enumerated, integrals on 2,001 nodes, likelihoods climbed by scipy's BFGS, Hessians by differences.
`AVGUST_DRAWS=20` draws more; `--log-cli-level=INFO` prints the deviation of each. statsmodels is used where the
bench group is installed.
"""

from __future__ import annotations

import itertools
import logging
import os
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import numpy as np
import pytest
from scipy import optimize, stats

from avgust.domain.assessment.abilities.likelihood import Method, abilities
from avgust.domain.assessment.abilities.posterior import Population, posterior_means
from avgust.domain.assessment.calibration import Estimator, Model, calibrate
from avgust.domain.assessment.classical.item_analysis import analyse_items
from avgust.domain.assessment.classical.reliability import reliability
from avgust.domain.assessment.dif.logistic import logistic_dif
from avgust.domain.assessment.dif.mantel_haenszel import mantel_haenszel
from avgust.domain.assessment.dif.strata import strata_of
from avgust.domain.assessment.equating.anchor import AnchorMethod, Design, Joint, anchor_equated
from avgust.domain.assessment.equating.random_groups import equipercentile_equated
from avgust.domain.assessment.equating.scores import Scores
from avgust.domain.assessment.equating.smoothing import presmoothed
from avgust.domain.assessment.fit.local_dependence import residual_correlations
from avgust.domain.assessment.fit.residuals import item_mean_squares
from avgust.domain.assessment.fit.score_tables import expected_shares
from avgust.domain.assessment.linking.scales import CommonItems, LinkingMethod, link
from avgust.domain.assessment.mml.quadrature import Nodes
from avgust.domain.assessment.person_fit.nonparametric import order_fit
from avgust.domain.assessment.person_fit.parametric import standardised_likelihoods
from avgust.domain.assessment.raters.agreement import agreement
from avgust.domain.assessment.raters.severity import rater_severity
from avgust.domain.assessment.replication.errors import Replication, estimate, weighted_mean
from avgust.domain.assessment.responses import MISSING, Responses
from avgust.domain.assessment.similarity.pairs import similar_pairs
from avgust.domain.assessment.steps import ItemParameters, Steps
from avgust.domain.assessment.value_added.group_sums import sum_by_group
from avgust.domain.assessment.value_added.random_intercept import Likelihood, fit_random_intercept

LOG: Final = logging.getLogger(__name__)
DRAWS: Final = int(os.environ.get("AVGUST_DRAWS", "1"))
DENSE: Final = np.linspace(-6, 6, 2001)
Chance = np.random.Generator
Check = Callable[[Chance], float]


def items_of(chance: Chance, most: tuple[int, ...]) -> ItemParameters:
    """Items of these greatest scores, slopes around 1, thresholds in any order."""
    steps = Steps(np.array(most))
    slopes = np.exp(chance.normal(0, 0.25, len(most)))
    thresholds = chance.normal(0, 0.8, len(steps))
    parts = np.split(-slopes[steps.item_of] * thresholds, steps.starts[1:])
    return ItemParameters(steps, slopes, np.concatenate([np.cumsum(part) for part in parts]))


def chances(slope: float, intercepts: Any, theta: float) -> list[float]:
    """P(0..m) of one item at one ability, by the definition."""
    weights = [1.0] + [float(np.exp(c * slope * theta + d)) for c, d in enumerate(intercepts, start=1)]
    return [weight / sum(weights) for weight in weights]


def drawn(chance: Chance, items: ItemParameters, n: int, *, gaps: bool = False, sd: float = 1.0) -> Responses:
    """Answers of n persons; with `gaps` two booklets that share the middle items."""
    scores = np.empty((n, len(items.slopes)), dtype=np.int8)
    for person, theta in enumerate(chance.normal(0, sd, n)):
        for j in range(len(items.slopes)):
            p = chances(items.slopes[j], items.intercepts[items.steps.of_item(j)], theta)
            scores[person, j] = chance.choice(len(p), p=np.array(p) / sum(p))
    if gaps:
        third = len(items.slopes) // 3
        scores[::2, :third] = MISSING
        scores[1::2, -third:] = MISSING
    return Responses(scores, tuple(f"i{j}" for j in range(len(items.slopes))))


def unpacked(items: ItemParameters) -> list[tuple[float, Any]]:
    return [(items.slopes[j], items.intercepts[items.steps.of_item(j)]) for j in range(len(items.slopes))]


def hessian_errors(loss: Callable[[Any], float], at: Any, step: float = 1e-4) -> Any:
    size = len(at)
    matrix = np.empty((size, size))
    for i, k in itertools.combinations_with_replacement(range(size), 2):
        e, f = np.eye(size)[i] * step, np.eye(size)[k] * step
        value = loss(at + e + f) - loss(at + e - f) - loss(at - e + f) + loss(at - e - f)
        matrix[i, k] = matrix[k, i] = value / (4 * step * step)
    return np.sqrt(np.diag(np.linalg.inv(matrix)))


def climbed(loss: Callable[[Any], float], start: Any) -> Any:
    return optimize.minimize(loss, start, method="BFGS", options={"gtol": 1e-7, "maxiter": 2000}).x


def marginal_loss(responses: Responses, most: tuple[int, ...], *, free: bool) -> Callable[[Any], float]:
    """-log L over N(0, 1), or N(0, exp(last)) with slopes of 1; 61 nodes on ±6 as the kernel and mirt have."""
    nodes, count = np.linspace(-6, 6, 61), len(most)
    patterns, repeated = np.unique(responses.scores, axis=0, return_counts=True)

    def loss(x: Any) -> float:
        slopes = x[:count] if free else np.ones(count)
        intercepts = np.split(x[count:] if free else x[:-1], np.cumsum(most)[:-1])
        variance = 1.0 if free else float(np.exp(x[-1]))
        prior = np.exp(-(nodes**2) / 2 / variance)
        prior /= prior.sum()
        tables = []
        for slope, d in zip(slopes, intercepts, strict=True):
            logits = np.vstack([np.zeros(61), *(c * slope * nodes + e for c, e in enumerate(d, start=1))])
            tables.append(logits - np.log(np.exp(logits).sum(axis=0)))
        logs = np.zeros((len(patterns), 61))
        for j, table in enumerate(tables):
            given = patterns[:, j] != MISSING
            logs[given] += table[patterns[given, j]]
        return -float(repeated @ np.log(np.exp(logs) @ prior))

    return loss


def by_marginal(model: Model, chance: Chance) -> float:
    """Estimates, errors and likelihood of MML by BFGS and numerical second derivatives."""
    most = (1,) * 6 if model.dichotomous else (1, 2, 3, 2, 1)
    items = items_of(chance, most)
    responses = drawn(chance, items, 700, gaps=True)
    found = calibrate(responses, model, Estimator.MML)
    assert found.parameters is not None
    loss = marginal_loss(responses, most, free=model.free_slopes)
    mine = np.concatenate([found.parameters.slopes, found.parameters.intercepts])
    if not model.free_slopes:
        mine = np.append(found.parameters.intercepts, np.log(found.variance))
    theirs = climbed(loss, mine + chance.normal(0, 0.05, len(mine)))
    errors = hessian_errors(loss, theirs)
    own = [one.slope_error for one in found.items] if model.free_slopes else []
    own += [error for one in found.items for error in one.intercept_errors]
    if not model.free_slopes:
        own.append(found.variance_error / found.variance)
    worst = max(np.abs(mine - theirs).max(), np.abs(np.array(own) - errors).max())
    return float(max(worst, abs(found.loglik + loss(theirs))))


def by_conditional(model: Model, chance: Chance) -> float:
    """CML with booklets: gammas by enumerating all patterns, BFGS, numerical second derivatives."""
    most = (1,) * 6 if model is Model.RASCH else (1, 2, 1, 2)
    items = items_of(chance, most)
    items = ItemParameters(items.steps, np.ones(len(most)), items.intercepts)
    responses = drawn(chance, items, 400, gaps=True)
    found = calibrate(responses, model, Estimator.CML)
    starts = np.concatenate([[0], np.cumsum(most)])
    booklets = []
    for pattern in np.unique(responses.observed, axis=0):
        given = np.flatnonzero(pattern)
        rows = responses.scores[(responses.observed == pattern).all(axis=1)][:, given]
        every = np.array(list(itertools.product(*(range(most[j] + 1) for j in given))))
        booklets.append((given, rows, every))

    def value(d: Any, given: Any, rows: Any) -> Any:
        total = np.zeros(len(rows))
        for column, j in enumerate(given):
            total += np.concatenate([[0.0], d[starts[j] : starts[j + 1]]])[rows[:, column]]
        return total

    def loss(x: Any) -> float:
        d = np.append(x, -x.sum())
        logs = 0.0
        for given, rows, every in booklets:
            weights, sums = np.exp(value(d, given, every)), every.sum(axis=1)
            gamma = np.bincount(sums, weights=weights)
            logs += float((value(d, given, rows) - np.log(gamma[rows.sum(axis=1)])).sum())
        return -logs

    mine = np.concatenate([one.intercepts for one in found.items])
    theirs = climbed(loss, mine[:-1] + chance.normal(0, 0.05, len(mine) - 1))
    errors = hessian_errors(loss, theirs)
    own = np.concatenate([one.intercept_errors for one in found.items])[:-1]
    worst = max(np.abs(mine[:-1] - theirs).max(), np.abs(own - errors).max())
    return float(max(worst, abs(found.loglik + loss(theirs))))


def by_abilities(chance: Chance) -> float:
    """EAP on 2,001 nodes; ML and WLE as maxima of log L and of log L + log I / 2 (Warm's for these models)."""
    items = items_of(chance, (1, 2, 3, 1, 2, 1, 1))
    responses = drawn(chance, items, 40, gaps=True)
    nodes = Nodes.spaced()
    posterior = posterior_means(responses, items, nodes, Population(0.3, 1.4))
    found = {method: abilities(responses, items, method) for method in (Method.ML, Method.WLE)}
    worst = 0.0
    for person, row in enumerate(responses.scores):
        asked = [(one, int(score)) for one, score in zip(unpacked(items), row, strict=True) if score >= 0]

        def loglik(theta: float, asked: Any = asked) -> float:
            return float(sum(np.log(chances(*one, theta)[score]) for one, score in asked))

        def information(theta: float, asked: Any = asked) -> float:
            total = 0.0
            for (slope, d), _score in asked:
                p = np.array(chances(slope, d, theta))
                c = np.arange(len(p))
                total += slope**2 * float(p @ c**2 - (p @ c) ** 2)
            return total

        weights = np.array([np.exp(loglik(theta) - (theta - 0.3) ** 2 / 2.8) for theta in DENSE[::10]])
        mean = float(weights @ DENSE[::10] / weights.sum())
        sd = float(np.sqrt(weights @ (DENSE[::10] - mean) ** 2 / weights.sum()))
        worst = max(worst, abs(posterior.mean[person] - mean), abs(posterior.deviation[person] - sd))
        warm = optimize.minimize_scalar(
            lambda t, log=loglik, i=information: -log(t) - 0.5 * np.log(i(t)), bracket=(-1, 1), tol=1e-12
        ).x
        worst = max(worst, abs(found[Method.WLE].theta[person] - warm))
        worst = max(worst, abs(found[Method.WLE].errors[person] - information(warm) ** -0.5))
        if not found[Method.ML].extreme[person]:
            likely = optimize.minimize_scalar(lambda t, log=loglik: -log(t), bracket=(-1, 1), tol=1e-12).x
            worst = max(worst, abs(found[Method.ML].theta[person] - likely))
    return worst


def by_item_fit(chance: Chance) -> float:
    """Infit, outfit, Q3 and expected shares of S-X² by loops over persons and over all patterns."""
    items = items_of(chance, (1, 2, 1, 3, 1))
    responses = drawn(chance, items, 120, gaps=True)
    theta = chance.normal(0, 1, 120)
    squares = item_mean_squares(responses, items, theta, limited=False)
    correlations, _n = residual_correlations(responses, items, theta)
    residual = np.full(responses.scores.shape, np.nan)
    worst = 0.0
    for j, (slope, d) in enumerate(unpacked(items)):
        squared, variances, standardised = [], [], []
        for person in np.flatnonzero(responses.scores[:, j] >= 0):
            p = np.array(chances(slope, d, theta[person]))
            c = np.arange(len(p))
            mean, variance = float(p @ c), float(p @ c**2 - (p @ c) ** 2)
            residual[person, j] = responses.scores[person, j] - mean
            squared.append(residual[person, j] ** 2)
            variances.append(variance)
            standardised.append(residual[person, j] ** 2 / variance)
        worst = max(worst, abs(squares.infit[j] - sum(squared) / sum(variances)))
        worst = max(worst, abs(squares.outfit[j] - np.mean(standardised)))
    for j, k in itertools.combinations(range(5), 2):
        both = np.isfinite(residual[:, j]) & np.isfinite(residual[:, k])
        if both.sum() > 2:
            other = np.corrcoef(residual[both, j], residual[both, k])[0, 1]
            worst = max(worst, abs(correlations[j, k] - other))
    nodes = Nodes.spaced()
    prior = np.exp(-(nodes.theta**2) / 2)
    prior /= prior.sum()
    tables = [np.array([chances(slope, d, t) for t in nodes.theta]) for slope, d in unpacked(items)]
    shares = expected_shares(items, nodes, Population())
    masses = [np.zeros_like(one) for one in shares]
    for pattern in itertools.product(*(range(table.shape[1]) for table in tables)):
        mass = float(np.prod([t[:, c] for t, c in zip(tables, pattern, strict=True)], axis=0) @ prior)
        for j, category in enumerate(pattern):
            masses[j][sum(pattern), category] += mass
    for mine, mass in zip(shares, masses, strict=True):
        worst = max(worst, float(np.abs(mine - mass / mass.sum(axis=1, keepdims=True)).max()))
    return worst


def by_classical(chance: Chance) -> float:
    """Alpha, alpha without, item-rest correlation and Feldt's interval by numpy and scipy.stats."""
    responses = drawn(chance, items_of(chance, (1, 2, 3, 1, 2)), 150)
    scores = responses.scores.astype(float)

    def alpha(x: Any) -> float:
        k = x.shape[1]
        return float(k / (k - 1) * (1 - x.var(axis=0, ddof=1).sum() / x.sum(axis=1).var(ddof=1)))

    found = reliability(responses)
    f = stats.f(149, 149 * 4)
    worst = max(
        abs(found.alpha - alpha(scores)),
        abs(found.low - (1 - (1 - alpha(scores)) * f.ppf(0.975))),
        abs(found.high - (1 - (1 - alpha(scores)) * f.ppf(0.025))),
    )
    for j, one in enumerate(analyse_items(responses)):
        rest = np.delete(scores, j, axis=1)
        worst = max(worst, abs(one.item_rest - np.corrcoef(scores[:, j], rest.sum(axis=1))[0, 1]))
        worst = max(worst, abs(one.alpha_without - alpha(rest)))
    return worst


def by_dif(chance: Chance) -> float:
    """Mantel–Haenszel by its sums, logistic regression by BFGS on single answers."""
    responses = drawn(chance, items_of(chance, (1,) * 8), 300)
    focal = chance.random(300) < 0.4
    total = responses.scores.sum(axis=1)
    worst = 0.0
    for j in (0, 3):
        strata = strata_of(responses, focal, j, range(8))
        mine, right = mantel_haenszel(strata), responses.scores[:, j]
        a = e = v = up = down = 0.0
        for score in range(9):
            cell = [
                int(((total == score) & (focal == group) & (right == answer)).sum())
                for group in (False, True)
                for answer in (1, 0)
            ]
            ar, br, af, bf = cell
            n, n_r, n_f, m = sum(cell), ar + br, af + bf, ar + af
            if not (n_r and n_f) or n < 2:
                continue
            a, e = a + ar, e + n_r * m / n
            v += n_r * n_f * m * (n - m) / (n * n * (n - 1))
            up, down = up + ar * bf / n, down + br * af / n
        worst = max(worst, abs(mine.chi2 - (abs(a - e) - 0.5) ** 2 / v), abs(mine.alpha - up / down))
        logits = logistic_dif(strata)
        x = np.column_stack([np.ones(300), total, focal, total * focal]).astype(float)

        def deviance(b: Any, width: int, x: Any = x, y: Any = right) -> float:
            eta = x[:, :width] @ b
            return float(2 * (np.logaddexp(0, eta) - y * eta).sum())

        fits = [
            optimize.minimize(deviance, np.zeros(width), args=(width,), method="BFGS", options={"gtol": 1e-9})
            for width in (2, 3, 4)
        ]
        worst = max(worst, abs(logits.both.ratio - (fits[0].fun - fits[2].fun)))
        worst = max(worst, abs(logits.uniform.ratio - (fits[0].fun - fits[1].fun)))
        worst = max(worst, abs(logits.shift - fits[1].x[2]))
    return worst


def by_linking(chance: Chance) -> float:
    """Stocking–Lord and Haebara by BFGS with curves computed by loops."""
    start = items_of(chance, (1,) * 7)
    noise = chance.normal(0, 0.05, 14)
    target = ItemParameters(
        start.steps, start.slopes / 1.2 * np.exp(noise[:7]), start.intercepts + 0.3 * start.slopes + noise[7:]
    )
    nodes, weights = np.polynomial.hermite_e.hermegauss(30)
    weights = weights / weights.sum()

    def curves(items: ItemParameters, a: float = 1.0, b: float = 0.0) -> Any:
        return np.array(
            [[chances(s / a, [d[0] - s / a * b], t)[1] for t in nodes] for s, d in unpacked(items)]
        )

    wanted, worst = curves(target), 0.0
    for method in (LinkingMethod.HAEBARA, LinkingMethod.STOCKING_LORD):

        def loss(x: Any, method: LinkingMethod = method) -> float:
            gap = curves(start, x[0], x[1]) - wanted
            return float(
                (gap**2 @ weights).sum()
                if method is LinkingMethod.HAEBARA
                else gap.sum(axis=0) ** 2 @ weights
            )

        other = optimize.minimize(loss, [1.0, 0.0], method="BFGS", options={"gtol": 1e-11}).x
        mine = link(CommonItems(start, target), method)
        worst = max(worst, abs(mine.slope - other[0]), abs(mine.intercept - other[1]))
    return worst


def by_equating(chance: Chance) -> float:
    """Equipercentile by scanning a fine scale; Tucker, Levine, chained by single persons; log-linear by BFGS."""
    able, abler = chance.beta(5, 5, 900), chance.beta(6, 5, 800)
    v, w = chance.binomial(8, able), chance.binomial(8, abler)
    x, y = v + chance.binomial(12, able), w + chance.binomial(12, np.minimum(abler * 1.1, 1))
    first, second = (Scores(np.bincount(one, minlength=21).astype(float)) for one in (x, y))

    def rank(values: Any, at: float) -> float:
        near = int(np.floor(at + 0.5))
        return float((values < near).mean() + (at - near + 0.5) * (values == near).mean())

    mine = equipercentile_equated(first, second)
    worst = 0.0
    for score in range(6, 15):
        other = optimize.brentq(lambda t, s=score: rank(y, t) - rank(x, s), -0.5, 20.49, xtol=1e-13)
        worst = max(worst, abs(mine[score] - other))
    joint = []
    for totals, anchor in ((x, v), (y, w)):
        counts = np.zeros((21, 9))
        np.add.at(counts, (totals, anchor), 1)
        joint.append(Joint(counts))
    share = 0.3
    for method in (AnchorMethod.TUCKER, AnchorMethod.LEVINE):
        gammas = []
        for totals, anchor in ((x, v), (y, w)):
            covariance = np.cov(totals, anchor)
            slope = covariance[0, 1] / covariance[1, 1]
            gammas.append(slope if method is AnchorMethod.TUCKER else covariance[0, 0] / covariance[0, 1])
        gap, spread = v.mean() - w.mean(), v.var(ddof=1) - w.var(ddof=1)
        mean_x, mean_y = x.mean() - 0.7 * gammas[0] * gap, y.mean() + share * gammas[1] * gap
        var_x = x.var(ddof=1) - 0.7 * gammas[0] ** 2 * spread + share * 0.7 * (gammas[0] * gap) ** 2
        var_y = y.var(ddof=1) + share * gammas[1] ** 2 * spread + share * 0.7 * (gammas[1] * gap) ** 2
        other = mean_y + np.sqrt(var_y / var_x) * (np.arange(21) - mean_x)
        found = anchor_equated(joint[0], joint[1], method, Design(share))
        worst = max(worst, float(np.abs(found[: len(other)] - other[: len(found)]).max()))
    smooth = presmoothed(first, 3)
    powers = np.vander((np.arange(21) - 10) / 10, 4, increasing=True)

    def loss(b: Any) -> float:
        return float(np.exp(powers @ b).sum() - first.counts @ (powers @ b))

    other = np.exp(powers @ optimize.minimize(loss, [3.0, 0, -3, 0], method="BFGS", options={"gtol": 1e-7}).x)
    return max(worst, float(np.abs(smooth.counts - other).max()) / 100)


def by_value_added(likelihood: Likelihood, chance: Chance) -> float:
    """REML and ML from dense matrices of all pupils, climbed by Nelder–Mead."""
    sizes = chance.integers(1, 14, 25)
    group = np.repeat(np.arange(25), sizes)
    n = len(group)
    design = np.column_stack([np.ones(n), chance.normal(50, 10, n), chance.random(n) < 0.5]).astype(float)
    outcome = design @ [10, 0.5, 2] + chance.normal(0, 3, 25)[group] + chance.normal(0, 5, n)
    found = fit_random_intercept(sum_by_group(design, outcome, group, 25), likelihood)
    together = (group[:, None] == group[None, :]).astype(float)

    def solved(logs: Any) -> tuple[float, Any, Any, Any]:
        between, within = np.exp(logs)
        v = within * np.eye(n) + between * together
        inverse = np.linalg.inv(v)
        information = design.T @ inverse @ design
        beta = np.linalg.solve(information, design.T @ inverse @ outcome)
        rest = outcome - design @ beta
        value = n * np.log(2 * np.pi) + np.linalg.slogdet(v)[1] + rest @ inverse @ rest
        if likelihood is Likelihood.REML:
            value += np.linalg.slogdet(information)[1] - 3 * np.log(2 * np.pi)
        effects = between * np.array([(inverse @ rest)[group == g].sum() for g in range(25)])
        return float(value), beta, np.sqrt(np.diag(np.linalg.inv(information))), effects

    at = optimize.minimize(
        lambda logs: solved(logs)[0],
        [2.0, 3.0],
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-11},
    ).x
    value, beta, errors, effects = solved(at)
    return max(
        abs(found.between - np.exp(at[0])), abs(found.within - np.exp(at[1])), abs(found.loglik + value / 2),
        float(np.abs(found.fixed - beta).max()), float(np.abs(found.fixed_errors - errors).max()),
        float(np.abs(found.effects - effects).max()),
    )  # fmt: skip


def by_person_fit(chance: Chance) -> float:
    """lz and lz* by Snijders' formula, Guttman errors, U3 and Ht by loops over items and persons."""
    items = items_of(chance, (1,) * 12)
    responses = drawn(chance, items, 60)
    likely = abilities(responses, items, Method.ML)
    mine, order = standardised_likelihoods(responses, items, likely.theta), order_fit(responses)
    scores, shares = responses.scores.astype(float), responses.scores.mean(axis=0)
    easy = np.argsort(-shares, kind="stable")
    worst = 0.0
    for person in range(60):
        total = int(scores[person].sum())
        if total in (0, 12) or likely.extreme[person]:
            continue
        theta, x = likely.theta[person], scores[person]
        p = np.array([chances(slope, d, theta)[1] for slope, d in unpacked(items)])
        a, weight = items.slopes, np.log(p / (1 - p))
        surplus = float(((x - p) * weight).sum())
        lz = surplus / np.sqrt((p * (1 - p) * weight**2).sum())
        # r = a, r0 = 0 for maximum likelihood: c = sum(p' w) / sum(p' r), w~ = w - c r.
        slope = a * p * (1 - p)
        adjusted = weight - (slope @ weight) / (slope @ a) * a
        star = float(((x - p) * adjusted).sum()) / np.sqrt((p * (1 - p) * adjusted**2).sum())
        worst = max(worst, abs(mine.lz[person] - lz), abs(mine.lz_star[person] - star))
        errors = sum(x[i] < x[k] for at, i in enumerate(easy) for k in easy[at + 1 :])
        logits = np.log(shares / (1 - shares))
        best, least = logits[easy[:total]].sum(), logits[easy[-total:]].sum()
        worst = max(worst, abs(order.guttman[person] - errors))
        worst = max(worst, abs(order.u3[person] - (best - x @ logits) / (best - least)))
        above = below = 0.0
        for other in range(60):
            if other != person:
                q, r = x.mean(), scores[other].mean()
                above += float((x * scores[other]).mean() - q * r)
                below += min(q * (1 - r), r * (1 - q))
        worst = max(worst, abs(order.ht[person] - above / below))
    return worst


def by_similarity(chance: Chance) -> float:
    """ω, GBT and M4 of pairs by enumerating all ways to agree."""
    items = items_of(chance, (1, 2, 1, 2, 1, 1))
    responses = drawn(chance, items, 6)
    theta = chance.normal(0, 1, 6)
    worst = 0.0
    for pair in similar_pairs(responses, items, theta):
        top, low = [], []
        for slope, d in unpacked(items):
            one, other = (np.array(chances(slope, d, theta[who])) for who in (pair.first, pair.second))
            top.append(one[-1] * other[-1])
            low.append(float(one @ other) - top[-1])
        equal = np.array(top) + np.array(low)
        mass: dict[tuple[int, int], float] = {}
        for way in itertools.product((0, 1, 2), repeat=6):
            p = np.prod([(1 - t - b, t, b)[kind] for kind, t, b in zip(way, top, low, strict=True)])
            key = (way.count(1), way.count(2))
            mass[key] = mass.get(key, 0.0) + float(p)
        one, other = responses.scores[pair.first], responses.scores[pair.second]
        same, most = one == other, np.array([1, 2, 1, 2, 1, 1])
        seen = (int((same & (one == most)).sum()), int((same & (one < most)).sum()))
        omega = (sum(seen) - equal.sum()) / np.sqrt((equal * (1 - equal)).sum())
        tail = sum(p for key, p in mass.items() if sum(key) >= sum(seen))

        def beyond(key: tuple[int, int], mass: Any = mass) -> float:
            return float(sum(p for (a, b), p in mass.items() if a >= key[0] and b >= key[1]))

        m4 = sum(p for key, p in mass.items() if beyond(key) <= beyond(seen) * (1 + 1e-12))
        worst = max(worst, abs(pair.omega - omega), abs(pair.p_gbt - tail), abs(pair.p_m4 - m4))
    return worst


def by_raters(chance: Chance) -> float:
    """Weighted kappa by its definition; severities by BFGS on conditional probabilities of single works."""
    first, second = chance.integers(0, 4, 90), chance.integers(0, 4, 90)
    mixed = np.where(chance.random(90) < 0.6, first, second)
    table = np.zeros((4, 4))
    np.add.at(table, (first, mixed), 1 / 90)
    gap = (np.subtract.outer(np.arange(4), np.arange(4)) / 3) ** 2
    kappa = 1 - (table * gap).sum() / (np.outer(table.sum(axis=1), table.sum(axis=0)) * gap).sum()
    worst = abs(agreement(first, mixed).kappa - float(kappa))
    # Three raters, one criterion of 0..2, each work seen by two of them.
    severity, steps = np.array([0.6, -0.2, -0.4]), np.array([0.3, -0.8])
    pairs = [(0, 1), (1, 2), (0, 2)]
    rows = []
    for work in range(300):
        theta = chance.normal(0, 1)
        for rater in pairs[work % 3]:
            p = chances(1.0, [steps[0] - severity[rater], steps[1] - 2 * severity[rater]], theta)
            rows.append((work, rater, chance.choice(3, p=p)))
    data = np.array(rows)
    found = rater_severity(data[:, 0], data[:, 1], data[:, 2:].astype(np.int8), ("a", "b", "c"))

    def loss(x: Any) -> float:
        s, d = np.array([x[0], x[1], -x[0] - x[1]]), np.array([0.0, 0.0, x[2]])
        total = 0.0
        for work in range(300):
            (_, r1, x1), (_, r2, x2) = rows[2 * work], rows[2 * work + 1]
            logs = {(i, k): d[i] + d[k] - i * s[r1] - k * s[r2] for i in range(3) for k in range(3)}
            same = [value for (i, k), value in logs.items() if i + k == x1 + x2]
            total += logs[int(x1), int(x2)] - float(np.log(np.exp(same).sum()))
        return -total

    other = optimize.minimize(loss, [0.0, 0.0, 0.0], method="BFGS", options={"gtol": 1e-6}).x
    return max(worst, float(np.abs(found.severity[:2] - other[:2]).max()))


def by_replication(chance: Chance) -> float:
    """Fay's BRR and plausible values by the sums of the manuals."""
    values, weights = chance.normal(500, 90, (80, 5)), chance.random(80) + 0.5
    replicates = weights[:, None] * np.where(chance.random((80, 16)) < 0.5, 0.5, 1.5)
    found = estimate(values, weights, Replication.fay(replicates), weighted_mean)
    points = [np.average(values[:, m], weights=weights) for m in range(5)]
    sampling = [
        sum((np.average(values[:, m], weights=replicates[:, g]) - points[m]) ** 2 for g in range(16))
        / (16 * 0.25)
        for m in range(5)
    ]
    variance = np.mean(sampling) + 1.2 * np.var(points, ddof=1)
    return max(abs(found.value - float(np.mean(points))), abs(found.se - float(np.sqrt(variance))))


CHECKS: Final[list[tuple[str, Check, float]]] = [
    ("Rasch, CML", partial(by_conditional, Model.RASCH), 2e-5),
    ("partial credit, CML", partial(by_conditional, Model.PCM), 2e-5),
    ("Rasch, MML", partial(by_marginal, Model.RASCH), 5e-4),  # the tails that ±6 cut: score_counts
    ("partial credit, MML", partial(by_marginal, Model.PCM), 5e-4),
    ("2PL, MML", partial(by_marginal, Model.TWO_PL), 2e-4),
    ("GPCM, MML", partial(by_marginal, Model.GPCM), 2e-4),
    ("EAP, WLE, ML", by_abilities, 1e-4),
    ("infit, outfit, Q3, S-X² shares", by_item_fit, 1e-9),
    ("alpha, item-rest, Feldt", by_classical, 1e-9),
    ("Mantel–Haenszel, logistic DIF", by_dif, 1e-5),
    ("Haebara, Stocking–Lord", by_linking, 1e-5),
    ("equipercentile, Tucker, Levine, log-linear", by_equating, 1e-5),
    ("value added, REML", partial(by_value_added, Likelihood.REML), 1e-4),
    ("value added, ML", partial(by_value_added, Likelihood.ML), 1e-4),
    ("lz, lz*, Guttman, U3, Ht", by_person_fit, 1e-7),
    ("ω, GBT, M4", by_similarity, 1e-9),
    ("kappa, many-facet severity", by_raters, 1e-5),
    ("Fay BRR, plausible values", by_replication, 1e-9),
]


@pytest.mark.parametrize("draw", range(DRAWS))
@pytest.mark.parametrize(("name", "check", "most"), CHECKS, ids=[name for name, _check, _most in CHECKS])
def test_the_second_way_comes_to_the_same(name: str, check: Check, most: float, draw: int) -> None:
    deviation = check(np.random.default_rng([2026, 11, draw]))
    LOG.info("%s: %.1e", name, deviation)
    assert deviation <= most
