"""Tables of one's own: a foreign workbook named column by column, a refused row mended; a codifier's new edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from avgust.domain.assessment.codifiers import Entry
from avgust.domain.assessment.codifiers.files import codifier_xlsx
from avgust.domain.assessment.codifiers.tests.making import SMALL, changed
from avgust.web.assessments import actions, importing
from avgust.web.assessments.codifiers.models import CodifierEdition
from avgust.web.assessments.codifiers.tests.importing import imported
from avgust.web.assessments.drafts import checking
from avgust.web.assessments.drafts.models import TableDraft
from avgust.web.assessments.models import MappingPackage, Upload, Work
from avgust.web.assessments.schools import SYSTEM
from avgust.web.assessments.tests.sending import WORK, sheet, stand
from avgust.web.territory.models import ExternalId

if TYPE_CHECKING:
    from playwright.sync_api import Page

DAY = date(2026, 4, 15)
HEADS = ("Ученик", "Учреждение", "Кл.", "Работа", "Первое", "Второе", "4К1 (3б)", "Итого")
ROWS = [
    ("17-1", "edu000001", "4А", "1", 2, 1, 0, 3),
    ("17-2", "edu000001", "4А", "2", 1, 1, 3, 5),
    ("17-3", "edu000001", "4Б", "1", 2, 0, 2, 9),  # the sum is wrong
]


@pytest.fixture(autouse=True)
def _here(settings: Any, tmp_path: Path) -> None:
    settings.VAR, settings.UPLOADS = tmp_path / "var", tmp_path / "var" / "uploads"


@pytest.fixture
def work(cast: Any) -> Work:
    ExternalId.objects.create(unit=cast.units.school, system=SYSTEM, value="edu000001")
    made = actions.add_work(
        actor=cast.analyst, unit=cast.units.region, title="ВПР 2026, русский язык, 4 класс", procedure="vpr",
        subject="ru", grade=4, school_year=2025, held_on=DAY,
    )  # fmt: skip
    actions.set_specification(
        made, actor=cast.analyst, items=WORK.items, cuts=WORK.cuts, since=DAY, variants=("1", "2")
    )
    return made


def named(page: Page, column: int, what: str, item: str = "") -> None:
    page.locator(f"#what{column}").select_option(label=what)
    if item:
        page.locator(f"input[name=item{column}]").fill(item)


def mended(source: Path, target: Path) -> None:
    """Mend the wrong sum in the rows that were downloaded."""
    rows = CalamineWorkbook.from_path(str(source)).get_sheet_by_index(0).to_python()
    total = next(at for at, head in enumerate(rows[0]) if head in ("Итого", "Первичный балл"))
    with Workbook(target) as out:
        page = out.add_worksheet("Лист1")
        for at, row in enumerate(rows):
            page.write_row(at, 0, [4 if at and place == total else cell for place, cell in enumerate(row)])


def test_a_foreign_workbook_is_named_imported_and_mended(
    cast: Any, work: Work, page: Page, sign_in: Any, assert_accessible: Callable[..., None], tmp_path: Path
) -> None:
    (tmp_path / "own.xlsx").write_bytes(sheet([("Сводка округа",), HEADS, *ROWS]))
    sign_in(cast.analyst)
    page.goto(work.get_absolute_url())
    page.get_by_role("link", name="Собственная таблица").click()
    page.locator("input[type=file]").set_input_files(tmp_path / "own.xlsx")
    page.locator("form.as-form button[type=submit]").click()
    expect(page.get_by_role("heading", level=1, name="Что в столбцах")).to_be_visible()

    for column, what in ((0, "код участника"), (1, "школа: логин"), (2, "класс"), (7, "сумма баллов")):
        named(page, column, what)
    named(page, 3, "не загружать")
    named(page, 4, "баллы за задание", "1")
    named(page, 5, "баллы за задание", "2")
    page.get_by_role("button", name="Проверить весь файл").click()
    expect(page.locator("#errors")).to_contain_text("у работы варианты 1, 2")
    assert_accessible(page)
    named(page, 3, "вариант")
    page.get_by_role("button", name="Проверить весь файл").click()
    checking.carry_out(TableDraft.objects.get().pk)
    expect(page.get_by_role("heading", name="Что даст загрузка")).to_be_visible()
    expect(page.locator(".as-found .av-lede")).to_contain_text("2 участника")
    assert_accessible(page)
    page.get_by_label("Название соответствия столбцов").fill("Сводка округа")
    page.get_by_role("button", name="Загрузить", exact=True).click()
    page.wait_for_url("**/results/**")
    upload = Upload.objects.get()
    importing.carry_out(upload.pk)
    page.goto(reverse("assessments:upload", args=[upload.pk]))
    expect(page.get_by_text("а первичный балл — 9").first).to_be_visible()
    assert MappingPackage.objects.get().name == "Сводка округа"

    with page.expect_download() as download:
        page.get_by_role("link", name="Скачать строки").click()
    download.value.save_as(tmp_path / "refused.xlsx")
    mended(tmp_path / "refused.xlsx", tmp_path / "mended.xlsx")
    page.get_by_role("link", name="Загрузить исправленные строки").click()
    page.locator("input[type=file]").set_input_files(tmp_path / "mended.xlsx")
    page.get_by_role("button", name="Загрузить исправленные").click()
    expect(page.get_by_role("heading", name="Файлы читаются", exact=True)).to_be_visible()
    again = Upload.objects.get(amends=upload)
    importing.carry_out(again.pk)
    assert [points for points, _upload in stand(work)] == [3, 4, 5]
    expect(page.get_by_text("Строк, ожидающих исправления, нет")).to_be_visible()


@pytest.mark.parametrize("size", ["desk", "telephone"])
def test_an_edition_is_looked_at_imported_and_undone(
    cast: Any, page: Page, sign_in: Any, assert_accessible: Callable[..., None], tmp_path: Path, size: str
) -> None:
    first = imported(cast)
    long = "Безударные" + "гласныевкорне" * 15  # as a table without spaces has it
    later = replace(changed(SMALL, Entry("2.1", long, "2", (4,)), without=("2.10",)), title=long[:200])
    (tmp_path / "codifier.xlsx").write_bytes(codifier_xlsx(later))
    sign_in(cast.analyst)
    page.goto(reverse("assessments:codifiers"))
    page.get_by_role("link", name="Загрузить кодификатор").first.click()
    page.locator("input[type=file]").set_input_files(tmp_path / "codifier.xlsx")
    page.locator("select[name=unit]").select_option(str(cast.units.region.pk))
    page.locator("form.as-form button[type=submit]").click()
    expect(page.get_by_role("heading", name="Переименовано")).to_be_visible()
    expect(page.locator("del.av-was", has_text="Разделительный ъ")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert_accessible(page)
    assert CodifierEdition.objects.count() == 1
    page.get_by_role("button", name="Принять редакцию").click()
    expect(page.get_by_text("Кодификатор загружен.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name="Что изменилось по сравнению с редакцией 2025").click()
    expect(page.get_by_role("heading", name="Переименовано")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    made = CodifierEdition.objects.get(edition="2026")
    page.goto(made.get_absolute_url())
    page.locator("summary", has_text="Отменить загрузку").click()
    page.get_by_role("button", name="Отменить загрузку").click()
    expect(page.get_by_text("Загрузка отменена.")).to_be_visible()
    page.goto(first.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_contain_text("Элементы содержания")
    assert list(CodifierEdition.objects.standing()) == [first]
