"""Codifiers in the browser: from a file over the difference to the tree, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from avgust.domain.assessment.codifiers import Codifier, Entry, Kind, SubjectCode
from avgust.domain.assessment.codifiers.files import codifier_xlsx
from avgust.domain.assessment.codifiers.package import from_package, to_package
from avgust.domain.assessment.codifiers.tests.making import SMALL, changed
from avgust.web.assessments.codifiers import actions as codifying
from avgust.web.assessments.codifiers.models import CodifierDraft, CodifierEdition, CodifierEntry, KindName
from avgust.web.assessments.codifiers.tests.importing import SKILLS, imported, words
from avgust.web.assessments.subjects import Subject
from avgust.web.audit.models import Entry as JournalEntry

pytestmark = pytest.mark.django_db

HOSTILE = "<b>\"&'</b>"


def test_subjects_and_kinds_are_those_of_the_domain() -> None:
    assert set(Subject.values) == set(SubjectCode)
    assert set(KindName.values) == set(Kind)


def test_the_whole_way_from_a_table_to_an_edition_and_back(client: Any, cast: Any) -> None:
    client.force_login(cast.analyst)
    first = imported(cast)
    later = changed(
        SMALL, Entry("1.2", "Ударный слог", "1", (4,)), Entry("3", HOSTILE), Entry("2.1", "Безударные гласные в корне", "1", (4,)),
        without=("2.10",),
    )  # fmt: skip
    sent = SimpleUploadedFile("кодификатор.xlsx", codifier_xlsx(later))
    asked = client.post(reverse("assessments:codifier_import"), {"file": sent, "unit": cast.units.region.pk})
    draft = CodifierDraft.objects.get(status="checking")
    assert asked.headers["Location"] == reverse("assessments:codifier_draft", args=[draft.pk])
    assert CodifierEdition.objects.count() == 1  # nothing is in force before the second look

    page = client.get(asked.headers["Location"])
    text = words(page)
    assert [(part.key, part.count) for part in page.context["parts"]] == [
        ("added", 1), ("gone", 1), ("renamed", 1), ("moved", 1),
    ]  # fmt: skip
    assert "Ударный слог" in text
    assert HOSTILE not in text
    shown = {"against": page.context["earlier"].pk}
    done = client.post(reverse("assessments:codifier_apply", args=[draft.pk]), shown)
    made = CodifierEdition.objects.get(edition="2026")
    assert done.headers["Location"] == made.get_absolute_url()
    draft.refresh_from_db()
    assert (draft.status, draft.package, draft.made) == ("applied", "", made)
    assert (made.imported_by, made.size) == (cast.analyst, len(later.entries))
    assert JournalEntry.objects.filter(code="assessments.codifier_imported").count() == 2

    tree = client.get(made.get_absolute_url())
    assert [row["entry"].code for row in tree.context["rows"]] == ["1", "1.1", "1.2", "2.1", "2", "3"]
    assert tree.context["days"] == (date(2026, 9, 1), None)
    assert client.get(first.get_absolute_url()).context["days"] == (date(2025, 9, 1), date(2026, 8, 31))
    package = client.get(reverse("assessments:codifier_package", args=[made.pk]))
    assert from_package(package.content).codifier == later
    workbook = client.get(reverse("assessments:codifier_workbook", args=[made.pk]))
    assert workbook.content.startswith(b"PK")
    changes = client.get(reverse("assessments:codifier_changes", args=[made.pk]))
    assert changes.context["said"].count == 4

    client.post(reverse("assessments:codifier_undo", args=[made.pk]))
    made.refresh_from_db()
    assert made.undone_by == cast.analyst
    assert client.get(reverse("assessments:codifier_changes", args=[made.pk])).status_code == 404
    listed = client.get(reverse("assessments:codifiers"))
    assert [one["edition"] for group in listed.context["groups"] for one in group["editions"]] == [first]
    assert imported(cast, later, against=first.pk).size == len(
        later.entries
    )  # the same edition may come again


def test_every_fault_of_a_file_is_told_and_nothing_is_kept(client: Any, cast: Any) -> None:
    client.force_login(cast.analyst)
    data = to_package(SMALL).decode().replace('"1.2"', '"1.1"').replace("2025-09-01", "2025-13-01").encode()
    said = {"file": SimpleUploadedFile("a.json", data), "unit": cast.units.region.pk}
    page = client.post(reverse("assessments:codifier_import"), said)
    assert page.status_code == 422
    assert len(page.context["faults"]) == 2
    assert "Запись 3: код «1.1» уже есть в записи 2" in words(page)
    assert not CodifierDraft.objects.exists()


def test_a_bare_table_takes_the_rest_from_the_form(client: Any, cast: Any) -> None:
    client.force_login(cast.analyst)
    said = {
        "file": SimpleUploadedFile("a.csv", "Код;Элемент содержания\n1;Счёт\n1.1;Сложение\n".encode()),
        "unit": cast.units.region.pk, "subject": "ma", "kind": "content", "grades": "1-4", "edition": "2026",
        "title": "Элементы содержания, математика", "since": "01.09.2026", "basis": "Приказ", "number": "5",
        "day": "10.06.2026",
    }  # fmt: skip
    assert client.post(reverse("assessments:codifier_import"), said).status_code == 302
    read = codifying.codifier_in(CodifierDraft.objects.get())
    assert (read.name, read.subject, read.basis.number, read.basis.day) == (
        "ma-1-4-content", SubjectCode.MATHEMATICS, "5", date(2026, 6, 10),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("the same edition", replace(SMALL, since=date(2027, 1, 1))),
        ("the same day", replace(SMALL, edition="2025-2")),
        ("another kind", replace(SMALL, edition="2026", since=date(2026, 9, 1), kind=Kind.SKILLS)),
        (
            "another subject",
            replace(SMALL, edition="2026", since=date(2026, 9, 1), subject=SubjectCode.MATHEMATICS),
        ),
    ],
)
def test_an_edition_that_contradicts_another_is_refused(cast: Any, name: str, other: Codifier) -> None:
    imported(cast)
    with pytest.raises(ValidationError):
        imported(cast, other)
    assert not CodifierDraft.objects.filter(status="checking").exists(), name


def test_a_draft_is_imported_against_what_was_looked_at(cast: Any) -> None:
    later = changed(SMALL, without=("1.2",))
    draft = codifying.draft_codifier(later, actor=cast.analyst, unit=cast.units.region, name="a.json")
    first = imported(cast)  # meanwhile
    with pytest.raises(ValidationError):
        codifying.apply_draft(draft, actor=cast.analyst, against=None)
    made = codifying.apply_draft(draft, actor=cast.analyst, against=first.pk)
    for again in (
        codifying.drop_draft,
        lambda one, actor: codifying.apply_draft(one, actor=actor, against=made.pk),
    ):
        with pytest.raises(ValidationError):
            again(draft, actor=cast.analyst)


def test_a_draft_is_put_away(cast: Any) -> None:
    draft = codifying.draft_codifier(SMALL, actor=cast.analyst, unit=cast.units.region, name="a.json")
    codifying.drop_draft(draft, actor=cast.analyst)
    draft.refresh_from_db()
    assert (draft.status, draft.package) == ("dropped", "")


def test_who_imports_nothing_changes_nothing(cast: Any) -> None:
    edition = imported(cast)
    draft = codifying.draft_codifier(SKILLS, actor=cast.analyst, unit=cast.units.region, name="a.json")
    acts: dict[str, Callable[[Any], Any]] = {
        "undo": lambda who: codifying.undo_edition(edition, actor=who),
        "apply": lambda who: codifying.apply_draft(draft, actor=who, against=None),
        "drop": lambda who: codifying.drop_draft(draft, actor=who),
        "draft": lambda who: codifying.draft_codifier(SKILLS, actor=who, unit=cast.units.region, name=""),
    }
    for who in (cast.methodologist, cast.observer, cast.municipal_officer):
        for act in acts.values():
            with pytest.raises(PermissionDenied):
                act(who)


def test_a_tree_is_searched_and_divided(client: Any, cast: Any) -> None:
    edition = imported(cast, changed(SMALL, Entry("3", "Счёт предложений")))
    client.force_login(cast.head)
    address = edition.get_absolute_url()
    found = client.get(address, {"q": "СЧЕТ"}, headers={"HX-Request": "true"})
    assert [row["entry"].code for row in found.context["rows"]] == ["3"]
    assert "<html" not in found.content.decode()
    above = client.get(address, {"q": "удар"}).context
    assert [(row["entry"].code, row["hit"]) for row in above["rows"]] == [("1", False), ("1.2", True)]
    assert above["hits"] == 1
    part = client.get(address, {"section": "2"}).context
    assert [row["entry"].code for row in part["rows"]] == ["2", "2.1", "2.10"]
    assert (
        client.get(reverse("assessments:codifier_entry", args=[edition.pk]), {"code": "2.10"}).status_code
        == 200
    )
    assert (
        client.get(reverse("assessments:codifier_entry", args=[edition.pk]), {"code": "9"}).status_code == 404
    )


def large(count: int = 2_000) -> Codifier:
    """Return a codifier of 20 sections and entries under them."""
    entries = [Entry(f"{n}", f"Раздел {n}") for n in range(1, 21)]
    entries += [
        Entry(f"{n % 20 + 1}.{n}", f"Элемент содержания {n}", f"{n % 20 + 1}") for n in range(count - 20)
    ]
    return replace(SMALL, name="ru-large", entries=tuple(entries))


def test_queries_do_not_grow_with_entries(client: Any, cast: Any, django_assert_max_num_queries: Any) -> None:
    draft = codifying.draft_codifier(large(), actor=cast.analyst, unit=cast.units.region, name="a.json")
    with django_assert_max_num_queries(
        45
    ):  # three inserts of entries, as SQLite takes them; the rest is constant
        edition = codifying.apply_draft(draft, actor=cast.analyst, against=None)
    assert CodifierEntry.objects.filter(edition=edition).count() == 2_000
    client.force_login(cast.analyst)
    for query in ({}, {"q": "элемент"}, {"page": "3"}, {"section": "7"}):
        with django_assert_max_num_queries(30):
            assert client.get(edition.get_absolute_url(), query).status_code == 200
    with django_assert_max_num_queries(30):
        assert client.get(reverse("assessments:codifiers")).status_code == 200
    with django_assert_max_num_queries(30):
        assert client.get(reverse("assessments:codifier_package", args=[edition.pk])).status_code == 200
