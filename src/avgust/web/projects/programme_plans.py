"""The plan of a programme as a package, and a package as a plan for the year of another programme."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from avgust.domain.messages import Message, mark
from avgust.domain.periods import Period
from avgust.domain.planning.money import ZERO
from avgust.domain.planning.network import Link
from avgust.domain.planning.plan_table import MOST_ROWS
from avgust.domain.planning.planned_parts import (
    PlannedLine,
    PlannedRisk,
    budget_package,
    risks_package,
)
from avgust.domain.planning.programme_plan import (
    PlannedMeasure,
    PlannedProject,
    ProgrammePlan,
    renumbered,
    reworded,
    rows_with_projects,
    sheet_of,
    start_in,
)
from avgust.domain.planning.relative import day_in, deadline_package, relative_day
from avgust.domain.planning.roadmap import dated_stages, stages_from
from avgust.domain.resolutions.export.wording import deadline_text, theme_label
from avgust.domain.resolutions.model import Deadline, Relation, Theme
from avgust.domain.resolutions.morphology import fold
from avgust.domain.tables import Sheet
from avgust.web.control.assigning import school_year_of
from avgust.web.documents.actions import Refused
from avgust.web.programmes.models import Measure, Programme
from avgust.web.programmes.presenting import MeasureWords
from avgust.web.programmes.typed import OFFICIAL, deadline_of
from avgust.web.projects.actions.milestones import tasks_of
from avgust.web.projects.models import Dependency, Project
from avgust.web.projects.plans import same_deadline

NOTHING: Final = Message(mark("The programme has no measure in force: there is no plan to keep."))
TOO_MANY: Final = Message(
    mark("A package holds up to %(most)s measures, and the programme has more."), {"most": MOST_ROWS}
)


def plan_of_programme(programme: Programme) -> ProgrammePlan:
    """Return the plan of a programme, in a fixed number of queries. Raises Refused for none, or too long."""
    rows = list(
        programme.measures.in_force().prefetch_related("executors").order_by("order")[: MOST_ROWS + 1]
    )
    if not rows:
        raise Refused(NOTHING)
    if len(rows) > MOST_ROWS:
        raise Refused(TOO_MANY)
    year = school_year_of(programme)
    projects = _projects(programme, year)
    measures = tuple(_measure(row, year, projects.get(row.pk)) for row in rows)
    return ProgrammePlan(f"programme-{programme.pk}", programme.title[:300], "", year.label, measures)


def _measure(row: Measure, year: Period, project: PlannedProject | None) -> PlannedMeasure:
    words = MeasureWords(row, OFFICIAL)
    return PlannedMeasure(
        number=row.label,
        section=row.section,
        text=row.text,
        theme=row.theme,
        deadline=deadline_package(row.deadline, year),
        executors=_names(row, Relation.EXECUTOR),
        co_executors=_names(row, Relation.CO_EXECUTOR),
        target="; ".join(words.targets) if row.target_values else "",
        project=project,
    )


def _names(row: Measure, relation: Relation) -> tuple[str, ...]:
    return tuple(one.name for one in row.executors.all() if one.relation == relation)


def _projects(programme: Programme, year: Period) -> dict[int, PlannedProject]:
    """Return the measures that are projects, by their ids."""
    parts = ("milestones", "budgetlines", "risks")
    rows = Project.objects.filter(measure__programme=programme).prefetch_related(*parts)
    links: dict[int, list[Link]] = {}
    for before, after, lag, project in Dependency.objects.filter(
        after__project__measure__programme=programme
    ).values_list("before", "after", "lag", "after__project"):
        links.setdefault(project, []).append(Link(before, after, lag))
    return {row.measure_id: _planned(row, year, links.get(row.pk, [])) for row in rows}


def _planned(row: Project, year: Period, links: list[Link]) -> PlannedProject:
    tasks = tasks_of(row.milestones.all())
    return PlannedProject(
        row.goal,
        relative_day(min(task.start for task in tasks), year) if tasks else "",
        stages_from(tasks, links) if tasks else (),
        tuple(PlannedLine(one.source, one.title, f"{one.planned:.2f}") for one in row.budgetlines.all()),
        tuple(
            PlannedRisk(one.title, one.probability, one.impact, one.owner, one.response)
            for one in row.risks.all()
        ),
    )


def table_for(plan: ProgrammePlan, programme: Programme) -> Sheet:
    """Return a package as a table of a plan for the school year of `programme`."""
    year = school_year_of(programme)
    known = programme.measures.exclude(label="").values_list("label", "text")
    taken = {fold(label.strip().rstrip(".")): text for label, text in known}
    return sheet_of(renumbered(plan, taken, year), year, _Wording(programme), _theme)


def _theme(code: str) -> str:
    return theme_label(Theme(code), OFFICIAL)


class _Wording:
    """Puts deadlines into words that the grammars read back for one programme."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme

    def __call__(self, deadline: Deadline) -> str:
        """Return words that mean the same; those of the plan where no others do, to be looked at."""
        said = deadline_text(deadline, OFFICIAL)
        printed = deadline.text or ""
        for words in (printed, said):
            if words and same_deadline(deadline_of(self._programme, words), deadline):
                return words
        return said or printed


def projects_for(
    plan: ProgrammePlan, programme: Programme, table: Sheet, day: date
) -> dict[str, dict[str, Any]]:
    """Return the projects of a package, taken on `day` for the year of `programme`, by the key of a row."""
    year = school_year_of(programme)

    def words(said: str) -> str:
        return reworded(said, plan.year, year)

    return {
        f"{table.name}:{row}": {
            "goal": words(project.goal),
            **_dated(project, year, day, words),
            "budget": [one | {"title": words(one["title"])} for one in budget_package(project.budget)],
            "risks": risks_package(project.risks),
        }
        for row, project in rows_with_projects(plan)
    }


def _dated(project: PlannedProject, year: Period, day: date, words: Callable[[str], str]) -> dict[str, Any]:
    """Return the milestones of a project with their days, and whether it begins later than was planned."""
    if not project.stages:
        return {"stages": [], "late": False}
    start = start_in(project, year, day)
    places = {stage.key: place for place, stage in enumerate(project.stages)}
    stages = [
        {
            "title": words(row.stage.title),
            "start": row.start.isoformat(),
            "due": row.end.isoformat(),
            "waits": [[places[after.key], after.lag] for after in row.stage.after],
        }
        for row in dated_stages(project.stages, start)
    ]
    return {"stages": stages, "late": start > day_in(project.start, year)}


def span_of(project: dict[str, Any]) -> tuple[date, date] | None:
    """Return the first and the last day of a project of a package; None for one without milestones."""
    stages: Iterable[dict[str, Any]] = project["stages"]
    days = [(date.fromisoformat(one["start"]), date.fromisoformat(one["due"])) for one in stages]
    return (min(first for first, _last in days), max(last for _first, last in days)) if days else None


def planned_of(project: dict[str, Any]) -> Decimal:
    """Return the money that a project of a package plans, in roubles."""
    return sum((Decimal(one["planned"]) for one in project.get("budget", [])), start=ZERO)
