"""The territory as addressing sees it: which organisations an addressee of a document falls on."""

from __future__ import annotations

from datetime import date

from avgust.domain.addressing import Register, RegisterUnit
from avgust.web.territory.models import Unit


def register_for(unit: Unit, day: date) -> Register:
    """Return the register of the territory of `unit` on `day`, in two queries.

    A document of a municipality, or of anything in it, sees its own municipality and the regional bodies.
    """
    top = Unit.objects.above(unit, day).with_parent(day)
    line = {row.pk: row for row in top}
    root = next((row for row in line.values() if row.parent_on_day not in line), unit)
    found = Unit.objects.under(root, day).on(day).with_parent(day).order_by("pk")
    columns = ("pk", "name", "short_name", "kind", "founder", "parent_on_day")
    rows = list(found.values_list(*columns, named=True))
    parents = {row.pk: row.parent_on_day for row in rows}
    municipal = {row.pk for row in rows if row.kind == Unit.Kind.MUNICIPALITY}

    def municipality(pk: int | None) -> int | None:
        while pk is not None and pk not in municipal:
            pk = parents.get(pk)
        return pk

    units = (
        RegisterUnit(row.pk, row.name, row.short_name, row.kind, municipality(row.pk), row.founder)
        for row in rows
        if row.kind not in (Unit.Kind.REGION, Unit.Kind.MUNICIPALITY)
    )
    return Register.of(units, municipality(unit.pk))
