"""The rows of the sheet to fill in: what the reader may say something about, a thousand at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils import timezone

from avgust.domain.control.states import OWED, Status
from avgust.domain.reporting.worksheet.judging import NOW
from avgust.domain.reporting.worksheet.rows import WorkRow
from avgust.web.control.board import places_of
from avgust.web.control.models import Assignment, AssignmentQuerySet
from avgust.web.control.standing import working_units
from avgust.web.control.wording import period_of
from avgust.web.programmes.models import Programme
from avgust.web.reports.standings import CHUNK, Reader, Words, facts_of, words_of
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

MOST: Final = 40_000  # a sheet of 50,000 rows is the largest that is read


def work_ids(programme: Programme, user: User, place: Unit | None) -> list[int]:
    """Return the assignments of a programme about which `user` may say something, in its order."""
    ordered = _work(programme, user, place).order_by("measure__order", "due", "unit__order", "pk")
    return list(ordered.values_list("pk", flat=True)[: MOST + 1])


def work_count(programme: Programme, user: User, place: Unit | None) -> int:
    """Return how many these are."""
    return _work(programme, user, place).order_by().count()


def _work(programme: Programme, user: User, place: Unit | None) -> AssignmentQuerySet:
    reader = Reader(user)
    today = timezone.localdate()
    owed = Q(unit__in=reader.reports, status__in=sorted(OWED))
    decided = Q(status=Status.REPORTED.value) & ~Q(unit__in=working_units(user))
    rows = Assignment.objects.visible_to(user).filter(owed | decided, programme=programme)
    if place is not None:
        rows = rows.filter(unit__in=Unit.objects.under(place, today))
    return rows


def work_rows(ids: Sequence[int], user: User) -> Iterator[WorkRow]:
    """Yield the rows of `ids`; what the reader may not decide about after all is left out."""
    reader = Reader(user)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        known = Assignment.objects.select_related("measure", "unit").in_bulk(list(chunk))
        rows = [known[pk] for pk in chunk if pk in known]
        words = words_of(rows, reader)
        facts = facts_of(rows, words, user)
        places = places_of({row.unit_id for row in rows}, timezone.localdate())
        for row in rows:
            choices = reader.choices(row, facts[row.pk])
            if choices:
                period = period_of(row)
                yield WorkRow(
                    assignment=row.pk,
                    version=row.version,
                    number=row.measure.label or str(row.measure.order),
                    measure=f"{row.measure.text} ({period})" if period else row.measure.text,
                    unit=str(row.unit),
                    place=places.get(row.unit_id, ""),
                    due=f"{row.due:%d.%m.%Y}" if row.due else "",
                    state=NOW[row.state],
                    text=words.get(row.pk, Words()).text,
                    choices=choices,
                )
