"""Exceptions from a rule by hand: organisations taken out of a role or added to it, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q

from avgust.domain.addressing import by_rule, fall
from avgust.domain.messages import Message, mark
from avgust.web.audit import record
from avgust.web.documents.actions import Refused
from avgust.web.documents.registers import register_for
from avgust.web.programmes import codes
from avgust.web.programmes.actions.executors import NO_UNIT, edited, tell_changed
from avgust.web.programmes.models import ExecutorException, Measure, MeasureExecutor, Programme
from avgust.web.programmes.reach import exceptions_of

if TYPE_CHECKING:
    from avgust.domain.addressing import Register
    from avgust.web.accounts.models import User
    from avgust.web.territory.models import Unit

NO_REASON: Final = Message(mark("Say the reason: who controls the measure will see it."))
NO_ROLE: Final = Message(mark("Only a role has exceptions: here one organisation is meant."))
NOTHING: Final = Message(mark("Nothing changes: the rule says the same of these organisations."))


@transaction.atomic
def except_units(
    executor: MeasureExecutor,
    units: Sequence[Unit],
    *,
    actor: User,
    added: bool,
    reason: str,
    everywhere: bool = False,
) -> list[ExecutorException]:
    """Take `units` out of a role, or add them to it; `everywhere` also where the programme has its words.

    What the rule says of a unit anyway is no exception and is passed over; taking out what was added, and
    adding what was taken out, ends that exception. Raises Refused without a reason, for who is no role,
    for organisations outside the register, and where nothing would change.
    """
    programme = edited(executor.measure, actor)
    reason = reason.strip()[:500]
    if not reason:
        raise Refused(NO_REASON)
    if not units:
        raise Refused(NO_UNIT)
    register = register_for(programme.unit, programme.addressed_on)
    made: list[ExecutorException] = []
    changed: list[Measure] = []
    for row in _same(executor, programme, everywhere=everywhere):
        now = _excepted(row, units, register, added=added)
        if now:
            made += _write(row, now, actor, added=added, reason=reason)
            _count(row, register)
            changed.append(row.measure)
    if not changed:
        raise Refused(NOTHING)
    tell_changed(programme, changed, actor)
    return made


def _same(executor: MeasureExecutor, programme: Programme, *, everywhere: bool) -> list[MeasureExecutor]:
    """Return the locked rows of the act, all of them roles."""
    same = Q(name=executor.name, form=executor.form) if everywhere else Q(pk=executor.pk)
    rows = MeasureExecutor.objects.filter(same, measure__programme=programme).select_related("measure")
    found = [row for row in rows.select_for_update(of=("self",)) if row.is_role]
    if not found:
        raise Refused(NO_ROLE)
    return found


def _excepted(row: MeasureExecutor, units: Sequence[Unit], register: Register, *, added: bool) -> list[Unit]:
    """Return those of `units` for which the act changes on whom the executor falls."""
    now = frozenset(fall(by_rule(row.rule, register), exceptions_of(row), register).units)
    foreign = [unit for unit in units if added and unit.pk not in register.ids]
    if foreign:
        raise Refused(
            Message(
                mark("%(unit)s is not in the register of the programme's territory and day."),
                {"unit": str(foreign[0])},
            )
        )
    return [unit for unit in units if (unit.pk in now) != added]


def _write(
    row: MeasureExecutor, units: list[Unit], actor: User, *, added: bool, reason: str
) -> list[ExecutorException]:
    """End the opposite exceptions, write the rest, and enter each unit into the journal."""
    opposite = row.exceptions.filter(unit__in=units, added=not added)
    ended = frozenset(opposite.values_list("unit", flat=True))
    opposite.delete()
    made = ExecutorException.objects.bulk_create(
        ExecutorException(executor=row, unit=unit, added=added, reason=reason, made_by=actor)
        for unit in units
        if unit.pk not in ended
    )
    code = codes.ADDED_UNIT if added else codes.TOOK_OUT_UNIT
    for unit in units:
        after = {"unit": str(unit), "unit_id": unit.pk, "name": row.name}
        record(actor=actor, code=code, subject=row.measure, after=after, reason=reason)
    return made


@transaction.atomic
def end_exception(exception: ExecutorException, *, actor: User) -> None:
    """Take an exception back: the rule alone speaks of this organisation again."""
    row = MeasureExecutor.objects.select_related("measure__programme__unit").get(pk=exception.executor_id)
    programme = edited(row.measure, actor)
    row = MeasureExecutor.objects.select_for_update(of=("self",)).select_related("measure").get(pk=row.pk)
    code = codes.REMOVED_UNIT if exception.added else codes.RETURNED_UNIT
    before = {"reason": exception.reason}
    after = {"unit": str(exception.unit), "unit_id": exception.unit_id, "name": row.name}
    exception.delete()
    _count(row, register_for(programme.unit, programme.addressed_on))
    record(actor=actor, code=code, subject=row.measure, before=before, after=after)
    tell_changed(programme, [row.measure], actor)


def _count(row: MeasureExecutor, register: Register) -> None:
    """Keep with the executor how many organisations it falls on, as the table prints it."""
    row.unit_count = len(fall(by_rule(row.rule, register), exceptions_of(row), register).units)
    row.save(update_fields=("unit_count",))
