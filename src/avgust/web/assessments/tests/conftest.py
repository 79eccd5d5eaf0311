"""The work that tests of uploads import into."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from avgust.domain.tables.reading import read_sheets
from avgust.web.assessments import actions, specifying, tables
from avgust.web.assessments.models import Work
from avgust.web.assessments.schools import SYSTEM
from avgust.web.assessments.tests.sending import OURS, THEIRS, WORK
from avgust.web.territory.models import ExternalId


@pytest.fixture(autouse=True)
def _here(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR, settings.UPLOADS = tmp_path, tmp_path / "uploads"
    monkeypatch.setattr(tables, "read_table_isolated", read_sheets)
    monkeypatch.setattr(specifying, "read_table_isolated", read_sheets)


@pytest.fixture
def work(cast: Any) -> Work:
    for school, unit in ((OURS, cast.units.school), (THEIRS, cast.units.neighbour_school)):
        ExternalId.objects.create(unit=unit, system=SYSTEM, value=school.code)
    made = actions.add_work(
        actor=cast.analyst, unit=cast.units.region, title="ВПР 2026, русский язык, 4 класс", procedure="vpr",
        subject="ru", grade=4, school_year=2025, held_on=date(2026, 4, 15),
    )  # fmt: skip
    actions.set_specification(
        made,
        actor=cast.analyst,
        items=WORK.items,
        cuts=WORK.cuts,
        since=date(2026, 3, 1),
        basis="Порядок 2026",
    )
    return made
