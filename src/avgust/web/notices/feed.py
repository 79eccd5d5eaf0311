"""The private calendar that a telephone subscribes to (RFC 5545)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from avgust.domain.periods import Period
from avgust.web.notices.models import CalendarKey
from avgust.web.notices.providers import Event, events

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

BACK: Final = timedelta(days=60)
AHEAD: Final = timedelta(days=400)
MOST: Final = 1_000  # days of one calendar; a telephone shows no more with use
REFRESH: Final = "PT6H"


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_key(person: User) -> str:
    """Give the person a new secret in place of the old one; it is shown once and never kept."""
    token = secrets.token_urlsafe(32)
    CalendarKey.objects.update_or_create(
        person=person, defaults={"digest": digest_of(token), "made_at": timezone.now(), "read_on": None}
    )
    return token


def person_of(token: str) -> User | None:
    """Return whose calendar it is; None for a secret that is unknown, taken back, or of a closed account."""
    keys = CalendarKey.objects.select_related("person").filter(person__is_active=True)
    key = keys.filter(digest=digest_of(token)).first()
    if key is None:
        return None
    today = timezone.localdate()
    if key.read_on != today:
        CalendarKey.objects.filter(pk=key.pk).update(read_on=today)
    return key.person


def calendar_of(person: User, today: date) -> bytes:
    """Return the calendar of a person in her language."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        calendar = Calendar()
        calendar.add("prodid", "-//Avgust//Control of execution//RU")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", _("Avgust: deadlines"))
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", REFRESH)
        period = Period(today - BACK, today + AHEAD)
        for number, event in enumerate(events(person, period)):
            if number == MOST:
                break
            calendar.add_component(_entry(event, today))
        return bytes(calendar.to_ical())


def _entry(event: Event, today: date) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.uid}@{settings.SITE.split('//')[-1].split(':')[0]}")
    entry.add("dtstamp", datetime(today.year, today.month, today.day, tzinfo=timezone.get_default_timezone()))
    entry.add("dtstart", event.day)
    entry.add("dtend", event.day + timedelta(days=1))
    entry.add("summary", event.title)
    if event.words:
        entry.add("description", event.words)
    entry.add("url", settings.SITE + event.address)
    entry.add("transp", "TRANSPARENT")
    return entry
