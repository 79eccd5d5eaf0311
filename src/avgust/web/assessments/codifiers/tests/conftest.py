"""A work with a specification; tables are read without a process of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from avgust.domain.tables.reading import read_sheets
from avgust.web.assessments import actions, specifying
from avgust.web.assessments.codifiers import actions as codifying
from avgust.web.assessments.codifiers.tests.importing import ITEMS
from avgust.web.assessments.models import Work


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codifying, "read_table_isolated", read_sheets)
    monkeypatch.setattr(specifying, "read_table_isolated", read_sheets)


@pytest.fixture
def work(cast: Any) -> Work:
    made = actions.add_work(
        actor=cast.analyst, unit=cast.units.region, title="ВПР 2026", procedure="vpr", subject="ru", grade=4,
        school_year=2025, held_on=date(2026, 4, 15),
    )  # fmt: skip
    actions.set_specification(made, actor=cast.analyst, items=ITEMS, cuts={3: 2}, since=date(2026, 3, 1))
    return made
