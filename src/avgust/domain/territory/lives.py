"""What was true of the organisations on a date: the outcome of folding their events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Place:
    """A place under `parent`; both ends inclusive."""

    parent: int
    since: date
    until: date | None = None
    basis: str = ""

    def on(self, day: date) -> bool:
        """Return whether the place holds on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Called:
    """A name from a day on; the first one has no day."""

    name: str
    short_name: str
    since: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """One organisation from its opening to its closing. Names and places stand in order of time."""

    opened: date | None
    names: tuple[Called, ...]
    places: tuple[Place, ...] = ()
    closed: date | None = None
    successor: int | None = None
    closing_basis: str = ""

    def works_on(self, day: date) -> bool:
        """Return whether it exists on `day`; the day of closing is the last one."""
        return (self.opened is None or self.opened <= day) and (self.closed is None or day <= self.closed)

    def name_on(self, day: date) -> Called:
        """Return how it is called on `day`; the first name before all days."""
        known = [called for called in self.names if called.since is None or called.since <= day]
        return known[-1] if known else self.names[0]

    def place_on(self, day: date) -> Place | None:
        """Return its place on `day`."""
        return next((place for place in self.places if place.on(day)), None)


def parent_on(lives: Mapping[int, Life], unit: int, day: date) -> int | None:
    """Return what stands directly above `unit` on `day`."""
    place = lives[unit].place_on(day) if unit in lives else None
    return place.parent if place else None


def line_on(lives: Mapping[int, Life], unit: int, day: date) -> list[int]:
    """Return what stands above `unit` on `day`, the highest first, without the unit itself."""
    line: list[int] = []
    here = parent_on(lives, unit, day)
    while here is not None and here not in line:
        line.append(here)
        here = parent_on(lives, here, day)
    return line[::-1]


def under(lives: Mapping[int, Life], unit: int, day: date) -> set[int]:
    """Return `unit` and all that stands under it on `day`."""
    return {unit} | {other for other in lives if unit in line_on(lives, other, day)}
