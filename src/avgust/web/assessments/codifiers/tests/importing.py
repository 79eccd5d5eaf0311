"""Codifiers and items that tests of the browser share, and importing one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from avgust.domain.assessment.codifiers import Codifier, Entry, Kind
from avgust.domain.assessment.codifiers.tests.making import SMALL
from avgust.domain.assessment.works import Item
from avgust.web.assessments.codifiers import actions as codifying
from avgust.web.assessments.codifiers.models import CodifierEdition

SKILLS = replace(
    SMALL, name="ru-4-skills", kind=Kind.SKILLS, title="Умения, русский язык, 4 класс",
    entries=(Entry("У1", "Различать звуки"), Entry("У2", "Писать под диктовку")),
)  # fmt: skip
ITEMS = (Item("1", 2, None, "1.1", "У1"), Item("2", 1, None, "1.9; 2.1", "Писать под диктовку"), Item("3", 1))


def words(page: Any) -> str:
    """Return a page with plain spaces where it binds words."""
    return str(page.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def imported(
    cast: Any, codifier: Codifier = SMALL, against: int | None = None, unit: Any = None
) -> CodifierEdition:
    unit = unit or cast.units.region
    draft = codifying.draft_codifier(codifier, actor=cast.analyst, unit=unit, name="codifier.json")
    return codifying.apply_draft(draft, actor=cast.analyst, against=against)
