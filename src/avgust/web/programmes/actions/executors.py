"""Who executes a measure: which organisation the words mean, said by a person where the rule cannot tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from avgust.domain.addressing import Addressing, Outcome, resolve
from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.model import Addressee, AddresseeForm, Relation
from avgust.web.accounts.rights import Action
from avgust.web.audit import record
from avgust.web.documents.actions import Refused
from avgust.web.documents.registers import register_for
from avgust.web.programmes import codes
from avgust.web.programmes.models import CHOSEN, NAMED, Measure, MeasureExecutor, Programme
from avgust.web.ui.stations import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from avgust.domain.addressing import Register
    from avgust.web.accounts.models import User
    from avgust.web.territory.models import Unit

NO_UNIT: Final = Message(mark("Choose an organisation first."))
NO_EXECUTOR: Final = Message(mark("This executor is no longer there."))


def answer(executor: MeasureExecutor, found: Addressing) -> None:
    """Set on whom an executor falls; not yet saved."""
    executor.outcome, executor.rule = found.outcome.value, found.rule[:80]
    executor.unit_id = found.units[0] if found.outcome is Outcome.BODY else None
    executor.unit_count = len(found.units)


def executor_of(measure: Measure, addressee: Addressee, found: Addressing) -> MeasureExecutor:
    """Return the row of an addressee with the organisations that it falls on; not yet saved."""
    row = MeasureExecutor(
        measure=measure,
        name=addressee.name[:500],
        form=addressee.form.value,
        relation=addressee.relation.value,
    )
    answer(row, found)
    return row


def on_whom(addressee: Addressee, register: Register) -> Addressing:
    """Return on whom an addressee falls. A controller is a post or a body, never all of a kind."""
    if addressee.relation is Relation.CONTROLLER and addressee.form is AddresseeForm.ROLE:
        return Addressing(Outcome.OUTSIDE)
    return resolve(addressee.name, addressee.form.value, register)


@transaction.atomic
def choose_executor(
    executor: MeasureExecutor, unit: Unit, *, actor: User, everywhere: bool = False
) -> list[MeasureExecutor]:
    """Say which organisation an executor is; `everywhere` also where the programme has the same words.

    Raises Refused for a role, which means all of its kind, and for an organisation outside the register of
    the programme's territory and day.
    """
    programme = edited(executor.measure, actor)
    require_registered(programme, unit)
    same = Q(name=executor.name, form=executor.form) if everywhere else Q(pk=executor.pk)
    rows = MeasureExecutor.objects.filter(same, measure__programme=programme).exclude(rule=NAMED)
    changed = list(rows.select_for_update(of=("self",)).select_related("measure"))
    for row in changed:
        if row.outcome == Outcome.ROLE:
            raise Refused(
                Message(mark("This is a role: the measure falls on every organisation of its kind."))
            )
        before = {"unit": str(row.unit) if row.unit else None, "outcome": row.outcome}
        answer(row, Addressing(Outcome.BODY, (unit.pk,), CHOSEN))
        row.save()
        after = {"unit": str(unit), "unit_id": unit.pk, "name": row.name}
        record(actor=actor, code=codes.CHOSE_EXECUTOR, subject=row.measure, before=before, after=after)
    tell_changed(programme, [row.measure for row in changed], actor)
    return changed


@transaction.atomic
def name_executor(measure: Measure, unit: Unit, *, actor: User) -> MeasureExecutor:
    """Name who answers for a measure for which the document names nobody."""
    programme = edited(measure, actor)
    require_registered(programme, unit)
    locked = Measure.objects.select_for_update().get(pk=measure.pk)
    if MeasureExecutor.objects.answering().filter(measure=locked).exists():
        raise Refused(Message(mark("Somebody answers for this measure already.")))
    row = MeasureExecutor(measure=locked, name=unit.name[:500], form="body", relation=Relation.EXECUTOR.value)
    answer(row, Addressing(Outcome.BODY, (unit.pk,), NAMED))
    row.save()
    locked.executor_names = row.name
    locked.save()
    after = {"unit": str(unit), "unit_id": unit.pk}
    record(actor=actor, code=codes.NAMED_EXECUTOR, subject=locked, after=after)
    tell_changed(programme, [locked], actor)
    return row


@transaction.atomic
def release_executor(executor: MeasureExecutor, *, actor: User) -> None:
    """Take back what a person said about an executor: the rule speaks again, a named one goes."""
    programme = edited(executor.measure, actor)
    row = (
        MeasureExecutor.objects.select_for_update(of=("self",))
        .select_related("measure", "unit")
        .get(pk=executor.pk)
    )
    if not row.by_hand:
        raise Refused(Message(mark("Nobody chose this executor by hand.")))
    before = {"unit": str(row.unit), "unit_id": row.unit_id, "name": row.name}
    if row.rule == NAMED:
        row.measure.executor_names = ""
        row.measure.save()
        row.delete()
    else:
        answer(row, resolve(row.name, row.form, register_for(programme.unit, programme.addressed_on)))
        row.save()
    after = {"unit": before["unit"]}
    record(actor=actor, code=codes.RELEASED_EXECUTOR, subject=row.measure, before=before, after=after)
    tell_changed(programme, [row.measure], actor)


def tell_changed(programme: Programme, measures: Sequence[Measure], actor: User) -> None:
    """Tell the stations above that who executes `measures` has changed."""
    Measure.objects.filter(pk__in=[measure.pk for measure in measures]).settle_unclear()
    tell("programmes.changed", programme=programme, measures=measures, actor=actor)


def edited(measure: Measure, actor: User) -> Programme:
    """Return the programme of a measure that `actor` may change."""
    programme = measure.programme
    if not actor.may(Action.EDIT_PROGRAMME, programme.unit):
        raise PermissionDenied
    return programme


def require_registered(programme: Programme, unit: Unit) -> None:
    """Raise Refused for an organisation outside the register of the programme's territory and day."""
    register = register_for(programme.unit, programme.addressed_on)
    if unit.pk not in register.ids:
        raise Refused(
            Message(mark("This organisation is not in the register of the programme's territory and day."))
        )
