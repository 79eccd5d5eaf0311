"""Acts on the territory. Dates are inclusive; the place of a unit changes from a day on, never backwards.

`actor` is None for the command line of the server, which alone may add what stands under nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from avgust.web import audit
from avgust.web.accounts.rights import Action
from avgust.web.territory import codes
from avgust.web.territory.models import Membership, Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


COMPUTED: Final = ("search", "order")  # columns that nobody types


def _require(actor: User | None, *units: Unit) -> None:
    """Stop who may not change the territory at every one of `units`."""
    if actor is not None and not all(actor.may(Action.EDIT_TERRITORY, unit) for unit in units):
        raise PermissionDenied(_("Only an officer of the region or an administrator changes the territory."))


@transaction.atomic
def add_unit(unit: Unit, *, parent: Unit | None, since: date, actor: User | None, basis: str = "") -> Unit:
    """Save a new `unit` in its place under `parent` from `since` on; without a parent it is a top."""
    if parent is None:
        return _add_top(unit, since=since, actor=actor, basis=basis)
    _require(actor, parent)
    unit.opened = unit.opened or since
    unit.full_clean(exclude=COMPUTED)
    unit.save()
    Membership.objects.create(unit=unit, parent=parent, since=since, basis=basis)
    audit.record(
        actor=actor,
        code=codes.ADDED,
        subject=unit,
        after={"parent": str(parent), "since": since},
        reason=basis,
    )
    return unit


def _add_top(unit: Unit, *, since: date, actor: User | None, basis: str) -> Unit:
    """Save a unit that stands under nothing: the region of an empty database."""
    if actor is not None:
        raise PermissionDenied(_("Only the command line of the server adds the top of a territory."))
    unit.opened = unit.opened or since
    unit.full_clean(exclude=COMPUTED)
    unit.save()
    audit.record(actor=None, code=codes.FOUNDED, subject=unit, after={"since": since}, reason=basis)
    return unit


@transaction.atomic
def move_unit(unit: Unit, *, parent: Unit, since: date, actor: User, basis: str = "") -> Membership:
    """Move `unit` under `parent` from `since` on; its earlier places stay true for their dates."""
    _require(actor, unit, parent)
    if unit.pk in {above.pk for above in [parent, *parent.line_on(since)]}:
        raise ValidationError(_("An organisation cannot stand under itself."))
    last = unit.memberships.select_for_update().order_by("-since").first()
    if last is not None:
        if since <= last.since:
            raise ValidationError(
                _("“%(unit)s” has a place from %(since)s already; a move must come later.")
                % {"unit": unit, "since": last.since.isoformat()}
            )
        if last.until is None or last.until >= since:
            last.until = since - timedelta(days=1)
            last.save(update_fields=["until"])
    place = Membership.objects.create(unit=unit, parent=parent, since=since, basis=basis)
    audit.record(
        actor=actor,
        code=codes.MOVED,
        subject=unit,
        before={"parent": str(last.parent) if last else None},
        after={"parent": str(parent), "since": since},
        reason=basis,
    )
    return place


@transaction.atomic
def close_unit(
    unit: Unit, *, closed: date, actor: User, successor: Unit | None = None, basis: str = ""
) -> Unit:
    """Close `unit` with `closed` as its last day; `successor` takes over what it had (a merger)."""
    _require(actor, unit)
    if unit.closed is not None:
        raise ValidationError(_("“%(unit)s” is closed already.") % {"unit": unit})
    if successor is not None and (successor.pk == unit.pk or successor.closed is not None):
        raise ValidationError(_("The successor must be another organisation that stays open."))
    if unit.members.on(closed + timedelta(days=1)).exists():
        raise ValidationError(
            _("“%(unit)s” still has organisations under it: move them first.") % {"unit": unit}
        )
    unit.closed, unit.successor = closed, successor
    unit.save(update_fields=["closed", "successor"])
    for place in unit.memberships.on(closed):
        place.until = closed
        place.save(update_fields=["until"])
    audit.record(
        actor=actor,
        code=codes.CLOSED,
        subject=unit,
        after={"closed": closed, "successor": str(successor) if successor else _("none")},
        reason=basis,
    )
    return unit
