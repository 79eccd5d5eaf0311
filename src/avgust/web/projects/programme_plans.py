"""The plan of a programme as a package, and a package as a plan for the year of another programme."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from avgust.domain.messages import Message, mark
from avgust.domain.periods import Period
from avgust.domain.planning.network import Link
from avgust.domain.planning.plan_table import MOST_ROWS
from avgust.domain.planning.programme_plan import (
    PlannedMeasure,
    PlannedProject,
    ProgrammePlan,
    renumbered,
    rows_with_projects,
    sheet_of,
    start_in,
)
from avgust.domain.planning.relative import deadline_package, relative_day
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
    """Return the measures that are projects with milestones, by their ids."""
    rows = Project.objects.filter(measure__programme=programme).prefetch_related("milestones")
    links: dict[int, list[Link]] = {}
    for before, after, lag, project in Dependency.objects.filter(
        after__project__measure__programme=programme
    ).values_list("before", "after", "lag", "after__project"):
        links.setdefault(project, []).append(Link(before, after, lag))
    found = {}
    for row in rows:
        tasks = tasks_of(row.milestones.all())
        if tasks:
            start = relative_day(min(task.start for task in tasks), year)
            stages = stages_from(tasks, links.get(row.pk, []))
            found[row.measure_id] = PlannedProject(row.goal, start, stages)
    return found


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


def projects_for(plan: ProgrammePlan, programme: Programme, table: Sheet) -> dict[str, Any]:
    """Return the projects of a package with days in the year of `programme`, by the key of their row."""
    year = school_year_of(programme)
    return {
        f"{table.name}:{row}": _dated(project, start_in(project, year))
        for row, project in rows_with_projects(plan)
    }


def _dated(project: PlannedProject, start: date) -> dict[str, Any]:
    places = {stage.key: place for place, stage in enumerate(project.stages)}
    return {
        "goal": project.goal,
        "stages": [
            {
                "title": row.stage.title,
                "start": row.start.isoformat(),
                "due": row.end.isoformat(),
                "waits": [[places[after.key], after.lag] for after in row.stage.after],
            }
            for row in dated_stages(project.stages, start)
        ],
    }


def span_of(project: dict[str, Any]) -> tuple[int, date, date]:
    """Return how many milestones a project of a package has, its first and its last day."""
    stages: Iterable[dict[str, Any]] = project["stages"]
    days = [(date.fromisoformat(one["start"]), date.fromisoformat(one["due"])) for one in stages]
    return len(days), min(first for first, _last in days), max(last for _first, last in days)
