"""A head mends a returned report on a telephone and sends it with a photograph; the place is not kept."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from avgust.domain.control.states import Act, Status
from avgust.web import files
from avgust.web.control.actions import Words, act_on
from avgust.web.control.models import Assignment, Evidence, Report
from avgust.web.documents.actions import upload_document
from avgust.web.programmes.actions import adopt_document

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXT = """РЕЗОЛЮЦИЯ
августовского совещания работников образования Заозёрного округа
27 августа 2025 года
Участники совещания РЕШИЛИ:
1. Руководителям общеобразовательных организаций:
1.1. Принять положение о наставничестве до 1 октября 2025 года.
"""


def photograph() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "CameraOfTheHead"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (56.0, 50.0, 12.0), "E", (60.0, 36.0, 0.0)
    out = io.BytesIO()
    Image.linear_gradient("L").resize((1200, 900)).convert("RGB").save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def returned(cast: Any, read_here: None) -> Assignment:
    """An assignment of our school whose report was returned."""
    upload = upload_document(
        actor=cast.municipal_officer, unit=cast.units.municipality, name="r.txt", data=TEXT.encode()
    )
    adopt_document(upload.document, actor=cast.municipal_officer)
    row = Assignment.objects.get(unit=cast.units.school)
    day = timezone.localdate() + timedelta(days=1)
    Assignment.objects.filter(pk=row.pk).update(due=day, first_due=day)
    report = Report.objects.create(assignment=row, author=cast.head, text="Положение принято.")
    Evidence.objects.create(
        report=report, kind="link", url="https://school.example/act", title="Положение", added_by=cast.head
    )
    act_on(row, Act.REPORT, actor=cast.head)
    why = Words(reason="Приложите лист с подписями, остальное верно.")
    act_on(row, Act.RETURN, actor=cast.municipal_officer, words=why)
    return row


@pytest.mark.parametrize("size", ["telephone"])
def test_mend_and_send(
    size: str, cast: Any, returned: Assignment, page: Page, sign_in: Any, assert_accessible: Any
) -> None:
    sign_in(cast.head)
    page.goto("/")
    expect(page.get_by_role("heading", name="Вернули мне")).to_be_visible()
    expect(page.get_by_text("Приложите лист с подписями")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("Исправить и отправить")).click()
    form = page.get_by_role("form", name="Отчёт")
    expect(form).to_be_visible()
    assert page.url.endswith("/"), "the form opens in its place"
    form.get_by_label("Что сделано").fill("Лист с подписями приложен.")
    picture = {"name": "подписи.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    form.locator("input[type=file]").first.set_input_files(picture)
    expect(form.get_by_role("link", name="подписи.jpg")).to_be_visible()
    expect(form.get_by_label("Что сделано")).to_have_value("Лист с подписями приложен.")
    wrong = {"name": "план.pdf", "mimeType": "application/pdf", "buffer": b"<html><script>alert(1)</script>"}
    form.locator("input[type=file]").first.set_input_files(wrong)
    expect(form.get_by_text("Это веб-страница, а не документ")).to_be_visible()
    expect(form.get_by_role("link", name="подписи.jpg")).to_be_visible()
    assert_accessible(page)
    form.get_by_role("button", name="Отправить на приёмку").click()
    expect(page.get_by_text("Отчёт отправлен на приёмку.")).to_be_visible()
    expect(page.get_by_role("heading", name="Ждут приёмки")).to_be_visible()
    assert_accessible(page)
    row = Assignment.objects.get(pk=returned.pk)
    assert row.state is Status.REPORTED
    photo = Evidence.objects.get(report__assignment=row, kind="photo")
    kept = files.place_of(photo.sha256).read_bytes()
    assert not Image.open(io.BytesIO(kept)).getexif()
    assert b"CameraOfTheHead" not in kept
    page.goto(row.get_absolute_url())
    expect(page.get_by_text("Вы принять не можете")).to_be_visible()
    assert_accessible(page)


def test_an_officer_accepts_what_she_sees(
    cast: Any, returned: Assignment, page: Page, sign_in: Any, assert_accessible: Any
) -> None:
    report = Report.objects.create(assignment=returned, author=cast.head, text="Лист приложен.")
    Evidence.objects.create(report=report, kind="link", url="https://school.example/b", added_by=cast.head)
    act_on(returned, Act.REPORT, actor=cast.head)
    sign_in(cast.municipal_officer)
    page.goto(returned.get_absolute_url())
    assert_accessible(page)
    page.get_by_text("Вернуть на доработку").first.click()
    expect(page.get_by_label("Что доработать")).to_be_visible()
    page.get_by_role("button", name="Принять", exact=True).click()
    expect(page.get_by_text("Готово: отчёт принят.")).to_be_visible()
    assert Assignment.objects.get(pk=returned.pk).state is Status.ACCEPTED
