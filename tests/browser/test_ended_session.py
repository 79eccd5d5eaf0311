"""A session that ends while somebody types: sign-in says so, and what was typed comes back to its form."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.dropping import as_txt
from tests.browser.test_documents_journey import LINES

WHY = "Письмо школы № 12 от 3 сентября."


@pytest.fixture
def measure(cast: Any, read_here: None) -> Any:
    from avgust.domain.resolutions.review.corrections import NotMeasure
    from avgust.web.documents.actions import correct, upload_document
    from avgust.web.programmes.actions import adopt_document

    officer = cast.municipal_officer
    uploaded = upload_document(actor=officer, unit=cast.units.municipality, name="р.txt", data=as_txt(LINES))
    correct(uploaded.document, NotMeasure("c2"), actor=officer, seen=0)
    return adopt_document(uploaded.document, actor=officer).measures.first()


def test_what_was_typed_comes_back(page: Any, context: Any, cast: Any, sign_in: Any, measure: Any) -> None:
    sign_in(cast.municipal_officer)
    page.goto(f"{measure.get_absolute_url()}edit/")
    page.get_by_label("Основание").fill(WHY)
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Сохранить изменение").click()
    expect(page).to_have_url(re.compile("ended=1"))
    expect(page.get_by_text("Сеанс завершён")).to_be_visible()
    expect(page.get_by_text("Набранное сохранено в этой вкладке")).to_be_visible()
    sign_in(cast.municipal_officer)
    page.goto(f"{measure.get_absolute_url()}edit/")
    expect(page.get_by_label("Основание")).to_have_value(WHY)
    expect(page.locator("#av-status")).to_contain_text("возвращено в форму")
    page.reload()
    expect(page.get_by_label("Основание")).to_have_value("")


def test_nobody_else_gets_what_was_typed(
    page: Any, context: Any, cast: Any, sign_in: Any, measure: Any
) -> None:
    sign_in(cast.municipal_officer)
    page.goto(f"{measure.get_absolute_url()}edit/")
    page.get_by_label("Основание").fill(WHY)
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Сохранить изменение").click()
    expect(page.get_by_text("Сеанс завершён")).to_be_visible()
    sign_in(cast.head)
    page.goto("/")
    assert page.evaluate("sessionStorage.getItem('avgust:typed')") is None
