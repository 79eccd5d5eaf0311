"""Which entries a reader may see, and one page of those that answer a question.

A page is found from a place in the journal (`id`), not by a number of rows to pass over, so that the last
page of a million costs what the first one does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db.models import BigIntegerField, F, Func, Q, QuerySet
from django.db.models.lookups import In
from django.utils import timezone

from avgust.web.accounts.rights import Action
from avgust.web.audit.models import Entry, Words
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

PAGE: Final = 50
# Up to so many organisations an index of their entries is read and sorted. Beyond, the journal is walked from
# its end, where their entries stand close together; the databases guess otherwise, so it is said to them.
FEW: Final = 60
_CHUNK: Final = 2_000  # entries with the words of a question that are looked at in one go
_AT_ONCE: Final = PAGE + 1
_SLACK: Final = 10_000  # numbers are given when an entry is written, times may differ by a long transaction


def visible_to(user: User) -> QuerySet[Entry]:
    """Return the entries of the organisations where `user` may see the journal.

    What belongs to no organisation (an account before its first post) is seen by who sees all of them.
    """
    units = set(Unit.objects.in_scope_of(user, Action.SEE_JOURNAL).values_list("pk", flat=True))
    if units and len(units) == Unit.objects.count():
        return Entry.objects.all()
    return Entry.objects.filter(of_units(units))


def of_units(units: Iterable[int]) -> Any:
    """Return the condition that an entry belongs to one of `units`."""
    wanted = sorted(units)
    if len(wanted) <= FEW:
        return Q(unit__in=wanted)
    unindexed = Func(F("unit_id"), template="%(expressions)s + 0", output_field=BigIntegerField())
    return In(unindexed, wanted)


def between(since: date | None, until: date | None) -> Q:
    """Return the condition on the day of an entry, both ends included.

    The index of times gives the first and last number of those days, so that a far month is not walked to.
    """
    condition = Q()
    if since is not None:
        start = _midnight(since)
        first = Entry.objects.filter(at__gte=start).order_by("at").values_list("id", flat=True).first()
        condition &= Q(at__gte=start, id__gte=first - _SLACK) if first else Q(pk__in=())
    if until is not None:
        end = _midnight(until + timedelta(days=1))
        last = Entry.objects.filter(at__lt=end).order_by("-at").values_list("id", flat=True).first()
        condition &= Q(at__lt=end, id__lte=last + _SLACK) if last else Q(pk__in=())
    return condition


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, the newest first, and the places from which the neighbours are found."""

    entries: list[Entry]
    older: int | None = None
    newer: int | None = None


def page(found: QuerySet[Entry], words: str, *, before: int | None, after: int | None) -> Page:
    """Return the page of `found` that ends before the entry `before` or begins after the entry `after`."""
    if after is not None:
        ahead = list(islice(walk(found, words, after, forward=True), PAGE + 1))
        entries = ahead[:PAGE][::-1]
        more_newer, more_older = len(ahead) > PAGE, True
    else:
        behind = list(islice(walk(found, words, before), PAGE + 1))
        entries = behind[:PAGE]
        more_newer, more_older = before is not None, len(behind) > PAGE
    if not entries:
        return Page([])
    return Page(
        entries,
        older=entries[-1].pk if more_older else None,
        newer=entries[0].pk if more_newer else None,
    )


def walk(
    found: QuerySet[Entry], words: str, place: int | None = None, *, forward: bool = False
) -> Iterator[Entry]:
    """Yield what of `found` has the words, from `place` on: into the past, or forward.

    Numbers come first, so that an index alone is sorted and not whole rows. Words are looked for alone: they
    have an index of their own and are often the rarest condition.
    """
    side, order = ("gt", "") if forward else ("lt", "-")
    rows = found.select_related("actor", "unit", "private").order_by(f"{order}id")
    while True:
        beyond = {} if place is None else {f"id__{side}": place}
        if not words:
            numbers = list(
                found.filter(**beyond).order_by(f"{order}id").values_list("id", flat=True)[:_AT_ONCE]
            )
            yield from rows.filter(pk__in=numbers)
            if len(numbers) < _AT_ONCE:
                return
            place = numbers[-1]
            continue
        having = Words.objects.filter(text__words=words, **{f"entry_{key}": pk for key, pk in beyond.items()})
        numbers = list(having.order_by(f"{order}entry_id").values_list("entry_id", flat=True)[:_CHUNK])
        yield from rows.filter(pk__in=numbers).iterator(chunk_size=PAGE + 1)
        if len(numbers) < _CHUNK:
            return
        place = numbers[-1]
