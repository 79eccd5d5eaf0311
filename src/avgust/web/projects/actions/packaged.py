"""A package brings projects along: measures become projects when it is written, and back when undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from avgust.domain.planning.plan_difference import Line, State
from avgust.web.programmes.models import Measure
from avgust.web.projects.actions.milestones import MilestoneWords, Wait, put_milestone
from avgust.web.projects.actions.parts import LineWords, RiskWords, put_line, put_risk
from avgust.web.projects.actions.projects import make_project, unmake_project
from avgust.web.projects.models import BudgetLine, Milestone, MilestoneReport, Part, Project, Risk

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


def give_project(
    measure: Measure, project: Mapping[str, Any], *, actor: User, reason: str
) -> dict[str, list[list[int]]]:
    """Make a measure a project with what a package has of it; return what undoing needs."""
    made = make_project(measure, actor=actor, goal=project["goal"])
    stages = project["stages"]
    rows = [put_milestone(made, _words(one), actor=actor, reason=reason) for one in stages]
    for row, one in zip(rows, stages, strict=True):
        if one["waits"]:
            waits = tuple(Wait(rows[place].pk, lag) for place, lag in one["waits"])
            put_milestone(
                made, _words(one, waits), actor=actor, reason=reason, milestone=row, seen=row.version
            )
    for line in project.get("budget", []):
        put_line(made, LineWords(**line), actor=actor, reason=reason)
    for risk in project.get("risks", []):
        put_risk(made, RiskWords(**risk), actor=actor, reason=reason)
    return _parts([measure.pk])[measure.pk]


def _words(stage: Mapping[str, Any], waits: tuple[Wait, ...] = ()) -> MilestoneWords:
    start, due = date.fromisoformat(stage["start"]), date.fromisoformat(stage["due"])
    return MilestoneWords(stage["title"], start, due, waits)


def _parts(measures: Collection[int]) -> dict[int, dict[str, list[list[int]]]]:
    """Return the number and version of every part of the projects of `measures`, in three queries."""
    found: dict[int, dict[str, list[list[int]]]] = {pk: {kind: [] for kind in _KINDS} for pk in measures}
    for kind, part in _KINDS.items():
        rows = part._default_manager.filter(project__measure__in=measures).order_by("pk")
        for measure, pk, version in rows.values_list("project__measure", "pk", "version"):
            found[measure][kind].append([pk, version])
    return found


_KINDS: Final[dict[str, type[Part]]] = {"milestones": Milestone, "budget": BudgetLine, "risks": Risk}


def touched(lines: Iterable[PlanFileLine]) -> frozenset[int]:
    """Return the measures of written rows of whose project somebody did something since; in four queries."""
    made = {line.measure_id: line.parts for line in lines if line.parts}
    if not made:
        return frozenset()
    now = _parts(list(made))
    reports = MilestoneReport.objects.filter(milestone__project__measure__in=list(made))
    reported = set(reports.values_list("milestone__project__measure", flat=True))
    return frozenset(pk for pk, parts in made.items() if now[pk] != parts or pk in reported)


def take_project_back(line: PlanFileLine, *, actor: User, reason: str) -> None:
    """Take back that the measure of a written row is a project."""
    if line.parts:
        project = Project.objects.get(measure=line.measure_id)
        unmake_project(project, actor=actor, reason=reason)
