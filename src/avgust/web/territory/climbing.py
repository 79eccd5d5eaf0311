"""From some units up to the places above them: a query for each level, however many units there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from avgust.web.territory.models import Membership, Unit


def nearest_above(units: Iterable[int], day: date, arrived: Callable[[int, str], bool]) -> dict[int, int]:
    """Return, for each of `units` that stands under one on `day`, the nearest unit for which `arrived` holds.

    `arrived` is told the id and the kind of what stands above. One query, mostly: organisations stand right
    in their municipality or right under the region, and a region stands under nothing.
    """
    found: dict[int, int] = {}
    below = {unit: [unit] for unit in units}  # by the unit climbed from
    climbed: set[int] = set()
    while below:
        climbed |= below.keys()
        higher: dict[int, list[int]] = {}
        held = Membership.objects.on(day).filter(unit__in=below).order_by()
        for unit, parent, kind in held.values_list("unit", "parent", "parent__kind"):
            if arrived(parent, kind):
                found.update(dict.fromkeys(below[unit], parent))
            elif kind != Unit.Kind.REGION and parent not in climbed:
                higher.setdefault(parent, []).extend(below[unit])
        below = higher
    return found
