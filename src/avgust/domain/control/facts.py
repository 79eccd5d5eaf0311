"""What is known when an act on an assignment is tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Facts:
    """An assignment and who acts on it, as the guards see them.

    `actor_units` are the organisations that the actor works for (for a post at a place, its authorities);
    `spoke` are the people who reported or asked, `spoke_units` the organisations they worked for then.
    """

    status: str
    unit: int
    today: date
    actor: int | None = None
    actor_units: frozenset[int] = frozenset()
    spoke: frozenset[int] = frozenset()
    spoke_units: frozenset[int] = frozenset()
    due: date | None = None
    asked_due: date | None = None  # an extension that waits for its answer
    wanted_due: date | None = None  # the day asked for now
    event_on: date | None = None
    reason: str = ""
    evidence: frozenset[str] = frozenset()  # kinds that the report holds
    needed: frozenset[str] = frozenset()  # kinds of which the measure needs at least one; empty: any
