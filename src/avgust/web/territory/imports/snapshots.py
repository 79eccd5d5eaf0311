"""A unit as JSON keeps it beside a written row: its columns and its events."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from avgust.domain.territory import Closed, Event, Opened, Placed, Record, Renamed
from avgust.domain.territory.events import in_time
from avgust.domain.territory.imports.register import Known

_KINDS: Final = {"opened": Opened, "placed": Placed, "renamed": Renamed, "closed": Closed}
_NAMES: Final = {kind: name for name, kind in _KINDS.items()}


def snapshot(known: Known) -> dict[str, Any]:
    """Return everything that an import can change of a unit."""
    record = known.record
    return {
        "kind": record.kind,
        "name": record.name,
        "short_name": record.short_name,
        "inn": known.inn,
        "founder": known.founder,
        "settlement": known.settlement,
        "external": known.external,
        "events": [_out(event) for event in sorted(record.events, key=in_time)],
    }


def record_in(unit: int, kept: dict[str, Any]) -> Record:
    """Return the record of a snapshot."""
    events = tuple(_in(event) for event in kept["events"])
    return Record(unit, kept["kind"], kept["name"], kept["short_name"], events)


def columns_in(kept: dict[str, Any]) -> dict[str, str]:
    """Return the plain columns of a snapshot."""
    return {name: kept[name] for name in ("kind", "inn", "founder", "settlement")}


def _out(event: Event) -> dict[str, Any]:
    said: dict[str, Any] = {"is": _NAMES[type(event)], "basis": event.basis}
    said["day"] = event.day.isoformat() if event.day else None
    match event:
        case Placed():
            said["parent"] = event.parent
        case Renamed():
            said |= {"name": event.name, "short_name": event.short_name}
        case Closed():
            said["successor"] = event.successor
    return said


def _in(said: dict[str, Any]) -> Event:
    values = {key: value for key, value in said.items() if key != "is"}
    values["day"] = date.fromisoformat(said["day"]) if said["day"] else None
    event: Event = _KINDS[said["is"]](**values)
    return event
