"""A measure becomes a project, and what every act on a project asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from avgust.domain.messages import Message, mark
from avgust.web.accounts.rights import Action
from avgust.web.audit import record
from avgust.web.documents.actions import Refused
from avgust.web.programmes.models import Measure
from avgust.web.projects import codes
from avgust.web.projects.models import MilestoneReport, Part, Project

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

P = TypeVar("P", bound=Part)

LONGEST: Final = 5_000
NO_GROUND: Final = Message(mark("Say the ground: a letter, an order, a decision. It stays in the history."))
NO_CHANGE: Final = Message(mark("Nothing was changed."))
NOT_IN_FORCE: Final = Message(mark("This measure is not in force: put it in force first."))
REPORTED: Final = Message(
    mark("Milestones of the project were reported already: what happened is not taken back.")
)


class Overtaken(Refused):
    """Somebody changed the row after the person saw it."""

    def __init__(self) -> None:
        super().__init__(
            Message(mark("Somebody changed this meanwhile. Your words are kept: compare and save again."))
        )


def may_edit(project: Project, user: User) -> bool:
    """Return whether `user` may change the plan of a project: who may edit its measure."""
    return user.may(Action.EDIT_PROGRAMME, project.measure.programme.unit)


def edited(project: Project, actor: User) -> Project:
    """Return `project` locked, to be changed by `actor`. Raises Refused for a measure out of force."""
    rows = Project.objects.select_related("measure__programme__unit").select_for_update(of=("self",))
    locked = rows.filter(pk=project.pk).first()
    if locked is None:
        raise Http404
    if not may_edit(locked, actor):
        raise PermissionDenied
    if not locked.measure.in_force:
        raise Refused(NOT_IN_FORCE)
    return locked


def fresh(part: P, seen: int) -> P:
    """Return a row of a locked project as it stands; Overtaken when it changed after version `seen`."""
    row = type(part)._base_manager.filter(pk=part.pk).first()
    if row is None:
        raise Http404
    if row.version != seen:
        raise Overtaken
    return row


def ground_of(reason: str) -> str:
    """Return the ground of an act; Refused without one."""
    ground = reason.strip()[:500]
    if not ground:
        raise Refused(NO_GROUND)
    return ground


@transaction.atomic
def make_project(measure: Measure, *, actor: User, goal: str = "") -> Project:
    """Make a measure a project; of a project already made the same one is returned."""
    locked = (
        Measure.objects.select_for_update(of=("self",)).select_related("programme__unit").get(pk=measure.pk)
    )
    if not actor.may(Action.EDIT_PROGRAMME, locked.programme.unit):
        raise PermissionDenied
    if not locked.in_force:
        raise Refused(NOT_IN_FORCE)
    known = Project.objects.filter(measure=locked).first()
    if known is not None:
        return known
    made = Project.objects.create(measure=locked, goal=goal.strip()[:LONGEST], made_by=actor)
    record(actor=actor, code=codes.MADE, subject=locked, after={"goal": made.goal})
    return made


@transaction.atomic
def set_goal(project: Project, goal: str, *, actor: User, reason: str) -> Project:
    """Say what the project must bring about."""
    locked = edited(project, actor)
    ground, now = ground_of(reason), goal.strip()[:LONGEST]
    if now == locked.goal:
        raise Refused(NO_CHANGE)
    was, locked.goal = locked.goal, now
    locked.save(update_fields=["goal"])
    before, after = {"goal": was}, {"goal": now}
    record(actor=actor, code=codes.GOAL, subject=locked.measure, before=before, after=after, reason=ground)
    return locked


@transaction.atomic
def unmake_project(project: Project, *, actor: User, reason: str) -> None:
    """Take back that a measure is a project, made by mistake: only before anything was reported."""
    locked = edited(project, actor)
    ground = ground_of(reason)
    if MilestoneReport.objects.filter(milestone__project=locked).exists():
        raise Refused(REPORTED)
    before = {
        "goal": locked.goal,
        "milestones": list(locked.milestones.values_list("title", flat=True)),
    }
    measure = locked.measure
    locked.delete()
    record(actor=actor, code=codes.UNMADE, subject=measure, before=before, reason=ground)
