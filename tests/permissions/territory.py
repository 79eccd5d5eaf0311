"""Who gets what of the territory's pages of changes: the officer of the region and the administrator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, OK, SAVED, Page, Row, one

UNPROCESSABLE = 422
_CHANGE = ("regional_officer", "admin")
_SEE = ("municipal_officer", "head", "methodologist", "analyst", "observer")


def changed_by(status: int) -> dict[str, int | str]:
    """Return who gets what at our school: who sees it and may not change it is not permitted."""
    return {**dict.fromkeys(_CHANGE, status), **dict.fromkeys(_SEE, NOT_PERMITTED)}


def _school(cast: Any) -> dict[str, Any]:
    return {"pk": cast.units.school.pk}


def _first_place(cast: Any) -> dict[str, Any]:
    return {"pk": cast.units.school.pk, "kind": "opened", "day": "2020-09-01"}


def _name(_cast: Any) -> dict[str, Any]:
    return {"name": "Гимназия", "since": "01.01.2026", "basis": "приказ"}


def _both(url: str, data: Callable[[Any], dict[str, Any]], make: Any = _school) -> tuple[Row, Row]:
    """Return the rows of a form: opened, and sent."""
    return (
        Row("the form", url, changed_by(OK), others=NOT_FOUND, make=make),
        Row("sent", url, changed_by(SAVED), others=NOT_FOUND, make=make, method="post", data=data),
    )


_ADDED = {"kind": "school", "name": "Новая", "since": "01.01.2026", "founder": "municipal"}

ROWS = (
    Row("the form", "territory:add", dict.fromkeys(_CHANGE, OK), others=NOT_PERMITTED),
    Row(
        "sent",
        "territory:add",
        dict.fromkeys(_CHANGE, SAVED),
        others=NOT_PERMITTED,
        method="post",
        data=lambda c: {**_ADDED, "parent": c.units.municipality.pk},
    ),
    Row(
        "half empty",
        "territory:add",
        dict.fromkeys(_CHANGE, UNPROCESSABLE),
        others=NOT_PERMITTED,
        method="post",
        data=lambda _c: _ADDED,
    ),
    *_both("territory:describe", lambda _c: {"kind": "school", "name": "Школа", "founder": "private"}),
    *_both("territory:rename", _name),
    *_both(
        "territory:move",
        lambda c: {"parent": c.units.neighbour.pk, "since": "01.01.2026", "basis": "закон"},
    ),
    *_both("territory:close", lambda _c: {"closed": "31.12.2025", "basis": "приказ"}),
    *_both(
        "territory:merge",
        lambda c: {"units": c.units.kindergarten.pk, "closed": "31.12.2025", "basis": "приказ"},
    ),
    *_both("territory:event", lambda _c: {"day": "02.09.2020", "reason": "описка"}, _first_place),
)

_OF_THE_DEMO = one("territory.Unit", kind="school")


def _opening() -> dict[str, Any]:
    """Return the address of the opening of a school of the demo."""
    from avgust.web.territory.models import Unit

    unit = Unit.objects.filter(kind="school", opened__year=2024).order_by("pk")[0]
    return {"pk": unit.pk, "kind": "opened", "day": unit.opened.isoformat()}


PAGES = (
    Page("unit-add", "territory:add"),
    Page("unit-describe", "territory:describe", _OF_THE_DEMO),
    Page("unit-rename", "territory:rename", _OF_THE_DEMO),
    Page("unit-move", "territory:move", _OF_THE_DEMO),
    Page("unit-close", "territory:close", _OF_THE_DEMO),
    Page("unit-merge", "territory:merge", _OF_THE_DEMO),
    Page("unit-event", "territory:event", _opening),
)
