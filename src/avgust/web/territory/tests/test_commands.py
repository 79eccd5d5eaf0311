"""The commands of the server that make the first region and its first people."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from avgust.web.accounts.models import User
from avgust.web.accounts.rights import Action
from avgust.web.audit.models import Entry
from avgust.web.territory.actions import add_unit
from avgust.web.territory.models import Unit


def test_an_empty_database_gets_its_region_and_its_administrator(db: None) -> None:
    call_command("add_unit", "region", "Приреченская область", "--founder", "regional")
    call_command("add_unit", "municipality", "Заозёрный округ", "--under", "область", "--since", "2024-09-01")
    call_command(
        "appoint", "first@avgust.test", "admin", "Приреченская область", "--name", "Первый", "--no-password"
    )
    region, municipality = Unit.objects.get(kind="region"), Unit.objects.get(kind="municipality")
    assert municipality.parent_on(timezone.localdate()) == region
    assert municipality.opened == date(2024, 9, 1)
    assert User.objects.get().may(Action.MANAGE_ACCOUNTS, municipality)
    assert [entry.code for entry in Entry.objects.order_by("pk")] == [
        "territory.founded",
        "territory.added",
        "accounts.added",
        "accounts.appointed",
    ]


def test_nobody_else_adds_a_top(cast: Any) -> None:
    with pytest.raises(PermissionDenied):
        add_unit(
            Unit(kind="region", name="Другая область"),
            parent=None,
            since=date(2025, 9, 1),
            actor=cast.regional_officer,
        )


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(["school", ""], id="no name"),
        pytest.param(["school", "Школа", "--inn", "1" * 13], id="a tax number too long"),
        pytest.param(["school", "Школа", "--under", "нет такой"], id="under nothing known"),
        pytest.param(["school", "Школа", "--under", "школа"], id="under several"),
    ],
)
def test_what_cannot_be_added_is_said(cast: Any, asked: list[str]) -> None:
    before = Unit.objects.count()
    with pytest.raises(CommandError):
        call_command("add_unit", *asked)
    assert Unit.objects.count() == before


def test_an_exact_name_is_preferred_to_names_that_hold_it(cast: Any) -> None:
    name = cast.units.school.short_name
    add_unit(
        Unit(kind="other", name=f"Филиал: {name}"),
        parent=cast.units.municipality,
        since=date(2025, 9, 1),
        actor=None,
    )
    call_command("appoint", "x@avgust.test", "head", name, "--name", "Икс", "--no-password")
    assert User.objects.get(email="x@avgust.test").posts.get().unit == cast.units.school
