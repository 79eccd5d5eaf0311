"""Words that several charts and reports share."""

from __future__ import annotations

from typing import Final

from avgust.domain.assessment.interpretation.mastery import Share
from avgust.domain.assessment.interpretation.rules import BAND_NAMES, Band
from avgust.domain.assessment.interpretation.schools import Verdict
from avgust.domain.charts.numbers import percent
from avgust.domain.charts.table import BAD, BORDER, FEW, GOOD, Shaded
from avgust.domain.messages import Message, mark

AGAINST: Final = {
    Verdict.BELOW: Message(mark("below the mean")),
    Verdict.AS: Message(mark("does not differ from the mean")),
    Verdict.ABOVE: Message(mark("above the mean")),
    Verdict.TOO_FEW: Message(mark("too few pupils, no comparison")),
}
SHADES: Final = {Band.SUFFICIENT: GOOD, Band.BORDER: BORDER, Band.DEFICIT: BAD, Band.TOO_FEW: FEW}
LEGEND: Final = tuple((SHADES[band], BAND_NAMES[band]) for band in Band)

NAME: Final = Message(mark("School"))
PUPILS: Final = Message(mark("Pupils"))
MEAN: Final = Message(mark("Mean score"))
FROM: Final = Message(mark("Lower end"))
TO: Final = Message(mark("Upper end"))
CONCLUSION: Final = Message(mark("Conclusion"))


def shaded(share: Share) -> Shaded:
    """Return a share of points as a cell with its verdict."""
    return Shaded(percent(share.value), SHADES[share.band], BAND_NAMES[share.band])


def verdict_shade(verdict: Verdict, text: Message) -> Shaded:
    """Return a cell with a verdict against the mean."""
    shades = {Verdict.BELOW: BAD, Verdict.ABOVE: GOOD, Verdict.AS: "", Verdict.TOO_FEW: FEW}
    return Shaded(text, shades[verdict], AGAINST[verdict])
