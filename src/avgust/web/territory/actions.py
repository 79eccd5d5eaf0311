"""Acts on the territory. Whether an act can be is for the rules of `domain/territory` to say.

Days are inclusive. `actor` is None for the command line of the server, which alone may add what stands
under nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avgust.domain.territory import Closed, Event, Opened, Placed, Record, Renamed
from avgust.domain.territory.acts import members_after, merged, out_of_turn, with_event
from avgust.domain.territory.events import ONE_DAY
from avgust.domain.territory.inn import inn_fault
from avgust.web import audit
from avgust.web.accounts.rights import Action
from avgust.web.territory import codes, register
from avgust.web.territory.models import Membership, Unit
from avgust.web.territory.register import Records
from avgust.web.ui.requests import language

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


COMPUTED: Final = ("search", "order")  # columns that nobody types
DESCRIBING: Final = ("kind", "name", "short_name", "inn", "founder", "settlement")
_LISTED: Final = 3  # names in the sentence of a merger


def require(actor: User | None, *units: Unit) -> None:
    """Stop who may not change the territory at every one of `units`."""
    if actor is not None and not all(actor.may(Action.EDIT_TERRITORY, unit) for unit in units):
        raise PermissionDenied(_("Only an officer of the region or an administrator changes the territory."))


@transaction.atomic
def add_unit(
    unit: Unit, *, parent: Unit | None, since: date | None, actor: User | None, basis: str = ""
) -> Unit:
    """Save a new `unit` in its place under `parent` from `since` on; without a parent it is a top."""
    if parent is None:
        return _add_top(unit, since=since, actor=actor, basis=basis)
    require(actor, parent)
    since = since or timezone.localdate()
    unit.opened = unit.opened or since
    _clean(unit)
    new = Record(
        0, unit.kind, unit.name, unit.short_name, (Opened(unit.opened), Placed(since, parent.pk, basis))
    )
    register.check([parent.pk], lambda records: {**records, new.unit: new})
    unit.save()
    Membership.objects.create(unit=unit, parent=parent, since=since, basis=basis)
    audit.record(
        actor=actor,
        code=codes.ADDED,
        subject=unit,
        after={"parent": str(parent), "since": since},
        reason=basis,
        unit=parent,  # not itself: what was added by mistake can be removed, an entry of the journal cannot
    )
    return unit


def _add_top(unit: Unit, *, since: date | None, actor: User | None, basis: str) -> Unit:
    """Save a unit that stands under nothing: the region of an empty database."""
    if actor is not None:
        raise PermissionDenied(_("Only the command line of the server adds the top of a territory."))
    unit.opened = unit.opened or since
    _clean(unit)
    unit.save()
    audit.record(actor=None, code=codes.FOUNDED, subject=unit, after={"since": since}, reason=basis)
    return unit


def _clean(unit: Unit) -> None:
    """Check the columns of `unit`; the tax number by its control digits, where it changed."""
    unit.full_clean(exclude=COMPUTED)
    kept = Unit.objects.filter(pk=unit.pk).values_list("inn", flat=True).first() if unit.pk else ""
    fault = inn_fault(unit.inn) if unit.inn and unit.inn != kept else None
    if fault:
        raise ValidationError({"inn": fault.render(language())})


@transaction.atomic
def describe_unit(unit: Unit, *, actor: User, values: dict[str, Any], reason: str = "") -> Unit:
    """Correct what is known about `unit`, for all time: a mistake in the record, not a renaming."""
    require(actor, unit)
    register.hold()
    locked = Unit.objects.select_for_update().get(pk=unit.pk)
    before: dict[str, Any] = {name: getattr(locked, name) for name in DESCRIBING if name in values}
    changed = {name: values[name] for name in before if values[name] != before[name]}
    if not changed:
        return locked
    was = {name: _kept(locked, name) for name in changed}
    for name, value in changed.items():
        setattr(locked, name, value)
    _clean(locked)
    register.check(
        [locked.pk], lambda records: {**records, locked.pk: register.described(records[locked.pk], locked)}
    )
    locked.save()
    audit.record(
        actor=actor,
        code=codes.DESCRIBED,
        subject=locked,
        before=was,
        after={
            **{name: _kept(locked, name) for name in changed},
            "fields": list(changed),
        },
        reason=reason,
    )
    return locked


def _kept(unit: Unit, column: str) -> str:
    """Return a value as the journal keeps it: of a choice its code, to be read in the reader's language."""
    return str(getattr(unit, column))


@transaction.atomic
def rename_unit(unit: Unit, *, name: str, short_name: str, since: date, actor: User, basis: str = "") -> Unit:
    """Call `unit` so from `since` on; on earlier days it keeps its earlier name.

    A renaming of the future is refused: every page shows the name of today, and no page may be ahead.
    """
    require(actor, unit)
    if since > timezone.localdate():
        raise ValidationError(
            {"since": _("A new name is recorded on the day from which it is in force, or later.")}
        )
    event = Renamed(since, name, short_name, basis)
    register.change([unit.pk], lambda records: _next(records, unit.pk, event))
    unit.refresh_from_db()
    audit.record(
        actor=actor,
        code=codes.RENAMED,
        subject=unit,
        after={"name": short_name or name, "official_name": name, "since": since},
        reason=basis,
    )
    return unit


@transaction.atomic
def move_unit(unit: Unit, *, parent: Unit, since: date, actor: User, basis: str = "") -> Membership:
    """Move `unit` under `parent` from `since` on; its earlier places stay true for their dates."""
    require(actor, unit, parent)
    last = unit.memberships.select_related("parent").order_by("-since").first()
    event = Placed(since, parent.pk, basis)
    register.change([unit.pk, parent.pk], lambda records: _next(records, unit.pk, event))
    audit.record(
        actor=actor,
        code=codes.MOVED,
        subject=unit,
        before={"parent": str(last.parent) if last else None},
        after={"parent": str(parent), "since": since},
        reason=basis,
    )
    return unit.memberships.get(since=since)


@transaction.atomic
def close_unit(
    unit: Unit, *, closed: date, actor: User, successor: Unit | None = None, basis: str = ""
) -> Unit:
    """Close `unit` with `closed` as its last day; `successor` takes over what it had (a merger)."""
    require(actor, unit, *([successor] if successor else []))
    event = Closed(closed, successor.pk if successor else None, basis)
    concerned = [unit.pk, *([successor.pk] if successor else [])]
    register.change(concerned, lambda records: _next(records, unit.pk, event))
    unit.refresh_from_db()
    _record_closing(unit, closed, successor, actor, basis)
    return unit


@transaction.atomic
def merge_units(
    units: Sequence[Unit], *, successor: Unit, closed: date, actor: User, basis: str = ""
) -> list[Unit]:
    """Merge `units` into `successor` after `closed`, their last day; return what moved with them.

    What stands in them (the organisations of a municipality) stands in the successor from the next day.
    """
    require(actor, successor, *units)
    if not units:
        raise ValidationError(_("Choose at least one organisation that merges."))
    pks = [unit.pk for unit in units]
    moved: list[int] = []

    def edit(records: Records) -> Records:
        for pk in pks:
            _refuse_out_of_turn(records[pk], Closed(closed))
            moved.extend(members_after(records, pk, closed))
        for pk in moved:
            _refuse_out_of_turn(records[pk], Placed(closed + ONE_DAY, successor.pk))
        return merged(records, pks, successor.pk, closed, basis)

    register.change([*pks, successor.pk], edit)
    _record_merger(units, successor, closed, actor, basis)
    members = list(Unit.objects.filter(pk__in=moved))
    for member in members:
        after = {"parent": str(successor), "since": closed + ONE_DAY}
        audit.record(actor=actor, code=codes.MOVED, subject=member, after=after, reason=basis)
    return members


def _record_merger(units: Sequence[Unit], successor: Unit, closed: date, actor: User, basis: str) -> None:
    for unit in units:
        unit.refresh_from_db()
        _record_closing(unit, closed, successor, actor, basis)
    names = ", ".join(str(unit) for unit in units[:_LISTED]) + ("…" if len(units) > _LISTED else "")
    after = {"units": names, "count": len(units), "since": closed + ONE_DAY}
    audit.record(actor=actor, code=codes.TOOK_OVER, subject=successor, after=after, reason=basis)


def _record_closing(unit: Unit, closed: date, successor: Unit | None, actor: User, basis: str) -> None:
    audit.record(
        actor=actor,
        code=codes.CLOSED,
        subject=unit,
        after={"closed": closed, "successor": str(successor) if successor else ""},
        reason=basis,
    )


def _next(records: Records, unit: int, event: Event) -> Records:
    """Return the records with `event` as the latest of its sort."""
    _refuse_out_of_turn(records[unit], event)
    return with_event(records, unit, event)


def _refuse_out_of_turn(record: Record, event: Event) -> None:
    refusal = out_of_turn(record, event)
    if refusal:
        raise ValidationError(refusal.render(language()))
