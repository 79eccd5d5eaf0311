"""Chooses one deadline among the candidates of a text.

The order: behind the word «срок» > a last day > a rhythm or a term counted from an event > a stretch or
day > a condition, an open start, a stretch without ends. Among equals the first printed wins, and further
last days follow as `then`: a compound deadline is its first part. In a line of its own everything is about
time, so the first statement wins over later ones of any force, vague ones apart. A stretch in a clause
that was over before the adoption is content, no deadline.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.deadline.candidate import Candidate, Place, Rank, Reading
from avgust.domain.resolutions.grammars.deadline.context import opens, stands_apart
from avgust.domain.resolutions.model import Deadline, DeadlineKind

_PURPOSE: Final = re.compile(
    r"в целях|с целью|(?<![а-я])для |во исполнение|в рамках|в связи|в соответствии|по итогам|реализаци"
    r"|обсудив|заслушав|отмеча"
)


def choose(found: list[Candidate], reading: Reading, fragment: Fragment) -> Deadline:
    """Return the deadline of the text; kind NONE when no candidate holds there."""
    if reading.place is Place.HEADING:
        found = [one for one in found if _governs(one, reading)]
    if reading.place is not Place.LINE:
        found = [one for one in found if not _over(one, reading)]
    if not found:
        return Deadline()
    best = _best(found, reading)
    deadline = best.located(fragment)
    later = [one for one in found if one.begin >= best.stop and one.rank >= Rank.CONTROL]
    if best.rank >= Rank.CONTROL and later and deadline.then is None:
        deadline = replace(deadline, then=later[0].located(fragment))
    return deadline


_CAPTION: Final = re.compile(r"срок[а-я]*(?: (?:исполнения|выполнения|реализации|проведения))? ?[-:] ?$")


def _rank(one: Candidate, reading: Reading) -> Rank:
    """Return the force of `one`; what stands behind the caption «срок» beats all."""
    text = reading.text
    behind = text.startswith("срок", one.begin) or _CAPTION.search(text, max(0, one.begin - 40), one.begin)
    return Rank.STATED if behind else one.rank


def _best(found: list[Candidate], reading: Reading) -> Candidate:
    if reading.in_line:
        firm = [one for one in found if one.rank > Rank.VAGUE]
        return (firm or found)[0]
    return max(found, key=lambda one: (_rank(one, reading), -one.begin))


def _over(one: Candidate, reading: Reading) -> bool:
    """Whether a stretch or day of an event lies wholly before the adoption."""
    adopted, end = reading.anchor.adopted, one.deadline.end
    return one.rank is Rank.PERIOD and adopted is not None and end is not None and end < adopted


def _governs(one: Candidate, reading: Reading) -> bool:
    """Whether a candidate of a heading binds the section: a last day, or words at its edge."""
    if _PURPOSE.search(reading.text, 0, one.begin):
        return False
    if one.deadline.kind is DeadlineKind.CONDITIONAL:
        return False
    if "month" in one.deadline.inferred and one.rank is Rank.CONTROL:
        return opens(reading, one.begin)  # «До 2025 года:», never «Направления развития до 2025 года»
    return one.rank >= Rank.CONTROL or stands_apart(reading, one.begin, one.stop)
