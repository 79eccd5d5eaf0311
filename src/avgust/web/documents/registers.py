"""The territory as addressing sees it: which organisations an addressee of a document falls on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from avgust.domain.addressing import Register, RegisterUnit
from avgust.web.territory.climbing import nearest_above
from avgust.web.territory.models import Unit

_PLACES: Final = (Unit.Kind.REGION, Unit.Kind.MUNICIPALITY)


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

    units = (_registered(row, municipality(row.pk)) for row in rows if row.kind not in _PLACES)
    return Register.of(units, municipality(unit.pk))


def register_of(units: Iterable[Unit], home: Unit, day: date) -> Register:
    """Return the register of `units` alone, for a document of `home`: enough to ask if a role takes them.

    One query, mostly: organisations stand right in their municipality or right under the region.
    """
    known = [unit for unit in units if unit.exists_on(day) and unit.kind not in _PLACES]
    municipality = _municipalities([*known, home], day)
    found = (_registered(unit, municipality.get(unit.pk)) for unit in known)
    return Register.of(found, municipality.get(home.pk))


def _registered(unit: Unit, municipality: int | None) -> RegisterUnit:
    return RegisterUnit(unit.pk, unit.name, unit.short_name, unit.kind, municipality, unit.founder)


def _municipalities(units: Iterable[Unit], day: date) -> dict[int, int]:
    """Return the municipality that each of `units` is or stands in on `day`."""
    units = list(units)
    organisations = [unit.pk for unit in units if unit.kind not in _PLACES]
    found = {unit.pk: unit.pk for unit in units if unit.kind == Unit.Kind.MUNICIPALITY}
    return found | nearest_above(organisations, day, lambda _unit, kind: kind == Unit.Kind.MUNICIPALITY)


def rule_words(rule: str) -> str:
    """Return a rule of addressing as pages explain it; "" for one that needs no words."""
    return {
        "by name": _("the name in the register is the same"),
        "own authority": _("the authority of the same territory"),
        "by part of the name": _("the name in the register holds these words"),
        "methodical services": _("all methodical services"),
        "municipal education authorities": _("all municipal education authorities"),
        "additional education": _("all organisations of additional education"),
        "preschool organisations": _("all kindergartens"),
        "preschool and general education": _("all kindergartens and schools"),
        "vocational education": _("all colleges"),
        "regional organisations": _("all organisations founded by the region"),
        "municipal educational organisations": _("all organisations founded by municipalities"),
        "general education": _("all schools"),
        "all educational organisations": _("all educational organisations"),
    }.get(rule, "")
