"""A report with its evidence, through the pages: what is typed and uploaded is never lost."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from avgust.domain.control.states import Act, Status
from avgust.domain.evidence import examine
from avgust.web import files
from avgust.web.audit.models import Entry
from avgust.web.control import receiving
from avgust.web.control.actions import Words, act_on, require_evidence
from avgust.web.control.models import Assignment, Evidence, Report
from avgust.web.control.reporting import open_draft, remove_evidence
from avgust.web.documents.actions import Refused, delete_document, upload_document

TODAY = date(2025, 11, 10)


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Examine files in this process: a fresh one for each is tested with the isolation."""
    monkeypatch.setattr(receiving, "examine_isolated", examine)
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


def picture(colour: str = "teal") -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "CameraOfTeacher"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="text/html")


@pytest.fixture
def send(work: Any, cast: Any, signed_in: Any) -> Any:
    """Return a function that posts the form as the head, and follows."""
    client = signed_in(cast.head)

    def post(assignment: Assignment = work.school, *, htmx: bool = False, **data: Any) -> Any:
        seen = Assignment.objects.get(pk=assignment.pk).version
        headers = {"HX-Request": "true"} if htmx else {}
        address = reverse("control:report", args=[assignment.pk])
        return client.post(address, {"version": seen, "text": "", **data}, headers=headers)

    return post


def evidence(work: Any) -> list[Evidence]:
    return list(
        Evidence.objects.filter(report__assignment=work.school, report__outcome="draft").order_by("pk")
    )


def test_from_nothing_to_sent_in_one_form(work: Any, send: Any) -> None:
    answer = send(do="send", text="Приняли.", file=[upload("C:\\фото\\акт.jpeg", picture())])
    assert answer.status_code == 302
    row = Assignment.objects.get(pk=work.school.pk)
    assert row.state is Status.REPORTED
    report = row.reports.get()
    photo = report.evidence.get()
    assert (report.text, photo.kind, photo.file_name) == ("Приняли.", "photo", "акт.jpeg")
    kept = files.place_of(photo.sha256).read_bytes()
    assert b"CameraOfTeacher" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()
    assert Entry.objects.filter(code="control.evidence_added").count() == 1


def test_a_refusal_keeps_text_files_and_what_was_typed(work: Any, send: Any) -> None:
    answer = send(
        do="send",
        text="Приняли положение",
        file=[upload("a.jpg", picture()), upload("b.pdf", b"<html><script>"), upload("c.pdf", b"")],
        **{"paper-kind": "local_act", "paper-title": "Приказ", "paper-dated": "11.11.2099"},
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert [row.file_name for row in evidence(work)] == ["a.jpg"]
    for words in (
        "Приняли положение",
        "веб-страница",
        "Файл пустой",
        "Нужен номер",
        'value="Приказ"',
        "11.11.2099",
    ):
        assert words in page, words
    assert Assignment.objects.get(pk=work.school.pk).state is Status.OPEN
    again = send(do="send", text="Приняли положение", **{"paper-kind": "local_act"})
    assert again.status_code == 302, "the paper left blank is no mistake"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (
            {"paper-kind": "local_act", "paper-number": "41-ОД", "paper-dated": "01.11.2025"},
            ("local_act", "41-ОД"),
        ),
        ({"paper-kind": "minutes", "paper-dated": "2025-11-01"}, ("minutes", "")),
        ({"paper-kind": "event", "paper-title": "Семинар", "paper-dated": "01.11.2025"}, ("event", "")),
        ({"paper-kind": "link", "paper-url": "https://school.example/a"}, ("link", "")),
    ],
)
def test_papers(given: dict[str, str], kept: tuple[str, str], work: Any, send: Any) -> None:
    assert send(do="add", **given).status_code == 302
    (row,) = evidence(work)
    assert (row.kind, row.number) == kept


def test_the_same_file_again_is_the_same_evidence(work: Any, send: Any) -> None:
    for name in ("a.jpg", "b.jpg"):
        send(do="add", file=[upload(name, picture())])
    assert len(evidence(work)) == 1


def test_a_part_for_a_script(work: Any, send: Any) -> None:
    answer = send(htmx=True, do="add", file=[upload("a.jpg", picture()), upload("x.svg", b"<svg/>")])
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert "a.jpg" in page
    assert "веб-страница" in page
    sent = send(htmx=True, do="send", next="/")
    assert sent.headers["HX-Redirect"] == "/"


def test_where_one_is_led_is_never_elsewhere(work: Any, send: Any) -> None:
    send(do="add", file=[upload("a.jpg", picture())])
    assert send(do="send", next="https://evil.example/").url == work.school.get_absolute_url()


def test_a_saved_draft_still_leads_back_to_where_it_was_begun(work: Any, send: Any) -> None:
    assert send(do="add", next="/", file=[upload("a.jpg", picture())]).url.endswith("?next=%2F")


def test_mending_a_returned_report_keeps_the_old_one(work: Any, cast: Any, send: Any) -> None:
    send(do="send", text="Первый", file=[upload("a.jpg", picture())])
    why = Words(reason="Нет подписи.")
    act_on(work.school, Act.RETURN, actor=cast.municipal_officer, words=why)
    old = Report.objects.get(assignment=work.school).evidence.get()
    answer = send(do="save", text="Второй", without=str(old.pk), file=[upload("b.jpg", picture("red"))])
    assert answer.status_code == 302
    assert [row.file_name for row in evidence(work)] == ["b.jpg"]
    assert send(do="send", text="Второй").status_code == 302
    first, second = Report.objects.filter(assignment=work.school).order_by("pk")
    assert (first.outcome, first.text, first.evidence.get().file_name) == ("returned", "Первый", "a.jpg")
    assert (second.outcome, second.text) == ("sent", "Второй")


@pytest.mark.django_db(transaction=True)
def test_a_file_lives_as_long_as_anything_names_it(cast: Any, work: Any, send: Any) -> None:
    send(do="add", file=[upload("a.jpg", picture())])
    (row,) = evidence(work)
    place, data = files.place_of(row.sha256), files.place_of(row.sha256).read_bytes()
    copy = Evidence.objects.create(
        report=Report.objects.create(assignment=work.waiting, author=cast.head), kind="photo",
        sha256=row.sha256, added_by=cast.head,
    )  # fmt: skip
    remove_evidence(work.school, row.pk, actor=cast.head)
    assert place.exists()
    copy.delete()
    assert files.forget(row.sha256)
    assert not place.exists()
    # the same bytes as a document and as evidence
    text = "РЕЗОЛЮЦИЯ\n1. Провести смотр до 1 апреля 2026 года.".encode()
    made = upload_document(
        actor=cast.municipal_officer, unit=cast.units.municipality, name="b.txt", data=text
    )
    report = open_draft(work.school, actor=cast.head)
    Evidence.objects.create(report=report, kind="file", sha256=made.document.sha256, added_by=cast.head)
    delete_document(made.document, actor=cast.municipal_officer)
    assert files.place_of(files.digest_of(text)).exists()
    assert data


def test_what_a_killed_server_left_is_swept(work: Any, send: Any, settings: Any) -> None:
    send(do="add", file=[upload("a.jpg", picture())])
    (row,) = evidence(work)
    orphan = files.place_of(files.keep(b"nobody names this"))
    half = orphan.parent / "tmp_half"
    half.write_bytes(b"half")
    coming, reading = settings.SCRATCH / "tmp.upload.pdf", settings.SCRATCH / "avgust-read-1"
    coming.write_bytes(b"an upload that a killed server was receiving")
    reading.mkdir()
    (reading / "page.txt").write_bytes(b"what a killed reader was converting")
    assert files.sweep() == 0, "an upload may be under way"
    assert files.sweep(settled=-1) == 2
    assert files.sweep(under_way=-1) == 2
    assert not any(path.exists() for path in (orphan, half, coming, reading))
    assert files.place_of(row.sha256).exists()


def test_too_large_is_refused_before_it_is_read(work: Any, send: Any, settings: Any) -> None:
    settings.EVIDENCE_LIMIT = 1000

    class Unreadable(SimpleUploadedFile):
        def read(self, *_size: Any) -> bytes:
            raise AssertionError("read into memory")

    with pytest.raises(Refused, match="MB"):
        receiving.received(Unreadable("a.jpg", b"0" * 2000))


def test_what_is_needed_is_said_and_asked_for(work: Any, cast: Any, signed_in: Any, send: Any) -> None:
    require_evidence(
        work.school.measure, kinds=["local_act"], words="Приказ директора", actor=cast.municipal_officer
    )
    page = signed_in(cast.head).get(reverse("control:report", args=[work.school.pk])).content.decode()
    assert "Приказ директора" in page
    assert "локальный акт" in page
    answer = send(do="send", file=[upload("a.jpg", picture())])
    assert answer.status_code == 422
    assert "другого вида" in answer.content.decode()


def test_who_looked_at_an_old_page_is_stopped(work: Any, cast: Any, signed_in: Any) -> None:
    client = signed_in(cast.head)
    address = reverse("control:report", args=[work.school.pk])
    asked = Words(reason="Смена директора", wanted_due=date(2026, 2, 1))
    act_on(work.school, Act.ASK_EXTENSION, actor=cast.head, words=asked)
    answer = client.post(
        address, {"do": "send", "version": "0", "text": "x", "file": upload("a.jpg", picture())}
    )
    assert answer.status_code == 422
    assert "кто-то ещё" in answer.content.decode()
    assert len(evidence(work)) == 1


def test_nobody_writes_for_another_organisation(work: Any, cast: Any) -> None:
    for person in (cast.foreign_head, cast.municipal_officer, cast.outsider):
        with pytest.raises(PermissionDenied):
            open_draft(work.school, actor=person)


def test_a_download_never_runs(work: Any, cast: Any, signed_in: Any, send: Any) -> None:
    send(do="send", file=[upload("Акт\r\n№ 1;.jpg", picture())])
    row = Evidence.objects.get(report__assignment=work.school)
    client = signed_in(cast.municipal_officer)
    answer = client.get(row.get_absolute_url())
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    shown = client.get(reverse("control:picture", args=[row.pk]))
    assert shown.headers["Content-Type"] == "image/jpeg"
    Path(files.place_of(row.sha256)).unlink()
    assert client.get(row.get_absolute_url()).status_code == 404


def test_only_pictures_are_shown(work: Any, cast: Any, signed_in: Any) -> None:
    report = Report.objects.create(assignment=work.school, author=cast.head)
    row = Evidence.objects.create(
        report=report, kind="file", mime="application/pdf", sha256=files.keep(b"%PDF"), added_by=cast.head
    )
    assert signed_in(cast.head).get(reverse("control:picture", args=[row.pk])).status_code == 404
