"""What control decides by: each value with the day since which it holds and its basis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Dated(Generic[Value]):
    """A parameter in time: values by the first day on which each holds, the newest last."""

    basis: str  # the act, or "default of Avgust" where no act sets it
    values: tuple[tuple[date, Value], ...]

    def on(self, day: date) -> Value:
        """Return the value that holds on `day`; the first one also holds before its day."""
        held = [value for since, value in self.values if since <= day]
        return held[-1] if held else self.values[0][1]


# Months at whose end a measure that lasts is looked at: the end of the first half of the school year, and the
# last month of lessons.
CONTROL_POINTS: Final = Dated("default of Avgust", ((date(2018, 9, 1), frozenset({12, 5})),))

# Working days within which a report should be accepted or returned; a longer wait is shown to who controls.
ACCEPTANCE_DAYS: Final = Dated("default of Avgust", ((date(2018, 9, 1), 5),))
