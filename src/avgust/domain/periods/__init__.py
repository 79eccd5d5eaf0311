"""Days, months, quarters, half-years, years and school years as one type; the production calendar."""

from avgust.domain.periods.period import Period
from avgust.domain.periods.working import (
    Calendar,
    add_working_days,
    calendar_of,
    short_day,
    working_day,
    working_day_from,
    working_day_until,
)

__all__ = [
    "Calendar",
    "Period",
    "add_working_days",
    "calendar_of",
    "short_day",
    "working_day",
    "working_day_from",
    "working_day_until",
]
