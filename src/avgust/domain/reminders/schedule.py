"""On which day a deadline reminds whom.

A step before the deadline that falls on a day off is taken earlier, one after it later, so that it is always
said on a working day and never too late to act. Several steps that meet on one day are one reminder, the
latest of them. Asking about the days since the last run gives what a missed day owed as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from avgust.domain.periods import Period, add_working_days, working_day
from avgust.domain.reminders.parameters import Pause, Rules

_DAY = timedelta(days=1)


class Audience(StrEnum):
    """Who is reminded."""

    OWNER = "owner"  # the organisation that owes
    CONTROLLER = "controller"  # the nearest authority above it
    ABOVE = "above"  # one level up
    GIVER = "giver"  # who handed the work on to a colleague; on the day of the controller


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder of a deadline: to whom, and how many days from it (working ones for an authority)."""

    audience: Audience
    offset: int

    @property
    def code(self) -> str:
        """The name that a reminder is known by for ever, so that it is never given twice."""
        return f"{self.audience.value}{self.offset:+d}"


def steps_of(rules: Rules) -> list[Step]:
    """Return the steps of a deadline in their order."""
    offsets = [*(-days for days in rules.before), *rules.after]
    return [
        *(Step(Audience.OWNER, offset) for offset in offsets),
        Step(Audience.CONTROLLER, rules.controller),
        Step(Audience.ABOVE, rules.above),
    ]


@lru_cache(maxsize=100_000)
def planned(due: date, step: Step, pause: Pause | None = None) -> date:
    """Return the working day on which a step is said; `pause` is the one of the organisation's kind."""
    if step.audience is not Audience.OWNER:
        return add_working_days(due, step.offset)
    day = due + timedelta(days=step.offset)
    forward = step.offset > 0
    quiet = pause if pause is not None and step.offset not in pause.keep else None
    while not working_day(day) or (quiet is not None and quiet.covers(day)):
        day += _DAY if forward else -_DAY
    return day


def reminded(window: Period, rules: Rules, pause: Pause | None = None) -> dict[date, dict[Audience, Step]]:
    """Return the deadlines that remind within `window`, each with its latest step for each audience."""
    found: dict[date, dict[Audience, Step]] = {}
    for due in _near(window, rules):
        for step in steps_of(rules):
            if planned(due, step, pause) in window:
                found.setdefault(due, {})[step.audience] = step
    return found


def _near(window: Period, rules: Rules) -> list[date]:
    """Return the deadlines that could: further ones are out of reach of every step, days off and pause."""
    reach = max(*rules.before, *rules.after, 2 * rules.above) + 50
    first, days = window.start - timedelta(days=reach), window.days + 2 * reach
    return [first + timedelta(days=n) for n in range(days)]
