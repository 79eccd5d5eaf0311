"""What projects remind of: milestones that nobody reported, to whoever answers for the plan.

The steps, quiet hours, days off and escalation are those of every deadline (`domain/reminders`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from avgust.domain.addressing import Outcome
from avgust.domain.control.fan_out import last_successor
from avgust.domain.messages import Message, mark
from avgust.domain.periods import Period
from avgust.domain.planning.owners import owners_of_plan, predecessors
from avgust.domain.resolutions.export.plan.calendar import Stretch
from avgust.domain.resolutions.model import Relation
from avgust.web.control.notices import named_controllers, title_of
from avgust.web.control.standing import working_units
from avgust.web.notices.providers import Deadline, Event
from avgust.web.programmes.models import Measure, MeasureExecutor
from avgust.web.programmes.typed import OFFICIAL
from avgust.web.projects.models import Milestone
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

CHUNK: Final = 500
_TITLE: Final = mark("%(measure)s Milestone “%(title)s”")


def deadlines(days: Collection[date]) -> Iterator[Deadline]:
    """Yield the milestones with their last day on one of `days`, once for each who answers."""
    today = timezone.localdate()
    rows = iter(open_milestones().filter(due__in=sorted(days)).iterator(chunk_size=CHUNK))
    controllers, closed = named_controllers(), closed_units(today)
    while some := list(islice(rows, CHUNK)):
        named = _named({row.project.measure_id for row in some})
        for row in some:
            measure = row.project.measure
            adopter = measure.programme.unit_id
            for unit in owners_of_plan(named[measure.pk], adopter, closed):
                yield _deadline(row, unit, controllers.get(measure.pk, ()))


def open_milestones() -> QuerySet[Milestone]:
    """Return milestones that are still to be reported, of measures in force."""
    in_force = {"project__measure__status": Measure.Status.IN_FORCE}
    rows = Milestone.objects.filter(stage=Milestone.Stage.PLANNED, **in_force)
    return rows.select_related("project__measure__programme").order_by("due", "pk")


def closed_units(day: date) -> dict[int, int | None]:
    """Return the organisations that are closed on a day, with their successors."""
    return dict(Unit.objects.filter(closed__lt=day).values_list("pk", "successor"))


def _bodies() -> QuerySet[MeasureExecutor]:
    """Return the executors that are one organisation each; who only helps answers for no plan."""
    return MeasureExecutor.objects.filter(relation=Relation.EXECUTOR.value, outcome=Outcome.BODY.value)


def _named(measures: Iterable[int]) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = _bodies().filter(measure__in=measures).order_by("pk").values_list("measure", "unit")
    for measure, unit in rows:
        found[measure].append(unit)
    return found


def _deadline(row: Milestone, unit: int, controllers: tuple[int, ...]) -> Deadline:
    measure = row.project.measure
    address = row.get_absolute_url()
    return Deadline(
        subject=f"projects.milestone:{row.pk}",
        unit=unit,
        due=row.due,
        title=milestone_title(row),
        address=address,
        adopter=measure.programme.unit_id,
        group=f"projects.milestone:{row.pk}",
        group_address=address,
        heading=measure.programme.title,
        controllers=controllers,
    )


def milestone_title(row: Milestone) -> str:
    """Return a milestone as notices name it, with the number of its measure."""
    label = row.project.measure.label
    values = {"measure": f"{label}." if label else "", "title": row.title}
    return Message(_TITLE, values).render(OFFICIAL).strip()


def answered_by(person: User) -> Q:
    """Return the condition on milestones of the plans for which the organisations of `person` answer."""
    own = working_units(person)
    closed = closed_units(timezone.localdate())
    named = _bodies().filter(measure=OuterRef("project__measure"))
    living = named.exclude(unit__in=[unit for unit in closed if last_successor(unit, closed) is None])
    mine = Exists(named.filter(unit__in=own | predecessors(own, closed)))
    return mine | (Q(project__measure__programme__unit__in=own) & ~Exists(living))


def events(person: User, period: Period) -> Iterator[Event]:
    """Yield the last days of the milestones of a person's organisations."""
    rows = open_milestones().filter(answered_by(person), due__gte=period.start, due__lte=period.end)
    for row in rows.iterator(chunk_size=CHUNK):
        measure = row.project.measure
        yield Event(
            uid=f"milestone-{row.pk}",
            day=row.due,
            title=_("Milestone: %(title)s") % {"title": row.title},
            address=row.get_absolute_url(),
            words=f"{title_of(measure.label, measure.text)}\n{measure.programme}",
        )


def stretches(measures: Sequence[Measure], home: str) -> Iterator[Stretch]:
    """Yield the milestones of the projects among `measures` for a calendar, each over all its days.

    What is done already stays in the calendar with a mark: a plan is read back as well as ahead.
    """
    rows = Milestone.objects.filter(project__measure__in=[measure.pk for measure in measures])
    rows = rows.select_related("project__measure").order_by("project__measure__order", "start", "pk")
    host = urlsplit(home).hostname
    for row in rows.iterator(chunk_size=CHUNK):
        measure = row.project.measure
        told = [title_of(measure.label, measure.text), str(row.get_stage_display())]
        yield Stretch(
            uid=f"milestone-{row.pk}@{host}",
            title=f"✓ {row.title}" if row.done_on else row.title,
            first=row.start,
            last=row.due,
            told=tuple(told),
            category=_("Milestone"),
            address=home + row.get_absolute_url(),
        )
