"""Thresholds of interpretation: dated, each with its source and how sure we are of it.

An official text replaces a rule by a new entry with a later date; readings made before keep theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from avgust.domain.assessment.interpretation.work import Level
from avgust.domain.messages import Message, mark


class Ground(StrEnum):
    """How a rule is known."""

    SEEN = "seen"  # the official text was read
    SECOND_HAND = "second_hand"  # a transcript of the official text by others
    DEFAULT = "default"  # no official text is known: a setting of Avgust, to be replaced


GROUNDS: Final = {
    Ground.SEEN: Message(mark("by the official text")),
    Ground.SECOND_HAND: Message(mark("by a retelling of the official text")),
    Ground.DEFAULT: Message(mark("a setting of Avgust; no official text is known")),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a threshold comes from. Reports name it by `name`, programs by `code` and `version`."""

    code: str
    name: Message
    version: int
    since: date
    source: Message
    ground: Ground

    @property
    def told(self) -> Message:
        """The rule as a method section names it."""
        return Message(
            mark("%(name)s: %(source)s (%(ground)s; in use from %(since)s, version %(version)d)."),
            {
                "name": self.name,
                "version": self.version,
                "since": f"{self.since:%d.%m.%Y}",
                "source": self.source,
                "ground": GROUNDS[self.ground],
            },
        )


class Band(StrEnum):
    """What a share of points says of a group."""

    SUFFICIENT = "sufficient"
    BORDER = "border"  # the grey zone: nothing is concluded
    DEFICIT = "deficit"
    TOO_FEW = "too_few"


BAND_NAMES: Final = {
    Band.SUFFICIENT: Message(mark("mastered")),
    Band.BORDER: Message(mark("on the border, no conclusion")),
    Band.DEFICIT: Message(mark("deficit")),
    Band.TOO_FEW: Message(mark("too few pupils, no conclusion")),
}


@dataclass(frozen=True)
class Bands:
    """From `sufficient` percent of points an item is mastered, below `insufficient` it is not.

    A group of fewer than `fewest` pupils is shown and not judged.
    """

    rule: Rule
    sufficient: Mapping[Level, float]
    insufficient: Mapping[Level, float]
    fewest: int

    def of(self, level: Level, share: float, n: float) -> Band:
        """Return the band of a share of points (0..1)."""
        if n < self.fewest or share != share:  # noqa: PLR0124 - nan
            return Band.TOO_FEW
        # Percents are compared as they are printed, to one digit: 59.96 reads as 60.0 and counts as it.
        percent = round(100 * share, 1)
        if percent >= self.sufficient[level]:
            return Band.SUFFICIENT
        return Band.DEFICIT if percent < self.insufficient[level] else Band.BORDER


@dataclass(frozen=True)
class Comparison:
    """How groups are compared: `z` errors on either side of an interval; `surprise` for single items.

    Fewer than `hollow` pupils are drawn hollow and not compared at all.
    """

    rule: Rule
    z: float
    surprise: float
    hollow: int
    fewest_schools: int


@dataclass(frozen=True)
class Comparability:
    """Comparable are schools of one sort, settlement and size: `sizes` are where its later bands begin."""

    rule: Rule
    sizes: tuple[int, ...]

    def band(self, pupils: int) -> tuple[int, int | None]:
        """Return the band of size that a number of participants lies in; None is no upper end."""
        edges = (1, *self.sizes)
        place = sum(pupils >= edge for edge in self.sizes)
        return edges[place], edges[place + 1] - 1 if place + 1 < len(edges) else None


@dataclass(frozen=True)
class Support:
    """Schools with low results: at least `share` of pupils below the least mark's bound.

    In `procedures` or more of one year (flag A), or in the same procedure in two years running (flag B).
    `growth` of the lowest mark in percentage points is a worsening.
    """

    rule: Rule
    share: float
    procedures: int
    growth: float
    counted: frozenset[str]  # procedures: works of a school's own are no assessment of a territory


@dataclass(frozen=True)
class Privacy:
    """Least sizes of what may be shown: teachers in a group, pupils in a cell of a public table."""

    rule: Rule
    teachers: int
    pupils: int


@dataclass(frozen=True)
class Quality:
    """Bounds of a sound instrument and of its items."""

    rule: Rule
    alpha_persons: float
    alpha_groups: float
    item_rest: float
    fit_low: float
    fit_high: float
    easy: float
    hard: float
    gap: float
    q3: float


_FIOKO: Final = Message(
    mark("FIOKO, recommendations on analysing results of nationwide check works, 2026, section 4, pp. 13–24")
)
_OWN: Final = Message(mark("Avgust, settings of interpretation"))

BANDS: Final = (
    Bands(
        Rule(
            "mastery.bands",
            Message(mark("Bounds of mastery")),
            1,
            date(2026, 1, 1),
            _FIOKO,
            Ground.SECOND_HAND,
        ),
        {Level.BASIC: 60.0, Level.RAISED: 30.0, Level.HIGH: 30.0},
        {Level.BASIC: 57.0, Level.RAISED: 28.5, Level.HIGH: 28.5},
        fewest=10,
    ),
)
COMPARISONS: Final = (
    Comparison(
        Rule(
            "comparison.intervals",
            Message(mark("Intervals and comparison")),
            1,
            date(2026, 1, 1),
            _OWN,
            Ground.DEFAULT,
        ),
        z=1.959963984540054,
        surprise=2.5758293035489004,
        hollow=5,
        fewest_schools=5,
    ),
)
COMPARABILITIES: Final = (
    Comparability(
        Rule(
            "comparison.clusters",
            Message(mark("Comparable schools")),
            1,
            date(2026, 1, 1),
            Message(
                mark(
                    "comparable are schools of the same sort, settlement and size by participants; "
                    "where fewer than five are such, a wider group"
                )
            ),
            Ground.DEFAULT,
        ),
        sizes=(15, 50),
    ),
)
SUPPORTS: Final = (
    Support(
        Rule(
            "support.low_results",
            Message(mark("Schools with low results")),
            1,
            date(2025, 12, 1),
            Message(
                mark("regional act on schools with low results, December 2025; growth of “2” by FIOKO 2026")
            ),
            Ground.SEEN,
        ),
        share=0.30,
        procedures=2,
        growth=10.0,
        counted=frozenset({"vpr", "oge", "ege", "niko", "rpr", "pisa"}),
    ),
)
PRIVACIES: Final = (
    Privacy(
        Rule(
            "privacy.teachers",
            Message(mark("Groups of teachers")),
            1,
            date(2025, 9, 1),
            Message(mark("results of nationwide check works rate no teacher; groups of ten and more only")),
            Ground.DEFAULT,
        ),
        teachers=10,
        pupils=10,
    ),
)
QUALITIES: Final = (
    Quality(
        Rule(
            "instrument.quality",
            Message(mark("Quality of the work")),
            1,
            date(2026, 1, 1),
            Message(
                mark("Nunnally & Bernstein 1994; Ebel 1965; Wright & Linacre 1994; Christensen et al. 2017")
            ),
            Ground.DEFAULT,
        ),
        alpha_persons=0.8,
        alpha_groups=0.7,
        item_rest=0.2,
        fit_low=0.7,
        fit_high=1.3,
        easy=0.95,
        hard=0.05,
        gap=1.0,
        q3=0.2,
    ),
)


class _Dated(Protocol):
    @property
    def rule(self) -> Rule: ...


_Set = TypeVar("_Set", bound=_Dated)


def on_day(rules: Sequence[_Set], day: date) -> _Set:
    """Return the rule in force on `day`: the latest begun; before the first, the first."""
    begun = [one for one in rules if one.rule.since <= day]
    return max(begun, key=lambda one: one.rule.since) if begun else rules[0]


@dataclass(frozen=True)
class Rules:
    """All rules of a day, as a reading takes them."""

    bands: Bands
    comparison: Comparison
    clusters: Comparability
    support: Support
    privacy: Privacy
    quality: Quality

    @classmethod
    def on(cls, day: date) -> Rules:
        """Return the rules in force on `day`."""
        return cls(
            on_day(BANDS, day),
            on_day(COMPARISONS, day),
            on_day(COMPARABILITIES, day),
            on_day(SUPPORTS, day),
            on_day(PRIVACIES, day),
            on_day(QUALITIES, day),
        )
