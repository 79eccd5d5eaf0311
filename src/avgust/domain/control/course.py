"""How a deadline lies in a year: days, stretches of work, what lasts. For timelines and calendars.

The days are those on which control waits for a report (`occurrences`), so that no picture says another date
than the assignments. What is due every week or two has one occurrence a month there; here it falls on each
Friday, the end of the working week.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from avgust.domain.control.occurrences import occurrences
from avgust.domain.periods import Period
from avgust.domain.resolutions.model import Deadline, DeadlineKind

_LENGTH: Final = re.compile(r"P(\d{1,3})([DWMY])")
_FRIDAY: Final = 4
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Course:
    """A deadline within a period."""

    days: tuple[date, ...] = ()  # on which it is due
    stretches: tuple[Period, ...] = ()  # in which it is to be worked on
    lasting: tuple[Period, ...] = ()  # throughout which it holds

    def __bool__(self) -> bool:
        """True when something of it falls into the period."""
        return bool(self.days or self.stretches or self.lasting)


def course(deadline: Deadline, year: Period) -> Course:
    """Return how `deadline`, with what follows it, lies in `year`; empty for what waits or has no date."""
    here = _course(deadline, year)
    if deadline.then is None:
        return here
    after = course(deadline.then, year)
    ended = max(here.days, default=date.min)
    days = (*here.days, *(day for day in after.days if day > ended))
    return Course(days, here.stretches + after.stretches, here.lasting + after.lasting)


def _course(deadline: Deadline, year: Period) -> Course:
    match deadline.kind:
        case DeadlineKind.DATE if deadline.end:
            return Course(days=(deadline.end,) if deadline.end in year else ())
        case DeadlineKind.INTERVAL if deadline.start or deadline.end:
            return Course(stretches=_held(deadline, year))
        case DeadlineKind.PERMANENT:
            return Course(lasting=_held(deadline, year))
        case DeadlineKind.RECURRING:
            return _recurring(deadline, year)
        case _:
            return Course()


def _held(deadline: Deadline, year: Period) -> tuple[Period, ...]:
    """Return the part of `year` for which the deadline holds, none or one."""
    start, end = deadline.start or year.start, deadline.end or year.end
    found = Period(start, end).overlap(year) if start <= end else None
    return (found,) if found else ()


def _recurring(deadline: Deadline, year: Period) -> Course:
    weeks = weeks_of(deadline)
    if _LENGTH.fullmatch(deadline.every or "") is None or weeks == 0:
        return Course(lasting=_held(deadline, year))  # «регулярно», «ежедневно»
    if weeks:
        return Course(days=tuple(day for held in _held(deadline, year) for day in _fridays(held, weeks)))
    alone = replace(deadline, then=None)
    return Course(days=tuple(one.due for one in occurrences(alone, year) if one.due and one.due in year))


def weeks_of(deadline: Deadline) -> int | None:
    """Return the rhythm in whole weeks, 0 for one of less than a week, None for one of months or years."""
    found = _LENGTH.fullmatch(deadline.every or "")
    if found is None or found[2] in "MY":
        return None
    return int(found[1]) if found[2] == "W" else int(found[1]) // _WEEK


def _fridays(held: Period, weeks: int) -> tuple[date, ...]:
    first = held.start + timedelta(days=(_FRIDAY - held.start.weekday()) % _WEEK)
    count = (held.end - first).days // (_WEEK * weeks) + 1
    return tuple(first + timedelta(weeks=weeks * step) for step in range(count))
