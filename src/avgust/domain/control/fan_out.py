"""From measures and the register to assignments: what must be added, passed on, cancelled, dated anew.

The rule compares what should be owed with what is, so that it may be asked any number of times: adoption, a
new exception, a unit that opens, closes or merges, a measure that changes are all the same question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from avgust.domain.control.occurrences import Occurrence
from avgust.domain.control.states import LIVE, Status


class Key(NamedTuple):
    """What makes an assignment one: the measure, the unit, the occurrence."""

    measure: int
    unit: int
    occurrence: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What a unit should owe: a measure, once."""

    key: Key
    relation: str  # "executor" or "co_executor"
    occurrence: Occurrence


@dataclass(frozen=True, slots=True)
class Held:
    """An assignment that exists. `due` is the day in force, `first_due` the one without extensions."""

    id: int
    key: Key
    relation: str
    status: Status
    due: date | None
    first_due: date | None
    successor_of: int | None = None


@dataclass(frozen=True, slots=True)
class New:
    """An assignment to be added; `inherits` is the one that a closed unit passes on to it."""

    duty: Duty
    inherits: int | None = None


@dataclass(slots=True)
class Changes:
    """What makes the assignments what they should be. Ids are those of `Held`."""

    add: list[New] = field(default_factory=list)
    pass_on: list[tuple[int, int]] = field(default_factory=list)  # assignment, unit that takes over
    close: list[int] = field(default_factory=list)  # the unit is closed and nobody takes over
    cancel: list[int] = field(default_factory=list)  # it falls on the unit no longer
    reinstate: list[int] = field(default_factory=list)
    redate: list[tuple[int, Occurrence]] = field(default_factory=list)
    relate: list[tuple[int, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(
            (self.add, self.pass_on, self.close, self.cancel, self.reinstate, self.redate, self.relate)
        )


def changes(wanted: Iterable[Duty], held: Iterable[Held], closed: Mapping[int, int | None]) -> Changes:
    """Return what must change. `closed` names, for each closed unit, who took over what it had, or None.

    What is accepted or taken off control is never touched. What a closed unit still owes goes to the last
    successor in the line; the successor's assignment of the same measure and occurrence inherits it.
    """
    found = Changes()
    by_key = {one.key: one for one in held}
    missing: dict[Key, Duty] = {}
    for duty in wanted:
        here = by_key.pop(duty.key, None)
        if here is None:
            missing[duty.key] = duty
        else:
            _compare(found, duty, here)
    heirs = _end(found, by_key.values(), missing, closed)
    found.add.extend(New(duty, heirs.get(key)) for key, duty in missing.items())
    return found


def _compare(found: Changes, duty: Duty, here: Held) -> None:
    """Note how an assignment that should exist differs from the one that does."""
    if here.status in (Status.CANCELLED, Status.PASSED_ON):  # an exception or a merger was undone
        found.reinstate.append(here.id)
    elif here.status not in LIVE:
        return
    if here.first_due != duty.occurrence.due:
        found.redate.append((here.id, duty.occurrence))
    if here.relation != duty.relation:
        found.relate.append((here.id, duty.relation))


def _end(
    found: Changes, left: Iterable[Held], missing: dict[Key, Duty], closed: Mapping[int, int | None]
) -> dict[Key, int]:
    """Note how assignments end that should no longer be; return who inherits from which."""
    heirs: dict[Key, int] = {}
    for one in left:
        if one.status not in LIVE:
            continue
        if one.key.unit not in closed:
            found.cancel.append(one.id)
            continue
        heir = last_successor(one.key.unit, closed)
        key = None if heir is None else one.key._replace(unit=heir)
        if key is None or heir is None:
            found.close.append(one.id)
            continue
        found.pass_on.append((one.id, heir))
        heirs.setdefault(key, one.id)
    return heirs


MOST_MERGERS: Final = 100  # a ring of successors, which the register refuses, must not hang a rule


def last_successor(unit: int, closed: Mapping[int, int | None]) -> int | None:
    """Return the unit at the end of the line of successors; None where the line ends with nobody."""
    here: int | None = unit
    for _step in range(MOST_MERGERS):
        if here is None or here not in closed:
            return here
        here = closed[here]
    return None
