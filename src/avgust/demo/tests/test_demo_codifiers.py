"""The codifiers of the demo know what its works check, in both editions, and the editions differ in every way."""

from __future__ import annotations

import pytest

from avgust.demo.codifiers import edition_in
from avgust.domain.assessment.codifiers.difference import difference
from avgust.domain.assessment.codifiers.naming import Codes
from avgust.domain.assessment.simulation import PROFILES

ITEMS = PROFILES["ru4"].specification.items


@pytest.mark.parametrize("name", ["ru-4-content-first", "ru-4-content-second"])
def test_every_content_element_has_its_code(name: str) -> None:
    codes = Codes(edition_in(name, 2025))
    for item in ITEMS:
        code = codes.mended(item.content)
        assert code != item.content
        assert codes.titles(code) == (item.content,)  # two editions tell of it alike: years stay comparable


def test_every_skill_has_its_code() -> None:
    codes = Codes(edition_in("ru-4-skills-first", 2022))
    assert {codes.titles(codes.mended(item.skill)) for item in ITEMS} == {(item.skill,) for item in ITEMS}


def test_the_editions_have_something_to_show() -> None:
    content = difference(edition_in("ru-4-content-first", 2022), edition_in("ru-4-content-second", 2025))
    assert content.added
    assert content.gone
    assert content.recoded
    assert content.renamed
    skills = difference(edition_in("ru-4-skills-first", 2022), edition_in("ru-4-skills-second", 2026))
    assert (len(skills.added), len(skills.recoded), len(skills.renamed)) == (2, 1, 1)
