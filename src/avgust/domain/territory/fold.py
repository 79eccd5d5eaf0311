"""Folding the events of all organisations in order of time: what was true when, and what cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import zip_longest

from avgust.domain.territory.events import ONE_DAY, Closed, Event, Opened, Placed, Record, Renamed, in_time
from avgust.domain.territory.lives import Called, Life, Place
from avgust.domain.territory.rules import Finding, State, findings_of


def fold(records: Iterable[Record]) -> tuple[dict[int, Life], list[Finding]]:
    """Return the life of every organisation, and every event that cannot be.

    An event with a finding is applied all the same, so that one mistake does not hide the next.
    """
    known = {record.unit: record for record in records}
    closings = {
        unit: event.day
        for unit, record in known.items()
        for event in record.events
        if isinstance(event, Closed)
    }
    state = State(known, closings, opened=_openings(known))
    findings: list[Finding] = []
    for unit, event in _in_order(known):
        findings += findings_of(state, unit, event)
        _apply(state, unit, event)
    return {unit: life_of(record) for unit, record in known.items()}, findings


def new_findings(before: Iterable[Record], after: Iterable[Record]) -> list[Finding]:
    """Return what is wrong in `after` and was not before: old faults hinder no new act."""
    found = fold(after)[1]
    old = {finding.key for finding in fold(before)[1]} if found else set()
    return [finding for finding in found if finding.key not in old]


def life_of(record: Record) -> Life:
    """Return the life of one organisation from its own events."""
    opened = closed = successor = None
    basis = ""
    names = [Called(record.name, record.short_name)]
    placed: list[Placed] = []
    for event in sorted(record.events, key=in_time):
        match event:
            case Opened():
                opened = event.day
            case Placed():
                placed.append(event)
            case Renamed():
                names.append(Called(event.name, event.short_name, event.day, event.basis))
            case Closed():
                closed, successor, basis = event.day, event.successor, event.basis
    return Life(opened, tuple(names), _places(placed, closed), closed, successor, basis)


def _places(placed: list[Placed], closed: date | None) -> tuple[Place, ...]:
    """Return places, each until the day before the next or the last day of work."""
    found = []
    for here, following in zip_longest(placed, placed[1:]):
        until = following.day - ONE_DAY if following else closed
        if until is not None and closed is not None:
            until = min(until, closed)
        if until is None or until >= here.day:
            found.append(Place(here.parent, here.day, until, here.basis))
    return tuple(found)


def events_of(life: Life, opening_basis: str = "") -> tuple[Event, ...]:
    """Return the events that fold into `life`."""
    events: list[Event] = [Opened(life.opened, opening_basis)]
    events += [Placed(place.since, place.parent, place.basis) for place in life.places]
    events += [
        Renamed(called.since, called.name, called.short_name, called.basis)
        for called in life.names[1:]
        if called.since
    ]
    if life.closed:
        events.append(Closed(life.closed, life.successor, life.closing_basis))
    return tuple(events)


def _openings(records: Mapping[int, Record]) -> dict[int, date | None]:
    return {
        unit: event.day
        for unit, record in records.items()
        for event in record.events
        if isinstance(event, Opened)
    }


def _in_order(records: Mapping[int, Record]) -> list[tuple[int, Event]]:
    pairs = [(unit, event) for unit, record in records.items() for event in record.events]
    return sorted(pairs, key=lambda pair: in_time(pair[1]))


def _apply(state: State, unit: int, event: Event) -> None:
    days = state.last_day.setdefault(unit, {})
    match event:
        case Placed():
            _leave(state, unit)
            state.parents[unit] = event.parent
            state.members.setdefault(event.parent, set()).add(unit)
            days["place"] = event.day
        case Renamed():
            state.names[unit] = event.name, event.short_name
            days["name"] = event.day
        case Opened():
            record = state.records[unit]
            state.names[unit] = record.name, record.short_name
        case Closed():
            _leave(state, unit)


def _leave(state: State, unit: int) -> None:
    parent = state.parents.pop(unit, None)
    if parent is not None:
        state.members[parent].discard(unit)
