"""The passport of an instrument as values: items with their faults, curves, scale, boundaries, verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from avgust.domain.assessment.arrays import Floats, Ints
from avgust.domain.assessment.calibration import ItemEstimate, Model
from avgust.domain.assessment.classical.item_analysis import ClassicalItem
from avgust.domain.assessment.classical.reliability import Reliability
from avgust.domain.assessment.dif.mantel_haenszel import EtsClass
from avgust.domain.assessment.interpretation.work import Item, Work
from avgust.domain.assessment.status import Status

FEWEST_PUPILS: Final = 50  # below it a passport is only a first look


class Fault(StrEnum):
    """What is wrong with an item."""

    NEGATIVE = "negative"  # stronger pupils do it worse
    WEAK = "weak"  # hardly tells strong from weak
    EASY = "easy"
    HARD = "hard"
    MISFIT = "misfit"  # something else than the ability answers it
    REPEATS = "repeats"  # more predictable than the model: repeats other items
    UNUSED = "unused"  # a score that nobody got
    DISORDERED = "disordered"  # a middle score that is never the most likely
    LOWERS = "lowers"  # reliability is better without it
    DIFFERS = "differs"  # works differently in groups (DIF, class C)
    LEVEL = "level"  # harder or easier than the level it is declared at
    NOT_PLACED = "not_placed"  # all answers alike


SEVERE: Final = frozenset({Fault.NEGATIVE, Fault.DIFFERS, Fault.NOT_PLACED})
MILD: Final = frozenset({Fault.EASY, Fault.LEVEL, Fault.REPEATS, Fault.LOWERS, Fault.DISORDERED})


@dataclass(frozen=True)
class ItemPassport:
    """An item with its statistics and faults; `difficulty` in logits is the mean of its thresholds."""

    item: Item
    classical: ClassicalItem
    estimate: ItemEstimate
    difficulty: float
    error: float
    dif: EtsClass | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Curve:
    """Expected share of points of an item by ability, and what groups of pupils got (ability, share, n)."""

    item: Item
    theta: Floats
    expected: Floats
    observed: tuple[tuple[float, float, int], ...]


@dataclass(frozen=True)
class Scale:
    """Pupils and items on one scale of logits: `counts` pupils have each of the `abilities`, ascending."""

    abilities: Floats
    counts: Ints
    thresholds: tuple[tuple[str, float], ...]
    mean: float
    deviation: float
    gaps: tuple[tuple[float, float], ...]  # stretches within the pupils' spread that no threshold measures

    @property
    def n(self) -> int:
        """Pupils with an ability."""
        return int(self.counts.sum())

    def quantile(self, share: float) -> float:
        """Return the ability that this share of pupils does not exceed."""
        place = np.searchsorted(np.cumsum(self.counts), share * self.n)
        return float(self.abilities[min(int(place), len(self.abilities) - 1)])


@dataclass(frozen=True)
class CutError:
    """The error of measurement at a cut score: abilities and score points; the share of pupils within it."""

    mark: int
    score: int
    error_points: float
    near: float


class Readiness(StrEnum):
    """The verdict."""

    READY = "ready"
    MEND = "mend"  # ready when the named items are mended
    NOT_READY = "not_ready"
    FIRST_LOOK = "first_look"  # too few pupils for a verdict


@dataclass(frozen=True)
class Passport:
    """The passport of an instrument."""

    work: Work
    n: int
    reliability: Reliability
    model: Model
    status: Status
    items: tuple[ItemPassport, ...]
    curves: tuple[Curve, ...]
    scale: Scale | None
    cuts: tuple[CutError, ...]
    pairs: tuple[tuple[str, str, float], ...]
    floor: float
    ceiling: float
    readiness: Readiness

    @property
    def faulty(self) -> list[ItemPassport]:
        """Return the items to mend, severe faults first."""
        bad = [item for item in self.items if set(item.faults) - MILD]
        return sorted(bad, key=lambda one: (not set(one.faults) & SEVERE, len(one.faults) * -1))
