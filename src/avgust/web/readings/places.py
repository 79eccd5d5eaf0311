"""Schools of a territory on the day of a work: their names, municipalities, and what they are compared by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from avgust.domain.assessment.interpretation.clusters import Cluster, Profile, clusters_of, sort_of
from avgust.domain.assessment.interpretation.development import Dimension
from avgust.domain.assessment.interpretation.results import GroupTable
from avgust.domain.assessment.interpretation.rules import Comparability
from avgust.web.territory.models import Unit


@dataclass(frozen=True)
class Place:
    """Schools by number: names, each its own; municipalities; the units themselves; what stands above each.

    `lines` begin with the school and go up, as far as the territory reaches.
    """

    names: dict[int, str]
    parts: dict[int, str]
    units: dict[int, Unit] = field(default_factory=dict)
    lines: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def clusters(self, table: GroupTable, rule: Comparability) -> dict[str, tuple[Cluster, ...]]:
        """Return the groups of comparable schools by the names of the table; size is that of the table."""
        sizes = dict(zip(table.names, table.n, strict=True))
        return {
            name: clusters_of(_profile(self.units[pk], int(sizes[name])), rule)
            for pk, name in self.names.items()
            if name in sizes
        }

    def teacher_dimensions(self) -> dict[Dimension, dict[str, str]]:
        """Return the kinds of schools by which groups of teachers are made: none of them tells a person."""
        several = len({part for part in self.parts.values() if part}) > 1
        sorts = {
            self.names[pk]: sort_of(unit.name, college=unit.kind == Unit.Kind.COLLEGE).value
            for pk, unit in self.units.items()
        }
        settlements = {self.names[pk]: unit.settlement for pk, unit in self.units.items() if unit.settlement}
        found = {Dimension.SCHOOL_TYPE: sorts, Dimension.LOCALITY: settlements}
        if several:
            found[Dimension.MUNICIPALITY] = {self.names[pk]: part for pk, part in self.parts.items() if part}
        return found


def _profile(unit: Unit, pupils: int) -> Profile:
    sort = sort_of(unit.name, college=unit.kind == Unit.Kind.COLLEGE)
    return Profile(sort, unit.settlement, pupils)


def place_of(unit: Unit, day: date, schools: Sequence[int]) -> Place:
    """Return which of the schools lie under `unit` on that day, in two queries."""
    nodes = {one.pk: one for one in Unit.objects.under(unit, day).with_parent(day)}
    lines = {pk: _line(nodes, pk) for pk in schools if pk in nodes}
    parts = {pk: _part(nodes, line) for pk, line in lines.items()}
    names = {pk: str(nodes[pk]) for pk in parts}
    names = _told_apart(names, {pk: parts[pk] or str(pk) for pk in parts})
    names = _told_apart(names, {pk: str(pk) for pk in parts})  # two of one name in one municipality
    return Place(names, parts, {pk: nodes[pk] for pk in parts}, lines)


def _told_apart(names: Mapping[int, str], by: Mapping[int, str]) -> dict[int, str]:
    counts = Counter(names.values())
    return {pk: f"{name} ({by[pk]})" if counts[name] > 1 else name for pk, name in names.items()}


def _line(nodes: Mapping[int, Unit], pk: int) -> tuple[int, ...]:
    """Return a unit and what stands above it in this territory, upwards."""
    line: list[int] = []
    at: int | None = pk
    while at is not None and at in nodes and at not in line:
        line.append(at)
        at = getattr(nodes[at], "parent_on_day", None)
    return tuple(line)


def _part(nodes: Mapping[int, Unit], line: Sequence[int]) -> str:
    """Return the municipality in a line, "" where there is none."""
    return next((str(nodes[pk]) for pk in line if nodes[pk].kind == Unit.Kind.MUNICIPALITY), "")
