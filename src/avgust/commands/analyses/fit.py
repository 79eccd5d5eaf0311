"""Fit of items beyond infit and outfit, for `avgust analyse items`: S-X² and Q3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from avgust.domain.assessment.abilities.posterior import posterior_means
from avgust.domain.assessment.calibration import Calibration
from avgust.domain.assessment.fit.local_dependence import residual_correlations
from avgust.domain.assessment.fit.score_tables import ScoreFit, score_fit
from avgust.domain.assessment.mml.quadrature import Nodes
from avgust.domain.messages import Message, mark

ABOVE_MEAN: Final = 0.2  # of all Q3: Christensen, Makransky & Horton 2017
MOST_PAIRS: Final = 20
_NOTHING: Final = {"chi2": None, "df": None, "p": None, "rmsea": None, "status": "too_few"}


@dataclass(frozen=True)
class FitRecords:
    """S-X² by the name of the item; pairs of items that depend on each other, the strongest first."""

    tests: dict[str, ScoreFit]
    pairs: list[dict[str, Any]]

    @classmethod
    def of(cls, calibration: Calibration) -> FitRecords:
        """Compute both where the items were estimated.

        S-X² under equal slopes does not depend on the population; Q3 is taken at EAP abilities.
        """
        parameters = calibration.parameters
        if parameters is None or not np.isfinite(parameters.intercepts).all():
            return cls({}, [])
        used = calibration.recoding.responses.only_items(list(calibration.kept))
        nodes, population = Nodes.spaced(), calibration.population
        tests = score_fit(used, parameters, nodes, population, free_slopes=calibration.model.free_slopes)
        theta = posterior_means(used, parameters, nodes, population).mean
        correlations, n = residual_correlations(used, parameters, theta)
        first, second = np.triu_indices(len(used.items), 1)
        values = correlations[first, second]
        limit = float(np.nanmean(values)) + ABOVE_MEAN if np.isfinite(values).any() else np.inf
        order = [place for place in np.argsort(-np.nan_to_num(values, nan=-2)) if values[place] > limit]
        pairs = [
            {
                "first": used.items[first[place]],
                "second": used.items[second[place]],
                "q3": float(values[place]),
                "n": float(n[first[place], second[place]]),
            }
            for place in order
        ]
        return cls(dict(zip(used.items, tests, strict=True)), pairs)

    def of_item(self, name: str) -> dict[str, Any]:
        """Return what JSON says of one item."""
        test = self.tests.get(name)
        if test is None:
            return {"s_x2": _NOTHING}
        record = {"chi2": test.chi2, "df": test.df, "p": test.p, "rmsea": test.rmsea}
        return {"s_x2": {**record, "status": test.status.value}}

    def notes(self) -> list[Message]:
        """Say which items depend on each other."""
        words = mark("Residuals of %(first)s and %(second)s correlate: Q3 = %(q3).2f.")
        return [Message(words, pair) for pair in self.pairs[:MOST_PAIRS]]
