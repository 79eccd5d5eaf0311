"""Reports tell of content elements and skills by title where a specification names its codifiers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from avgust.domain.assessment.codifiers import Entry, Kind, SubjectCode
from avgust.domain.assessment.codifiers.tests.making import SMALL
from avgust.web.assessments.actions import choose_codifiers, set_specification
from avgust.web.assessments.codifiers import actions
from avgust.web.readings.source import source_of
from avgust.web.readings.tests.making import ITEMS, schools_of, work_of

pytestmark = pytest.mark.django_db

CONTENT = replace(
    SMALL, name="ma-6-content", subject=SubjectCode.MATHEMATICS,
    entries=tuple(Entry(f"1.{n}", item.content) for n, item in enumerate(ITEMS, start=1)),
)  # fmt: skip
SKILLS = replace(
    CONTENT, name="ma-6-skills", kind=Kind.SKILLS,
    entries=(Entry("У1", "Вычислять"), Entry("У2", "Рассуждать")),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _here(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


def test_codes_are_told_by_their_titles(cast: Any, client: Any) -> None:
    work = work_of(cast, schools_of(cast), 2026, 6)
    words = source_of(work).asked  # type: ignore[union-attr]
    named = []
    for codifier in (CONTENT, SKILLS):
        draft = actions.draft_codifier(codifier, actor=cast.analyst, unit=cast.units.region, name="a.json")
        named.append(actions.apply_draft(draft, actor=cast.analyst, against=None))
    made = choose_codifiers(
        work, actor=cast.analyst, content=named[0], skills=named[1], mend=["1", "2", "3", "4"],
        against=work.specification.pk,  # type: ignore[union-attr]
    )  # fmt: skip
    assert [(item.content, item.skill) for item in made.items.all()] == [
        ("1.1", "У1"), ("1.2", "У1"), ("1.3", "У2"), ("1.4", "У2"),
    ]  # fmt: skip
    told = source_of(work).asked  # type: ignore[union-attr]
    assert told.topics == words.topics
    assert told.asked == words.asked  # a year in words and a year in codes stay comparable
    client.force_login(cast.analyst)
    page = client.get(reverse("readings:territory", args=[work.pk, cast.units.region.pk]))
    text = page.content.decode()
    assert "Рассуждать" in text
    assert "У2" not in text


def test_an_item_of_several_codes_counts_for_each_and_the_report_says_so(cast: Any, client: Any) -> None:
    work = work_of(cast, schools_of(cast), 2026, 6)
    now = work.specification
    assert now is not None
    items = [
        replace(one, content="Дроби; Проценты", skill="Вычислять; Рассуждать") if one.code == "1" else one
        for one in now.value().items
    ]
    set_specification(work, actor=cast.analyst, items=items, cuts=now.value().cuts, since=now.since)
    source = source_of(work)
    assert source is not None
    asked = {(topic.kind.value, topic.name, topic.level.value): topic.items for topic in source.asked.topics}
    assert asked["content", "Дроби", "basic"] == (0,)
    assert asked["content", "Проценты", "basic"] == (0, 1)
    assert asked["skill", "Вычислять", "basic"] == (0, 1)
    assert asked["skill", "Рассуждать", "basic"] == (0,)
    client.force_login(cast.analyst)
    for name in ("territory", "request"):
        text = client.get(reverse(f"readings:{name}", args=[work.pk, cast.units.region.pk])).content.decode()
        assert "учтено всеми баллами в каждом" in text.replace("\xa0", " "), name


def test_a_report_says_that_an_edition_did_not_hold(cast: Any, client: Any) -> None:
    work = work_of(cast, schools_of(cast), 2026, 6)
    later = replace(CONTENT, since=date(2026, 9, 1))
    draft = actions.draft_codifier(later, actor=cast.analyst, unit=cast.units.region, name="a.json")
    edition = actions.apply_draft(draft, actor=cast.analyst, against=None)
    choose_codifiers(
        work, actor=cast.analyst, content=edition, skills=None, mend=[],
        against=work.specification.pk,  # type: ignore[union-attr]
    )  # fmt: skip
    client.force_login(cast.analyst)
    page = client.get(reverse("readings:school", args=[work.pk, cast.units.school.pk]))
    assert "в день работы, 15.04.2026, не действовала" in page.content.decode().replace("\xa0", " ")
