"""On whom a measure falls on a day: the rule, what persons said about it, and the units of that day.

Three voices speak in this order. A rule takes every unit of its kind that exists on the day. A person takes
single units out or adds them, with a reason; what she said stays when the rule's answer changes. Time moves
a named body to who took it over: a school that was merged leaves its work to its successor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from avgust.domain.addressing.register import Register
from avgust.domain.addressing.resolve import by_rule
from avgust.domain.resolutions.model import Relation

# The strongest first: who answers for a measure helps with it in no other part.
_STRENGTH: Final = (Relation.EXECUTOR, Relation.CO_EXECUTOR, Relation.CONTROLLER, Relation.PARTNER)


@dataclass(frozen=True, slots=True)
class Exceptions:
    """The units that persons took out of a role or added to it, whatever the rule says on a day."""

    taken_out: frozenset[int] = frozenset()
    added: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Fall:
    """The units of an executor on a day, told as a sum: by the rule, less, more."""

    by_rule: tuple[int, ...]
    taken_out: tuple[int, ...] = ()
    added: tuple[int, ...] = ()

    @property
    def units(self) -> tuple[int, ...]:
        """Return whom the measure falls on: the rule's order, then who was added."""
        gone = frozenset(self.taken_out)
        return (*(unit for unit in self.by_rule if unit not in gone), *self.added)


def fall(found: Iterable[int], exceptions: Exceptions, register: Register) -> Fall:
    """Return the sum of a rule's answer and its exceptions.

    Only what makes a difference on this day counts: a unit taken out that the rule would not take anyway,
    or one added that the rule takes or that does not exist, stands in no sum, so that it is always true.
    """
    ruled = tuple(dict.fromkeys(found))
    known = frozenset(ruled)
    more = exceptions.added - known - exceptions.taken_out
    return Fall(
        ruled,
        tuple(unit for unit in ruled if unit in exceptions.taken_out),
        tuple(unit.id for unit in register.units if unit.id in more),
    )


@dataclass(frozen=True, slots=True)
class Acting:
    """An executor as a measure keeps it. `unit` is the body it means; `rule` the rule of a role."""

    id: int
    relation: Relation
    rule: str = ""
    unit: int | None = None
    exceptions: Exceptions = Exceptions()


@dataclass(frozen=True, slots=True)
class Part:
    """What a unit has to do with a measure, and which of its executors says so."""

    relation: Relation
    executor: int


def heir_of(unit: int, heirs: Mapping[int, int], register: Register) -> int | None:
    """Return who bears the work of `unit` on the day of the register: itself, else the last successor.

    None where it was closed and left its work to nobody who exists on that day.
    """
    seen: set[int] = set()
    here: int | None = unit
    while here is not None and here not in register.ids and here not in seen:
        seen.add(here)
        here = heirs.get(here)
    return here if here in register.ids else None


def falls_on(acting: Acting, register: Register, heirs: Mapping[int, int]) -> Fall:
    """Return the units of one executor on the day of the register."""
    if acting.unit is not None:
        heir = heir_of(acting.unit, heirs, register)
        return Fall(() if heir is None else (heir,))
    return fall(by_rule(acting.rule, register), acting.exceptions, register)


def parts(executors: Iterable[Acting], register: Register, heirs: Mapping[int, int]) -> dict[int, Part]:
    """Return each unit's part in a measure; where several of its executors take one, the strongest counts."""
    found: dict[int, Part] = {}
    for acting in sorted(executors, key=lambda one: (_STRENGTH.index(one.relation), one.id)):
        part = Part(acting.relation, acting.id)
        for unit in falls_on(acting, register, heirs).units:
            found.setdefault(unit, part)
    return found
