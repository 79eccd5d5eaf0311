"""Codifiers of Russian in grade 4 of the fictional region: content in two editions, skills in one.

The later edition of content moved parts of speech out of the composition of words, so that most codes changed
while the titles of what works check did not: years stay comparable. The later edition of skills waits for a
second look.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from avgust.domain.assessment.codifiers import Codifier
    from avgust.domain.assessment.works import Item
    from avgust.web.accounts.models import User
    from avgust.web.assessments.codifiers.models import CodifierEdition
    from avgust.web.territory.models import Unit

_TABLES: Final = Path(__file__).parent / "texts" / "codifiers"


def load_codifiers(region: Unit, analyst: User, spring: int) -> dict[str, list[CodifierEdition]]:
    """Import the editions that stand in the last spring, by kind, the first one first; leave one draft."""
    content = [
        _imported(region, analyst, "ru-4-content-first", spring - 4),
        _imported(region, analyst, "ru-4-content-second", spring - 1),
    ]
    skills = [_imported(region, analyst, "ru-4-skills-first", spring - 4)]
    _drafted(region, analyst, "ru-4-skills-second", spring)
    return {"content": content, "skills": skills}


def coded(items: Sequence[Item], content: CodifierEdition, skills: CodifierEdition) -> tuple[Item, ...]:
    """Return items with codes in place of the words that the codifiers know."""
    from dataclasses import replace

    from avgust.web.assessments.codifiers.shelf import codes_of

    by_content, by_skills = codes_of(content), codes_of(skills)
    return tuple(
        replace(item, content=by_content.mended(item.content), skill=by_skills.mended(item.skill))
        for item in items
    )


def edition_in(name: str, year: int) -> Codifier:
    """Return an edition that is in force from September of a year."""
    from avgust.domain.assessment.codifiers import Fact
    from avgust.domain.assessment.codifiers.table import from_table
    from avgust.domain.tables.reading import read_sheets

    given = {
        Fact.EDITION: str(year),
        Fact.SINCE: date(year, 9, 1).isoformat(),
        Fact.DAY: date(year, 6, 10).isoformat(),
        Fact.NUMBER: f"{year % 100 + 60}-о",
    }
    reading = from_table(read_sheets((_TABLES / f"{name}.csv").read_bytes()), given)
    if reading.codifier is None:
        raise ValueError("; ".join(fault.render() for fault in reading.faults))
    return reading.codifier


def _imported(region: Unit, analyst: User, name: str, year: int) -> CodifierEdition:
    from avgust.web.assessments.codifiers import actions, shelf

    codifier = edition_in(name, year)
    earlier = shelf.earlier_of(shelf.editions_of(region, codifier.name), codifier.since)
    draft = actions.draft_codifier(codifier, actor=analyst, unit=region, name=f"{codifier.name}-{year}.csv")
    return actions.apply_draft(draft, actor=analyst, against=earlier.pk if earlier else None)


def _drafted(region: Unit, analyst: User, name: str, year: int) -> None:
    from avgust.web.assessments.codifiers import actions

    codifier = edition_in(name, year)
    actions.draft_codifier(codifier, actor=analyst, unit=region, name=f"{codifier.name}-{year}.csv")
