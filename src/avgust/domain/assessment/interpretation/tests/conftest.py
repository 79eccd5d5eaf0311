"""A made-up work and results with a known story."""

import numpy as np
import pytest

from avgust.domain.assessment.interpretation.results import Labels, Results, marks_of
from avgust.domain.assessment.interpretation.work import Item, Level, Work

WORK = Work(
    "Математика, 5 класс",
    (
        Item("1", 1, Level.BASIC, ("Дроби",), ("Считать",), "забывают знаменатель"),
        Item("2", 1, Level.BASIC, ("Проценты",), ("Считать",)),
        Item("3", 2, Level.BASIC, ("Задача",), ("Рассуждать",)),
        Item("4", 2, Level.RAISED, ("Задача",), ("Рассуждать",)),
        Item("5", 1, Level.HIGH, ("Логика",), ("Рассуждать",)),
    ),
    cuts=(2, 4, 6),
)


def made(scores, schools=None, classes=None, journal=None, work=WORK):
    scores = np.asarray(scores, dtype=np.int8)
    n = len(scores)
    totals = np.where(scores > 0, scores, 0).sum(axis=1)
    return Results(
        work,
        scores,
        tuple(f"p{place}" for place in range(n)),
        Labels.of(schools or ["Школа"] * n),
        Labels.of(classes or ["5А"] * n),
        marks_of(totals, work.cuts),
        np.zeros(n, dtype=np.intp) if journal is None else np.asarray(journal),
    )


def drawn(n=600, schools=12, seed=1, work=WORK, lag=None):
    """Draw pupils of schools that differ; `lag` makes some schools worse on some items, in logits."""
    rng = np.random.default_rng(seed)
    effect = rng.normal(0, 0.5, schools)
    school = rng.integers(0, schools, n)
    theta = effect[school] + rng.normal(0, 1, n)
    columns = []
    for place, item in enumerate(work.items):
        hard = {Level.BASIC: -0.7, Level.RAISED: 0.6, Level.HIGH: 0.9}[item.level]
        shift = 0.0 if lag is None else np.where(np.isin(school, lag[1]), lag[0], 0.0) * (place in lag[2])
        chance = 1 / (1 + np.exp(-(theta - hard - shift)))
        columns.append(rng.binomial(item.maximum, chance))
    names = [f"Школа {number:02d}" for number in school]
    return made(np.column_stack(columns), names, [f"5{'АБ'[k % 2]}" for k in range(n)], work=work), theta


@pytest.fixture(scope="session")
def region():
    return drawn()
