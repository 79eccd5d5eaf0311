"""Acts on what was recorded by mistake: a wrong day is corrected, a wrong record undone.

Both are refused while something later depends on the record: the rules are asked about the territory as
it would be.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from avgust.domain.territory import Closed, Event, Opened, Placed, Record, Renamed
from avgust.domain.territory.acts import out_of_order, redated, without
from avgust.web import audit
from avgust.web.territory import codes, register
from avgust.web.territory.actions import require
from avgust.web.territory.history import kept_of
from avgust.web.territory.models import Unit
from avgust.web.territory.register import Records
from avgust.web.ui.requests import language

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

KINDS: Final[dict[str, type]] = {"opened": Opened, "placed": Placed, "renamed": Renamed, "closed": Closed}


def event_called(record: Record, kind: str, day: date | None) -> Event | None:
    """Return the event of `record` of this kind on this day; opening and closing are one each."""
    found = [event for event in record.events if isinstance(event, KINDS[kind])]
    alone = kind in {"opened", "closed"}
    return next((event for event in found if alone or event.day == day), None)


@transaction.atomic
def correct_date(unit: Unit, event: Event, *, day: date, actor: User, reason: str, basis: str) -> None:
    """Put `event` of `unit` on the right day, with the right act."""
    require(actor, unit)
    _need(reason)
    if isinstance(event, Renamed) and day > timezone.localdate():
        raise ValidationError(_("A new name is recorded on the day from which it is in force, or later."))
    kept = kept_of(event)

    def edit(records: Records) -> Records:
        refusal = out_of_order(records[unit.pk], event, day)
        if refusal:
            raise ValidationError({"day": refusal.render(language())})
        return redated(records, unit.pk, event, day, basis)

    register.change([unit.pk], edit)
    audit.record(
        actor=actor,
        code=codes.REDATED,
        subject=unit,
        before={"day": event.day, "basis": event.basis},
        after={"event": kept, "day": day, "basis": basis},
        reason=reason,
    )


@transaction.atomic
def undo_event(unit: Unit, event: Event, *, actor: User, reason: str) -> bool:
    """Take `event` of `unit` back as if it had not been; True where the unit itself is gone with it.

    Undoing the opening removes an organisation that nothing refers to and to which nothing else happened.
    """
    require(actor, unit)
    _need(reason)
    if isinstance(event, Opened):
        _remove(unit, actor, reason)
        return True
    if isinstance(event, Placed) and unit.memberships.count() == 1:
        raise ValidationError(
            _("It is the only place: move the organisation, or remove it with its opening.")
        )
    kept = kept_of(event)
    register.change([unit.pk], lambda records: without(records, unit.pk, event))
    audit.record(
        actor=actor,
        code=codes.UNDONE,
        subject=unit,
        before={"day": event.day, "basis": event.basis},
        after={"event": kept},
        reason=reason,
    )
    return False


def _remove(unit: Unit, actor: User, reason: str) -> None:
    """Delete a unit that was added by mistake."""
    register.hold()
    later = unit.memberships.count() > 1 or unit.closed or unit.former_names.exists()
    if later:
        raise ValidationError(_("More has happened to the organisation since: undo the later records first."))
    place = unit.memberships.select_related("parent").first()
    audit.record(
        actor=actor,
        code=codes.REMOVED,
        subject=unit,
        before={"official_name": unit.name},
        reason=reason,
        unit=place.parent if place else None,
    )
    try:
        unit.delete()
    except ProtectedError as used:
        raise ValidationError(
            _(
                "The organisation is in use already (people, documents, measures, other organisations):"
                " close it."
            )
        ) from used


def _need(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the journal keeps the reason.")})
