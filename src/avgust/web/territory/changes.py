"""What changed in the territory between two days: opened, closed with a successor, moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import models

from avgust.web.territory.models import Membership, Unit


class ChangeKind(StrEnum):
    """What happened."""

    OPENED = "opened"
    CLOSED = "closed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One event of the register on its day."""

    day: date
    kind: ChangeKind
    unit: Unit
    basis: str = ""
    before: Unit | None = None
    after: Unit | None = None


def between(user: Any, first: date, last: date, limit: int = 30) -> list[Change]:
    """Return what `user` may see of the events from `first` to `last`, the latest first; three queries."""
    seen = Unit.objects.visible_to(user)
    changes = [
        Change(unit.opened, ChangeKind.OPENED, unit)
        for unit in seen.filter(opened__range=(first, last)).exclude(kind=Unit.Kind.REGION)[:limit]
        if unit.opened
    ]
    closed = seen.filter(closed__range=(first, last)).select_related("successor")
    changes += [
        Change(unit.closed, ChangeKind.CLOSED, unit, after=unit.successor)
        for unit in closed[:limit]
        if unit.closed
    ]
    changes += [_move(place) for place in _moves(seen, first, last)[:limit]]
    return sorted(changes, key=lambda change: (change.day, change.unit.pk), reverse=True)[:limit]


def _moves(units: models.QuerySet[Unit], first: date, last: date) -> models.QuerySet[Membership]:
    """Return the places of `units` that began in the range and followed another place."""
    earlier = Membership.objects.filter(unit=models.OuterRef("unit"), since__lt=models.OuterRef("since"))
    return (
        Membership.objects.filter(unit__in=units, since__range=(first, last))
        .annotate(came_from=models.Subquery(earlier.order_by("-since").values("parent__short_name")[:1]))
        .annotate(came_from_name=models.Subquery(earlier.order_by("-since").values("parent__name")[:1]))
        .exclude(came_from=None)
        .select_related("unit", "parent")
        .order_by("-since", "unit__order")
    )


def _move(place: Any) -> Change:
    before = Unit(name=place.came_from_name, short_name=place.came_from)
    return Change(place.since, ChangeKind.MOVED, place.unit, place.basis, before, place.parent)
