"""From when to when each edition of a codifier holds: a later one ends it on the day before it begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

Days = tuple[date, date | None]


def spans(stated: Sequence[Days]) -> list[Days]:
    """Return the days on which each edition holds, in the order given; both ends included, None is no end.

    `stated` are first and last days as the editions say them; no two begin on the same day.
    """
    begins = sorted(since for since, _until in stated)
    later = dict(pairwise(begins))

    def last(since: date, until: date | None) -> date | None:
        replaced = later.get(since)
        ends = [day for day in (until, replaced and replaced - timedelta(days=1)) if day]
        return min(ends, default=None)

    return [(since, last(since, until)) for since, until in stated]


def holding_on(stated: Sequence[Days], day: date) -> int | None:
    """Return the place of the edition that holds on `day`; None where none does."""
    for place, (since, until) in enumerate(spans(stated)):
        if since <= day and (until is None or day <= until):
            return place
    return None
