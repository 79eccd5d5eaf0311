"""Three people, from a resolution to the report about it, each with a browser of her own.

The region adopts; a school reports from a telephone; its municipality returns the report, then accepts the
mended one; the region downloads the execution report, which is opened and read back. Each step is looked over
by axe, and photographed where AVGUST_SCREENSHOTS names a folder.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import docx
from django.utils import timezone
from docx.oxml.ns import qn
from PIL import Image
from playwright.sync_api import expect

from avgust.domain.resolutions.export.wording import date_text
from avgust.web.audit.verifying import verify
from avgust.web.control.models import Assignment, Evidence
from tests.browser.dropping import as_docx, as_txt, drop

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHOTO = {"name": "педсовет.jpg", "mimeType": "image/jpeg"}
ACT = {"name": "Положение.docx", "mimeType": "application/octet-stream"}
WHY = "Приложите само положение, а не фотографию."


def lines(today: date) -> list[str]:
    """Return a resolution of which one deadline lies some days ahead and one has passed."""
    adopted, ahead, behind = (today + timedelta(days=days) for days in (-60, 4, -10))
    return [
        "РЕЗОЛЮЦИЯ",
        "августовской конференции педагогических работников Приреченской области",
        date_text(adopted, "ru"),
        "Участники конференции РЕШИЛИ:",
        "1. Руководителям общеобразовательных организаций:",
        f"1.1. Принять положение о наставничестве до {date_text(ahead, 'ru')}.",
        "2. Министерству образования Приреченской области:",
        f"2.1. Утвердить план повышения квалификации до {date_text(behind, 'ru')}.",
    ]


def photograph() -> dict[str, Any]:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((1200, 900)).convert("RGB").save(out, "JPEG")
    return PHOTO | {"buffer": out.getvalue()}


def text_of(page: Page) -> str:
    return page.locator("main").inner_text().replace("\u00a0", " ")


def adopt(page: Page, check: Callable[[Page], None]) -> None:
    """The region drops the resolution and adopts it."""
    drop(page, "Резолюция.txt", as_txt(lines(timezone.localdate())))
    page.locator("#u-lines a.btn").click(timeout=20_000)
    expect(page.locator(".r-cl .it")).to_have_count(2)
    check(page)
    page.get_by_role("button", name="Принять программу").click()
    expect(page.locator("h1")).to_contain_text("августовской конференции")
    check(page)


def report_with_a_photograph(page: Page, check: Callable[[Page], None]) -> None:
    """The head finds the duty on the home page and reports in its place."""
    page.goto("/")
    expect(page.get_by_role("heading", name="Нужно сделать на этой неделе")).to_be_visible()
    check(page)
    page.get_by_role("link", name=re.compile("^Отчитаться")).click()
    form = page.get_by_role("form", name="Отчёт")
    form.get_by_role("button", name="Отправить на приёмку").click()
    expect(form.get_by_role("alert")).to_contain_text("Отчёт не отправлен")
    form.get_by_label("Что сделано").fill("Положение принято на педагогическом совете.")
    form.locator("input[type=file]").first.set_input_files(photograph())
    expect(form.get_by_role("link", name="педсовет.jpg")).to_be_visible()
    check(page)
    send(page)
    check(page)


def send(page: Page) -> None:
    page.get_by_role("button", name="Отправить на приёмку").click()
    expect(page.get_by_text("Отчёт отправлен на приёмку.")).to_be_visible()
    expect(page.get_by_role("heading", name="Ждут приёмки")).to_be_visible()


def give_back(page: Page, check: Callable[[Page], None]) -> None:
    """The municipality finds what waits on its home page and returns it."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("Школа № 3")).first.click()
    expect(page.get_by_role("link", name="педсовет.jpg").first).to_be_visible()
    check(page)
    page.get_by_text("Вернуть на доработку").first.click()
    page.get_by_label("Что доработать").fill(WHY)
    page.get_by_role("button", name="Вернуть на доработку").click()
    expect(page.get_by_text("Готово: отчёт возвращён на доработку.")).to_be_visible()
    check(page)


def mend(page: Page, check: Callable[[Page], None]) -> None:
    """The head reads why, adds the paper and sends again; what was sent before is kept."""
    page.goto("/")
    expect(page.get_by_role("heading", name="Вернули мне")).to_be_visible()
    expect(page.get_by_text(WHY)).to_be_visible()
    check(page)
    page.get_by_role("link", name=re.compile("Исправить и отправить")).click()
    form = page.get_by_role("form", name="Отчёт")
    paper = ACT | {"buffer": as_docx(["Положение о наставничестве"])}
    form.locator("input[type=file]").first.set_input_files(paper)
    expect(form.get_by_role("link", name="Положение.docx")).to_be_visible()
    expect(form.get_by_role("link", name="педсовет.jpg")).to_be_visible()
    expect(form.get_by_label("Что сделано")).to_have_value("Положение принято на педагогическом совете.")
    check(page)
    send(page)


def accept(page: Page, check: Callable[[Page], None]) -> None:
    """The municipality accepts, after the head of the school has found no way to."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("Школа № 3")).first.click()
    expect(page.get_by_role("link", name="Положение.docx").first).to_be_visible()
    check(page)
    page.get_by_role("button", name="Принять", exact=True).click()
    expect(page.get_by_text("Готово: отчёт принят.")).to_be_visible()
    check(page)


def download(page: Page, check: Callable[[Page], None]) -> Any:
    """The region opens the report of the programme and takes it as DOCX."""
    page.goto("/programmes/")
    page.get_by_role("link", name=re.compile("августовской конференции")).first.click()
    page.get_by_role("link", name="Отчёт об исполнении").click()
    expect(page.locator("h1")).to_contain_text("августовской конференции")
    check(page)
    shown = text_of(page)
    assert "1 из 2" in shown
    assert "озвращ" in shown, "what was returned on the way is told"
    with page.expect_download() as saved:
        page.get_by_role("link", name="DOCX", exact=True).click()
    assert saved.value.suggested_filename.endswith(".docx")
    return docx.Document(saved.value.path())


def read_back(document: Any) -> None:
    """An official's program finds real headings, a table of contents and what the page says."""
    styles = {part.style.name: part.text for part in document.paragraphs if part.text}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2"} <= set(styles)
    assert "августовской конференции" in styles["Title"]
    field = "".join(node.text or "" for node in document.element.body.iter(qn("w:instrText")))
    assert field.startswith('TOC \\o "1-2"')
    every = (row.cells for table in document.tables for row in table.rows)
    rows = {cells[0].text: [cell.text for cell in cells] for cells in every}
    _number, measure, deadline, state = rows["1.1"]
    assert "Принять положение о наставничестве" in measure
    assert "руководители общеобразовательных организаций" in measure
    assert str((timezone.localdate() + timedelta(days=4)).year) in deadline
    assert "1 из 2 доказано" in state
    last = [cell.text for cell in document.tables[-1].rows[-1].cells]
    assert last[0] == "2.1"
    assert "Министерств" in last[1]
    assert last[3].startswith("не выполнено")


def test_from_a_resolution_to_its_report(
    cast: Any, page_of: Callable[..., Page], look: Callable[[Page], None], read_here: None
) -> None:
    region = page_of(cast.regional_officer, locale="ru-RU", accept_downloads=True)
    head = page_of(cast.head, "telephone", locale="ru-RU")
    officer = page_of(cast.municipal_officer, locale="ru-RU")
    adopt(region, look)
    report_with_a_photograph(head, look)
    give_back(officer, look)
    mend(head, look)
    row = Assignment.objects.get(unit=cast.units.school)
    head.goto(row.get_absolute_url())
    expect(head.get_by_text("Вы принять не можете")).to_be_visible()
    expect(head.get_by_role("button", name="Принять", exact=True)).to_have_count(0)
    look(head)
    accept(officer, look)
    head.goto("/")
    expect(head.get_by_role("heading", name="Ждут приёмки")).to_have_count(0)
    read_back(download(region, look))
    acts = list(row.steps.values_list("act", flat=True))
    assert acts == ["report", "return", "report", "accept"]
    assert Evidence.objects.filter(report__assignment=row).count() == 3, "the first report stays as it was"
    assert not verify().faults
