"""Acts on records: each returns the records as they would be; whether that can be, `fold` says.

An act goes on from what stands: a place or name that begins before a later one is refused by
`out_of_turn`, since it would quietly rewrite what somebody recorded as later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from avgust.domain.messages import Message, mark
from avgust.domain.territory.events import ONE_DAY, Closed, Event, Opened, Placed, Record, in_time
from avgust.domain.territory.fold import life_of

Records = Mapping[int, Record]


def with_event(records: Records, unit: int, *events: Event) -> dict[int, Record]:
    """Return the records with `events` added to those of `unit`."""
    record = records[unit]
    return {**records, unit: replace(record, events=(*record.events, *events))}


def without(records: Records, unit: int, event: Event) -> dict[int, Record]:
    """Return the records as if `event` had never been recorded."""
    record = records[unit]
    return {**records, unit: replace(record, events=tuple(e for e in record.events if e != event))}


def redated(
    records: Records, unit: int, event: Event, day: date, basis: str | None = None
) -> dict[int, Record]:
    """Return the records with `event` on another day; the first place follows the day of opening."""
    record = records[unit]
    changed = replace(event, day=day, basis=event.basis if basis is None else basis)
    others = [one for one in record.events if one != event]
    if isinstance(event, Opened):
        others = [
            replace(one, day=day) if isinstance(one, Placed) and one.day == event.day else one
            for one in others
        ]
    return {**records, unit: replace(record, events=(*others, changed))}


def merged(
    records: Records, units: Iterable[int], successor: int, last: date, basis: str = ""
) -> dict[int, Record]:
    """Return the records with `units` closed on `last`, and what stands in them moved to the successor."""
    after = dict(records)
    for unit in units:
        for member in members_after(after, unit, last):
            after = with_event(after, member, Placed(last + ONE_DAY, successor, basis))
        after = with_event(after, unit, Closed(last, successor, basis))
    return after


def members_after(records: Records, unit: int, last: date) -> list[int]:
    """Return what still stands in `unit` on the day after `last`."""
    day = last + ONE_DAY
    found = []
    for other, record in records.items():
        place = life_of(record).place_on(day)
        if place and place.parent == unit and place.since < day:
            found.append(other)
    return found


def out_of_turn(record: Record, event: Event) -> Message | None:
    """Return why `event` cannot be added now: something of its sort is recorded for a later day."""
    later = [one for one in record.events if type(one) is type(event) and in_time(one) >= in_time(event)]
    if isinstance(event, Closed):
        closed = [one for one in record.events if isinstance(one, Closed)]
        return _closed_already(record, closed[0]) if closed else None
    if not later or isinstance(event, Opened):
        return None
    latest = max(later, key=in_time)
    sentence = (
        mark("“%(unit)s” has a place from %(since)s already; a move must come later.")
        if isinstance(event, Placed)
        else mark("“%(unit)s” has a name from %(since)s already; a new name must come later.")
    )
    return Message(sentence, {"unit": _label(record), "since": f"{latest.day:%d.%m.%Y}"})


def out_of_order(record: Record, event: Event, day: date) -> Message | None:
    """Return why `event` cannot be of `day`: it would change its turn with another one of its sort."""
    sort = sorted((one for one in record.events if type(one) is type(event)), key=in_time)
    here = sort.index(event)
    earlier, later = sort[:here], sort[here + 1 :]
    if all(one.day and one.day < day for one in earlier) and all(one.day and day < one.day for one in later):
        return None
    values = {"unit": _label(record), "day": f"{day:%d.%m.%Y}"}
    return Message(
        mark(
            "“%(unit)s”: on %(day)s the record would change its turn with another one."
            " Take that one back first."
        ),
        values,
    )


def _closed_already(record: Record, closed: Closed) -> Message:
    values = {"unit": _label(record), "day": f"{closed.day:%d.%m.%Y}"}
    return Message(mark("“%(unit)s” is closed already: its last day is %(day)s."), values)


def _label(record: Record) -> str:
    called = life_of(record).names[-1]
    return called.short_name or called.name
