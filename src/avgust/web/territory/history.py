"""The history of a unit in plain words, for its card: what happened to it and what came to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from avgust.domain.territory import Called, Closed, Event, Opened, Placed, Renamed
from avgust.domain.territory.events import in_time
from avgust.domain.territory.fold import life_of
from avgust.web.territory import register
from avgust.web.territory.codes import event_words
from avgust.web.territory.models import Unit


@dataclass(frozen=True, slots=True)
class Line:
    """One event: its day, what happened in words, the organisations it names, the act."""

    day: date | None
    kind: str  # "opened", "placed", "moved", "renamed", "closed", "merged", "took_over"
    basis: str = ""
    other: Unit | None = None
    before: Unit | None = None
    name: str = ""
    old_name: str = ""
    key: str = ""  # the kind of the record behind it; "" for a record of another unit

    @property
    def address_day(self) -> str:
        """Return the day as the address of the record has it."""
        return self.day.isoformat() if self.day else "unknown"

    @property
    def planned(self) -> bool:
        """True before the day of the event."""
        return self.day is not None and self.day > timezone.localdate()


def history(unit: Unit) -> list[Line]:
    """Return what happened to `unit`, the latest first; five queries."""
    record = register.records(Unit.objects.filter(pk=unit.pk))[unit.pk]
    events = sorted(record.events, key=in_time)
    absorbed = list(unit.predecessors.all())
    named = Unit.objects.in_bulk({pk for event in events for pk in _named(event)})
    names = life_of(record).names
    lines: list[Line] = []
    here: Unit | None = None
    for event in events:
        match event:
            case Opened(day, basis):
                lines.append(Line(day, "opened", basis, key="opened"))
            case Placed(day, parent, basis):
                if here is None and lines and lines[-1].day == day:  # opened in its place: one line
                    lines[-1] = Line(day, "opened", basis, named[parent], key="opened")
                else:
                    kind = "moved" if here else "placed"
                    lines.append(Line(day, kind, basis, named[parent], here, key="placed"))
                here = named[parent]
            case Renamed(day, name, _short, basis):
                old = _before(names, day)
                lines.append(Line(day, "renamed", basis, name=name, old_name=old, key="renamed"))
            case Closed(day, successor, basis):
                kind = "merged" if successor else "closed"
                lines.append(Line(day, kind, basis, named[successor] if successor else None, key="closed"))
    lines += [Line(other.closed, "took_over", other.closing_basis, other) for other in absorbed]
    return sorted(lines, key=lambda line: line.day or date.min, reverse=True)


def _named(event: Event) -> list[int]:
    match event:
        case Placed():
            return [event.parent]
        case Closed(successor=int(successor)):
            return [successor]
    return []


def _before(names: tuple[Called, ...], day: date) -> str:
    earlier = [called for called in names if called.since is None or called.since < day]
    return earlier[-1].name if earlier else ""


def kept_of(event: Event) -> dict[str, Any]:
    """Return an event as the journal keeps it, without words of any language."""
    kept: dict[str, Any] = {"day": event.day.isoformat() if event.day else None}
    match event:
        case Opened():
            return kept | {"kind": "opened"}
        case Placed():
            parent = Unit.objects.filter(pk=event.parent).first()
            return kept | {"kind": "placed", "parent": str(parent)}
        case Renamed():
            return kept | {"kind": "renamed", "name": event.name}
        case Closed():
            return kept | {"kind": "closed"}


def words_of(event: Event) -> str:
    """Return an event as its page names it."""
    return event_words(kept_of(event))
