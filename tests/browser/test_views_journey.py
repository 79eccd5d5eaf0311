"""The officer's way through the views of a programme: filter, save, timeline, executors, files, paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from icalendar import Calendar
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.browser.dropping import as_txt
from tests.browser.test_documents_journey import LINES


@pytest.fixture
def programme(cast: Any, read_here: None) -> Any:
    from avgust.domain.resolutions.review.corrections import NotMeasure
    from avgust.web.documents.actions import correct, upload_document
    from avgust.web.programmes.actions import adopt_document

    uploaded = upload_document(
        actor=cast.municipal_officer, unit=cast.units.municipality, name="р.txt", data=as_txt(LINES)
    )
    correct(uploaded.document, NotMeasure("c2"), actor=cast.municipal_officer, seen=0)
    return adopt_document(uploaded.document, actor=cast.municipal_officer)


def download(page: Any, button: str) -> Path:
    menu = page.locator(".p-menu").filter(has_text="Выгрузить")
    menu.locator("summary").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name=button).click()
    menu.locator("summary").click()
    return Path(saved.value.path())


def test_from_a_filter_to_files(
    page: Any, cast: Any, sign_in: Any, programme: Any, assert_accessible: Any
) -> None:
    sign_in(cast.municipal_officer)
    page.goto(programme.get_absolute_url())
    rows = page.locator(".p-tab .c-t")
    expect(rows).to_have_count(5)
    # Several filters at once; each has its mark, and the numbers beside the others follow.
    page.locator("#f-who").select_option(label="руководители общеобразовательных организаций (3)")
    expect(rows).to_have_count(3)
    expect(page.locator("#f-theme option", has_text="Питание")).to_have_text("Питание (1)")
    page.locator("#f-q").fill("НАЗНАЧИТЬ")
    expect(rows).to_have_count(1)
    expect(page.locator(".p-chips .av-tok")).to_have_count(2)
    assert_accessible(page)
    # Save it under a name; the key opens it from anywhere in the programme, and not while typing.
    page.get_by_text("Сохранить вид").first.click()
    page.get_by_label("Название вида").fill("Питание")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.locator(".p-views [aria-current=page]")).to_contain_text("Питание")
    expect(rows).to_have_count(1)
    page.locator(".p-views").get_by_role("link", name=re.compile("^Все")).click()
    expect(rows).to_have_count(5)
    page.locator("#f-q").press("1")
    expect(page.locator("#f-q")).to_have_value("1")
    page.locator("#f-q").fill("")
    page.locator("#f-q").blur()
    page.keyboard.press("1")
    expect(page.locator(".p-views [aria-current=page]")).to_contain_text("Питание")
    sheet = CalamineWorkbook.from_path(download(page, "XLSX")).get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet[1:]] == ["2.1"]
    # Along the year: the filter came along; taken off, every kind of deadline has its mark.
    page.locator(".p-outs").get_by_role("link", name="По времени").click()
    expect(page.locator(".tl-tab .tl-day")).to_have_count(1)
    for _ in range(2):
        page.locator(".p-chips .av-tok a").first.click()
    expect(page.locator(".tl-tab tbody .c-t")).to_have_count(5)
    assert page.locator(".tl-bar").count() >= 1
    assert_accessible(page)
    events = Calendar.from_ical(download(page, "Календарь").read_bytes()).walk("VEVENT")
    assert len(events) == 5
    # By executor, as a document to be signed.
    page.locator(".p-outs").get_by_role("link", name="По исполнителям").click()
    expect(page.locator(".ex-tab tbody tr")).to_have_count(2)
    page.locator("#f-org").fill("школа № 3")
    page.locator("#f-org").press("Enter")
    expect(page.locator(".ex-unit")).to_contain_text("Школа № 3")
    expect(page.locator(".ex-unit")).to_contain_text("приходятся 3 меры")
    assert_accessible(page)
    page.locator(".p-menu summary").first.click()
    page.get_by_label("DOCX и PDF с грифом «Утверждаю»").check()
    page.locator(".p-menu summary").first.click()
    document = docx.Document(str(download(page, "DOCX")))
    assert document.paragraphs[0].text == "УТВЕРЖДАЮ"
    pdf = pypdfium2.PdfDocument(download(page, "PDF").read_bytes())
    assert "УТВЕРЖДАЮ" in pdf[0].get_textpage().get_text_bounded()
    page.goto(f"{programme.get_absolute_url()}views/")
    assert_accessible(page)


@pytest.mark.parametrize("size", ["telephone"])
def test_views_on_a_telephone(
    page: Any, cast: Any, sign_in: Any, programme: Any, assert_accessible: Any, size: str
) -> None:
    sign_in(cast.head)
    for place in ("?q=провести", "timeline/", "executors/", "views/"):
        page.goto(programme.get_absolute_url() + place)
        assert_accessible(page)
    page.goto(f"{programme.get_absolute_url()}timeline/")
    expect(page.locator(".tl-tab")).to_be_hidden()
    expect(page.locator(".tl-list h2").first).to_contain_text("2025")


def test_keys_can_be_switched_off(page: Any, cast: Any, sign_in: Any, programme: Any) -> None:
    from avgust.web.programmes.actions.saved_views import save_view

    save_view(programme, actor=cast.head, name="Питание", layout="table", query={"theme": "meals"})
    sign_in(cast.head)
    page.goto(programme.get_absolute_url())
    page.get_by_role("button", name="выключены").click()
    expect(page.locator("body")).to_have_attribute("data-keys", "off")
    page.keyboard.press("1")
    page.keyboard.press("/")
    expect(page.locator("#f-q")).not_to_be_focused()
    expect(page.locator(".p-tab .c-t")).to_have_count(5)
    page.get_by_role("button", name="включены", exact=True).click()
    expect(page.locator("body")).not_to_have_attribute("data-keys", "off")
    page.keyboard.press("1")
    expect(page.locator(".p-tab .c-t")).to_have_count(1)


def test_paper_loses_nothing(page: Any, cast: Any, sign_in: Any, programme: Any, tmp_path: Path) -> None:
    sign_in(cast.municipal_officer)
    for place in ("", "timeline/", "executors/"):
        page.goto(programme.get_absolute_url() + place)
        pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        width, height = pdf[0].get_size()
        assert width > height
        words = " ".join(" ".join(one.get_textpage().get_text_bounded().split()) for one in pdf)
        assert "Выгрузить" not in words
        for text in (
            "руководители общеобразовательных организаций",
            *(["10 сен 2025", "2.1"] if place != "executors/" else []),
        ):
            assert text in words.replace("\u00a0", " "), place
