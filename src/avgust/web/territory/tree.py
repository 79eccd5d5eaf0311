"""The units of a day as a tree for reading: municipalities, inside them kinds, inside those organisations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from avgust.web.territory.models import Unit

# Kinds that are gathered under a heading where several of them stand together, in this order.
GATHERED = (
    Unit.Kind.SCHOOL,
    Unit.Kind.KINDERGARTEN,
    Unit.Kind.ADDITIONAL,
    Unit.Kind.COLLEGE,
)
_PLACES = (Unit.Kind.REGION, Unit.Kind.MUNICIPALITY)
_FEW = 2


@dataclass
class Branch:
    """A place of the tree with what stands in it; `kind` is set for a heading that gathers one kind."""

    unit: Unit | None
    kind: Unit.Kind | None = None
    branches: list[Branch] = field(default_factory=list)
    leaves: list[Unit] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    total: int = 0
    open: bool = False


def is_place(unit: Unit) -> bool:
    """Return whether `unit` is a part of the territory, not an organisation."""
    return unit.kind in _PLACES


def plant(units: Iterable[Unit]) -> list[Branch]:
    """Return the tree of `units`, which carry `parent_on_day` and stand in their order."""
    listed = list(units)
    known = {unit.pk for unit in listed}
    children: defaultdict[int | None, list[Unit]] = defaultdict(list)
    for unit in listed:
        parent = unit.parent_on_day  # annotated by with_parent
        children[parent if parent in known else None].append(unit)
    roots = [_grown(unit, children) for unit in children[None]]
    for root in roots:
        root.open = True
        if len(root.branches) == 1:
            root.branches[0].open = True
    return roots


def _grown(unit: Unit, children: dict[int | None, list[Unit]]) -> Branch:
    branch = Branch(unit)
    organisations: defaultdict[str, list[Unit]] = defaultdict(list)
    for child in children.get(unit.pk, ()):
        if is_place(child) or children.get(child.pk):
            inner = _grown(child, children)
            branch.branches.append(inner)
            branch.counts.update(inner.counts)
            branch.total += inner.total
        else:
            organisations[child.kind].append(child)
        if not is_place(child):
            branch.counts[child.kind] += 1
            branch.total += 1
    for kind in GATHERED:
        if len(organisations[kind]) > _FEW:
            found = organisations.pop(kind)
            branch.branches.append(Branch(None, kind=kind, leaves=found, total=len(found)))
    branch.leaves = [unit for found in organisations.values() for unit in found]
    return branch


def walk(branches: Iterable[Branch]) -> Iterator[Branch]:
    """Yield every branch, the outer before the inner."""
    for branch in branches:
        yield branch
        yield from walk(branch.branches)
