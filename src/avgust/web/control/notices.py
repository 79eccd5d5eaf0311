"""What control reminds of: assignments on which the organisation must act, and errands of colleagues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avgust.domain.control.errands import IN_WORK
from avgust.domain.control.states import LIVE
from avgust.domain.periods import Period
from avgust.web.control.models import Assignment, Errand
from avgust.web.control.standing import named_posts, working_units
from avgust.web.notices.providers import Deadline, Event
from avgust.web.programmes.models import Measure

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

CHUNK: Final = 2_000


def deadlines(days: Collection[date]) -> Iterator[Deadline]:
    """Yield what falls due on `days`: of organisations, then of colleagues."""
    yield from assignment_deadlines(days)
    yield from errand_deadlines(days)


class _Told(NamedTuple):
    """What a reminder says of a measure, put together once for all organisations that owe it."""

    title: str
    group: str
    address: str
    programme: str
    adopter: int


def assignment_deadlines(days: Collection[date]) -> Iterator[Deadline]:
    """Yield what organisations owe with a deadline on one of `days`, in one query read in chunks.

    The words of a measure are read once, not with each of its 1,500 assignments.
    """
    named, told = named_controllers(), dict[int, _Told]()
    rows = Assignment.objects.owed().filter(due__in=sorted(days)).order_by()
    found: Iterator[Any] = rows.values_list("pk", "unit_id", "due", "measure_id").iterator(chunk_size=CHUNK)
    while some := list(islice(found, CHUNK)):
        told |= _told_of({measure for *_, measure in some} - told.keys())
        for pk, unit, due, measure in some:
            title, group, address, programme, adopter = told[measure]
            yield Deadline(
                subject=f"control.assignment:{pk}",
                unit=unit,
                due=due,
                title=title,
                address=address_of(pk, measure),
                adopter=adopter,
                group=group,
                group_address=address,
                heading=programme,
                controllers=named.get(measure, ()),
            )


def _told_of(measures: Collection[int]) -> dict[int, _Told]:
    """Return what reminders say of `measures`, in one query; in none where there are none."""
    columns = ("pk", "label", "text", "programme__title", "programme__unit")
    return {
        pk: _Told(title_of(label, text), f"programmes.measure:{pk}", _measure(pk), programme, adopter)
        for pk, label, text, programme, adopter in Measure.objects.filter(pk__in=measures)
        .order_by()
        .values_list(*columns)
    }


def named_controllers() -> dict[int, tuple[int, ...]]:
    """Return who is named to control a measure in person and still holds the post, by measure."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for measure, person in named_posts(timezone.localdate()).values_list("measure", "post__user"):
        found[measure].append(person)
    return {measure: tuple(people) for measure, people in found.items()}


def errand_deadlines(days: Collection[date]) -> Iterator[Deadline]:
    """Yield errands that colleagues have not finished.

    The measure names them: what a colleague wrote may speak about people, and stays on the page.
    """
    for row in errands_in_work().filter(day__in=sorted(days)).iterator(chunk_size=CHUNK):
        work = row.assignment
        yield Deadline(
            subject=f"control.errand:{row.pk}",
            unit=work.unit_id,
            due=row.day,
            title=title_of(work.measure.label, work.measure.text),
            address=row.get_absolute_url(),
            adopter=work.programme.unit_id,
            group=f"control.errand:{row.pk}",
            group_address=row.get_absolute_url(),
            heading=work.programme.title,
            person=row.given_to_id,
            giver=row.given_by_id if row.given_by.is_active else None,
        )


def errands_in_work() -> QuerySet[Any]:
    """Return what colleagues must still do; its `day` is that of the assignment where it has none."""
    rows = Errand.objects.filter(
        stage__in=sorted(IN_WORK), assignment__status__in=sorted(LIVE), given_to__is_active=True
    )
    related = rows.select_related("assignment__measure", "assignment__programme", "given_by")
    return related.annotate(day=Coalesce("due", "assignment__due")).order_by("pk")


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
    mine = errands_in_work().filter(given_to=person, day__gte=period.start, day__lte=period.end)
    for errand in mine:
        measure = errand.assignment.measure
        yield Event(
            uid=f"errand-{errand.pk}",
            day=errand.day,
            title=_("Errand: %(title)s") % {"title": title_of(measure.label, measure.text)},
            address=errand.get_absolute_url(),
            words=str(errand.assignment.programme),
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
