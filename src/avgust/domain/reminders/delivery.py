"""When the letter of a day may leave: from the person's hour on, not in quiet hours, not on a day off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from avgust.domain.periods import working_day


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing is sent; they may go over midnight. Equal ends are no quiet at all."""

    starts: time
    ends: time

    def covers(self, moment: time) -> bool:
        """Return whether `moment` is quiet; the end is not."""
        if self.starts <= self.ends:
            return self.starts <= moment < self.ends
        return moment >= self.starts or moment < self.ends


def may_send(now: datetime, hour: int, quiet: Iterable[Quiet]) -> bool:
    """Return whether the letter of the day of `now` (local time) may leave.

    Quiet hours of the person and of every organisation that she works for are kept. An hour inside them is
    waited for until they end.
    """
    if not working_day(now.date()) or now.hour < hour:
        return False
    return not any(one.covers(now.time()) for one in quiet)


def ever_sends(hour: int, quiet: Iterable[Quiet]) -> bool:
    """Return whether there is any minute of a working day on which a letter may leave."""
    kept = list(quiet)
    minutes = [time(at, minute) for at in range(hour, 24) for minute in range(0, 60, 5)]
    return any(not any(one.covers(minute) for one in kept) for minute in minutes)
