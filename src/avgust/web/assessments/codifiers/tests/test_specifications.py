"""What specifications make of codifiers: looked at, mended, named, told of; old ones stand as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from avgust.domain.assessment.codifiers import SubjectCode
from avgust.domain.assessment.codifiers.tests.making import SMALL, changed
from avgust.domain.tables.reading import read_sheets
from avgust.web.assessments import actions, specifying
from avgust.web.assessments.codifiers import actions as codifying
from avgust.web.assessments.codifiers import sweeping
from avgust.web.assessments.codifiers.choosing import asked_of, codifiers_in
from avgust.web.assessments.codifiers.models import CodifierDraft
from avgust.web.assessments.codifiers.tests.importing import ITEMS, SKILLS, imported, words
from avgust.web.assessments.models import Work
from avgust.web.audit.models import Entry as JournalEntry

pytestmark = pytest.mark.django_db


def test_an_edition_that_a_specification_names_is_not_undone(cast: Any, work: Work) -> None:
    edition = imported(cast)
    chosen = work.specification
    assert chosen is not None
    actions.choose_codifiers(work, actor=cast.analyst, content=edition, skills=None, against=chosen.pk)
    with pytest.raises(ValidationError):
        codifying.undo_edition(edition, actor=cast.analyst)


def test_items_are_looked_at_then_mended_and_named(client: Any, cast: Any, work: Work) -> None:
    content, skills = imported(cast), imported(cast, SKILLS)
    client.force_login(cast.analyst)
    address = reverse("assessments:choose_codifiers", args=[work.pk])
    said: dict[str, Any] = {"content": content.pk, "skills": skills.pk}
    page = client.get(address, said)
    text = words(page)
    assert page.context["unknown"] == 2  # 1.9 and the words in place of У2
    assert "нет в кодификаторе" in text
    assert "Ближайший: 1.2 Ударение" in text
    before = work.specification
    assert before is not None
    stale = client.post(address, {**said, "specification": before.pk + 1})
    assert stale.status_code == 422
    assert client.post(address, {**said, "specification": before.pk, "mend": ["2"]}).status_code == 302

    now = work.specification
    assert now is not None
    assert now.pk != before.pk
    assert [(one.content, one.skill) for one in now.items.all()] == [
        ("1.1", "У1"),
        ("1.2; 2.1", "У2"),
        ("", ""),
    ]
    assert (now.cuts, now.since, now.content_codifier, now.skill_codifier) == (
        before.cuts,
        before.since,
        content,
        skills,
    )
    asked = asked_of(now)
    assert asked[0].contents == ("Звонкие и глухие согласные",)
    assert asked[1].contents == ("Ударение", "Безударные гласные в корне")
    assert asked[1].skills == ("Писать под диктовку",)
    journal = JournalEntry.objects.get(code="assessments.codifiers_chosen")
    assert "ru-4-content/2025" in str(journal.after)

    page = client.get(work.get_absolute_url())
    assert page.context["unknown"] == 0
    assert "Звонкие и глухие согласные" in words(page)
    used = client.get(content.get_absolute_url()).context
    assert used["usage"].works == [work]
    assert {code: [one.items for one in found] for code, found in used["usage"].by_code.items()} == {
        "1.1": [["1"]], "1.2": [["2"]], "2.1": [["2"]],
    }  # fmt: skip


def test_an_old_specification_stands_without_codifiers(client: Any, cast: Any, work: Work) -> None:
    client.force_login(cast.analyst)
    page = client.get(work.get_absolute_url())
    assert page.context["unknown"] == 0
    assert "1.9; 2.1" in words(page)
    asked = asked_of(work.specification)  # type: ignore[arg-type]
    assert asked[1].contents == ("1.9", "2.1")  # codes that no codifier reads are still several


def test_a_specification_names_only_what_fits(cast: Any, work: Work) -> None:
    theirs = replace(SMALL, name="ma", subject=SubjectCode.MATHEMATICS)
    undone = imported(cast, replace(SMALL, name="ru-undone"))
    codifying.undo_edition(undone, actor=cast.analyst)
    below = codifying.draft_codifier(
        SMALL, actor=cast.municipal_officer, unit=cast.units.municipality, name="a"
    )
    wrong = {
        "another subject": imported(cast, theirs),
        "another kind": imported(cast, SKILLS),
        "of a unit below": codifying.apply_draft(below, actor=cast.municipal_officer, against=None),
        "undone": undone,
    }
    before = work.specification
    assert before is not None
    for name, edition in wrong.items():
        with pytest.raises(ValidationError, match="не подходит"):
            actions.choose_codifiers(
                work, actor=cast.analyst, content=edition, skills=None, against=before.pk
            )
        assert work.specification == before, name


def test_the_workbook_of_a_specification_carries_its_codifiers(cast: Any, work: Work) -> None:
    content, skills = imported(cast), imported(cast, SKILLS)
    before = work.specification
    assert before is not None
    named = actions.choose_codifiers(
        work, actor=cast.analyst, content=content, skills=skills, against=before.pk
    )
    data = specifying.specification_xlsx(work.specification)
    sheet = specifying.read_specification(data)
    assert (sheet.content_codifier, sheet.skill_codifier) == ("ru-4-content/2025", "ru-4-skills/2025")
    assert sheet.items == named.value().items
    assert any("Звонкие и глухие согласные" in map(str, row) for row in read_sheets(data)[0].rows)
    said = codifiers_in(work, sheet.content_codifier, sheet.skill_codifier)
    assert said == {"content_codifier": content, "skill_codifier": skills}
    assert codifiers_in(work, None, "") == {"content_codifier": content, "skill_codifier": None}
    with pytest.raises(ValidationError, match="ru-4-content/2025"):
        codifiers_in(work, "ru-4-content/1999", None)


def test_the_nearest_territory_lends_its_codifier(cast: Any) -> None:
    imported(cast)
    draft = codifying.draft_codifier(
        SMALL, actor=cast.municipal_officer, unit=cast.units.municipality, name="a"
    )
    ours = codifying.apply_draft(draft, actor=cast.municipal_officer, against=None)
    made = actions.add_work(
        actor=cast.head, unit=cast.units.school, title="Своя", procedure="own", subject="ru", grade=4,
        school_year=2025, held_on=date(2026, 4, 15),
    )  # fmt: skip
    assert codifiers_in(made, "ru-4-content/2025", "")["content_codifier"] == ours


def test_a_specification_from_a_workbook_tells_of_unknown_codes(client: Any, cast: Any, work: Work) -> None:
    content = imported(cast)
    before = work.specification
    assert before is not None
    actions.choose_codifiers(work, actor=cast.analyst, content=content, skills=None, against=before.pk)
    client.force_login(cast.analyst)
    sent = SimpleUploadedFile("s.xlsx", specifying.specification_xlsx(work.specification))
    page = client.post(reverse("assessments:specify", args=[work.pk]), {"file": sent}, follow=True)
    assert "В кодификаторах нет 1 кода" in words(page)
    assert page.context["unknown"] == 1


def test_queries_do_not_grow_with_works(
    client: Any, cast: Any, work: Work, django_assert_max_num_queries: Any
) -> None:
    edition = imported(cast)
    client.force_login(cast.analyst)
    for number in range(6):
        made = actions.add_work(
            actor=cast.analyst, unit=cast.units.region, title=f"Работа {number}", procedure="rpr", subject="ru",
            grade=4, school_year=2025, held_on=date(2026, 4, 15),
        )  # fmt: skip
        actions.set_specification(
            made, actor=cast.analyst, items=ITEMS, cuts={}, since=date(2026, 3, 1), content_codifier=edition
        )
    with django_assert_max_num_queries(30):
        page = client.get(edition.get_absolute_url())
    assert len(page.context["usage"].works) == 6
    assert page.context["rows"][1]["more"] == 4
    entry = client.get(reverse("assessments:codifier_entry", args=[edition.pk]), {"code": "1.1"})
    assert len(entry.context["used"]) == 6


def test_an_edition_that_did_not_hold_on_the_day_is_told(client: Any, cast: Any, work: Work) -> None:
    early = imported(cast, replace(SMALL, edition="2020", since=date(2020, 9, 1)))
    held = imported(cast, against=early.pk)
    later = imported(cast, changed(SMALL), against=held.pk)
    client.force_login(cast.analyst)
    for edition, says in ((held, ""), (early, "с 01.09.2020 по 31.08.2025"), (later, "с 01.09.2026")):
        chosen = work.specification
        assert chosen is not None
        actions.choose_codifiers(work, actor=cast.analyst, content=edition, skills=None, against=chosen.pk)
        page = words(client.get(work.get_absolute_url()))
        assert ("не действовала" in page) == bool(says)
        assert says in page
        assert ("действовала редакция" in page) == bool(says)  # the one of 2025 did


def test_drafts_that_nobody_imported_are_swept(cast: Any) -> None:
    edition = imported(cast)
    drafts = [
        codifying.draft_codifier(one, actor=cast.analyst, unit=cast.units.region, name="c.json")
        for one in (changed(SMALL), SKILLS)
    ]
    CodifierDraft.objects.exclude(pk=drafts[1].pk).update(uploaded_at=timezone.now() - timedelta(days=31))
    sweeping.sweep_daily("2026-11-29")
    assert set(CodifierDraft.objects.values_list("status", "made")) == {
        ("applied", edition.pk),
        ("checking", None),
    }
    assert CodifierDraft.objects.filter(pk=drafts[1].pk).exists()
