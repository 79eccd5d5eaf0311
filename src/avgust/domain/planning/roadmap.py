"""A roadmap («дорожная карта») as a package: milestones by their distance from a first day, for any year.

The document is JSON of a version; `read_roadmap` takes nothing that it does not know, and says where it is.
Days are days of work: a plan that is applied in another year falls on other dates and never on a holiday.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from avgust.domain.messages import Message, mark
from avgust.domain.periods import add_working_days, working_day, working_day_from
from avgust.domain.planning.network import CycleError, Link, Task, in_order
from avgust.domain.planning.package_reading import (
    TWICE,
    RoadmapError,
    keys,
    mapping,
    number,
    parsed,
    rows_of,
    text,
)

FORMAT, VERSION = "avgust.roadmap", 1
MOST_BYTES: Final = 200_000
MOST: Final = 100  # milestones, as many as a project takes
LONGEST_TEXT: Final = {"code": 60, "title": 300, "about": 2_000, "key": 40}
MOST_DAYS: Final = 1_000
MOST_LAG: Final = 365


@dataclass(frozen=True, slots=True)
class After:
    """What must end first, and how many calendar days before."""

    key: str
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """A milestone of a roadmap: begins `offset` days of work after the first day and lasts `days` of them."""

    key: str
    title: str
    offset: int
    days: int
    after: tuple[After, ...] = ()


@dataclass(frozen=True, slots=True)
class Roadmap:
    """A roadmap; `code` names it among all of a unit."""

    code: str
    title: str
    about: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """A stage with its first and last day, both worked."""

    stage: Stage
    start: date
    end: date


_TOO_LARGE: Final = Message(mark("The package is larger than any roadmap."))
_FORMAT: Final = Message(mark("This is a package of another kind or of a newer version."))
_NOWHERE: Final = mark("No milestone has the key “%(name)s”.")
_CYCLE: Final = mark("These milestones would wait for each other: %(names)s. Take one of the links away.")


def read_roadmap(data: bytes) -> Roadmap:
    """Return the roadmap of a package. Raises RoadmapError, and nothing else, for what is none."""
    if len(data) > MOST_BYTES:
        raise RoadmapError(FORMAT, _TOO_LARGE)
    return roadmap_of(parsed(FORMAT, data))


def roadmap_of(value: Any) -> Roadmap:
    """Return the roadmap of a parsed package. Raises RoadmapError."""
    whole = mapping(FORMAT, value)
    if whole.get("format") != FORMAT or whole.get("version") != VERSION:
        raise RoadmapError(FORMAT, _FORMAT)
    keys(FORMAT, whole, {"format", "version", "code", "title", "stages"}, {"about"})
    return Roadmap(
        text("code", whole["code"], LONGEST_TEXT["code"]),
        text("title", whole["title"], LONGEST_TEXT["title"]),
        text("about", whole.get("about", ""), LONGEST_TEXT["about"], least=0),
        stages_of("stages", whole["stages"]),
    )


def stages_of(where: str, value: Any) -> tuple[Stage, ...]:
    """Return the milestones of a parsed list. Raises RoadmapError."""
    found = tuple(
        _stage(f"{where}[{place}]", row) for place, row in enumerate(rows_of(where, value, 1, MOST))
    )
    _check_links(where, found)
    return found


def _stage(where: str, value: Any) -> Stage:
    row = mapping(where, value)
    keys(where, row, {"key", "title", "offset", "days"}, {"after"})
    rows = rows_of(f"{where}.after", row.get("after", []), 0, MOST)
    return Stage(
        text(f"{where}.key", row["key"], LONGEST_TEXT["key"]),
        text(f"{where}.title", row["title"], LONGEST_TEXT["title"]),
        number(f"{where}.offset", row["offset"], 0, MOST_DAYS),
        number(f"{where}.days", row["days"], 1, MOST_DAYS),
        tuple(_after(f"{where}.after[{place}]", one) for place, one in enumerate(rows)),
    )


def _after(where: str, value: Any) -> After:
    row = mapping(where, value)
    keys(where, row, {"key"}, {"lag"})
    key = text(f"{where}.key", row["key"], LONGEST_TEXT["key"])
    return After(key, number(f"{where}.lag", row.get("lag", 0), 0, MOST_LAG))


def _check_links(where: str, found: Sequence[Stage]) -> None:
    """Raise RoadmapError for keys used twice, links to nowhere and stages that wait for each other."""
    places: dict[str, int] = {}
    for place, stage in enumerate(found):
        if stage.key in places:
            raise RoadmapError(f"{where}[{place}].key", Message(TWICE, {"name": stage.key}))
        places[stage.key] = place
    links = []
    for place, stage in enumerate(found):
        keys = [one.key for one in stage.after]
        for key in keys:
            if key not in places:
                raise RoadmapError(f"{where}[{place}].after", Message(_NOWHERE, {"name": key}))
            if keys.count(key) > 1:
                raise RoadmapError(f"{where}[{place}].after", Message(TWICE, {"name": key}))
            links.append(Link(places[key], place))
    day = date(2000, 1, 1)
    try:
        in_order({n: Task(n, stage.title, day, day) for n, stage in enumerate(found)}, links)
    except CycleError as cycle:
        names = " → ".join((*cycle.names, cycle.names[0]))
        raise RoadmapError(where, Message(_CYCLE, {"names": names})) from cycle


def package_of(found: Roadmap) -> dict[str, Any]:
    """Return the document of a roadmap; `roadmap_of` reads it back the same."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "code": found.code,
        "title": found.title,
        "about": found.about,
        "stages": stages_package(found.stages),
    }


def stages_package(stages: Sequence[Stage]) -> list[dict[str, Any]]:
    """Return milestones as a package keeps them; `stages_of` reads them back the same."""
    return [
        {
            "key": one.key,
            "title": one.title,
            "offset": one.offset,
            "days": one.days,
            "after": [{"key": after.key, "lag": after.lag} for after in one.after],
        }
        for one in stages
    ]


def write_roadmap(found: Roadmap) -> bytes:
    """Return the package as a file that people can read and mend."""
    return (json.dumps(package_of(found), ensure_ascii=False, indent=2) + "\n").encode()


def dated(found: Roadmap, start: date) -> tuple[Dated, ...]:
    """Return the stages on the days that they have when the first day is `start`, or the next worked one."""
    return dated_stages(found.stages, start)


def dated_stages(stages: Sequence[Stage], start: date) -> tuple[Dated, ...]:
    """Return `stages` on the days that they have when the first day is `start`, or the next worked one."""
    first = working_day_from(start)
    rows = []
    for stage in stages:
        begins = add_working_days(first, stage.offset)
        rows.append(Dated(stage, begins, add_working_days(begins, stage.days - 1)))
    return tuple(rows)


def roadmap_from(code: str, title: str, about: str, tasks: Sequence[Task], links: Sequence[Link]) -> Roadmap:
    """Return the roadmap of a plan that exists, its days counted from the first worked one of all."""
    return Roadmap(code, title, about, stages_from(tasks, links))


def stages_from(tasks: Sequence[Task], links: Sequence[Link]) -> tuple[Stage, ...]:
    """Return the stages of a plan that exists, counted from its first worked day."""
    first = working_day_from(min(task.start for task in tasks))
    names = {task.id: f"s{place}" for place, task in enumerate(tasks, start=1)}
    stages = []
    for task in tasks:
        begins = working_day_from(task.start)
        days = max(1, worked_between(begins, task.end) + 1)
        waits = tuple(After(names[link.before], link.lag) for link in links if link.after == task.id)
        stages.append(Stage(names[task.id], task.name, worked_between(first, begins), days, waits))
    return tuple(stages)


def worked_between(first: date, last: date) -> int:
    """Return how many days of work lie after `first` until `last`; 0 where none does."""
    return sum(working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


@lru_cache(maxsize=1)
def embedded() -> tuple[Roadmap, ...]:
    """Return the roadmaps that come with the product, by their titles."""
    folder = files("avgust.domain.planning") / "roadmaps"
    found = [read_roadmap(one.read_bytes()) for one in folder.iterdir() if one.name.endswith(".json")]
    return tuple(sorted(found, key=lambda one: one.title))
