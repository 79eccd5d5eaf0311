"""What happened to the organisations of the demo over three years: opened, closed, merged, moved, renamed.

Days are told from the school year of the demo, so that the latest ones are always fresh; after all of them
the territory is the one of `territory.units`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from avgust.demo.territory import DemoUnit, units

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.territory.models import Unit


@dataclass(frozen=True, slots=True)
class Day:
    """A day by the school year of the demo: 0 is the year in which that begins, -1 the one before."""

    year: int
    month: int
    day: int

    def of(self, first_year: int) -> date:
        """Return the day where the school year begins in `first_year`."""
        return date(first_year + self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Move:
    """A unit that stood in another place before (`ONCE_IN`)."""

    unit: str
    since: Day
    basis: str


@dataclass(frozen=True, slots=True)
class Merger:
    """Units whose last day is `last`; without a successor they close."""

    units: tuple[str, ...]
    last: Day
    basis: str
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Renaming:
    """A unit that was called `earlier` before its present name."""

    unit: str
    earlier: str
    earlier_short: str
    since: Day
    basis: str


# What works no longer, beside `territory.units`.
FORMER: Final = (
    DemoUnit("zarechny", "Заречный муниципальный округ", "Заречный муниципальный округ", "municipality", "region"),
    DemoUnit("zarechny-authority", "Отдел образования администрации Заречного муниципального округа",
             "Отдел образования", "authority", "zarechny"),
    DemoUnit("khutor-primary", "МБОУ «Хуторская начальная школа»", "Хуторская начальная школа", "school",
             "olkhovka", settlement="rural"),
    DemoUnit("bor-kindergarten", "МБДОУ «Детский сад № 9 «Сверчок» Верхнеборского округа»",
             "Детский сад «Сверчок»", "kindergarten", "verkhny-bor", settlement="rural"),
    DemoUnit("city-kindergarten", "МБДОУ «Детский сад № 21 «Гнёздышко» Приреченского округа»",
             "Детский сад «Гнёздышко»", "kindergarten", "prirechensk"),
)  # fmt: skip

# Where a unit stood at first, where that was not its present place.
ONCE_IN: Final = {
    "lugovoy-school-2": "zarechny",
    "lugovoy-school-3": "zarechny",
    "lugovoy-kindergarten-2": "zarechny",
    "tikhaya-school-5": "olkhovka",
    "olkhovka-school-4": "sosny",
}
OPENINGS: Final = {"prirechensk-kindergarten-18": Day(0, 9, 1)}
MERGERS: Final = (
    Merger(("khutor-primary",), Day(-2, 8, 31), "постановление администрации № 318-п от 14.06"),
    Merger(("zarechny-authority",), Day(-2, 12, 31), "закон области № 71-оз от 22.10", "lugovoy-authority"),
    Merger(("zarechny",), Day(-2, 12, 31), "закон области № 71-оз от 22.10", "lugovoy"),
    Merger(("bor-kindergarten",), Day(-1, 8, 31), "постановление администрации № 402-п от 03.07", "verkhny-bor-school-2"),
    Merger(("city-kindergarten",), Day(0, 7, 31), "постановление администрации № 655-п от 19.06", "prirechensk-kindergarten-1"),
)  # fmt: skip
MOVES: Final = (
    Move("tikhaya-school-5", Day(0, 1, 1), "закон области № 94-оз от 18.11"),
    Move("olkhovka-school-4", Day(0, 10, 1), "закон области № 33-оз от 27.05"),
)
RENAMINGS: Final = (
    Renaming("prirechensk-school-7", "МБОУ «Школа № 7» города Приреченска", "Школа № 7", Day(-1, 9, 1),
             "постановление администрации № 511-п от 12.08"),
)  # fmt: skip


def happen(places: dict[str, Unit], officer: User, first_year: int) -> None:
    """Do everything as the officer of the region would; what is to come is planned."""
    from avgust.web.territory import actions

    def merge(merger: Merger) -> None:
        last = merger.last.of(first_year)
        if merger.successor is None:
            actions.close_unit(places[merger.units[0]], closed=last, actor=officer, basis=merger.basis)
        else:
            units = [places[key] for key in merger.units]
            successor = places[merger.successor]
            actions.merge_units(units, successor=successor, closed=last, actor=officer, basis=merger.basis)

    def move(one: Move) -> None:
        unit, since = places[one.unit], one.since.of(first_year)
        parent = places[one.unit.rsplit("-school", 1)[0]]
        actions.move_unit(unit, parent=parent, since=since, actor=officer, basis=one.basis)

    for merger in MERGERS:
        merge(merger)
    for one in MOVES:
        move(one)
    for renaming in RENAMINGS:
        _rename(places[renaming.unit], renaming, officer, renaming.since.of(first_year))


def _rename(unit: Unit, renaming: Renaming, officer: User, since: date) -> None:
    """Give the unit its present name, which it was not made with."""
    from avgust.web.territory import actions

    present = present_names()[renaming.unit]
    actions.rename_unit(
        unit, name=present[0], short_name=present[1], since=since, actor=officer, basis=renaming.basis
    )


def present_names() -> dict[str, tuple[str, str]]:
    """Return official and short names by key, as they are now."""
    return {unit.key: (unit.name, unit.short_name) for unit in units()}


def at_first(first_year: int) -> list[DemoUnit]:
    """Return all units as they were before anything happened, parents before children."""
    earlier = {one.unit: one for one in RENAMINGS}
    former, now = list(FORMER), list(units())
    region, rest = now[0], now[1:]
    places = [unit for unit in (*former, *rest) if unit.kind == "municipality"]
    others = [unit for unit in (*rest, *former) if unit.kind != "municipality"]
    return [region, *places, *(_earlier(unit, earlier.get(unit.key), first_year) for unit in others)]


def _earlier(unit: DemoUnit, renaming: Renaming | None, first_year: int) -> DemoUnit:
    if unit.key in ONCE_IN:
        unit = replace(unit, parent=ONCE_IN[unit.key])
    if unit.key in OPENINGS:
        unit = replace(unit, opened=OPENINGS[unit.key].of(first_year))
    if renaming:
        unit = replace(unit, name=renaming.earlier, short_name=renaming.earlier_short)
    return unit
