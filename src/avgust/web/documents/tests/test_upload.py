"""Upload: a file becomes a document once, and a bad one changes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from avgust.domain.resolutions.readers.errors import ReadError
from avgust.web import files
from avgust.web.audit.models import Entry
from avgust.web.documents.actions import delete_document, upload_document
from avgust.web.documents.models import Document, Reading
from avgust.web.documents.standing import resolution_of

TEXT = "РЕШЕНИЕ\nсовещания 28 августа 2025 года\n\nРЕШИЛИ:\n1. Школам провести ярмарку профессий до 1 мая 2026 года.\n"


def test_a_file_is_read_in_a_process_of_its_own_and_kept(cast: Any) -> None:
    done = upload_document(
        actor=cast.municipal_officer, unit=cast.units.municipality, name="решение.txt", data=TEXT.encode()
    )
    document = Document.objects.get()
    assert (done.created, done.document) == (True, document)
    assert (document.measures, document.checked, document.format) == (1, 0, "txt")
    assert files.place_of(document.sha256).read_bytes() == TEXT.encode()
    assert resolution_of(document).clauses[0].text.startswith("Школам провести ярмарку")
    assert Entry.objects.get().code == "documents.uploaded"


def test_the_same_file_in_the_same_unit_is_the_same_document(uploaded: Any, cast: Any) -> None:
    first = uploaded()
    again = upload_document(
        actor=cast.regional_officer, unit=cast.units.municipality, name="другое имя.txt",
        data=files.place_of(first.sha256).read_bytes(),
    )  # fmt: skip
    assert (again.document, again.created) == (first, False)
    assert uploaded(unit=cast.units.region, actor=cast.regional_officer) != first


def test_a_file_that_cannot_be_read_leaves_nothing(cast: Any) -> None:
    with pytest.raises(ReadError):
        upload_document(
            actor=cast.municipal_officer,
            unit=cast.units.municipality,
            name="пусто.docx",
            data=b"PK\x03\x04 broken",
        )
    assert not Document.objects.exists()
    assert not Reading.objects.exists()
    assert not Entry.objects.exists()


def test_who_may_not_upload_is_refused(cast: Any, read_here: None) -> None:
    with pytest.raises(PermissionDenied):
        upload_document(actor=cast.analyst, unit=cast.units.region, name="a.txt", data=TEXT.encode())
    with pytest.raises(PermissionDenied):
        upload_document(
            actor=cast.foreign_officer, unit=cast.units.municipality, name="a.txt", data=TEXT.encode()
        )


def file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_one_good_file_leads_to_its_review(cast: Any, signed_in: Any, read_here: None) -> None:
    client = signed_in(cast.municipal_officer)
    answer = client.post(reverse("documents:upload"), {"file": file("a.txt", TEXT.encode())})
    assert answer.status_code == 302
    assert answer["Location"] == Document.objects.get().get_absolute_url()


def test_each_of_several_files_has_its_own_line(cast: Any, signed_in: Any, read_here: None) -> None:
    client = signed_in(cast.municipal_officer)
    given = [
        file("good.txt", TEXT.encode()),
        file("empty.docx", b""),
        file("<b>bad</b>.pdf", b"%PDF-1.4 nothing"),
    ]
    answer = client.post(reverse("documents:upload"), {"file": given})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert Document.objects.get().file_name == "good.txt"
    assert "<b>bad</b>.pdf" not in page
    assert page.count('class="is-bad"') == 2


def test_a_line_for_the_script(cast: Any, signed_in: Any, read_here: None) -> None:
    answer = signed_in(cast.municipal_officer).post(
        reverse("documents:upload"), {"file": file("a.txt", TEXT.encode())}, headers={"X-Avgust-Upload": "1"}
    )
    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith("<li")
    assert Document.objects.get().get_absolute_url() in answer.content.decode()


def test_the_list_is_asked_anew_with_its_sentence(cast: Any, signed_in: Any, document: Any) -> None:
    answer = signed_in(cast.municipal_officer).get(reverse("documents:list"), headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert page.startswith('<div id="d-list">')
    assert document.title in page.replace("\u00a0", " ")
    assert 'id="d-lede" hx-swap-oob="true"' in page


def test_no_file_is_said_in_words(cast: Any, signed_in: Any) -> None:
    assert signed_in(cast.municipal_officer).post(reverse("documents:upload")).status_code == 422


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("../../etc/passwd", id="a way up"),
        pytest.param("C:\\Users\\x\\план.txt", id="a Windows way"),
        pytest.param("a" * 400 + ".txt", id="very long"),
        pytest.param("x\r\nSet-Cookie: a=b.txt", id="line breaks"),
        pytest.param("", id="no name"),
    ],
)
def test_a_hostile_name_stays_a_name(cast: Any, signed_in: Any, uploaded: Any, name: str) -> None:
    document = uploaded(name=name)
    assert 0 < len(document.file_name) <= 255
    assert not {"/", "\\"} & set(document.file_name)
    answer = signed_in(cast.municipal_officer).get(reverse("documents:file", args=[document.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content)


def test_a_reviewed_document_may_be_deleted_with_its_file(
    cast: Any, document: Any, django_capture_on_commit_callbacks: Any
) -> None:
    place = files.place_of(document.sha256)
    with django_capture_on_commit_callbacks(execute=True):
        delete_document(document, actor=cast.municipal_officer)
    assert not Document.objects.exists()
    assert not place.exists()
    assert Entry.objects.filter(code="documents.deleted").exists()


def test_a_file_for_a_unit_of_others_is_refused(cast: Any, signed_in: Any, read_here: None) -> None:
    given = {"file": file("a.txt", TEXT.encode()), "unit": str(cast.units.neighbour.pk)}
    assert signed_in(cast.municipal_officer).post(reverse("documents:upload"), given).status_code == 404
    assert not Document.objects.exists()


def test_a_lost_file_is_not_found(cast: Any, document: Any, signed_in: Any) -> None:
    files.place_of(document.sha256).unlink()
    address = reverse("documents:file", args=[document.pk])
    assert signed_in(cast.municipal_officer).get(address).status_code == 404


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("2025-08-29", date(2025, 8, 29), id="from the calendar"),
        pytest.param("29.08.2025", date(2025, 8, 29), id="typed"),
        pytest.param("", None, id="taken away"),
        pytest.param("31.02.2025", date(2025, 8, 28), id="no such day"),
    ],
)
def test_the_day_of_adoption_from_the_page(
    cast: Any, uploaded: Any, signed_in: Any, typed: str, kept: date | None
) -> None:
    document = uploaded(TEXT)
    address = reverse("documents:describe", args=[document.pk])
    signed_in(cast.municipal_officer).post(address, {"title": "Решение", "adopted_on": typed})
    assert Document.objects.get().adopted_on == kept


def test_a_file_that_another_unit_has_stays(
    cast: Any, document: Any, uploaded: Any, django_capture_on_commit_callbacks: Any
) -> None:
    uploaded(unit=cast.units.region, actor=cast.regional_officer)
    with django_capture_on_commit_callbacks(execute=True):
        delete_document(document, actor=cast.municipal_officer)
    assert files.place_of(document.sha256).exists()


def test_the_list_finds_by_words_without_case_and_yo(cast: Any, document: Any, signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)
    page = client.get(reverse("documents:list"), {"q": "ЗАОЗЕРНОГО  августовского"})
    assert list(page.context["page"].object_list) == [document]
    assert not client.get(reverse("documents:list"), {"q": "приказ"}).context["page"].object_list
    assert not client.get(reverse("documents:list"), {"status": "adopted"}).context["page"].object_list
