"""Days and deadlines of a plan by their place in its school year, so that another year takes them over.

A deadline keeps its day and month: «до 1 октября» is meant so each year, and a round date is not moved for a
day off (its reminders are). 29 February becomes the 28th.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import MAXYEAR, date
from typing import Any, Final

from avgust.domain.messages import Message, mark
from avgust.domain.periods import Period
from avgust.domain.planning.package_reading import RoadmapError, keys, mapping, text
from avgust.domain.resolutions.model import Deadline, DeadlineKind

FARTHEST: Final = 9  # school years away from the own one
_DAY: Final = re.compile(r"(-?\d)-(\d\d)-(\d\d)")
_NO_DAY: Final = Message(
    mark(
        "A day is needed: the year counted from the one in which the school year begins, month, day: 1-05-20."
    )
)
_NO_KIND: Final = Message(mark("There is no such kind of deadline."))
_WORDS: Final = ("every", "day_of_period", "offset", "event")
_LONGEST: Final = {"every": 20, "day_of_period": 10, "offset": 20, "event": 300, "text": 500}


def relative_day(day: date, year: Period) -> str:
    """Return a day by its place: «1-05-20» is 20 May of the year after the one in which `year` begins."""
    return f"{day.year - year.start.year}-{day.month:02}-{day.day:02}"


def day_in(words: str, year: Period) -> date:
    """Return the day of a place in another school year; ValueError for what is no day."""
    match = _DAY.fullmatch(words)
    if match is None:
        raise ValueError(words)
    number = year.start.year + int(match[1])
    if not 1 <= number <= MAXYEAR:
        raise ValueError(words)
    month, day = int(match[2]), int(match[3])
    if (month, day) == (2, 29):
        try:
            return date(number, 2, 29)
        except ValueError:
            return date(number, 2, 28)
    return date(number, month, day)


def deadline_package(deadline: Deadline, year: Period) -> dict[str, Any]:
    """Return a deadline as a package keeps it; `deadline_in` reads it back for any year."""
    said: dict[str, Any] = {"kind": deadline.kind.value}
    for name in ("start", "end"):
        day = getattr(deadline, name)
        if day is not None:
            said[name] = relative_day(day, year)
    said |= {name: getattr(deadline, name) for name in _WORDS if getattr(deadline, name)}
    if deadline.working:
        said["working"] = True
    if deadline.text:
        said["text"] = deadline.text[: _LONGEST["text"]]
    if deadline.then is not None:
        said["then"] = deadline_package(deadline.then, year)
    return said


def deadline_in(where: str, value: Any, year: Period, depth: int = 0) -> Deadline:
    """Return the deadline of a package in a school year. Raises RoadmapError."""
    row = mapping(where, value)
    keys(where, row, {"kind"}, {"start", "end", "working", "text", "then", *_WORDS})
    if row["kind"] not in set(DeadlineKind) or depth > 3:
        raise RoadmapError(f"{where}.kind", _NO_KIND)
    words = {name: text(f"{where}.{name}", row[name], _LONGEST[name]) for name in _WORDS if name in row}
    found = Deadline(
        DeadlineKind(row["kind"]),
        start=_day(f"{where}.start", row.get("start"), year),
        end=_day(f"{where}.end", row.get("end"), year),
        text=text(f"{where}.text", row["text"], _LONGEST["text"]) if "text" in row else None,
        working=row.get("working") is True,
        every=words.get("every"),
        day_of_period=words.get("day_of_period"),
        offset=words.get("offset"),
        event=words.get("event"),
    )
    if "then" in row:
        return replace(found, then=deadline_in(f"{where}.then", row["then"], year, depth + 1))
    return found


def _day(where: str, value: Any, year: Period) -> date | None:
    if value is None:
        return None
    try:
        return day_in(value if isinstance(value, str) else "", year)
    except ValueError as error:
        raise RoadmapError(where, _NO_DAY) from error


def dated(deadline: Deadline) -> bool:
    """Return whether a deadline names a day of the calendar, so that its printed words are of one year."""
    own = deadline.start is not None or deadline.end is not None
    return own or (deadline.then is not None and dated(deadline.then))
