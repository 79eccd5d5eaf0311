"""What changed in the territory between two days: opened, closed with a successor, moved, renamed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from django.db import models

from avgust.web.territory.models import FormerName, Membership, Unit

NO_END: Final = date(9999, 12, 31)
_READ: Final = 2_000  # events of a kind


class ChangeKind(StrEnum):
    """What happened."""

    OPENED = "opened"
    CLOSED = "closed"
    MOVED = "moved"
    RENAMED = "renamed"


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
    """Return what `user` may see of the events from `first` to `last`, the latest first.

    The events of the days come first and who sees them is asked once: mostly there are none. Of each kind
    the latest ones are read, so that the day of a large import reads no country.
    """
    changes = [
        *_openings_and_closings(first, last),
        *(_move(place) for place in _moves(first, last)[:_READ]),
        *(_renaming(former) for former in _renamings(first, last)[:_READ]),
    ]
    if not changes:
        return []
    visible = Unit.objects.visible_to(user).filter(pk__in={change.unit.pk for change in changes})
    seen = set(visible.order_by().values_list("pk", flat=True))
    shown = [change for change in changes if change.unit.pk in seen]
    return sorted(shown, key=lambda change: (change.day, change.unit.pk), reverse=True)[:limit]


def split(changes: list[Change], today: date) -> tuple[list[Change], list[Change]]:
    """Return what has happened, the latest first, and what is recorded for later days, the nearest first."""
    past = [change for change in changes if change.day <= today]
    return past, [change for change in reversed(changes) if change.day > today]


def _openings_and_closings(first: date, last: date) -> list[Change]:
    """Return what opened or closed in the range, of each the latest; both mostly by one query."""
    opened, closed = models.Q(opened__range=(first, last)), models.Q(closed__range=(first, last))
    opened &= ~models.Q(kind=Unit.Kind.REGION)
    rows = Unit.objects.select_related("successor")
    units = list(rows.filter(opened | closed).order_by()[:_READ])
    if len(units) == _READ:
        latest = (
            rows.filter(opened).order_by("-opened", "order"),
            rows.filter(closed).order_by("-closed", "order"),
        )
        units = list({unit.pk: unit for found in latest for unit in found[:_READ]}.values())
    return [change for unit in units for change in _life(unit) if first <= change.day <= last]


def _life(unit: Unit) -> Iterator[Change]:
    """Yield the opening and the closing of a unit; a region is there before its register."""
    if unit.opened and unit.kind != Unit.Kind.REGION:
        yield Change(unit.opened, ChangeKind.OPENED, unit)
    if unit.closed:
        yield Change(unit.closed, ChangeKind.CLOSED, unit, unit.closing_basis, after=unit.successor)


def _moves(first: date, last: date) -> models.QuerySet[Membership]:
    """Return the places that began in the range and followed another place."""
    earlier = Membership.objects.filter(unit=models.OuterRef("unit"), since__lt=models.OuterRef("since"))
    return (
        Membership.objects.filter(since__range=(first, last))
        .annotate(came_from=models.Subquery(earlier.order_by("-since").values("parent__short_name")[:1]))
        .annotate(came_from_name=models.Subquery(earlier.order_by("-since").values("parent__name")[:1]))
        .exclude(came_from=None)
        .select_related("unit", "parent")
        .order_by("-since", "unit__order")
    )


def _move(place: Any) -> Change:
    before = Unit(name=place.came_from_name, short_name=place.came_from)
    return Change(place.since, ChangeKind.MOVED, place.unit, place.basis, before, place.parent)


def _renamings(first: date, last: date) -> models.QuerySet[FormerName]:
    day = timedelta(days=1)
    return (
        FormerName.objects.filter(until__range=(first - day, min(last, NO_END - day) - day))
        .select_related("unit")
        .order_by("-until", "unit__order")
    )


def _renaming(former: FormerName) -> Change:
    before = Unit(name=former.name, short_name=former.short_name)
    return Change(former.until + timedelta(days=1), ChangeKind.RENAMED, former.unit, former.basis, before)
