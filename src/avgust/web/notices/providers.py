"""Where deadlines and days of the calendar come from: stations above say it in their `apps.py`.

`reminders` names a function `days -> Iterable[Deadline]`: all that is owed with a deadline on one of these
days, in bounded queries. `calendar` names a function `(person, Period) -> Iterable[Event]`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.utils.module_loading import import_string

from avgust.domain.periods import Period

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


class Deadline(NamedTuple):
    """What an organisation owes by a day; a tuple, for a day may have 150,000.

    `subject` is its key for ever, `group` the key of what many organisations owe alike (a measure), under
    which a controller gets one notice about all of them. `controllers` are people who are named to control
    it in person, beside those whose post it is. What one `person` owes reminds nobody else of the
    organisation, and who gave it (`giver`) when it is late.
    """

    subject: str
    unit: int
    due: date
    title: str
    address: str
    adopter: int  # the unit whose programme it is: nobody above it is told
    group: str
    group_address: str
    heading: str = ""  # the programme
    controllers: tuple[int, ...] = ()
    person: int | None = None
    giver: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A day of the calendar: all day long. `uid` stays the same when the day moves."""

    uid: str
    day: date
    title: str
    address: str
    words: str = ""


def deadlines(days: Collection[date]) -> Iterator[Deadline]:
    """Yield what falls due on `days`, from every station."""
    for make in _declared("reminders"):
        yield from make(days)


def events(person: User, period: Period) -> Iterator[Event]:
    """Yield the days of a person's calendar, from every station."""
    for make in _declared("calendar"):
        yield from make(person, period)


def _declared(name: str) -> Iterator[Callable[..., Iterable[Any]]]:
    paths = (getattr(config, name, None) for config in apps.get_app_configs())
    return (import_string(path) for path in paths if path)
