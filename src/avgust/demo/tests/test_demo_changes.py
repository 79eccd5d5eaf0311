"""Three years of changes of the demo's territory: on each day it is what it was, today it is `units()`."""

from __future__ import annotations

from datetime import date

import pytest

from avgust.demo.changes import FORMER, MERGERS, MOVES, ONCE_IN, OPENINGS, RENAMINGS, at_first
from avgust.demo.loading import load
from avgust.demo.territory import units

TODAY = date(2026, 3, 12)  # the school year begins in 2025


def test_the_tables_name_what_is_there() -> None:
    known = {unit.key for unit in units()}
    former = {unit.key for unit in FORMER}
    assert not known & former
    assert {one.unit for one in MOVES} <= set(ONCE_IN)
    assert set(ONCE_IN) | set(OPENINGS) | {one.unit for one in RENAMINGS} <= known
    assert {key for merger in MERGERS for key in merger.units} == former
    first = at_first(2025)
    keys = [unit.key for unit in first]
    assert len(set(keys)) == len(keys) == len(known) + len(former)
    assert all(unit.parent is None or unit.parent in keys[: keys.index(unit.key)] for unit in first)


@pytest.mark.django_db
def test_the_territory_of_each_day(read_here: None) -> None:
    from avgust.web.accounts.models import User
    from avgust.web.audit.models import Entry
    from avgust.web.territory import changes
    from avgust.web.territory.models import Unit

    load(TODAY)
    listed = {unit.name for unit in units()}
    assert {unit.name for unit in Unit.objects.on(date(2026, 1, 1))} == listed
    school = Unit.objects.get(short_name="Заречная СОШ")
    assert str(school.parent_on(date(2023, 12, 31))) == "Заречный муниципальный округ"
    assert str(school.parent_on(date(2024, 1, 1))) == "Луговской муниципальный округ"
    lyceum = Unit.objects.get(short_name="Лицей № 7")
    assert [former.short_name for former in lyceum.former_names.all()] == ["Школа № 7"]
    officer = User.objects.get(email="region@avgust.example")
    kinds = {change.kind for change in changes.between(officer, date(2023, 9, 1), TODAY)}
    assert kinds == {"opened", "closed", "moved", "renamed"}
    moved = changes.between(officer, date(2025, 9, 1), TODAY)
    assert [str(change.unit) for change in moved] == ["Дубравинская СОШ", "Детский сад «Ромашка»"]
    assert {entry.actor for entry in Entry.objects.filter(code__startswith="territory.")} == {officer}
