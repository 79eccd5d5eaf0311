"""A roadmap («дорожная карта») as a package: milestones by their distance from a first day, for any year.

The document is JSON of a version; `read_roadmap` takes nothing that it does not know, and says where it is.
Days are days of work: a plan that is applied in another year falls on other dates and never on a holiday.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from avgust.domain.messages import Message, mark
from avgust.domain.periods import add_working_days, working_day, working_day_from
from avgust.domain.planning.network import CycleError, Link, Task, in_order

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


class RoadmapError(ValueError):
    """A package that cannot be taken. `message` says where and why."""

    def __init__(self, where: str, reason: Message) -> None:
        self.message = Message(mark("%(where)s: %(reason)s"), {"where": where or FORMAT, "reason": reason})
        super().__init__(f"{where}: {reason.msgid}")


_NO_JSON: Final = Message(mark("This is no package of a roadmap: a JSON document is expected."))
_TOO_LARGE: Final = Message(mark("The package is larger than any roadmap."))
_FORMAT: Final = Message(mark("This is a package of another kind or of a newer version."))
_UNKNOWN: Final = mark("“%(name)s” is not known here.")
_MISSING: Final = mark("“%(name)s” is missing.")
_NO_TEXT: Final = mark("A text of 1 to %(most)s characters is needed.")
_NO_NUMBER: Final = mark("A whole number from %(least)s to %(most)s is needed.")
_NO_LIST: Final = mark("A list of 1 to %(most)s rows is needed.")
_TWICE: Final = mark("“%(name)s” stands here twice.")
_NOWHERE: Final = mark("No milestone has the key “%(name)s”.")
_CYCLE: Final = mark("These milestones would wait for each other: %(names)s. Take one of the links away.")


def read_roadmap(data: bytes) -> Roadmap:
    """Return the roadmap of a package. Raises RoadmapError, and nothing else, for what is none."""
    if len(data) > MOST_BYTES:
        raise RoadmapError("", _TOO_LARGE)
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RoadmapError("", _NO_JSON) from error
    return roadmap_of(value)


def roadmap_of(value: Any) -> Roadmap:
    """Return the roadmap of a parsed package. Raises RoadmapError."""
    if not isinstance(value, dict):
        raise RoadmapError("", _NO_JSON)
    if value.get("format") != FORMAT or value.get("version") != VERSION:
        raise RoadmapError("", _FORMAT)
    _keys("", value, {"format", "version", "code", "title", "stages"}, {"about"})
    rows = _list("stages", value["stages"], 1, MOST)
    found = Roadmap(
        _text("code", value["code"], "code"),
        _text("title", value["title"], "title"),
        _text("about", value.get("about", ""), "about", least=0),
        tuple(_stage(f"stages[{number}]", row) for number, row in enumerate(rows)),
    )
    _check_links(found)
    return found


def _stage(where: str, value: Any) -> Stage:
    if not isinstance(value, dict):
        raise RoadmapError(where, _NO_JSON)
    _keys(where, value, {"key", "title", "offset", "days"}, {"after"})
    rows = _list(f"{where}.after", value.get("after", []), 0, MOST)
    return Stage(
        _text(f"{where}.key", value["key"], "key"),
        _text(f"{where}.title", value["title"], "title"),
        _number(f"{where}.offset", value["offset"], 0, MOST_DAYS),
        _number(f"{where}.days", value["days"], 1, MOST_DAYS),
        tuple(_after(f"{where}.after[{number}]", row) for number, row in enumerate(rows)),
    )


def _after(where: str, value: Any) -> After:
    if not isinstance(value, dict):
        raise RoadmapError(where, _NO_JSON)
    _keys(where, value, {"key"}, {"lag"})
    return After(
        _text(f"{where}.key", value["key"], "key"), _number(f"{where}.lag", value.get("lag", 0), 0, MOST_LAG)
    )


def _keys(where: str, value: Mapping[str, Any], needed: set[str], allowed: set[str]) -> None:
    for name in sorted(needed - value.keys()):
        raise RoadmapError(where, Message(_MISSING, {"name": name}))
    for name in sorted(value.keys() - needed - allowed):
        raise RoadmapError(where, Message(_UNKNOWN, {"name": str(name)[:40]}))


def _text(where: str, value: Any, kind: str, least: int = 1) -> str:
    most = LONGEST_TEXT[kind]
    said = " ".join(value.split()) if isinstance(value, str) else None
    if said is None or not least <= len(said) <= most:
        raise RoadmapError(where, Message(_NO_TEXT, {"most": most}))
    return said


def _number(where: str, value: Any, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise RoadmapError(where, Message(_NO_NUMBER, {"least": least, "most": most}))
    return value


def _list(where: str, value: Any, least: int, most: int) -> list[Any]:
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise RoadmapError(where, Message(_NO_LIST, {"most": most}))
    return value


def _check_links(found: Roadmap) -> None:
    """Raise RoadmapError for keys used twice, links to nowhere and stages that wait for each other."""
    places: dict[str, int] = {}
    for number, stage in enumerate(found.stages):
        if stage.key in places:
            raise RoadmapError(f"stages[{number}].key", Message(_TWICE, {"name": stage.key}))
        places[stage.key] = number
    links = []
    for number, stage in enumerate(found.stages):
        keys = [one.key for one in stage.after]
        for key in keys:
            if key not in places:
                raise RoadmapError(f"stages[{number}].after", Message(_NOWHERE, {"name": key}))
            if keys.count(key) > 1:
                raise RoadmapError(f"stages[{number}].after", Message(_TWICE, {"name": key}))
            links.append(Link(places[key], number))
    day = date(2000, 1, 1)
    try:
        in_order({n: Task(n, stage.title, day, day) for n, stage in enumerate(found.stages)}, links)
    except CycleError as cycle:
        names = " → ".join((*cycle.names, cycle.names[0]))
        raise RoadmapError("stages", Message(_CYCLE, {"names": names})) from cycle


def package_of(found: Roadmap) -> dict[str, Any]:
    """Return the document of a roadmap; `roadmap_of` reads it back the same."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "code": found.code,
        "title": found.title,
        "about": found.about,
        "stages": [
            {
                "key": one.key,
                "title": one.title,
                "offset": one.offset,
                "days": one.days,
                "after": [{"key": after.key, "lag": after.lag} for after in one.after],
            }
            for one in found.stages
        ],
    }


def write_roadmap(found: Roadmap) -> bytes:
    """Return the package as a file that people can read and mend."""
    return (json.dumps(package_of(found), ensure_ascii=False, indent=2) + "\n").encode()


def dated(found: Roadmap, start: date) -> tuple[Dated, ...]:
    """Return the stages on the days that they have when the first day is `start`, or the next worked one."""
    first = working_day_from(start)
    rows = []
    for stage in found.stages:
        begins = add_working_days(first, stage.offset)
        rows.append(Dated(stage, begins, add_working_days(begins, stage.days - 1)))
    return tuple(rows)


def roadmap_from(code: str, title: str, about: str, tasks: Sequence[Task], links: Sequence[Link]) -> Roadmap:
    """Return the roadmap of a plan that exists, its days counted from the first worked one of all."""
    first = working_day_from(min(task.start for task in tasks))
    keys = {task.id: f"s{number}" for number, task in enumerate(tasks, start=1)}
    stages = []
    for task in tasks:
        begins = working_day_from(task.start)
        days = max(1, worked_between(begins, task.end) + 1)
        waits = tuple(After(keys[link.before], link.lag) for link in links if link.after == task.id)
        stages.append(Stage(keys[task.id], task.name, worked_between(first, begins), days, waits))
    return Roadmap(code, title, about, tuple(stages))


def worked_between(first: date, last: date) -> int:
    """Return how many days of work lie after `first` until `last`; 0 where none does."""
    return sum(working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


@lru_cache(maxsize=1)
def embedded() -> tuple[Roadmap, ...]:
    """Return the roadmaps that come with the product, by their titles."""
    folder = files("avgust.domain.planning") / "roadmaps"
    found = [read_roadmap(one.read_bytes()) for one in folder.iterdir() if one.name.endswith(".json")]
    return tuple(sorted(found, key=lambda one: one.title))
