"""What may happen to an organisation, given all that happened before: one function a kind of event.

Rules return findings and never raise. The pages and the import of files ask the same rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.territory.events import (
    MUNICIPALITY,
    ONE_DAY,
    REGION,
    Closed,
    Event,
    Opened,
    Placed,
    Record,
    Renamed,
)

_SHOWN: Final = 3  # names listed in a sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """An event that cannot be, and why. `rule` names the rule for tests and comparison."""

    unit: int
    event: Event
    rule: str
    message: Message

    @property
    def key(self) -> tuple[int, Event, str]:
        """Return what makes two findings the same."""
        return self.unit, self.event, self.rule


@dataclass
class State:
    """The territory at the moment of an event; `closings` is known ahead, so that a plan is seen."""

    records: Mapping[int, Record]
    closings: Mapping[int, date]
    opened: dict[int, date | None] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)
    members: dict[int, set[int]] = field(default_factory=dict)
    names: dict[int, tuple[str, str]] = field(default_factory=dict)
    last_day: dict[int, dict[str, date]] = field(default_factory=dict)  # of a unit's latest place and name

    def label(self, unit: int) -> str:
        """Return how the unit is called in a sentence."""
        if unit not in self.records:
            return f"№ {unit}"
        name, short_name = self.names.get(unit, ("", ""))
        record = self.records[unit]
        return short_name or name or record.short_name or record.name

    def works_on(self, unit: int, day: date) -> bool:
        """Return whether the unit exists on `day`."""
        if unit not in self.records:
            return False
        opened, closed = self.opened.get(unit), self.closings.get(unit)
        return (opened is None or opened <= day) and (closed is None or day <= closed)


Said = Iterator[tuple[str, Message]]


def findings_of(state: State, unit: int, event: Event) -> Iterator[Finding]:
    """Yield what forbids `event` in `state`."""
    if isinstance(event, Opened):
        said = _of_opening(state, unit, event)
    elif isinstance(event, Placed):
        said = _of_place(state, unit, event)
    elif isinstance(event, Renamed):
        said = _of_name(state, unit, event)
    else:
        said = _of_closing(state, unit, event)
    for rule, message in said:
        yield Finding(unit, event, rule, message)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _of_opening(state: State, unit: int, event: Opened) -> Said:
    closed = state.closings.get(unit)
    if event.day and closed and closed < event.day:
        yield (
            "closes before opening",
            Message(
                mark("“%(unit)s” cannot close on %(closed)s: it opens later, on %(opened)s."),
                {"unit": state.label(unit), "closed": _day(closed), "opened": _day(event.day)},
            ),
        )


def _of_work(state: State, unit: int, day: date) -> Said:
    """Yield why nothing can happen to the unit on `day`: it does not work then."""
    opened, closed = state.opened.get(unit), state.closings.get(unit)
    if opened and day < opened:
        yield (
            "before opening",
            Message(
                mark("“%(unit)s” opens on %(opened)s; nothing can happen to it on %(day)s."),
                {"unit": state.label(unit), "opened": _day(opened), "day": _day(day)},
            ),
        )
    elif closed and closed < day:
        yield (
            "after closing",
            Message(
                mark("The last day of “%(unit)s” is %(closed)s; nothing can happen to it on %(day)s."),
                {"unit": state.label(unit), "closed": _day(closed), "day": _day(day)},
            ),
        )


def _of_place(state: State, unit: int, event: Placed) -> Said:
    yield from _of_work(state, unit, event.day)
    names = {"unit": state.label(unit), "parent": state.label(event.parent), "day": _day(event.day)}
    if not state.works_on(event.parent, event.day):
        yield (
            "parent does not work",
            Message(
                mark("“%(unit)s” cannot stand under “%(parent)s” from %(day)s: that does not work then."),
                names,
            ),
        )
    if state.last_day.get(unit, {}).get("place") == event.day:
        yield (
            "two places on a day",
            Message(
                mark("“%(unit)s” gets a place on %(day)s already; one place begins on a day."),
                names,
            ),
        )
    elif state.parents.get(unit) == event.parent:
        yield "same place", Message(mark("“%(unit)s” stands under “%(parent)s” already."), names)
    if _stands_in(state, event.parent, unit):
        yield (
            "under itself",
            Message(mark("“%(unit)s” cannot stand under “%(parent)s”: that stands in it or is it."), names),
        )
    message = _misplaced(state, unit, event.parent)
    if message:
        yield "wrong level", message


def _stands_in(state: State, unit: int | None, above: int) -> bool:
    """Return whether `unit` is `above` or stands anywhere under it."""
    seen: set[int] = set()
    while unit is not None and unit not in seen:
        if unit == above:
            return True
        seen.add(unit)
        unit = state.parents.get(unit)
    return False


def _misplaced(state: State, unit: int, parent: int) -> Message | None:
    """Return why such a kind cannot stand under such a kind: places stand under places only."""
    record, above = state.records[unit], state.records.get(parent)
    if record.kind == REGION:
        return Message(mark("A region stands under nothing."))
    if above and record.kind == MUNICIPALITY and above.kind != REGION:
        return Message(
            mark("The municipality “%(unit)s” can stand under a region only."), {"unit": state.label(unit)}
        )
    return None


def _of_name(state: State, unit: int, event: Renamed) -> Said:
    yield from _of_work(state, unit, event.day)
    names = {"unit": state.label(unit), "day": _day(event.day)}
    if not event.name:
        yield "no name", Message(mark("An organisation needs an official name."))
    if state.last_day.get(unit, {}).get("name") == event.day:
        yield (
            "two names on a day",
            Message(mark("“%(unit)s” gets a name on %(day)s already; one name begins on a day."), names),
        )
    elif state.names.get(unit) == (event.name, event.short_name):
        yield "same name", Message(mark("“%(unit)s” is called so already."), names)


def _of_closing(state: State, unit: int, event: Closed) -> Said:
    standing = (one for one in state.members.get(unit, ()) if state.closings.get(one, date.max) > event.day)
    members = sorted(standing, key=state.label)
    if members:
        listed = ", ".join(f"«{state.label(one)}»" for one in members[:_SHOWN])
        yield (
            "has members",
            Message(
                mark(
                    "“%(unit)s” still has organisations under it after %(day)s (%(count)d: %(listed)s…):"
                    " move them first, or name a successor that takes them over."
                ),
                {
                    "unit": state.label(unit),
                    "day": _day(event.day),
                    "count": len(members),
                    "listed": listed,
                },
            ),
        )
    if event.successor is not None:
        yield from _of_successor(state, unit, event.successor, event.day)


def _of_successor(state: State, unit: int, successor: int, last: date) -> Said:
    names = {"unit": state.label(unit), "successor": state.label(successor), "day": _day(last + ONE_DAY)}
    if successor == unit:
        yield "own successor", Message(mark("“%(unit)s” cannot be its own successor."), names)
        return
    if not state.works_on(successor, last + ONE_DAY):
        yield (
            "successor does not work",
            Message(
                mark("“%(successor)s” cannot take over “%(unit)s”: it does not work on %(day)s."),
                names,
            ),
        )
    record, other = state.records[unit], state.records.get(successor)
    if other and (record.is_place or other.is_place) and record.kind != other.kind:
        yield (
            "successor of another kind",
            Message(
                mark(
                    "“%(successor)s” cannot take over “%(unit)s”: a municipality merges into a"
                    " municipality, an organisation into an organisation."
                ),
                names,
            ),
        )
