"""Value added: what pupils of a school got beyond what their earlier results foretell.

By pupils where a lasting code links two years; else by schools, from the mean of the same cohort a grade and
a year before. The second way cannot see who came and who left, and the error of an earlier mean weakens its
slope: it is said with every figure which of the two was used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from avgust.domain.assessment.arrays import Floats, Ints
from avgust.domain.assessment.interpretation.results import GroupTable
from avgust.domain.assessment.interpretation.rules import Comparison
from avgust.domain.assessment.interpretation.schools import Verdict, fit_schools, verdict_of
from avgust.domain.assessment.status import Status
from avgust.domain.assessment.value_added.group_sums import GroupSums, sum_by_group
from avgust.domain.assessment.value_added.random_intercept import RandomIntercept
from avgust.domain.messages import Message, mark

FEWEST_SCHOOLS: Final = 10  # with an earlier mean: a slope from fewer says nothing
FEWEST_LINKED: Final = 0.5  # of the pupils must have an earlier result of their own


class Way(StrEnum):
    """What earlier result a pupil's is compared with."""

    PUPILS = "pupils"
    SCHOOLS = "schools"


WAYS: Final = {
    Way.PUPILS: Message(mark("by the same pupils' earlier results")),
    Way.SCHOOLS: Message(mark("by the school's mean a grade and a year before; pupils are not linked")),
}
NO_EARLIER: Final = Message(mark("not estimated: there is no work of the same cohort a year before"))
FEW_SCHOOLS: Final = Message(
    mark("not estimated: fewer than %(n)d schools wrote both works"), {"n": FEWEST_SCHOOLS}
)
NOT_THERE: Final = Message(mark("not estimated: the school did not write the earlier work"))


@dataclass(frozen=True, slots=True)
class ValueAdded:
    """What a school adds, in score points, beyond what its pupils brought; shrunken, with its interval."""

    name: str
    n: int
    effect: float
    low: float
    high: float
    verdict: Verdict


@dataclass(frozen=True)
class ValueAddedReading:
    """Effects of all schools; `slope` is that of the earlier result, `earlier` the title of its work."""

    slope: float
    slope_error: float
    between: float
    status: Status
    schools: tuple[ValueAdded, ...]
    n: int
    way: Way = Way.PUPILS
    earlier: str = ""

    def of(self, name: str) -> ValueAdded | None:
        """Return a school's effect; None where none of its pupils has an earlier result."""
        return next((one for one in self.schools if one.name == name), None)

    def named(self, names: Mapping[str, str]) -> ValueAddedReading:
        """Return it with the schools under other names; those without one are left out."""
        kept = tuple(replace(one, name=names[one.name]) for one in self.schools if one.name in names)
        return replace(self, schools=kept)


def value_added(
    outcome: Floats,
    earlier: Floats,
    schools: Ints,
    names: Sequence[str],
    rule: Comparison,
    fewest: int,
    title: str = "",
) -> ValueAddedReading:
    """Fit outcome on the earlier result of the same pupils (n); pupils without it are left out.

    The school mean of the earlier result is a predictor too (contextual model), so that a school is not
    credited with its intake.
    """
    known = np.isfinite(outcome) & np.isfinite(earlier) & (schools >= 0)
    y, x, codes = outcome[known], earlier[known], schools[known]
    n = np.bincount(codes, minlength=len(names)).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.bincount(codes, weights=x, minlength=len(names)) / n
    design = np.column_stack([np.ones(len(y)), x, means[codes]])
    fit = fit_schools(sum_by_group(design, y, codes, len(names)))
    if not np.isfinite(fit.within):  # one value of the mean: without the context
        fit = fit_schools(sum_by_group(design[:, :2], y, codes, len(names)))
    return _read(fit, n, names, rule, fewest, Way.PUPILS, title)


def value_added_by_schools(
    table: GroupTable, earlier: Mapping[str, float], rule: Comparison, fewest: int, title: str = ""
) -> ValueAddedReading | None:
    """Fit pupils' scores on the earlier mean of their school, from sums; None for too few schools."""
    places = [at for at, name in enumerate(table.names) if name in earlier and table.n[at]]
    if len(places) < FEWEST_SCHOOLS:
        return None
    total = table.total.rows(places)
    n, sums, squares = total.n[:, 0], total.total[:, 0], total.squares[:, 0]
    names = [table.names[at] for at in places]
    x = np.array([earlier[name] for name in names])
    by_school = np.column_stack([n, n * x, sums])
    cross = np.empty((3, 3))
    cross[0] = cross[:, 0] = by_school.sum(axis=0)
    cross[1, 1], cross[2, 2] = float(n @ x**2), float(squares.sum())
    cross[1, 2] = cross[2, 1] = float(x @ sums)
    fit = fit_schools(GroupSums(cross, by_school, n))
    if not np.isfinite(fit.within):
        return None
    return _read(fit, n, names, rule, fewest, Way.SCHOOLS, title)


def _read(
    fit: RandomIntercept,
    n: Floats,
    names: Sequence[str],
    rule: Comparison,
    fewest: int,
    way: Way,
    title: str,
) -> ValueAddedReading:
    rows = []
    for place, name in enumerate(names):
        if not n[place]:
            continue
        effect, half = float(fit.effects[place]), rule.z * float(fit.effect_errors[place])
        few = n[place] < fewest
        verdict = (
            Verdict.TOO_FEW if few else verdict_of(effect - half, effect + half, 0.0, int(n[place]), rule)
        )
        rows.append(ValueAdded(name, int(n[place]), effect, effect - half, effect + half, verdict))
    slope, error = float(fit.fixed[1]), float(fit.fixed_errors[1])
    return ValueAddedReading(slope, error, fit.between, fit.status, tuple(rows), int(n.sum()), way, title)
