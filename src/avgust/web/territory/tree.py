"""The units of a day as a tree for reading: municipalities, inside them kinds, inside those organisations.

A region has thousands of organisations and a reader opens a few municipalities: the leaves of a branch are
read when it is open, of a closed one the database counts them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils import timezone

from avgust.web.territory.models import Unit, UnitQuerySet

# Kinds that are gathered under a heading where several of them stand together, in this order.
GATHERED: Final = (
    Unit.Kind.SCHOOL,
    Unit.Kind.KINDERGARTEN,
    Unit.Kind.ADDITIONAL,
    Unit.Kind.COLLEGE,
)
PLACES: Final = (Unit.Kind.REGION, Unit.Kind.MUNICIPALITY)
_FEW: Final = 2


@dataclass
class Branch:
    """A place of the tree with what stands in it; `kind` is set for a heading that gathers one kind.

    A closed branch has its counts and no leaves.
    """

    unit: Unit | None
    kind: Unit.Kind | None = None
    branches: list[Branch] = field(default_factory=list)
    leaves: list[Unit] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    total: int = 0
    open: bool = False

    @property
    def is_empty(self) -> bool:
        """True where nothing stands in it."""
        return not (self.total or self.branches or self.leaves)


def is_place(unit: Unit) -> bool:
    """Return whether `unit` is a part of the territory, not an organisation."""
    return unit.kind in PLACES


@dataclass
class _Ground:
    """What was read for a tree: units that have others in them, counts and leaves by what they stand in."""

    inner: dict[int | None, list[Unit]]
    counts: dict[int | None, Counter[str]]
    leaves: dict[int | None, list[Unit]]
    opened: frozenset[int] | None


def survey(visible: UnitQuerySet, day: date, opened: Iterable[int] | None = ()) -> list[Branch]:
    """Return the tree of the `visible` units of `day`; `opened` are open beside its top, None opens all.

    One query says where everything stands, a second reads the units that are shown.
    """
    placed: Any = visible.with_parent(day).order_by()
    standing: dict[int, tuple[str, int | None]] = {
        pk: (kind, parent) for pk, kind, parent in placed.values_list("pk", "kind", "parent_on_day")
    }
    above = {pk: parent if parent in standing else None for pk, (_kind, parent) in standing.items()}
    holders = set(above.values()) | {pk for pk, (kind, _parent) in standing.items() if kind in PLACES}
    holding = {pk: above[pk] for pk in holders if pk is not None}
    shown = None if opened is None else frozenset(opened) | _top(holding)
    read = [
        pk for pk in standing if pk in holding or shown is None or above[pk] is None or above[pk] in shown
    ]
    inner: defaultdict[int | None, list[Unit]] = defaultdict(list)
    leaves: defaultdict[int | None, list[Unit]] = defaultdict(list)
    for unit in _named(Unit.objects.filter(pk__in=read), day):
        (inner if unit.pk in holding else leaves)[above[unit.pk]].append(unit)
    counts: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    for pk, (kind, _parent) in standing.items():
        if kind not in PLACES:
            counts[above[pk]][kind] += 1
    ground = _Ground(inner, counts, leaves, shown)
    return [_grown(unit, ground) for unit in inner[None]] + [Branch(unit) for unit in leaves[None]]


def _top(holding: dict[int, int | None]) -> frozenset[int]:
    """Return what is open without asking: the roots, and what alone stands in a root and holds others."""
    top = {pk for pk, parent in holding.items() if parent is None}
    inside: defaultdict[int | None, list[int]] = defaultdict(list)
    for pk, parent in holding.items():
        inside[parent].append(pk)
    return frozenset(top | {inside[root][0] for root in top if len(inside[root]) == 1})


def _named(units: UnitQuerySet, day: date) -> list[Unit]:
    """Return `units` with the names of `day`; today everything is called as its row says."""
    return units.called_as_on(day) if day < timezone.localdate() else list(units)


def _grown(unit: Unit, ground: _Ground) -> Branch:
    branch = Branch(unit, open=ground.opened is None or unit.pk in ground.opened)
    branch.counts.update(ground.counts.get(unit.pk, {}))
    branch.total = sum(branch.counts.values())
    for child in ground.inner.get(unit.pk, ()):
        inner = _grown(child, ground)
        branch.branches.append(inner)
        branch.counts.update(inner.counts)
        branch.total += inner.total
    organisations: defaultdict[str, list[Unit]] = defaultdict(list)
    for leaf in ground.leaves.get(unit.pk, ()):
        organisations[leaf.kind].append(leaf)
    for kind in GATHERED:
        if len(organisations[kind]) > _FEW:
            found = organisations.pop(kind)
            branch.branches.append(Branch(None, kind=kind, leaves=found, total=len(found)))
    branch.leaves = [leaf for found in organisations.values() for leaf in found]
    return branch


def walk(branches: Iterable[Branch]) -> Iterator[Branch]:
    """Yield every branch, the outer before the inner."""
    for branch in branches:
        yield branch
        yield from walk(branch.branches)


def branch_of(roots: Iterable[Branch], unit: int) -> Branch | None:
    """Return the branch of `unit` in the tree."""
    return next((branch for branch in walk(roots) if branch.unit and branch.unit.pk == unit), None)


def total_of(roots: Iterable[Branch]) -> int:
    """Return how many organisations the tree holds; a root may be one itself."""
    return sum(root.total + (root.unit is not None and not is_place(root.unit)) for root in roots)
