"""Acts on notices: telling, reading, choosing. What is told is written in the transaction of its act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avgust.web.accounts.rights import Action
from avgust.web.audit import record
from avgust.web.notices import codes
from avgust.web.notices.feed import new_key
from avgust.web.notices.kinds import Kind
from avgust.web.notices.models import CalendarKey, Choice, Letter, Notice, QuietHours

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.territory.models import Unit


def tell(
    people: Iterable[User],
    kind: Kind,
    *,
    subject: models.Model,
    title: str,
    address: str,
    period: str,
    heading: str = "",
    **values: Any,
) -> None:
    """Tell `people` something once: the same kind, subject and period is never told again.

    Runs inside the transaction of the act that it tells about; `values` are no personal data.
    """
    keep(
        notice_of(
            person.pk,
            kind,
            subject=subject,
            title=title,
            address=address,
            period=period,
            heading=heading,
            **values,
        )
        for person in people
        if person.is_active
    )


def notice_of(
    person: int,
    kind: Kind,
    *,
    subject: models.Model,
    title: str,
    address: str,
    period: str,
    heading: str = "",
    **values: Any,
) -> Notice:
    """Return what tells one active person of one act, not kept yet."""
    return Notice(
        person_id=person,
        kind=kind.code,
        subject=_named(subject),
        period=period,
        title=title[:300],
        group=heading[:300],
        address=address,
        values=values,
    )


def _named(subject: models.Model) -> str:
    """Return what a notice is about as it is kept: «control.assignment:12»."""
    return f"{subject._meta.label_lower}:{subject.pk}"


def keep(notices: Iterable[Notice]) -> None:
    """Keep notices in the transaction of their acts; what is told already stays as it is."""
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def settle(kind: Kind, *, subject: models.Model) -> None:
    """Take from the unread what waited for a decision that somebody has taken."""
    waiting = Notice.objects.filter(kind=kind.code, subject=_named(subject)).unread()
    waiting.update(read_at=timezone.now())


def mark_read(notices: models.QuerySet[Notice], *, actor: User) -> int:
    """Mark notices of `actor` as read; return how many there were. Nobody reads another's."""
    return notices.filter(person=actor).unread().update(read_at=timezone.now())  # type: ignore[attr-defined]


@transaction.atomic
def choose(choice: Choice, *, actor: User) -> Choice:
    """Keep what a person chose about the own reminders."""
    if choice.person_id != actor.pk:
        raise PermissionDenied
    choice.full_clean()
    choice.save()
    return choice


@transaction.atomic
def renew_calendar(*, actor: User) -> str:
    """Make a new address of the own calendar; the old one opens nothing from now on."""
    token = new_key(actor)
    record(actor=actor, code=codes.KEY_MADE, subject=actor)
    return token


@transaction.atomic
def take_back_calendar(*, actor: User) -> None:
    """Take back the address of the own calendar."""
    if CalendarKey.objects.filter(person=actor).delete()[0]:
        record(actor=actor, code=codes.KEY_TAKEN_BACK, subject=actor)


@transaction.atomic
def set_quiet_hours(unit: Unit, *, starts: time | None, ends: time | None, actor: User) -> None:
    """Set the quiet hours of an organisation for all its people; without hours they are taken back."""
    if not actor.may(Action.REPORT_ASSIGNMENT, unit):
        raise PermissionDenied(_("Who speaks for the organisation sets its quiet hours."))
    kept = QuietHours.objects.filter(unit=unit).first()
    if starts is None or ends is None:
        if kept is not None:
            kept.delete()
            record(actor=actor, code=codes.QUIET_HOURS_ENDED, subject=unit)
        return
    if kept is not None and (kept.starts, kept.ends) == (starts, ends):
        return
    before = {"starts": f"{kept.starts:%H:%M}", "ends": f"{kept.ends:%H:%M}"} if kept else None
    QuietHours.objects.update_or_create(unit=unit, defaults={"starts": starts, "ends": ends})
    after = {"starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
    record(actor=actor, code=codes.QUIET_HOURS, subject=unit, before=before, after=after)


def forget_person(user: User) -> None:
    """Take what was told to a person who is erased; follows `accounts.erased`."""
    for model in (Notice, Letter, CalendarKey, Choice):
        model._default_manager.filter(person=user).delete()
