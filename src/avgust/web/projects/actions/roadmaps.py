"""Roadmaps: kept by an office as packages, applied to a project as milestones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from avgust.domain.planning.package_reading import RoadmapError, parsed
from avgust.domain.planning.programme_plan import (
    MOST_BYTES,
    ProgrammePlan,
    is_plan,
    plan_package,
    read_plan,
)
from avgust.domain.planning.roadmap import (
    FORMAT,
    Roadmap,
    dated,
    package_of,
    read_roadmap,
)
from avgust.web.accounts.rights import Action
from avgust.web.audit import record
from avgust.web.documents.actions import Refused
from avgust.web.programmes.models import Programme
from avgust.web.projects import codes
from avgust.web.projects.actions.milestones import MilestoneWords, Wait, put_milestone
from avgust.web.projects.actions.projects import edited, ground_of
from avgust.web.projects.models import Milestone, Project
from avgust.web.projects.programme_plans import plan_of_programme
from avgust.web.projects.roadmap_packages import RoadmapPackage
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


def _require(unit: Unit, actor: User) -> None:
    if not actor.may(Action.EDIT_PROGRAMME, unit):
        raise PermissionDenied


@transaction.atomic
def keep_roadmap(unit: Unit, data: bytes, *, actor: User) -> RoadmapPackage:
    """Keep a package for an office; one of the same code is replaced. Raises Refused with the place."""
    _require(unit, actor)
    try:
        whole = parsed(FORMAT, data[: MOST_BYTES + 1])
        if is_plan(whole):
            return _keep_plan(unit, read_plan(data), actor)
        found = read_roadmap(data)
    except RoadmapError as error:
        raise Refused(error.message) from error
    after = {"code": found.code, "stages": len(found.stages)}
    return _keep(unit, RoadmapPackage.Kind.PROJECT, found, package_of(found), actor, after)


@transaction.atomic
def keep_programme_plan(programme: Programme, *, actor: User) -> RoadmapPackage:
    """Keep the plan of a programme as it stands today, for its office. Raises Refused where there is none."""
    _require(programme.unit, actor)
    return _keep_plan(programme.unit, plan_of_programme(programme), actor)


def _keep_plan(unit: Unit, found: ProgrammePlan, actor: User) -> RoadmapPackage:
    after = {"code": found.code, "measures": len(found.measures)}
    return _keep(unit, RoadmapPackage.Kind.PROGRAMME, found, plan_package(found), actor, after)


def _keep(
    unit: Unit,
    kind: RoadmapPackage.Kind,
    found: Roadmap | ProgrammePlan,
    package: dict[str, Any],
    actor: User,
    after: dict[str, Any],
) -> RoadmapPackage:
    earlier = RoadmapPackage.objects.select_for_update().filter(unit=unit, code=found.code).first()
    row = earlier or RoadmapPackage(unit=unit, code=found.code)
    before = {"package": row.package} if earlier else None
    row.kind, row.title, row.package, row.made_by = kind, found.title, package, actor
    row.size = len(found.measures if isinstance(found, ProgrammePlan) else found.stages)
    row.save()
    record(actor=actor, code=codes.KEPT_ROADMAP, subject=row, before=before, after=after)
    return row


@transaction.atomic
def drop_roadmap(row: RoadmapPackage, *, actor: User) -> None:
    """Delete a roadmap; projects keep the milestones that it gave them, the journal keeps the package."""
    _require(row.unit, actor)
    before = {"package": row.package}
    record(actor=actor, code=codes.DROPPED_ROADMAP, subject=row, before=before)
    row.delete()


@transaction.atomic
def apply_roadmap(
    project: Project, found: Roadmap, start: date, *, actor: User, reason: str
) -> list[Milestone]:
    """Add the milestones of a roadmap to a project, all or none; each stands in the history."""
    locked, ground = edited(project, actor), ground_of(reason)
    made: dict[str, Milestone] = {}
    for row in dated(found, start):
        words = MilestoneWords(row.stage.title, row.start, row.end)
        made[row.stage.key] = put_milestone(locked, words, actor=actor, reason=ground)
    for row in dated(found, start):
        if row.stage.after:
            waits = tuple(Wait(made[after.key].pk, after.lag) for after in row.stage.after)
            words, own = MilestoneWords(row.stage.title, row.start, row.end, waits), made[row.stage.key]
            put_milestone(locked, words, actor=actor, reason=ground, milestone=own, seen=own.version)
    after = {"title": found.title, "start": start, "count": len(made)}
    record(actor=actor, code=codes.APPLIED_ROADMAP, subject=locked.measure, after=after, reason=ground)
    return list(made.values())
