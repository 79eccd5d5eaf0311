"""The territory as an import sees it: what is recorded about each unit, found by number, name or place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from avgust.domain.territory.events import PLACES, Record
from avgust.domain.territory.fold import life_of
from avgust.domain.territory.imports.columns import plain
from avgust.domain.territory.lives import Life


@dataclass(frozen=True)
class Known:
    """A unit of the register with what a file may say about it."""

    record: Record
    inn: str = ""
    founder: str = "municipal"
    settlement: str = ""
    external: str = ""

    @cached_property
    def life(self) -> Life:
        """What was true of it when."""
        return life_of(self.record)

    @property
    def unit(self) -> int:
        """Its id."""
        return self.record.unit

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.record.kind

    @property
    def name(self) -> str:
        """Its latest official name."""
        return self.life.names[-1].name

    @property
    def short_name(self) -> str:
        """Its latest short name."""
        return self.life.names[-1].short_name

    @property
    def label(self) -> str:
        """How it is called on a page."""
        return self.short_name or self.name


@dataclass
class KnownRegister:
    """All units that a person may change, on the day for which a file is compared."""

    day: date
    units: dict[int, Known] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Iterable[Known], day: date) -> KnownRegister:
        """Return the register of `units`."""
        return cls(day, {known.unit: known for known in units})

    @cached_property
    def by_inn(self) -> dict[str, int]:
        """Units by tax number."""
        return {known.inn: known.unit for known in self.units.values() if known.inn}

    @cached_property
    def by_external(self) -> dict[str, int]:
        """Units by their number in the other system."""
        return {known.external: known.unit for known in self.units.values() if known.external}

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        """Units by official name, as names are compared."""
        return self._index(lambda known: [known.name])

    @cached_property
    def by_any_name(self) -> dict[str, list[int]]:
        """Units by official and by short name."""
        return self._index(lambda known: [known.name, known.short_name])

    @cached_property
    def place_names(self) -> dict[str, str]:
        """Names of the parts of the territory, as they are compared and as they are written."""
        return {
            plain(one.name): one.name for one in self.units.values() if one.kind in PLACES and self.works(one)
        }

    @cached_property
    def within(self) -> dict[int | None, list[int]]:
        """Units by what stands directly above them."""
        found: defaultdict[int | None, list[int]] = defaultdict(list)
        for known in self.units.values():
            if self.works(known):
                found[self.parent_of(known.unit)].append(known.unit)
        return found

    def _index(self, names: object) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for known in self.units.values():
            for name in {plain(name) for name in names(known) if name}:  # type: ignore[operator]
                found[name].append(known.unit)
        return found

    def works(self, known: Known) -> bool:
        """Return whether the unit works on the day of the comparison, or opens later."""
        return known.life.closed is None or known.life.closed >= self.day

    def parent_of(self, unit: int) -> int | None:
        """Return what stands directly above the unit on the day; its first place where it opens later."""
        life = self.units[unit].life
        place = life.place_on(self.day) or (life.places[0] if life.places else None)
        return place.parent if place else None
