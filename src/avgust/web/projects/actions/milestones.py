"""The plan of a project: milestones, and what each waits for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from avgust.domain.messages import Message, mark
from avgust.domain.planning.network import CycleError, Link, Network, Task, network
from avgust.web.audit import record
from avgust.web.documents.actions import Refused
from avgust.web.projects import codes
from avgust.web.projects.actions.projects import NO_CHANGE, edited, fresh, ground_of
from avgust.web.projects.models import Dependency, Milestone, Project

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

MOST: Final = 100
LONGEST_LAG: Final = 365
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Wait:
    """A milestone (by id) after which another begins, so many calendar days later."""

    before: int
    lag: int = 0


@dataclass(frozen=True, slots=True)
class MilestoneWords:
    """What a person says about a milestone."""

    title: str
    start: date
    due: date
    waits: Sequence[Wait] = field(default=())

    def tidy(self) -> MilestoneWords:
        """Return the words with single spaces. Raises Refused for what no milestone can be."""
        title = " ".join(self.title.split())[:300]
        if not title:
            raise Refused(Message(mark("Name the milestone: what will be ready.")))
        if self.due < self.start:
            raise Refused(Message(mark("The last day lies before the first one.")))
        if not FIRST_YEAR <= self.start.year <= self.due.year <= LAST_YEAR:
            raise Refused(Message(mark("There is no such date. An example of a right one: 01.09.2025.")))
        if any(not 0 <= wait.lag <= LONGEST_LAG for wait in self.waits):
            raise Refused(Message(mark("A lag is from 0 to %(most)s days."), {"most": LONGEST_LAG}))
        return MilestoneWords(
            title, self.start, self.due, tuple(sorted(self.waits, key=lambda one: one.before))
        )


def network_of(project: Project, today: date | None = None) -> Network | None:
    """Return the network of a project, in two queries; None for one without milestones."""
    rows = list(project.milestones.all())
    links = Dependency.objects.filter(after__project=project).values_list("before", "after", "lag")
    return network(tasks_of(rows), (Link(*link) for link in links), today) if rows else None


def tasks_of(rows: Iterable[Milestone]) -> list[Task]:
    """Return milestones as the rule of networks takes them."""
    return [Task(row.pk, row.title, row.start, row.due, row.done_on) for row in rows]


@transaction.atomic
def put_milestone(
    project: Project,
    said: MilestoneWords,
    *,
    actor: User,
    reason: str,
    milestone: Milestone | None = None,
    seen: int = 0,
) -> Milestone:
    """Add a milestone, or change one, with what it waits for.

    Raises Refused without a ground, for tasks that would wait for each other (it names them), for what is
    done, and where nothing differs; Overtaken when somebody changed it after version `seen`.
    """
    locked, ground, now = edited(project, actor), ground_of(reason), said.tidy()
    before: dict[str, Any] | None = None
    if milestone is None:
        if locked.milestones.count() >= MOST:
            raise Refused(Message(mark("A project holds up to %(most)s milestones."), {"most": MOST}))
        row = Milestone(project=locked)
    else:
        row = fresh(milestone, seen)
        _require_open(row)
        before = _values(row)
        row.version += 1
    row.title, row.start, row.due = now.title, now.start, now.due
    row.save()
    _put_waits(locked, row, now.waits)
    after = _values(row)
    if before == after:
        raise Refused(NO_CHANGE)
    _require_no_cycle(locked)
    code = codes.CHANGED_MILESTONE if before else codes.ADDED_MILESTONE
    record(actor=actor, code=code, subject=locked.measure, before=before, after=after, reason=ground)
    return row


def _require_open(row: Milestone) -> None:
    if row.stage != Milestone.Stage.PLANNED:
        raise Refused(
            Message(
                mark("The milestone was reported: its plan is not changed any more. Return the report first.")
            )
        )


def _put_waits(project: Project, row: Milestone, waits: Sequence[Wait]) -> None:
    """Write what a milestone waits for in place of what it waited for."""
    known = frozenset(project.milestones.exclude(pk=row.pk).values_list("pk", flat=True))
    if any(wait.before not in known for wait in waits):
        raise Refused(Message(mark("A milestone waits for another one of the same project.")))
    row.waits.all().delete()
    Dependency.objects.bulk_create(
        Dependency(before_id=wait.before, after=row, lag=wait.lag) for wait in waits
    )


def _require_no_cycle(project: Project) -> None:
    try:
        network_of(project)
    except CycleError as cycle:
        names = " → ".join(f"«{name}»" for name in (*cycle.names, cycle.names[0]))
        raise Refused(
            Message(
                mark("These milestones would wait for each other: %(names)s. Take one of the links away."),
                {"names": names},
            )
        ) from cycle


def _values(row: Milestone) -> dict[str, Any]:
    """Return a milestone as the journal keeps it."""
    waits = row.waits.select_related("before").order_by("before")
    return {
        "title": row.title,
        "start": row.start,
        "due": row.due,
        "waits": [f"{one.before.title} +{one.lag}" for one in waits],
    }


@transaction.atomic
def remove_milestone(milestone: Milestone, *, actor: User, reason: str, seen: int) -> None:
    """Remove a milestone that nobody reported; what waited for it waits no more."""
    locked = edited(milestone.project, actor)
    ground, row = ground_of(reason), fresh(milestone, seen)
    if row.reports.exists():
        raise Refused(Message(mark("The milestone was reported: it stays with its history.")))
    before, after = _values(row), {"title": row.title}
    record(
        actor=actor,
        code=codes.REMOVED_MILESTONE,
        subject=locked.measure,
        before=before,
        after=after,
        reason=ground,
    )
    row.delete()
