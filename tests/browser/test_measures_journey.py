"""After adoption in a real browser: exceptions from a role, answers to the region with the keyboard."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from avgust.web.documents.actions import upload_document
from avgust.web.programmes.actions import adopt_document
from avgust.web.programmes.models import Answer, MeasureExecutor
from avgust.web.territory.models import Membership, Unit

ABOVE = """РЕЗОЛЮЦИЯ
августовской конференции Приреченской области

25 августа 2025 года

РЕШИЛИ:

1. Руководителям общеобразовательных организаций:
1.1. Назначить ответственных за школьное питание до 1 октября 2025 года.
1.2. Оборудовать уголок безопасности до 1 ноября 2025 года.
1.3. Провести слёт юных краеведов до 1 мая 2026 года.
"""
BELOW = """РЕЗОЛЮЦИЯ
совещания Заозёрного муниципального округа

27 августа 2025 года

РЕШИЛИ:

1. Руководителям общеобразовательных организаций:
1.1. Назначить ответственных за питание школьников до 10 сентября 2025 года.
1.2. Оформить уголок безопасности до 20 октября 2025 года.
"""


@pytest.fixture
def programmes(cast: Any, read_here: None) -> dict[str, Any]:
    """Return the region's programme and ours, with four more schools in our municipality."""
    for number in range(10, 14):
        unit = Unit.objects.create(kind="school", name=f"Новая школа № {number}", opened=date(2020, 9, 1))
        Membership.objects.create(unit=unit, parent=cast.units.municipality, since=date(2020, 9, 1))
    made = {}
    for name, unit, text in (
        ("above", cast.units.region, ABOVE),
        ("ours", cast.units.municipality, BELOW),
    ):
        upload = upload_document(
            actor=cast.regional_officer, unit=unit, name=f"{name}.txt", data=text.encode()
        )
        made[name] = adopt_document(upload.document, actor=cast.regional_officer)
    return made


def text_of(page: Any) -> str:
    return re.sub("\u00a0", " ", page.locator("main").inner_text())


@pytest.mark.parametrize("size", ["desk", "telephone"])
def test_two_schools_are_taken_out_of_a_role(
    page: Any, cast: Any, programmes: Any, sign_in: Any, live_server: Any, assert_accessible: Any, size: str
) -> None:
    sign_in(cast.municipal_officer)
    measure = programmes["ours"].measures.get(label="1.1")
    page.goto(measure.get_absolute_url())
    page.get_by_role("link", name=re.compile("5.организаций")).click()
    for number in (10, 11):
        page.get_by_role("checkbox", name=f"Новая школа № {number}").check()
    expect(page.get_by_role("button", name=re.compile("Исключить отмеченные: 2"))).to_be_visible()
    page.locator("#reason-out").fill("нет столовой")
    assert_accessible(page)
    page.get_by_role("button", name=re.compile("Исключить отмеченные")).click()
    expect(page.locator("h1")).to_contain_text(re.compile("3.организации"))
    assert "нет столовой" in text_of(page)
    page.get_by_role("button", name=re.compile("Вернуть всех")).click()
    expect(page.locator("h1")).to_contain_text(re.compile("5.организаций"))
    assert MeasureExecutor.objects.get(measure=measure).unit_count == 5


def test_an_answer_is_confirmed_with_the_keyboard(
    page: Any, cast: Any, programmes: Any, sign_in: Any, assert_accessible: Any
) -> None:
    sign_in(cast.municipal_officer)
    page.goto(f"/programmes/{programmes['above'].pk}/answers/")
    expect(page.locator(".m-one")).to_have_count(3)
    assert_accessible(page)
    page.keyboard.press("j")
    expect(page.locator(".m-one").first).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(".m-one").first.locator(".is-confirmed")).to_have_count(1)
    expect(page.locator(".m-one").first).to_be_focused()
    expect(page.locator("#answers-views")).to_contain_text(re.compile("Подтверждены.*1"))
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".m-one").nth(1).locator(".is-rejected")).to_have_count(1)
    statuses = dict(Answer.objects.values_list("answered__label", "status"))
    assert (statuses["1.1"], statuses["1.2"]) == ("confirmed", "rejected")


@pytest.mark.parametrize("size", ["desk", "telephone"])
def test_pages_of_measures_are_accessible(
    page: Any, cast: Any, programmes: Any, sign_in: Any, assert_accessible: Any, size: str
) -> None:
    sign_in(cast.regional_officer)
    above = programmes["above"]
    measure = above.measures.get(label="1.1")
    addresses = (
        measure.get_absolute_url(),
        f"{measure.get_absolute_url()}edit/",
        f"{measure.get_absolute_url()}links/?q=уголок&merge=слёт",
        f"{measure.get_absolute_url()}answers/",
        f"/programmes/{above.pk}/answers/",
        f"/programmes/{above.pk}/add/",
        f"/programmes/{above.pk}/out/",
        f"/programmes/clauses/{above.document_id}/",
    )
    for address in addresses:
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], address
