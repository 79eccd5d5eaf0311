"""The register as addressing sees it: units of one territory on one date, by normalised name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from avgust.domain.resolutions.morphology import fold

_MARKS: Final = re.compile(r"[«»„“”\"'().,;:]+")
_SPACE: Final = re.compile(r"[\s\u00a0]+")
_DASH: Final = re.compile(r"\s*[‐‑‒–—−-]\s*")


@lru_cache(maxsize=20_000)
def normalised(name: str) -> str:
    """Return `name` as register look-ups compare it: no case, no ё, no marks, single white space.

    A register is asked many times in a page, always about the same names.
    """
    text = _MARKS.sub(" ", fold(name))
    return _SPACE.sub(" ", _DASH.sub("-", text)).strip()


@dataclass(frozen=True, slots=True)
class RegisterUnit:
    """A unit of the territory on the date of the question.

    `kind` is one of "region", "municipality", "authority", "school", "kindergarten", "additional",
    "college", "methodical_centre", "institute", "other". `municipality` is the id of the municipality
    that the unit belongs to, None for regional units. `founder` is "municipal", "regional" or "private".
    """

    id: int
    name: str
    short_name: str
    kind: str
    municipality: int | None = None
    founder: str = "municipal"

    @property
    def regional(self) -> bool:
        """True for a unit of the regional level."""
        return self.municipality is None

    @property
    def words(self) -> str:
        """Return both names as a search compares them."""
        return normalised(f"{self.name} {self.short_name}")


@dataclass(frozen=True)
class Register:
    """Units of the territory a document belongs to. `home` is the municipality of a municipal document."""

    units: tuple[RegisterUnit, ...]
    home: int | None = None

    @classmethod
    def of(cls, units: Iterable[RegisterUnit], home: int | None = None) -> Register:
        """Return the register of `units`; a municipal document (`home`) sees its own municipality only."""
        kept = tuple(u for u in units if home is None or u.municipality in (home, None))
        return cls(kept, home)

    @cached_property
    def by_name(self) -> dict[str, tuple[RegisterUnit, ...]]:
        """Return units by each of their normalised names."""
        found: defaultdict[str, dict[int, RegisterUnit]] = defaultdict(dict)
        for unit in self.units:
            for name in (unit.name, unit.short_name):
                if name:
                    found[normalised(name)][unit.id] = unit
        return {name: tuple(units.values()) for name, units in found.items()}

    @cached_property
    def ids(self) -> frozenset[int]:
        """Return the ids of all units that exist on the day."""
        return frozenset(unit.id for unit in self.units)

    @cached_property
    def ruled(self) -> dict[str, tuple[int, ...]]:
        """Return what rules took of these units so far: each is asked once, in however many measures."""
        return {}

    @cached_property
    def in_reach(self) -> tuple[RegisterUnit, ...]:
        """Return the units that a role of the document may fall on."""
        if self.home is None:
            return self.units
        return tuple(u for u in self.units if u.municipality == self.home)
