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

from django.db import models
from django.utils import timezone

from avgust.web.territory.models import Membership, Unit, UnitQuerySet

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
    """What was read for a tree: the units that have others in them, counts by parent, leaves by parent."""

    inner: dict[int | None, list[Unit]]
    counts: dict[int | None, Counter[str]]
    leaves: dict[int | None, list[Unit]]
    opened: frozenset[int] | None


def survey(visible: UnitQuerySet, day: date, opened: Iterable[int] | None = ()) -> list[Branch]:
    """Return the tree of the `visible` units of `day`; `opened` are open beside its top, None opens all."""
    members = Membership.objects.on(day).filter(parent=models.OuterRef("pk"), unit__in=visible.values("pk"))
    has_inside = models.Q(kind__in=PLACES) | models.Exists(members)
    holders = _named(visible.with_parent(day).filter(has_inside), day)
    known = {unit.pk for unit in holders}
    inner: defaultdict[int | None, list[Unit]] = defaultdict(list)
    for unit in holders:
        inner[unit.parent_on_day if unit.parent_on_day in known else None].append(unit)
    shown = None if opened is None else frozenset(opened) | _top(inner)
    ground = _Ground(inner, _counts(visible, day, known), _leaves(visible, day, known, shown), shown)
    roots = [_grown(unit, ground) for unit in inner[None]]
    return roots + [Branch(unit) for unit in ground.leaves.get(None, ())]


def _top(inner: dict[int | None, list[Unit]]) -> frozenset[int]:
    """Return what is open without asking: the roots, and below a root a municipality that is alone."""
    top = {unit.pk for unit in inner[None]}
    alone = {units[0].pk for root in inner[None] if len(units := inner.get(root.pk, [])) == 1}
    return frozenset(top | alone)


def _named(units: UnitQuerySet, day: date) -> list[Unit]:
    """Return `units` with the names of `day`; today everything is called as its row says."""
    return units.called_as_on(day) if day < timezone.localdate() else list(units)


def _counts(visible: UnitQuerySet, day: date, known: set[int]) -> dict[int | None, Counter[str]]:
    """Return how many organisations of each kind stand directly in each holder; of no holder under None."""
    organisations = visible.exclude(kind__in=PLACES).with_parent(day).order_by()
    counted: Any = organisations.values("parent_on_day", "kind")  # type: ignore[misc]  # annotated above
    counts: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    for row in counted.annotate(number=models.Count("pk")):
        parent = row["parent_on_day"] if row["parent_on_day"] in known else None
        counts[parent][row["kind"]] += row["number"]
    return counts


def _leaves(
    visible: UnitQuerySet, day: date, known: set[int], shown: frozenset[int] | None
) -> dict[int | None, list[Unit]]:
    """Return the organisations without anything in them that stand directly in an open holder or in none."""
    leaves = visible.with_parent(day).exclude(pk__in=known)
    if shown is not None:
        leaves = leaves.outside(known - shown, day)
    found: defaultdict[int | None, list[Unit]] = defaultdict(list)
    for unit in _named(leaves, day):
        found[unit.parent_on_day if unit.parent_on_day in known else None].append(unit)
    return found


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
