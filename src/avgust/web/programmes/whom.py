"""On whom an executor falls, as pages tell it: which organisations, by which rule, with which exceptions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from avgust.domain.addressing import Addressing, Fall, Outcome, Register, falls_on, resolve
from avgust.domain.resolutions.model import Relation
from avgust.web.documents.registers import register_for, rule_words
from avgust.web.programmes.models import (
    CHOSEN,
    NAMED,
    ExecutorException,
    Measure,
    MeasureExecutor,
    Programme,
)
from avgust.web.programmes.reach import acting_of
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

LISTED: Final = 60  # organisations of a role that a card names; more are on the page behind their number


class RegisterOfDay:
    """The register of a programme's day, built when somebody asks for it: many cards never do."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme

    @cached_property
    def register(self) -> Register:
        """Return the register, in two queries."""
        return register_for(self._programme.unit, self._programme.addressed_on)


@dataclass(frozen=True, slots=True)
class Reach:
    """An executor and the organisations that the name falls on. `linked` are those the reader may open."""

    executor: MeasureExecutor
    addressing: Addressing
    fall: Fall
    units: Sequence[Unit] = ()  # those that a card names: none of a long list
    linked: frozenset[int] = frozenset()
    exceptions: Sequence[ExecutorException] = field(default=())

    @property
    def count(self) -> int:
        """How many organisations there are."""
        return len(self.addressing.units)

    @property
    def question(self) -> bool:
        """True when several organisations fit equally and a person must choose."""
        return self.addressing.outcome is Outcome.AMBIGUOUS

    @property
    def known(self) -> bool:
        """True when there is an answer."""
        return self.addressing.outcome in (Outcome.BODY, Outcome.ROLE)

    @property
    def role(self) -> bool:
        """True for a role: a rule with its exceptions."""
        return self.executor.is_role

    @property
    def controls(self) -> bool:
        """True for who controls the measure."""
        return self.executor.relation == Relation.CONTROLLER

    @property
    def outside(self) -> bool:
        """True for who stands outside the register: parents, universities, the press."""
        return self.addressing.outcome is Outcome.OUTSIDE

    @property
    def choosable(self) -> bool:
        """True where a person may say which organisation is meant; a role means all of its kind."""
        return self.addressing.outcome is not Outcome.ROLE

    @property
    def rule(self) -> str:
        """Why these organisations, in words."""
        by_hand = {CHOSEN: _("chosen by hand"), NAMED: _("named by hand, the document names nobody")}
        return by_hand.get(self.addressing.rule) or rule_words(self.addressing.rule)


def addressing_of(executor: MeasureExecutor, register: Callable[[], Register]) -> tuple[Addressing, Fall]:
    """Return on whom the executor falls, and how the sum of a role's units came about.

    Which body a name means was decided at adoption, or by a person, and is kept.
    """
    if executor.is_role:
        falls = falls_on(acting_of(executor), register(), {})
        outcome = Outcome.ROLE if falls.units else Outcome.UNKNOWN
        return Addressing(outcome, falls.units, executor.rule), falls
    if executor.unit_id is not None:
        return Addressing(Outcome.BODY, (executor.unit_id,), executor.rule), Fall((executor.unit_id,))
    if executor.outcome == Outcome.AMBIGUOUS:
        answer = resolve(executor.name, executor.form, register())
        return answer, Fall(answer.units)
    return Addressing(Outcome(executor.outcome), (), executor.rule), Fall(())


def reaches(measure: Measure, day: RegisterOfDay, reader: User) -> list[Reach]:
    """Return who acts with the organisations, in five queries whatever their number."""
    rows = list(
        measure.executors.select_related("unit", "post__user").prefetch_related(
            "exceptions__unit", "exceptions__made_by"
        )
    )
    answers = [addressing_of(row, lambda: day.register) for row in rows]
    wanted = {pk for answer, _fall in answers if len(answer.units) <= LISTED for pk in answer.units}
    units = Unit.objects.in_bulk(wanted)
    linked = linked_to(reader, wanted)

    def named(answer: Addressing) -> list[Unit]:
        return sorted((units[pk] for pk in answer.units if pk in units), key=lambda unit: unit.order)

    return [
        Reach(row, answer, falls, named(answer), linked, list(row.exceptions.all()))
        for row, (answer, falls) in zip(rows, answers, strict=True)
    ]


def linked_to(reader: User, units: set[int]) -> frozenset[int]:
    """Return those of `units` that the reader may open."""
    if not units:
        return frozenset()
    return frozenset(Unit.objects.visible_to(reader).filter(pk__in=units).values_list("pk", flat=True))
