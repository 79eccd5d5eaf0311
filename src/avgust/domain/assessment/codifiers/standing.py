"""From when to when each edition of a codifier holds: a later one ends it on the day before it begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from avgust.domain.messages import Message, mark

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


def not_in_force(named: str, days: Days, day: date, instead: str = "") -> Message | None:
    """Return the remark on an edition that a work of `day` names while it did not hold; None where it did.

    `instead` is the edition of the same codifier that held then. The results are read by the edition that the
    specification names all the same: only a person knows which of the two was used.
    """
    since, until = days
    if since <= day and (until is None or day <= until):
        return None
    told = {
        "edition": named,
        "day": f"{day:%d.%m.%Y}",
        "since": f"{since:%d.%m.%Y}",
        "until": f"{until:%d.%m.%Y}" if until else "",
        "instead": instead,
    }
    if until is None:
        words = mark(
            "“%(edition)s” was not in force on the day of the work, %(day)s: it holds from %(since)s."
        )
    else:
        words = mark(
            "“%(edition)s” was not in force on the day of the work, %(day)s:"
            " it holds from %(since)s to %(until)s."
        )
    if not instead:
        return Message(words, told)
    return Message(
        mark("%(remark)s On that day “%(instead)s” was in force."),
        {"remark": Message(words, told), "instead": instead},
    )
