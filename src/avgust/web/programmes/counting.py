"""How many measures of programmes want a look: passed, without a deadline, without a known executor."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from avgust.domain.resolutions.model import DeadlineKind
from avgust.web.programmes.models import Measure, Programme
from avgust.web.ui.reading import found_once


@dataclass(frozen=True, slots=True)
class Counted:
    """A programme with the counts that open; as `Measure.unclear` says."""

    programme: Programme
    past: int
    undated: int
    unclear: int


def counted(programmes: Collection[Programme], today: date) -> list[Counted]:
    """Count the measures of `programmes` in one query; once for a page."""
    ids = tuple(sorted(programme.pk for programme in programmes))
    found = found_once(("programmes.counted", ids, today), lambda: _counts(ids, today))
    return [Counted(programme, *found[programme.pk]) for programme in programmes]


def _counts(programmes: tuple[int, ...], today: date) -> dict[int, tuple[int, int, int]]:
    """Return, by programme, how many have passed, have no deadline, have nobody known to answer."""
    measures = Measure.objects.in_force().filter(programme__in=programmes).order_by().values("programme")
    counted = measures.annotate(
        past=Count("pk", filter=Q(due__lt=today)),
        undated=Count("pk", filter=Q(deadline_kind=DeadlineKind.NONE)),
        unclear=Count("pk", filter=Q(unclear=True)),
    )
    found = dict.fromkeys(programmes, (0, 0, 0))
    for row in counted:
        found[row["programme"]] = (row["past"], row["undated"], row["unclear"])
    return found
