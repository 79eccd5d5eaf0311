"""Workbooks of a region are imported, mended and told: to the author of the work and to a head.

`AVGUST_WORKBOOKS=200` takes a whole region; CI takes a dozen.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from avgust.domain.assessment.simulation import PROFILES
from avgust.web.assessments import actions, importing
from avgust.web.assessments.models import Upload, Work
from avgust.web.assessments.schools import SYSTEM
from avgust.web.readings.ahead import make_ahead
from avgust.web.territory.models import ExternalId, Membership, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

BOOKS = int(os.environ.get("AVGUST_WORKBOOKS", "12"))
BROKEN = max(2, BOOKS // 20)  # with a score above the maximum, a wrong sum, a doubled participant
DAY = date(2026, 4, 14)
STRANGER, KNOWN = f"edu{BOOKS:06}", "edu990001"  # a login nobody has, and the one that was meant


@pytest.fixture
def region(cast: Any, settings: Any, tmp_path: Path) -> list[Unit]:
    """Schools of the region with their logins in the federal system; the last one under another login."""
    settings.VAR, settings.UPLOADS = tmp_path / "var", tmp_path / "var" / "uploads"
    made = [cast.units.school]
    for number in range(2, BOOKS + 1):
        name = f"МБОУ «Школа с углублённым изучением № {number}»"
        above = cast.units.municipality if number % 2 else cast.units.neighbour
        made.append(
            Unit.objects.create(kind="school", name=name, settlement="rural", opened=DAY.replace(2020))
        )
        Membership.objects.create(unit=made[-1], parent=above, since=DAY.replace(2020))
    logins = [f"edu{number:06}" for number in range(1, BOOKS)] + [KNOWN]
    ExternalId.objects.bulk_create(
        ExternalId(unit=unit, system=SYSTEM, value=login) for unit, login in zip(made, logins, strict=True)
    )
    return made


@pytest.fixture
def work(cast: Any, region: list[Unit]) -> Work:
    profile = PROFILES["ru4"].specification
    made = actions.add_work(
        actor=cast.analyst, unit=cast.units.region, title="ВПР 2026, русский язык, 4 класс", procedure="vpr",
        subject="ru", grade=4, school_year=2025, held_on=DAY,
    )  # fmt: skip
    actions.set_specification(
        made, actor=cast.analyst, items=profile.items, cuts=profile.cuts, since=DAY, variants=("1", "2")
    )
    return made


def books(folder: Path) -> list[Path]:
    """Return what `avgust demo-results` writes, one of them cut off in the middle."""
    command = [sys.executable, "-m", "avgust.cli", "demo-results", str(folder), "--schools", str(BOOKS)]
    subprocess.run([*command, "--broken", str(BROKEN)], check=True, capture_output=True)
    found = sorted(folder.glob("F1_*.xlsx"))
    assert len(found) == BOOKS
    unreadable = found[BOOKS // 2]
    unreadable.write_bytes(unreadable.read_bytes()[:2000])
    return found


def mended(source: Path, target: Path) -> None:
    """Mend the downloaded rows as a person would: by the reason that stands beside each."""
    with Workbook(target) as out:
        for name in (book := CalamineWorkbook.from_path(str(source))).sheet_names:
            rows = book.get_sheet_by_name(name).to_python()
            page, heads = out.add_worksheet(name), [str(cell) for cell in rows[0]]
            login, pupil, total = (heads.index(head) for head in ("ОО", "Код участника", "Первичный балл"))
            items = slice(heads.index("Вариант") + 1, total)
            for at, row in enumerate(rows):
                if at:
                    points = [float(cell) if isinstance(cell, (int, float)) else 0.0 for cell in row[items]]
                    if points[0] == 9:
                        row[items.start] = float(row[total]) - sum(points[1:])
                    elif "сумм" in str(row[3]).casefold():
                        row[total] = sum(points)
                    elif "дважды" in str(row[3]) or "повтор" in str(row[3]).casefold():
                        row[pupil] = f"9{at:04}"
                    row[login] = KNOWN if row[login] == STRANGER else row[login]
                page.write_row(at, 0, row)


def test_from_workbooks_to_a_printed_report(
    cast: Any,
    region: list[Unit],
    work: Work,
    page: Page,
    page_of: Callable[..., Page],
    sign_in: Any,
    assert_accessible: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in(cast.analyst)
    page.goto(reverse("assessments:send", args=[work.pk]))
    page.locator("input[type=file]").set_input_files(books(tmp_path / "books"))
    page.get_by_role("button", name="Загрузить и проверить").click()
    expect(page.get_by_role("heading", name="Файлы читаются", exact=True)).to_be_visible(timeout=60_000)
    upload = Upload.objects.get()
    half = BOOKS // 2 + 1
    real = importing.Import.read

    def read(self: Any, file: Any, specification: Any) -> Any:
        known = real(self, file, specification)
        if self.upload.done == half:  # the page tells of it while the worker works
            expect(page.get_by_text(f"{half} из {BOOKS}")).to_be_visible()
            assert_accessible(page)
        return known

    monkeypatch.setattr(importing.Import, "read", read)
    importing.carry_out(upload.pk)
    expect(page.get_by_role("heading", level=1, name="Принят")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("heading", name="Непрочитанные файлы")).to_be_visible()
    assert_accessible(page)
    upload.refresh_from_db()
    assert upload.refused >= 3 * BROKEN
    taken = upload.taken

    with page.expect_download() as download:
        page.get_by_role("link", name="Скачать строки").click()
    download.value.save_as(tmp_path / "refused.xlsx")
    mended(tmp_path / "refused.xlsx", tmp_path / "mended.xlsx")
    page.get_by_role("link", name="Загрузить исправленные строки").click()
    page.locator("input[type=file]").set_input_files(tmp_path / "mended.xlsx")
    page.get_by_role("button", name="Загрузить исправленные").click()
    expect(page.get_by_role("heading", name="Файлы читаются", exact=True)).to_be_visible()
    monkeypatch.setattr(importing.Import, "read", real)
    again = Upload.objects.get(amends=upload)
    importing.carry_out(again.pk)
    expect(page.get_by_text("Строк, ожидающих исправления, нет")).to_be_visible(timeout=20_000)
    again.refresh_from_db()
    assert again.refused == 0
    work.refresh_from_db()
    assert work.pupils == taken + again.taken
    assert work.schools == BOOKS - 1  # all but the one whose file is cut off

    make_ahead("")
    page.goto(work.get_absolute_url())
    page.get_by_role("link", name="Паспорт качества работы").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Паспорт качества")
    assert page.get_by_role("img").count() >= 15  # the map and a curve for each item
    assert_accessible(page)

    head = page_of(cast.head)
    head.goto(work.get_absolute_url())
    head.locator(f"a[href='{reverse('readings:school', args=[work.pk, cast.units.school.pk])}']").click()
    expect(head.get_by_role("heading", level=1)).to_contain_text(str(cast.units.school))
    assert_accessible(head)
    with head.expect_download() as report:
        head.get_by_role("link", name="PDF", exact=True).click()
    assert Path(report.value.path()).read_bytes().startswith(b"%PDF")
    head.emulate_media(media="print")
    assert not head.get_by_role("link", name="PDF", exact=True).is_visible()
    assert len(head.pdf(format="A4")) > 20_000
