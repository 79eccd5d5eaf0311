"""The plan of a whole programme as a package: measures, who acts, relative deadlines, milestones.

What a package says is not about a year: it is read into the programme of another one, where it is compared
with what stands there before anything is written (`plan_difference`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from avgust.domain.messages import Message, mark
from avgust.domain.periods import Period
from avgust.domain.planning.package_reading import RoadmapError, keys, mapping, parsed, rows_of, text
from avgust.domain.planning.plan_difference import likeness
from avgust.domain.planning.plan_table import MOST_ROWS
from avgust.domain.planning.planned_parts import (
    PlannedLine,
    PlannedRisk,
    budget_of,
    budget_package,
    risks_of,
    risks_package,
)
from avgust.domain.planning.relative import dated, day_in, deadline_in
from avgust.domain.planning.roadmap import Stage, stages_of, stages_package
from avgust.domain.resolutions.model import Deadline, Theme
from avgust.domain.resolutions.morphology import fold
from avgust.domain.tables import Sheet

FORMAT, VERSION = "avgust.plan", 2
_READ: Final = frozenset({1, VERSION})  # the first one had neither budgets nor risks
MOST_BYTES: Final = 8_000_000
_LONGEST: Final = {"code": 60, "title": 300, "about": 2_000, "number": 40, "text": 5_000, "name": 500}
_MOST_NAMES: Final = 60
SAME: Final = 0.7  # share of common words from which two texts under one number are one measure
_TOO_LARGE: Final = Message(mark("The package is larger than any plan."))
_FORMAT: Final = Message(mark("This is a package of another kind or of a newer version."))
_NO_YEAR: Final = Message(mark("A school year is needed: 2025/2026."))
_NO_THEME: Final = Message(mark("There is no such theme."))
_YEARS: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
SHEET: Final = "План"
HEADS: Final = ("№", "Раздел", "Мера", "Тема", "Срок", "Исполнитель", "Соисполнитель", "Показатель")


@dataclass(frozen=True, slots=True)
class PlannedProject:
    """What makes a measure a project: its result, milestones with the first day by its place in the year.

    One without milestones has no first day.
    """

    goal: str
    start: str
    stages: tuple[Stage, ...]
    budget: tuple[PlannedLine, ...] = ()
    risks: tuple[PlannedRisk, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """A measure of a package; its deadline is kept as the package has it, for no year yet."""

    number: str
    section: str
    text: str
    theme: str
    deadline: Any
    executors: tuple[str, ...]
    co_executors: tuple[str, ...]
    target: str
    project: PlannedProject | None = None


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """The plan of a programme; `year` is the school year that it was made for."""

    code: str
    title: str
    about: str
    year: str
    measures: tuple[PlannedMeasure, ...]

    @property
    def projects(self) -> int:
        """How many of the measures are projects."""
        return sum(one.project is not None for one in self.measures)


def read_plan(data: bytes) -> ProgrammePlan:
    """Return the plan of a package. Raises RoadmapError, and nothing else, for what is none."""
    if len(data) > MOST_BYTES:
        raise RoadmapError(FORMAT, _TOO_LARGE)
    return plan_of(parsed(FORMAT, data))


def is_plan(value: Any) -> bool:
    """Return whether a parsed document says that it is the plan of a programme, of whatever version."""
    return isinstance(value, dict) and value.get("format") == FORMAT


def plan_of(value: Any) -> ProgrammePlan:
    """Return the plan of a parsed package. Raises RoadmapError."""
    whole = mapping(FORMAT, value)
    if whole.get("format") != FORMAT or whole.get("version") not in _READ:
        raise RoadmapError(FORMAT, _FORMAT)
    keys(FORMAT, whole, {"format", "version", "code", "title", "year", "measures"}, {"about"})
    year = text("year", whole["year"], 9)
    try:
        Period.of_label(year)
    except ValueError as error:
        raise RoadmapError("year", _NO_YEAR) from error
    rows = rows_of("measures", whole["measures"], 1, MOST_ROWS)
    return ProgrammePlan(
        text("code", whole["code"], _LONGEST["code"]),
        text("title", whole["title"], _LONGEST["title"]),
        text("about", whole.get("about", ""), _LONGEST["about"], least=0),
        year,
        tuple(_measure(f"measures[{place}]", row, Period.of_label(year)) for place, row in enumerate(rows)),
    )


def _measure(where: str, value: Any, year: Period) -> PlannedMeasure:
    row = mapping(where, value)
    optional = {"number", "section", "theme", "deadline", "executors", "co_executors", "target", "project"}
    keys(where, row, {"text"}, optional)
    deadline = row.get("deadline", {"kind": "none"})
    deadline_in(f"{where}.deadline", deadline, year)
    theme = text(f"{where}.theme", row.get("theme", ""), 20, least=0)
    if theme and theme not in set(Theme):
        raise RoadmapError(f"{where}.theme", _NO_THEME)
    return PlannedMeasure(
        number=text(f"{where}.number", row.get("number", ""), _LONGEST["number"], least=0),
        section=text(f"{where}.section", row.get("section", ""), _LONGEST["text"], least=0),
        text=text(f"{where}.text", row["text"], _LONGEST["text"]),
        theme=theme,
        deadline=deadline,
        executors=_names(f"{where}.executors", row.get("executors", [])),
        co_executors=_names(f"{where}.co_executors", row.get("co_executors", [])),
        target=text(f"{where}.target", row.get("target", ""), _LONGEST["text"], least=0),
        project=_project(f"{where}.project", row["project"], year) if row.get("project") else None,
    )


def _names(where: str, value: Any) -> tuple[str, ...]:
    rows = rows_of(where, value, 0, _MOST_NAMES)
    return tuple(text(f"{where}[{place}]", one, _LONGEST["name"]) for place, one in enumerate(rows))


def _project(where: str, value: Any, year: Period) -> PlannedProject:
    row = mapping(where, value)
    staged = bool(row.get("stages"))
    keys(where, row, {"start"} if staged else set(), {"goal", "start", "stages", "budget", "risks"})
    start = text(f"{where}.start", row["start"], 10) if staged else ""
    if staged:  # the same rule and the same words of a fault
        deadline_in(where, {"kind": "date", "start": start}, year)
    goal = text(f"{where}.goal", row.get("goal", ""), _LONGEST["text"], least=0)
    return PlannedProject(
        goal,
        start,
        stages_of(f"{where}.stages", row["stages"]) if staged else (),
        budget_of(f"{where}.budget", row.get("budget", [])),
        risks_of(f"{where}.risks", row.get("risks", [])),
    )


def plan_package(found: ProgrammePlan) -> dict[str, Any]:
    """Return the document of a plan; `plan_of` reads it back the same."""
    head = {"format": FORMAT, "version": VERSION, "code": found.code, "title": found.title}
    return {
        **head,
        "about": found.about,
        "year": found.year,
        "measures": [_measure_package(one) for one in found.measures],
    }


def _measure_package(one: PlannedMeasure) -> dict[str, Any]:
    said = {
        "number": one.number,
        "section": one.section,
        "text": one.text,
        "theme": one.theme,
        "deadline": one.deadline,
        "executors": list(one.executors),
        "co_executors": list(one.co_executors),
        "target": one.target,
    }
    if one.project is not None:
        said["project"] = _project_package(one.project)
    return {name: value for name, value in said.items() if value or name == "text"}


def _project_package(project: PlannedProject) -> dict[str, Any]:
    said = {
        "goal": project.goal,
        "start": project.start,
        "stages": stages_package(project.stages),
        "budget": budget_package(project.budget),
        "risks": risks_package(project.risks),
    }
    return {name: value for name, value in said.items() if value or name == "goal"}


def write_plan(found: ProgrammePlan) -> bytes:
    """Return the package as a file that people can read and mend."""
    return (json.dumps(plan_package(found), ensure_ascii=False, indent=1) + "\n").encode()


def sheet_of(
    plan: ProgrammePlan, year: Period, say: Callable[[Deadline], str], theme: Callable[[str], str]
) -> Sheet:
    """Return the plan as a table of a plan in `year`: from here on it is compared as every table is.

    `say` puts a deadline into words that the grammars of documents read back, `theme` names one.
    """
    rows = [_row(one, plan.year, year, say, theme) for one in plan.measures]
    table = [HEADS, *(tuple(cell or None for cell in row) for row in rows)]
    return Sheet(SHEET, tuple(table))


def _row(
    one: PlannedMeasure,
    made_for: str,
    year: Period,
    say: Callable[[Deadline], str],
    theme: Callable[[str], str],
) -> tuple[str, ...]:
    later = year.start.year - Period.of_label(made_for).start.year
    found = deadline_in("deadline", one.deadline, year)
    words = reworded(one.text, made_for, year)
    for printed in _printed(found):  # a clause prints its deadline: its words move along with the day
        words = words.replace(printed, years_later(printed, later))
    found = _moved(found, later)
    return (
        one.number,
        reworded(one.section, made_for, year),
        words,
        theme(one.theme) if one.theme else "",
        say(found) if dated(found) else found.text or say(found),
        "; ".join(one.executors),
        "; ".join(one.co_executors),
        reworded(one.target, made_for, year),
    )


def _printed(deadline: Deadline) -> Iterator[str]:
    """Yield the words of a deadline that name days, with what follows it."""
    if dated(deadline) and deadline.text:
        yield deadline.text
    if deadline.then is not None:
        yield from _printed(deadline.then)


def _moved(deadline: Deadline, later: int) -> Deadline:
    """Return a deadline whose printed words name the years of its days."""
    then = _moved(deadline.then, later) if deadline.then else None
    text = years_later(deadline.text, later) if deadline.text and dated(deadline) else deadline.text
    return replace(deadline, text=text, then=then)


def years_later(words: str, later: int) -> str:
    """Return the words of a deadline with their years put forward."""
    return _YEARS.sub(lambda match: str(int(match[1]) + later), words)


def reworded(words: str, made_for: str, year: Period) -> str:
    """Return `words` with the school year of the package put into another; single years stay as they are."""
    first = Period.of_label(made_for).start.year
    now = year.start.year
    return re.sub(rf"(?<!\d){first}(\s?[/–-]\s?){first + 1}(?!\d)", rf"{now}\g<1>{now + 1}", words)


def years_named(words: str, year: Period) -> tuple[str, ...]:
    """Return the years in `words` that lie outside a school year: a person looks whether they are meant."""
    own = {str(year.start.year), str(year.end.year)}
    return tuple(dict.fromkeys(one for one in _YEARS.findall(words) if one not in own))


def start_in(project: PlannedProject, year: Period, day: date) -> date:
    """Return the first day of a project in a school year, for a plan that is taken on `day`.

    What is taken when its first day has passed begins on the day it is taken: nobody was asked for it before.
    In a year that is over, what was planned keeps its days.
    """
    planned = day_in(project.start, year)
    return max(planned, day) if day <= year.end else planned


def renumbered(plan: ProgrammePlan, taken: Mapping[str, str], year: Period) -> ProgrammePlan:
    """Return the plan without the numbers that stand for other measures in the programme that takes it.

    `taken` are the texts of its measures by number. Two resolutions number their own clauses: that both have
    a clause 1.2 says nothing, so a measure of a package keeps its number only beside nearly the same words.
    """

    def own(one: PlannedMeasure) -> PlannedMeasure:
        there = taken.get(fold(one.number.strip().rstrip(".")))
        if there is None or likeness(there, reworded(one.text, plan.year, year)) >= SAME:
            return one
        return replace(one, number="")

    return replace(plan, measures=tuple(own(one) for one in plan.measures))


def rows_with_projects(plan: ProgrammePlan) -> Iterator[tuple[int, PlannedProject]]:
    """Yield the rows of the table (as spreadsheets count, the head is 1) whose measures are projects."""
    for row, one in enumerate(plan.measures, start=2):
        if one.project is not None:
            yield row, one.project
