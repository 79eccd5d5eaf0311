"""How many measures of programmes want a look: passed, without a deadline, without a known executor."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q

from avgust.domain.resolutions.model import DeadlineKind
from avgust.web.programmes.models import UNCLEAR, Measure, MeasureExecutor, Programme
from avgust.web.ui.reading import found_once

_NONE: Final = {"all": 0, "past": 0, "undated": 0, "known": 0, "unclear": 0}


@dataclass(frozen=True, slots=True)
class Counted:
    """A programme with the counts that open; `unclear` are those of `avgust.web.programmes.table.unclear`."""

    programme: Programme
    past: int
    undated: int
    unclear: int


def counted(programmes: Collection[Programme], today: date) -> list[Counted]:
    """Count the measures of `programmes` in two queries, which read only their rows; once for a page."""
    ids = tuple(sorted(programme.pk for programme in programmes))
    found = found_once(("programmes.counted", ids, today), lambda: _counts(ids, today))
    return [Counted(programme, *found[programme.pk]) for programme in programmes]


def _counts(programmes: tuple[int, ...], today: date) -> dict[int, tuple[int, int, int]]:
    """Return, by programme, how many have passed, have no deadline, have nobody known to answer."""
    measures = Measure.objects.in_force().filter(programme__in=programmes).order_by().values("programme")
    counts: dict[int, Any] = {
        row["programme"]: row
        for row in measures.annotate(
            all=Count("pk"),
            past=Count("pk", filter=Q(due__lt=today)),
            undated=Count("pk", filter=Q(deadline_kind=DeadlineKind.NONE)),
        )
    }
    answering = (
        MeasureExecutor.objects.in_force().answering().filter(measure__programme__in=programmes).order_by()
    )
    answered: dict[int, Any] = {
        row["measure__programme"]: row
        for row in answering.values("measure__programme").annotate(
            known=Count("measure", distinct=True),
            unclear=Count("measure", distinct=True, filter=Q(outcome__in=UNCLEAR)),
        )
    }
    found = {}
    for programme in programmes:
        row = {**_NONE, **counts.get(programme, {}), **answered.get(programme, {})}
        nobody = row["all"] - row["known"]
        found[programme] = (row["past"], row["undated"], row["unclear"] + nobody)
    return found
