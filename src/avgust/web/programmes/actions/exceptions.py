"""Exceptions from a rule by hand: organisations taken out of a role or added to it, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
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
    day: date | None = None,
    everywhere: bool = False,
) -> list[ExecutorException]:
    """Take `units` out of a role, or add them to it; `everywhere` also where the programme has its words.

    The rule is asked as of `day`, the programme's own by default: an organisation that opens in January can
    be taken out as of January. What the rule says of a unit anyway is no exception and is passed over;
    taking out what was added, and adding what was taken out, ends that exception. Raises Refused without a
    reason, for who is no role, for organisations outside the register, and where nothing would change.
    """
    programme = edited(executor.measure, actor)
    reason = reason.strip()[:500]
    if not reason:
        raise Refused(NO_REASON)
    if not units:
        raise Refused(NO_UNIT)
    own_day = programme.addressed_on
    register = register_for(programme.unit, day or own_day)
    counted = register if day in (None, own_day) else register_for(programme.unit, own_day)
    made: list[ExecutorException] = []
    changed: list[Measure] = []
    for row in _same(executor, programme, everywhere=everywhere):
        now = _excepted(row, units, register, added=added)
        if now:
            made += _write(row, now, actor, added=added, reason=reason)
            _count(row, counted)
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
def end_exceptions(
    executor: MeasureExecutor, exceptions: Sequence[ExecutorException], *, actor: User
) -> None:
    """Take exceptions of an executor back: the rule alone speaks of these organisations again."""
    programme = edited(executor.measure, actor)
    rows = MeasureExecutor.objects.select_for_update(of=("self",)).select_related("measure")
    row = rows.get(pk=executor.pk)
    ended = list(row.exceptions.filter(pk__in=[one.pk for one in exceptions]).select_related("unit"))
    if not ended:
        raise Refused(Message(mark("These exceptions were taken back already.")))
    for exception in ended:
        record(
            actor=actor,
            code=codes.REMOVED_UNIT if exception.added else codes.RETURNED_UNIT,
            subject=row.measure,
            before={"reason": exception.reason},
            after={"unit": str(exception.unit), "unit_id": exception.unit_id, "name": row.name},
        )
    row.exceptions.filter(pk__in=[one.pk for one in ended]).delete()
    _count(row, register_for(programme.unit, programme.addressed_on))
    tell_changed(programme, [row.measure], actor)


def _count(row: MeasureExecutor, register: Register) -> None:
    """Keep with the executor how many organisations it falls on, as the table prints it."""
    row.unit_count = len(fall(by_rule(row.rule, register), exceptions_of(row), register).units)
    row.save(update_fields=("unit_count",))
