"""A package brings milestones along: measures become projects when it is written, and back when undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from avgust.domain.planning.plan_difference import Line, State
from avgust.web.programmes.models import Measure
from avgust.web.projects.actions.milestones import MilestoneWords, Wait, put_milestone
from avgust.web.projects.actions.projects import make_project, unmake_project
from avgust.web.projects.models import BudgetLine, Milestone, MilestoneReport, Project, Risk

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.projects.plan_files import PlanFile, PlanFileLine


def offered_projects(file: PlanFile, lines: Iterable[Line]) -> dict[str, Any]:
    """Return the projects that a file would make, by the key of their row.

    Of a measure that is a project already nothing is offered: its milestones are its own.
    """
    rows = [line for line in lines if line.key in file.projects and line.state is not State.REFUSED]
    known = set(
        Project.objects.filter(measure__in=[line.measure for line in rows if line.measure]).values_list(
            "measure", flat=True
        )
    )
    return {line.key: file.projects[line.key] for line in rows if line.measure not in known}


def give_milestones(
    measure: Measure, project: Mapping[str, Any], *, actor: User, reason: str
) -> list[list[int]]:
    """Make a measure a project with the milestones of a package; return what undoing needs."""
    made = make_project(measure, actor=actor, goal=project["goal"])
    stages = project["stages"]
    rows = [put_milestone(made, _words(one), actor=actor, reason=reason) for one in stages]
    for row, one in zip(rows, stages, strict=True):
        if one["waits"]:
            waits = tuple(Wait(rows[place].pk, lag) for place, lag in one["waits"])
            put_milestone(
                made, _words(one, waits), actor=actor, reason=reason, milestone=row, seen=row.version
            )
    return [[pk, version] for pk, version in _versions(made)]


def _words(stage: Mapping[str, Any], waits: tuple[Wait, ...] = ()) -> MilestoneWords:
    start, due = date.fromisoformat(stage["start"]), date.fromisoformat(stage["due"])
    return MilestoneWords(stage["title"], start, due, waits)


def _versions(project: Project) -> list[tuple[int, int]]:
    return list(Milestone.objects.filter(project=project).order_by("pk").values_list("pk", "version"))


def touched(lines: Iterable[PlanFileLine]) -> frozenset[int]:
    """Return the measures of written rows of whose project somebody did something since; in four queries."""
    made = {line.measure_id: line.milestones for line in lines if line.milestones}
    if not made:
        return frozenset()
    mine = {"project__measure__in": list(made)}
    found: dict[int, list[list[int]]] = {measure: [] for measure in made}
    rows = Milestone.objects.filter(**mine).order_by("pk")
    for measure, pk, version in rows.values_list("project__measure", "pk", "version"):
        found[measure].append([pk, version])
    more: set[int] = set()
    for part in (BudgetLine, Risk):
        more |= set(part.objects.filter(**mine).values_list("project__measure", flat=True))
    reports = MilestoneReport.objects.filter(milestone__project__measure__in=list(made))
    more |= set(reports.values_list("milestone__project__measure", flat=True))
    return frozenset(measure for measure, was in made.items() if found[measure] != was or measure in more)


def take_milestones_back(line: PlanFileLine, *, actor: User, reason: str) -> None:
    """Take back that the measure of a written row is a project."""
    if line.milestones:
        project = Project.objects.get(measure=line.measure_id)
        unmake_project(project, actor=actor, reason=reason)
