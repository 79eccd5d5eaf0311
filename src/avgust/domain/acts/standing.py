"""Where local acts stand on a day, and what they prove.

The same table is read by `standing_on` and turned into SQL (`avgust.web.acts.counting`), so that a list of
1,500 schools and a test over one act cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from avgust.domain.acts.states import EVER_ADOPTED, Status
from avgust.domain.proof import Verdict


class Standing(StrEnum):
    """Where the act of an organisation stands on a day, in the order of every list: the best first."""

    IN_FORCE = "in_force"
    ADOPTED = "adopted"  # and not in force yet
    AGREED = "agreed"
    AGREEING = "agreeing"
    DRAFT = "draft"
    ENDED = "ended"  # repealed, or replaced by one that is not in force either
    NONE = "none"  # nothing was begun


@dataclass(frozen=True, slots=True)
class Dated:
    """A local act by its status and dates; `until` is the last day in force."""

    number: int  # of the row, the later made the greater
    status: Status
    since: date | None = None
    until: date | None = None
    adopted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A standing and when it holds; None means that it does not matter."""

    standing: Standing
    statuses: frozenset[Status]
    begun: bool | None = None  # the first day in force has come
    over: bool | None = None  # the last day in force has passed

    def fits(self, status: Status, *, begun: bool, over: bool) -> bool:
        """Return whether the rule holds."""
        return (
            status in self.statuses
            and (self.begun is None or self.begun is begun)
            and (self.over is None or self.over is over)
        )


RULES: Final = (
    Rule(Standing.ENDED, EVER_ADOPTED, over=True),
    Rule(Standing.IN_FORCE, EVER_ADOPTED, begun=True),
    Rule(Standing.ADOPTED, EVER_ADOPTED),
    Rule(Standing.AGREED, frozenset({Status.AGREED})),
    Rule(Standing.AGREEING, frozenset({Status.AGREEING})),
    Rule(Standing.DRAFT, frozenset({Status.DRAFT})),
    Rule(Standing.NONE, frozenset({Status.DROPPED})),
)
PROVES: Final = frozenset({Standing.IN_FORCE, Standing.ADOPTED})


def standing_on(act: Dated, day: date) -> Standing:
    """Return where `act` stands on `day`; both ends of its time in force are inclusive."""
    begun = act.since is not None and act.since <= day
    over = act.until is not None and act.until < day
    return next(rule.standing for rule in RULES if rule.fits(act.status, begun=begun, over=over))


def foremost(acts: Iterable[Dated], day: date) -> Dated | None:
    """Return the act that speaks for the organisation: the one that stands best, of equals the newest."""
    order = list(Standing)
    ranked = sorted(acts, key=lambda act: (order.index(standing_on(act, day)), -act.number))
    return ranked[0] if ranked and standing_on(ranked[0], day) is not Standing.NONE else None


def standing_of(acts: Iterable[Dated], day: date) -> Standing:
    """Return where an organisation stands with its acts of one template."""
    best = foremost(acts, day)
    return standing_on(best, day) if best else Standing.NONE


def verdict_on(acts: Iterable[Dated], day: date) -> tuple[Verdict, Dated | None]:
    """Return what the acts of an organisation say about «adopt the act», and the act that says it.

    An adopted act proves it, in force already or from a later day. One that ended with nothing in its
    place speaks against whoever says that it was done. A draft says nothing.
    """
    best = foremost((act for act in acts if act.status in EVER_ADOPTED), day)
    if best is None:
        return Verdict.NONE, None
    stands = standing_on(best, day) in PROVES
    return (Verdict.MET if stands else Verdict.CONTRADICTED), best
