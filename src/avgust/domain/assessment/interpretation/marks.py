"""Marks of a group, and marks of the work beside those of the journal, with intervals.

Intervals of shares are Wilson's: they hold for few pupils and for shares near 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avgust.domain.assessment.interpretation.results import GroupTable


@dataclass(frozen=True)
class Interval:
    """An estimate with its interval."""

    value: float
    low: float
    high: float


def share_interval(part: float, n: float, z: float) -> Interval:
    """Return the share of `part` in `n` with Wilson's interval; nan for nobody."""
    if not n:
        return Interval(float("nan"), float("nan"), float("nan"))
    p, square = part / n, z * z
    centre = (p + square / (2 * n)) / (1 + square / n)
    half = z * float(np.sqrt(p * (1 - p) / n + square / (4 * n * n))) / (1 + square / n)
    return Interval(p, max(centre - half, 0.0), min(centre + half, 1.0))


@dataclass(frozen=True, slots=True)
class Marks:
    """Shares of marks 2..5 with n; the error of the share of the lowest mark."""

    shares: tuple[float, float, float, float]
    n: int

    @property
    def lowest_error(self) -> float:
        """The binomial error of the share of the lowest mark."""
        p = self.shares[0]
        return float(np.sqrt(p * (1 - p) / self.n)) if self.n else float("nan")


def marks_in(table: GroupTable, group: int = 0) -> Marks | None:
    """Return the marks of a group; None where the work has none."""
    counts = table.marks[group]
    n = int(counts.sum())
    if not n:
        return None
    two, three, four, five = (float(count) / n for count in counts)
    return Marks((two, three, four, five), n)


@dataclass(frozen=True, slots=True)
class Journal:
    """Mark of the work against the mark in the journal: shares of lower, the same and higher; n of both."""

    lower: float
    same: float
    higher: float
    apart: float  # two marks and more
    n: int

    def interval(self, share: float, z: float) -> Interval:
        """Return one of the shares with its interval."""
        return share_interval(share * self.n, self.n, z)


def journal_of(table: GroupTable, group: int = 0) -> Journal | None:
    """Return how marks agree with the journal; None where the journal is not known."""
    counts = table.journal[group]
    n = int(counts.sum())
    if not n:
        return None
    lower, same, higher = (float(count) / n for count in counts)
    return Journal(lower, same, higher, float(table.apart[group]) / n, n)
