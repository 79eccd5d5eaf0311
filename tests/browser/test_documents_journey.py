"""An officer's way in a real browser: drop a file, review it, adopt it, work with the programme."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.dropping import as_docx, as_pdf, as_txt, drop

LINES = (
    "РЕЗОЛЮЦИЯ",
    "августовского совещания педагогических работников Заозёрного муниципального округа",
    "27 августа 2025 года",
    "Участники совещания РЕШИЛИ:",
    "1. Управлению образования Заозёрного округа:",
    "1.1. Утвердить план наставничества до 1 октября 2025 года.",
    "1.2. Охватить наставничеством не менее 70 процентов педагогов в возрасте до 35 лет до 1 июня 2024 года.",
    "1.3. Провести конкурс программ воспитания до 1 марта 2026 года.",
    "2. Руководителям общеобразовательных организаций:",
    "2.1. Назначить ответственных за школьное питание до 10 сентября 2025 года.",
    "2.2. Провести две тренировки по эвакуации в 2025-2026 учебном году.",
    "2.3. Обсудить итоги года на педагогическом совете до 30 сентября 2025 года.",
)


@pytest.fixture
def officer(page: Any, cast: Any, sign_in: Any) -> Any:
    """Return a page where the municipal officer has signed in."""
    sign_in(cast.municipal_officer)
    return page


@pytest.mark.parametrize(
    ("name", "make"),
    [
        pytest.param("Резолюция.docx", as_docx, id="docx"),
        pytest.param("Резолюция.pdf", as_pdf, id="pdf"),
        pytest.param("Резолюция.txt", as_txt, id="txt"),
    ],
)
def test_a_dropped_file_stands_clause_by_clause(officer: Any, browser: Any, name: str, make: Any) -> None:
    drop(officer, name, make(LINES, browser))
    line = officer.locator("#u-lines li")
    expect(line).to_contain_text("6 мер", timeout=20_000)
    # The list and the page's first sentence follow at once, and the focus is on the way on.
    expect(officer.locator("#d-list tbody tr")).to_have_count(1)
    expect(officer.locator("#d-lede")).to_have_text(re.compile("На.проверке.1.документ"))
    expect(line.locator("a.btn")).to_be_focused()
    line.locator("a.btn").click()
    expect(officer.locator(".r-cl .it")).to_have_count(6)
    labels = officer.locator(".r-cl .it > .n").all_inner_texts()
    assert labels == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]
    assert officer.locator(".r-src mark.f-when").count() >= 5


def test_from_a_file_to_a_programme(officer: Any) -> None:
    drop(officer, "Резолюция.txt", as_txt(LINES))
    officer.locator("#u-lines a.btn").click(timeout=20_000)
    opened = officer.locator(".it.is-open")
    # The first clause that asks for a person is open: its date is before the resolution.
    expect(opened.locator("> .n")).to_have_text("1.2")
    expect(officer.get_by_role("button", name="Принять программу")).to_have_attribute("aria-disabled", "true")
    opened.locator(".av-note.is-severe button[value^=mend]").click()
    expect(officer.locator("#p-c2 .av-note.is-severe")).to_have_count(0)
    expect(officer.locator("#p-c2 .ed")).to_contain_text("2026")
    # Confirm with the keyboard; the address follows, and Back comes home.
    officer.locator("body").press("Enter")
    expect(opened.locator("> .n")).to_have_text("1.3")
    expect(officer).to_have_url(re.compile("clause=c3"))
    # Edit a deadline: what is typed is understood.
    officer.locator("body").press("d")
    field = opened.locator("input[name=deadline]")
    expect(field).to_be_focused()
    field.fill("до 15 апреля 2026 года")
    field.press("Enter")
    expect(opened.locator(".ed")).to_contain_text(re.compile("15.апреля.2026"))
    # Not a measure, and back again.
    officer.locator(".tx a", has_text="Обсудить итоги").click()
    expect(opened.locator("> .n")).to_have_text("2.3")
    officer.locator("body").press("x")
    expect(officer.locator(".r-rest .it.is-other", has_text="Обсудить итоги")).to_have_count(1)
    officer.locator("body").press("z")
    expect(officer.locator(".r-rest .it.is-other", has_text="Обсудить итоги")).to_have_count(0)
    expect(officer.locator(".r-bar")).to_contain_text("Проверено 1 из 6")
    officer.get_by_role("button", name="Принять программу").click()
    expect(officer.locator("h1")).to_contain_text("августовского совещания")
    programme_is_worked_with(officer)


def programme_is_worked_with(page: Any) -> None:
    import docx
    from python_calamine import CalamineWorkbook

    rows = page.locator(".p-tab .c-t")
    expect(rows).to_have_count(6)
    page.locator("#f-q").fill("НАСТАВНИЧЕСТВ")
    expect(rows).to_have_count(2)
    expect(page).to_have_url(re.compile("q="))
    page.get_by_text("Выгрузить").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="XLSX").click()
    sheet = CalamineWorkbook.from_path(saved.value.path()).get_sheet_by_index(0)
    text = "\n".join(str(value) for row in sheet.to_python() for value in row)
    assert "план наставничества" in text
    assert "школьное питание" not in text
    page.go_back()
    expect(rows).to_have_count(6)
    page.locator("#f-theme").select_option("meals")
    expect(rows).to_have_count(1)
    page.locator(".p-chips").get_by_text("Показать все").click()
    page.locator(".c-d a").click()
    expect(page.locator(".p-tab .c-n").nth(1)).to_have_text("2.1")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Срок")
    page.get_by_text("Выгрузить").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="DOCX").click()
    table = docx.Document(saved.value.path()).tables[0]
    assert any("Провести две тренировки" in cell.text for row in table.rows for cell in row.cells)
    page.get_by_role("link", name="Назначить ответственных за школьное питание").click()
    expect(page.locator(".m-cl blockquote mark.f-when")).to_have_text("до 10 сентября 2025 года")
    expect(page.locator("#who")).to_contain_text("Школа № 3")
    expect(page.locator(".av-log")).to_contain_text("принята программа")


def test_two_officers_at_one_clause(page_of: Any, cast: Any) -> None:
    from avgust.web.documents.actions import upload_document

    done = upload_document(
        actor=cast.municipal_officer, unit=cast.units.municipality, name="р.txt", data=as_txt(LINES)
    )
    first = page_of(cast.municipal_officer)
    second = page_of(cast.methodologist)
    for page in (first, second):
        page.goto(f"/documents/{done.document.pk}/?clause=c1")
    for page, words in ((first, "до 5 октября 2025 года"), (second, "до 7 октября 2025 года")):
        page.locator("body").press("d")
        page.locator(".is-open input[name=deadline]").fill(words)
        page.locator(".is-open input[name=deadline]").press("Enter")
        if page is first:
            expect(page.locator(".is-open .ed")).to_contain_text(re.compile("5.октября"))
    told = second.locator(".is-open .av-summary")
    expect(told).to_contain_text("Н. П. Ветрова".replace(" ", "\u00a0").split("\u00a0")[-1])
    expect(told).to_contain_text("до 7 октября 2025 года")
    expect(second.locator(".is-open .ed")).to_contain_text(re.compile("5.октября"))


def test_the_same_way_without_javascript(page_of: Any, cast: Any) -> None:
    page = page_of(cast.municipal_officer, java_script_enabled=False)
    page.goto("/documents/")
    page.locator("input[type=file]").set_input_files(
        {"name": "Резолюция.docx", "mimeType": "application/octet-stream", "buffer": as_docx(LINES)}
    )
    page.locator(".d-drop [type=submit]").click()
    expect(page.locator(".it.is-open > .n")).to_have_text("1.2")
    page.locator(".is-open .av-note.is-severe button[value^=mend]").click()
    expect(page.locator(".it.is-open .av-note.is-severe")).to_have_count(0)
    page.locator(".is-open button[value=confirm]").click()
    expect(page.locator(".it.is-open > .n")).to_have_text("1.3")
    page.locator(".it .tx a", has_text="Обсудить итоги").click()
    page.locator(".is-open button[value=not_measure]").click()
    page.get_by_role("button", name="Отменить").click()
    page.get_by_role("button", name="Принять программу").click()
    expect(page.locator(".p-tab .c-t")).to_have_count(6)
    page.locator("#f-q").fill("питание")
    page.locator(".p-filter [type=submit]").click()
    expect(page.locator(".p-tab .c-t")).to_have_count(1)


PLACES = ("/documents/", "review", "programme", "measure", "/programmes/")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_pages_are_open_to_everybody_and_never_scroll_sideways(
    page_of: Any, cast: Any, width: int, theme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    from avgust.domain.resolutions.review.corrections import NotMeasure
    from avgust.web.documents.actions import correct, upload_document
    from avgust.web.programmes.actions import adopt_document

    def upload(unit: Any, actor: Any) -> Any:
        return upload_document(actor=actor, unit=unit, name="р.txt", data=as_txt(LINES)).document

    document = upload(cast.units.municipality, cast.municipal_officer)
    other = upload(cast.units.region, cast.regional_officer)
    correct(other, NotMeasure("c2"), actor=cast.regional_officer, seen=0)
    programme = adopt_document(other, actor=cast.regional_officer)
    named = {
        "review": f"/documents/{document.pk}/?clause=c2",
        "programme": programme.get_absolute_url(),
        "measure": programme.measures.get(label="2.1").get_absolute_url(),
    }
    page = page_of(cast.municipal_officer, bypass_csp=True, color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 850})
    faults = []
    for place in PLACES:
        page.goto(named.get(place, place))
        for row in page.locator(".ed details").all():
            row.evaluate("row => { row.open = true }")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults += [f"{place}: scrolls by {over}"] if over > 0 else []
        faults += [
            f"{place}: {fault['id']} {fault['nodes'][0]['html'][:160]}"
            for fault in Axe().run(page).response["violations"]
        ]
    assert not faults
