"""The rows of the territory as records that the rules of `domain/territory` read, and back into rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from avgust.domain.territory import Called, Life, Place, Record, Renamed, fold, new_findings
from avgust.domain.territory.events import ONE_DAY
from avgust.domain.territory.fold import events_of, life_of
from avgust.web.territory.models import FormerName, Membership, Unit
from avgust.web.ui.requests import language

Records = dict[int, Record]


def hold() -> None:
    """Let nobody else change the territory until this transaction ends: two moves could make a circle."""
    list(Unit.objects.select_for_update().filter(kind=Unit.Kind.REGION).values_list("pk"))


def about(units: Iterable[int]) -> Records:
    """Return the records that the rules need for an act on `units`, however large the territory is.

    These are the units, all that ever had others under them, what ever stood in the units, and what
    merged into them or took them over.
    """
    pks = list(units)
    needed = (
        models.Q(pk__in=pks)
        | models.Q(pk__in=Membership.objects.values("parent"))
        | models.Q(pk__in=Membership.objects.filter(parent__in=pks).values("unit"))
        | models.Q(successor__in=pks)
        | models.Q(pk__in=Unit.objects.filter(pk__in=pks).exclude(successor=None).values("successor"))
    )
    return records(Unit.objects.filter(needed))


def records(units: models.QuerySet[Unit]) -> Records:
    """Return the records of `units` in three queries."""
    rows = units.order_by("pk").values_list(
        "pk", "kind", "name", "short_name", "opened", "closed", "successor", "closing_basis", named=True
    )
    places, names = _by_unit(Membership, units, "since"), _by_unit(FormerName, units, "until")
    found: Records = {}
    for row in rows:
        called = _called(row, names[row.pk])
        life = Life(
            opened=row.opened,
            names=called,
            places=tuple(Place(p.parent_id, p.since, p.until, p.basis) for p in places[row.pk]),
            closed=row.closed,
            successor=row.successor,
            closing_basis=row.closing_basis,
        )
        found[row.pk] = Record(row.pk, row.kind, called[0].name, called[0].short_name, events_of(life))
    return found


def _by_unit(model: type[Any], units: models.QuerySet[Unit], order: str) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in model.objects.filter(unit__in=units.order_by().values("pk")).order_by("unit_id", order, "pk"):
        found[row.unit_id].append(row)
    return found


def _called(row: Any, former: list[FormerName]) -> tuple[Called, ...]:
    names = [(old.name, old.short_name) for old in former] + [(row.name, row.short_name)]
    since = [None, *((old.until + ONE_DAY, old.basis) for old in former)]
    return tuple(
        Called(name, short, *(begun or (None, ""))) for (name, short), begun in zip(names, since, strict=True)
    )


def described(record: Record, unit: Unit) -> Record:
    """Return `record` with the kind of `unit`, and its name in place of the latest one."""
    events = list(record.events)
    renamed = [event for event in events if isinstance(event, Renamed)]
    if not renamed:
        return replace(record, kind=unit.kind, name=unit.name, short_name=unit.short_name)
    latest = renamed[-1]
    events[events.index(latest)] = replace(latest, name=unit.name, short_name=unit.short_name)
    return replace(record, kind=unit.kind, events=tuple(events))


def check(units: Iterable[int], edit: Callable[[Records], Records]) -> tuple[Records, Records]:
    """Hold the territory and ask the rules about `edit` of the records about `units`; write nothing.

    Raises ValidationError with the sentences of the rules when the outcome cannot be.
    """
    hold()
    before = about(units)
    after = edit(before)
    fresh = new_findings(before.values(), after.values())
    if fresh:
        raise ValidationError([finding.message.render(language()) for finding in fresh])
    return before, after


def change(units: Iterable[int], edit: Callable[[Records], Records]) -> None:
    """Do `edit` as `check` allows it, and write what it changed."""
    before, after = check(units, edit)
    write(before, after)


def lives(units: models.QuerySet[Unit]) -> dict[int, Life]:
    """Return the lives of `units`."""
    return fold(records(units).values())[0]


def write(before: Mapping[int, Record], after: Mapping[int, Record]) -> None:
    """Bring the rows of every unit whose record differs to what the record says."""
    changed = {unit: life_of(record) for unit, record in after.items() if before.get(unit) != record}
    rows = Unit.objects.in_bulk(changed)
    plain: list[Unit] = []
    renamed: list[Unit] = []
    for unit, life in changed.items():
        row, called = rows[unit], life.names[-1]
        if (row.name, row.short_name) != (called.name, called.short_name):
            row.name, row.short_name = called.name, called.short_name
            renamed.append(row)
        elif _ends(row) != (life.opened, life.closed, life.successor, life.closing_basis):
            plain.append(row)
        row.opened, row.closed = life.opened, life.closed
        row.successor_id, row.closing_basis = life.successor, life.closing_basis
    Unit.objects.bulk_update(plain, ["opened", "closed", "successor", "closing_basis"], batch_size=200)
    for row in renamed:  # one by one: saving computes the columns of search and order
        row.save()
    _write_rows(Membership, changed, "since", _place_rows)
    _write_rows(FormerName, changed, "until", _name_rows)


def _ends(row: Unit) -> tuple[date | None, date | None, int | None, str]:
    return row.opened, row.closed, row.successor_id, row.closing_basis


def _place_rows(unit: int, life: Life) -> list[dict[str, Any]]:
    return [
        {"unit_id": unit, "parent_id": p.parent, "since": p.since, "until": p.until, "basis": p.basis}
        for p in life.places
    ]


def _name_rows(unit: int, life: Life) -> list[dict[str, Any]]:
    pairs = zip(life.names, life.names[1:], strict=False)
    return [
        {
            "unit_id": unit,
            "name": old.name,
            "short_name": old.short_name,
            "until": _eve(new.since),
            "basis": new.basis,
        }
        for old, new in pairs
    ]


def _eve(day: date | None) -> date:
    if day is None:
        raise ValueError("Only the first name has no day.")
    return day - ONE_DAY


def _write_rows(
    model: type[models.Model],
    changed: Mapping[int, Life],
    key: str,
    rows_of: Callable[[int, Life], list[dict[str, Any]]],
) -> None:
    """Delete, change and add rows of `model` until they are what `rows_of` says; `key` tells rows apart."""
    manager = model._default_manager
    wanted = {(unit, row[key]): row for unit, life in changed.items() for row in rows_of(unit, life)}
    kept, gone = [], []
    for row in manager.filter(unit__in=list(changed)):
        values = wanted.pop((row.unit_id, getattr(row, key)), None)  # type: ignore[attr-defined]
        if values is None:
            gone.append(row.pk)
        elif any(getattr(row, column) != value for column, value in values.items()):
            for column, value in values.items():
                setattr(row, column, value)
            kept.append(row)
    manager.filter(pk__in=gone).delete()
    for row in kept:
        row.save()
    manager.bulk_create([model(**values) for values in wanted.values()], batch_size=500)
