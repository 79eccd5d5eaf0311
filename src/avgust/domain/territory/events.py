"""What happens to an organisation: it opens, gets a place, is renamed, closes.

A move is a place that follows another; a merger is a closing with a successor. Days are inclusive: the
day of closing is the last day of work. `basis` is the act that ordered the event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

ALWAYS: Final = date.min  # the day of an opening that nobody remembers
ONE_DAY: Final = timedelta(days=1)
REGION: Final = "region"
MUNICIPALITY: Final = "municipality"
PLACES: Final = frozenset({REGION, MUNICIPALITY})


@dataclass(frozen=True, slots=True)
class Opened:
    """The first day of work; None where it is not known."""

    day: date | None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """From `day` on the organisation stands directly under `parent`."""

    day: date
    parent: int
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Renamed:
    """From `day` on it is called so."""

    day: date
    name: str
    short_name: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """`day` is the last one; with a successor it is a merger."""

    day: date
    successor: int | None = None
    basis: str = ""


Event = Opened | Placed | Renamed | Closed


@dataclass(frozen=True, slots=True)
class Record:
    """One organisation with all that happened to it. `name` is the one it opened with."""

    unit: int
    kind: str
    name: str
    short_name: str = ""
    events: tuple[Event, ...] = ()

    @property
    def is_place(self) -> bool:
        """True for a part of the territory, which is no organisation."""
        return self.kind in PLACES


def takes_effect(event: Event) -> date:
    """Return the first day on which the event is felt: the day after the last one for a closing."""
    if isinstance(event, Closed):
        return event.day + ONE_DAY if event.day < date.max else date.max
    return event.day or ALWAYS


_TURN: Final[dict[type, int]] = {Opened: 0, Placed: 1, Renamed: 2, Closed: 3}


def in_time(event: Event) -> tuple[date, int]:
    """Return the key that orders events: on one day openings come first, closings last."""
    return takes_effect(event), _TURN[type(event)]
