"""How many measures of programmes want a look: passed, without a deadline, without a known executor."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q

from avgust.domain.resolutions.model import DeadlineKind
from avgust.web.programmes.models import Measure, Programme
from avgust.web.ui.reading import found_once

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

SHOWN: Final = 8  # of a reader's programmes, on her home


@dataclass(frozen=True, slots=True)
class Counted:
    """A programme with the counts that open; as `Measure.unclear` says."""

    programme: Programme
    past: int
    undated: int
    unclear: int


def newest(user: User) -> list[Programme]:
    """Return the newest programmes that bind the reader; once for a page."""
    return found_once(
        ("programmes.newest", user.pk),
        lambda: list(Programme.objects.visible_to(user).select_related("unit")[:SHOWN]),
    )


def counted(
    programmes: Collection[Programme], today: date, also: Collection[Programme] = ()
) -> list[Counted]:
    """Count the measures of `programmes`; with those of `also`, which another part of the page will ask for.

    One query for what no part of the page asked for before.
    """
    found: dict[int, tuple[int, int, int]] = found_once(("programmes.counted", today), dict)
    unknown = sorted({programme.pk for programme in (*programmes, *also)} - found.keys())
    if any(programme.pk not in found for programme in programmes):
        found |= _counts(unknown, today)
    return [Counted(programme, *found[programme.pk]) for programme in programmes]


def _counts(programmes: list[int], today: date) -> dict[int, tuple[int, int, int]]:
    """Return, by programme, how many have passed, have no deadline, have nobody known to answer."""
    measures = Measure.objects.in_force().filter(programme__in=programmes).order_by().values("programme")
    counted = measures.annotate(
        past=Count("due", filter=Q(due__lt=today)),
        undated=Count("deadline_kind", filter=Q(deadline_kind=DeadlineKind.NONE)),
        unclear=Count("unclear", filter=Q(unclear=True)),
    )
    found = dict.fromkeys(programmes, (0, 0, 0))
    for row in counted:
        found[row["programme"]] = (row["past"], row["undated"], row["unclear"])
    return found
