"""On which units the measures of a programme fall on a day."""

from __future__ import annotations

from collections.abc import Iterable

from avgust.domain.addressing import Register
from avgust.domain.resolutions.model import Relation
from avgust.web.programmes.models import Measure, MeasureExecutor
from avgust.web.programmes.reach import addressing_of


def units_of_measures(measures: Iterable[Measure], register: Register) -> dict[int, dict[int, str]]:
    """Return, for each measure, the units that answer for it and as what; executor before co-executor."""
    found: dict[int, dict[int, str]] = {}
    known: dict[tuple[str, str, int | None], tuple[int, ...]] = {}
    rows = MeasureExecutor.objects.answering().filter(measure__in=[measure.pk for measure in measures])
    for row in sorted(rows, key=lambda row: row.relation != Relation.EXECUTOR):
        key = (row.name, row.form, row.unit_id if row.by_hand else None)
        if key not in known:
            answer = addressing_of(row, register)
            known[key] = answer.units if answer.outcome in ("body", "role") else ()
        units = found.setdefault(row.measure_id, {})
        for unit in known[key]:
            units.setdefault(unit, row.relation)
    return found
