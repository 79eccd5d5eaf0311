"""What control reminds of: assignments on which the organisation must act, by their deadlines."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from django.db.models import F
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from avgust.domain.periods import Period
from avgust.web.control.models import Assignment
from avgust.web.control.standing import working_units
from avgust.web.notices.providers import Deadline, Event

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

CHUNK: Final = 2_000


def deadlines(days: Collection[date]) -> Iterator[Deadline]:
    """Yield what organisations owe with a deadline on one of `days`, in one query read in chunks."""
    rows = Assignment.objects.owed().filter(due__in=sorted(days)).order_by()
    columns = ("pk", "unit_id", "due", "measure_id", "measure__label", "measure__text", "programme__title")
    for pk, unit, due, measure, label, text, programme, adopter in rows.values_list(
        *columns, F("programme__unit")
    ).iterator(chunk_size=CHUNK):
        yield Deadline(
            subject=f"control.assignment:{pk}",
            unit=unit,
            due=due,
            title=title_of(label, text),
            address=address_of(pk, measure),
            adopter=adopter,
            group=f"programmes.measure:{measure}",
            group_address=_measure(measure),
            heading=programme,
        )


def events(person: User, period: Period) -> Iterator[Event]:
    """Yield the deadlines of the organisations that a person works for."""
    rows = Assignment.objects.owed().filter(
        unit__in=working_units(person), due__gte=period.start, due__lte=period.end
    )
    for row in rows.select_related("measure", "programme", "unit").order_by("due", "pk"):
        yield Event(
            uid=f"assignment-{row.pk}",
            day=row.due or period.end,
            title=_("Deadline: %(title)s") % {"title": title_of(row.measure.label, row.measure.text)},
            address=address_of(row.pk, row.measure_id),
            words=f"{row.unit}\n{row.programme}",
        )


def title_of(label: str, text: str) -> str:
    """Return a measure as notices and calendars name it."""
    return f"{label}. {text}" if label else text


def _measure(pk: int) -> str:
    before, after = _around("programmes:measure") or ("", "")
    return f"{before}{pk}{after}"


def address_of(assignment: int, measure: int) -> str:
    """Return the page of an assignment; of its measure while assignments have none."""
    around = _around("control:assignment")
    return f"{around[0]}{assignment}{around[1]}" if around else _measure(measure)


@cache
def _around(name: str) -> tuple[str, str] | None:
    """Return what stands before and after the number in an address: asked once, not 150,000 times."""
    try:
        before, _number, after = reverse(name, args=[0]).rpartition("0")
    except NoReverseMatch:
        return None
    return before, after
