"""Which edits of recommendations hold for a school: those of the nearest territory above it first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils import timezone

from avgust.domain.assessment.interpretation.editing import Edit
from avgust.web.assessments.models import Work
from avgust.web.readings.models import AdviceEdit
from avgust.web.readings.places import Place
from avgust.web.territory.models import Unit

Edits = Mapping[str, Edit]


def edits_of(work: Work, place: Place, only: int | None = None) -> dict[int, dict[str, Edit]]:
    """Return the edits by school of the place (or of `only` one), by rule; two queries for all schools."""
    above = list(Unit.objects.above(work.unit, work.held_on).values_list("pk", flat=True))
    schools = [only] if only is not None else list(place.names)
    lines = {pk: (*place.lines.get(pk, (pk,)), *above) for pk in schools}
    nearby = {unit for line in lines.values() for unit in line}
    rows = AdviceEdit.objects.in_force().filter(unit__in=nearby).select_related("made_by")
    by_unit: dict[int, list[AdviceEdit]] = {}
    for row in rows:
        by_unit.setdefault(row.unit_id, []).append(row)
    return {pk: _nearest(line, by_unit) for pk, line in lines.items()}


def _nearest(line: Sequence[int], by_unit: Mapping[int, list[AdviceEdit]]) -> dict[str, Edit]:
    found: dict[str, Edit] = {}
    for unit in line:
        for row in by_unit.get(unit, ()):
            found.setdefault(row.code, edit_of(row))
    return found


def edit_of(row: AdviceEdit) -> Edit:
    """Return an edit as the domain reads it."""
    return Edit(row.code, row.text or None, row.made_by.short_name, timezone.localtime(row.made_at).date())
