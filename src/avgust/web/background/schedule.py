"""When a job falls due: its periods by the clock of the territory. No cron, no clock of its own.

A station declares `jobs = (Job(…), …)` on its AppConfig. The name of a period is kept with its run, so that a
period is never run by two workers, and one that was missed is not run late: a job that must make up for
missed days looks at what it did last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


class Rhythm(Protocol):
    """How often a job falls due."""

    def period(self, now: datetime) -> str | None:
        """Return the name of the period that is due at `now` (local time); None before its hour."""


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day, from an hour on."""

    hour: int

    def period(self, now: datetime) -> str | None:
        """Return the day, from its hour on."""
        return now.date().isoformat() if now.hour >= self.hour else None


@dataclass(frozen=True, slots=True)
class Every:
    """Once in so many minutes, counted from midnight."""

    minutes: int

    def period(self, now: datetime) -> str | None:
        """Return the beginning of the present span."""
        since = timedelta(minutes=(now.hour * 60 + now.minute) // self.minutes * self.minutes)
        return f"{now.date().isoformat()}T{since // timedelta(hours=1):02}:{since.seconds // 60 % 60:02}"


@dataclass(frozen=True, slots=True)
class Job:
    """A job: its name, the path of a function that takes the name of the period, its rhythm.

    The function is run again when its worker is killed or it fails: whatever it writes must have a key by
    which it is written once.
    """

    name: str
    path: str
    rhythm: Rhythm
