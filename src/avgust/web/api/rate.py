"""How often a token may ask: so many requests a minute, counted by all processes of the machine together.

The count stands in a small file of the token under a lock of the system: a row of the database would make
every reading of a program wait for whoever writes.
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from typing import Final

from django.conf import settings

WINDOW: Final = 60  # seconds
_FORGOTTEN: Final = 3600


class TooOftenError(Exception):
    """A token asked more often than it may; `after` is in how many seconds it may ask again."""

    def __init__(self, after: int) -> None:
        super().__init__(after)
        self.after = after


def count_request(digest: str, now: float | None = None) -> None:
    """Count a request of the token of `digest`. Raises TooOftenError beyond `API_PER_MINUTE`; 0 is none."""
    if not settings.API_PER_MINUTE:
        return
    moment = time.time() if now is None else now
    window, passed = divmod(moment, WINDOW)
    if _counted(_place(digest), int(window)) > settings.API_PER_MINUTE:
        raise TooOftenError(max(1, int(WINDOW - passed)))


def _folder() -> Path:
    return Path(settings.VAR) / "rate"


def _place(digest: str) -> Path:
    return _folder() / digest[:32]


def _counted(place: Path, window: int) -> int:
    """Return how many requests there were in `window`, this one among them."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        before, _, count = file.read().partition(" ")
        known = int(count) if before == str(window) and count.isdecimal() else 0
        file.seek(0)
        file.truncate()
        file.write(f"{window} {known + 1}")
    return known + 1


def sweep(_period: str) -> None:
    """Delete the counts of tokens that have not asked for an hour."""
    before = time.time() - _FORGOTTEN
    for place in _folder().glob("*"):
        if place.stat().st_mtime < before:
            place.unlink(missing_ok=True)
