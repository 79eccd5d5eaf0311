"""Standard errors of equating by the bootstrap: persons are drawn anew, with the whole method after them.

One way for all methods, smoothed ones included (Kolen & Brennan 2014, 7.2). The seed makes it repeatable.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from avgust.domain.assessment.arrays import Floats


def bootstrap_errors(
    tables: tuple[Floats, Floats],
    equate: Callable[[Floats, Floats], Floats],
    *,
    replications: int,
    seed: int,
) -> tuple[Floats, int]:
    """Return the standard error of each equated score, and the replications that gave a result.

    `tables` are the counts of both groups (scores, or total × anchor); weights are rounded to whole persons.
    """
    generator = np.random.default_rng(seed)
    results = []
    for _ in range(replications):
        drawn = [_redrawn(table, generator) for table in tables]
        try:
            results.append(equate(drawn[0], drawn[1]))
        except ValueError:  # a replication whose model has no estimate
            continue
    results = [one for one in results if np.isfinite(one).any()]
    if len(results) < 2:
        return np.full(tables[0].shape[0], np.nan), len(results)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.std(np.array(results), axis=0, ddof=1)), len(results)


def _redrawn(table: Floats, generator: np.random.Generator) -> Floats:
    total = table.sum()
    drawn = generator.multinomial(max(round(float(total)), 1), (table / total).ravel())
    return drawn.astype(np.float64).reshape(table.shape)
