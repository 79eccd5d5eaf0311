"""A school over the years: share of points beside the territory's, the lowest mark, the last year's change.

Only years whose works asked the same blocks of the codifier are compared. The change is that of the distance
to the territory, so that a harder work is no loss; its interval has the errors of both years of the school.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from avgust.domain.assessment.interpretation.marks import Interval, marks_in
from avgust.domain.assessment.interpretation.results import GroupTable
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.domain.assessment.interpretation.work import Work


@dataclass(frozen=True)
class Year:
    """A school in one year: what was asked, its sums and those of the territory."""

    label: str
    school: GroupTable
    territory: GroupTable


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One year: share of points, share of the lowest mark, and whether it may be compared with the last."""

    label: str
    n: int
    share: float
    error: float
    territory: float
    lowest: float | None
    comparable: bool

    def interval(self, z: float) -> Interval:
        """Return the share of points with its interval."""
        return Interval(self.share, self.share - z * self.error, self.share + z * self.error)


@dataclass(frozen=True)
class Trend:
    """Years in order; `worsened` where the lowest mark grew by the rule's points between the last two.

    `change` is of the distance to the territory between the last two years, as a share of points; None where
    they are not compared or one of them has too few pupils (`few`).
    """

    points: tuple[TrendPoint, ...]
    worsened: bool
    change: Interval | None = None
    few: bool = False


def trend_of(years: Sequence[Year], rules: Rules) -> Trend:
    """Put the years together; works whose codifier blocks differ are shown and not compared."""
    last = years[-1].school.work if years else None
    points = tuple(_point(year, last) for year in years if year.school.n[0])
    if len(points) < 2 or not points[-2].comparable:
        return Trend(points, worsened=False)
    before, now = points[-2], points[-1]
    few = min(before.n, now.n) < rules.bands.fewest
    lowest = None if before.lowest is None or now.lowest is None else 100 * (now.lowest - before.lowest)
    worsened = lowest is not None and round(lowest, 9) >= rules.support.growth
    change = None if few else _change(before, now, rules.comparison.z)
    return Trend(points, worsened and not few, change, few)


def _change(before: TrendPoint, now: TrendPoint, z: float) -> Interval:
    gained = (now.share - now.territory) - (before.share - before.territory)
    half = z * (now.error**2 + before.error**2) ** 0.5
    return Interval(gained, gained - half, gained + half)


def _point(year: Year, last: Work | None) -> TrendPoint:
    work, n = year.school.work, int(year.school.n[0])
    maximum = work.maximum
    error = float(np.sqrt(year.school.total.variance[0, 0] / n)) / maximum if n > 1 else float("nan")
    marks = marks_in(year.school)
    return TrendPoint(
        year.label,
        n,
        float(year.school.total.mean[0, 0]) / maximum,
        error,
        float(year.territory.total.mean[0, 0]) / maximum,
        None if marks is None else marks.shares[0],
        last is not None and work.asked == last.asked,
    )
