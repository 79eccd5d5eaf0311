"""Who is measured by bench/psychometrics.py: each returns its work, and how its result is judged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from avgust.domain.assessment.steps import Steps
from bench.psychometrics import ITEMS, SCHOOLS, STEPS, truth

Judged = tuple[dict[str, float], str]
Prepared = tuple[Callable[[], Any], Callable[[Any], Judged]]


def _rmse(found: np.ndarray, expected: np.ndarray) -> float:
    return float(np.sqrt(np.nanmean((np.asarray(found) - expected) ** 2)))


def _judge(kind: str, slopes: np.ndarray, thresholds: np.ndarray) -> dict[str, float]:
    expected = truth(kind)
    if kind == "rasch":  # the zero of a Rasch scale is free
        centred = expected.thresholds() - expected.thresholds().mean()
        return {"b": _rmse(thresholds - np.mean(thresholds), centred)}
    return {"a": _rmse(slopes, expected.slopes), "b": _rmse(thresholds, expected.thresholds())}


def _free_slopes(kind: str) -> Callable[[Path], Prepared]:
    def prepare(path: Path) -> Prepared:
        from avgust.domain.assessment.mml.calibrate import fit_free_slopes
        from avgust.domain.assessment.responses import Responses

        answers = Responses(np.load(path), tuple(map(str, range(ITEMS))))
        steps = Steps(np.array(STEPS[kind]))

        def judge(fit: Any) -> Judged:
            note = f"errors of all parameters included, {fit.passes} passes over all rows, {fit.status.value}"
            return _judge(kind, fit.parameters.slopes, fit.parameters.thresholds()), note

        return lambda: fit_free_slopes(answers, steps, workers=2), judge

    return prepare


def _mirt(kind: str) -> Callable[[Path], Prepared]:
    def prepare(path: Path) -> Prepared:
        import mirt

        answers = np.load(path).astype(np.int64)
        categories = [most + 1 for most in STEPS[kind]]

        def work() -> Any:
            options = {"n_quadpts": 41, "tol": 1e-4, "compute_standard_errors": False}
            if kind == "gpcm":
                options["n_categories"] = categories
            return mirt.fit_mirt(answers, model=kind.upper(), **options).model.parameters

        def judge(found: Any) -> Judged:
            steps = Steps(np.array(STEPS[kind]))
            if kind == "2pl":
                return _judge(kind, found["discrimination"], found["difficulty"]), "without errors"
            thresholds = found["steps"][steps.item_of, steps.category_of - 1]
            return _judge(kind, found["discrimination"], thresholds), "without errors"

        return work, judge

    return prepare


def _girth(kind: str) -> Callable[[Path], Prepared]:
    def prepare(path: Path) -> Prepared:
        import girth

        answers = np.load(path).astype(np.int64).T
        fit = {"2pl": girth.twopl_mml, "gpcm": girth.pcm_mml, "rasch": girth.rasch_conditional}[kind]

        def judge(found: Any) -> Judged:
            steps = Steps(np.array(STEPS[kind]))
            difficulty = np.asarray(found["Difficulty"])
            if difficulty.ndim == 2:
                difficulty = difficulty[steps.item_of, steps.category_of - 1]
            return _judge(kind, found["Discrimination"], difficulty), "without errors"

        return lambda: fit(answers), judge

    return prepare


def _conditional(path: Path) -> Prepared:
    """Counts by one query over the Parquet file, then CML; the query is part of the time."""
    import duckdb

    from avgust.domain.assessment.rasch.conditional import fit_conditional
    from avgust.domain.assessment.rasch.counts import BookletCounts

    names = [f"i{j}" for j in range(ITEMS)]
    file = path.with_suffix(".parquet")
    total = " + ".join(f"{name}::INT" for name in names)
    sums = ", ".join(f"sum({name})" for name in names)
    query = f"SELECT {total} AS r, count(*), {sums} FROM read_parquet('{file}') GROUP BY r ORDER BY r"
    connection = duckdb.connect(config={"threads": 2})

    def work() -> Any:
        rows = np.array(connection.execute(query).fetchall(), dtype=np.float64)
        by_score = np.zeros(ITEMS + 1)
        by_score[rows[:, 0].astype(int)] = rows[:, 1]
        counts = BookletCounts(np.arange(ITEMS), by_score, rows[:, 2:].sum(axis=0))
        return fit_conditional([counts], Steps(np.array(STEPS["rasch"])))

    def judge(fit: Any) -> Judged:
        return _judge(
            "rasch", np.ones(ITEMS), -fit.intercepts
        ), f"from Parquet, with errors, {fit.status.value}"

    return work, judge


def _raschpy(path: Path) -> Prepared:
    import pandas as pd
    import raschpy

    answers = pd.DataFrame(np.load(path).astype(np.int64), columns=[f"i{j}" for j in range(ITEMS)])

    def work() -> Any:
        model = raschpy.SLM(answers)
        model.calibrate()
        return np.asarray(model.items, dtype=float)

    return work, lambda found: (_judge("rasch", np.ones(ITEMS), found), "pairwise, without errors")


def _value_added(path: Path) -> Prepared:
    from avgust.domain.assessment.value_added.group_sums import sum_by_group
    from avgust.domain.assessment.value_added.random_intercept import Likelihood, fit_random_intercept

    file = np.load(path)
    group, design, outcome = file["group"], file["design"], file["outcome"]

    def work() -> Any:
        return fit_random_intercept(sum_by_group(design, outcome, group, SCHOOLS), Likelihood.REML)

    return work, lambda fit: (
        _variances(fit.between, fit.within),
        "errors and effects of all schools included",
    )


def _statsmodels(path: Path) -> Prepared:
    from statsmodels.regression.mixed_linear_model import MixedLM

    file = np.load(path)
    group, design, outcome = file["group"], file["design"], file["outcome"]

    def judge(fit: Any) -> Judged:
        return _variances(float(np.asarray(fit.cov_re)[0, 0]), float(fit.scale)), ""

    return lambda: MixedLM(outcome, design, groups=group).fit(reml=True), judge


def _variances(between: float, within: float) -> dict[str, float]:
    return {"tau²": abs(between - 0.16), "sigma²": abs(within - 1)}


CONTENDED: dict[tuple[str, str], Callable[[Path], Prepared]] = {
    ("2pl", "avgust"): _free_slopes("2pl"),
    ("gpcm", "avgust"): _free_slopes("gpcm"),
    ("rasch", "avgust"): _conditional,
    ("value_added", "avgust"): _value_added,
    ("2pl", "mirt"): _mirt("2pl"),
    ("gpcm", "mirt"): _mirt("gpcm"),
    ("2pl", "girth"): _girth("2pl"),
    ("gpcm", "girth"): _girth("gpcm"),
    ("rasch", "girth"): _girth("rasch"),
    ("rasch", "raschpy"): _raschpy,
    ("value_added", "statsmodels"): _statsmodels,
}
