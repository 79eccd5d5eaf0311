"""A finding becomes minutes that are typed, a colleague adopts them, and a head owes what was decided."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from playwright.sync_api import expect

from avgust.domain.resolutions.months import day_in_words
from avgust.web.control.models import Assignment
from avgust.web.decisions.models import Cause, Decision

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


def test_from_a_cause_to_the_home_of_a_head(
    cast: Any, read_here: None, page_of: Callable[..., Page], assert_accessible: Any
) -> None:
    today = timezone.localdate()
    secretary = page_of(cast.methodologist)
    secretary.goto("/decisions/")
    secretary.get_by_role("link", name="Принять решение").click()
    secretary.get_by_label("Что это").select_option(label="случай")
    secretary.get_by_label("Что выявлено").fill("Меню не размещено на сайте школы.")
    secretary.get_by_label("Дата выявления").fill(today.strftime("%d.%m.%Y"))
    secretary.get_by_role("button", name="Записать и набрать решение").click()
    expect(secretary.get_by_text("Укажите, где это можно посмотреть").first).to_be_visible()
    secretary.get_by_label("Источник").fill("Акт проверки № 27")
    assert_accessible(secretary)
    secretary.get_by_role("button", name="Записать и набрать решение").click()

    expect(secretary.get_by_role("checkbox", name="Меню не размещено на сайте школы.")).to_be_checked()
    first = secretary.get_by_role("group", name="Пункт 1", exact=True)
    first.get_by_label("Что нужно сделать").fill("Разместить меню на сайте школы")
    first.get_by_label("Кто").fill("руководители школ")
    first.get_by_label("К какому дню").fill(f"до {day_in_words(today + timedelta(days=3))}")
    expect(first.get_by_text(re.compile("1.организация"))).to_be_visible()
    second = secretary.get_by_role("group", name="Пункт 2", exact=True)
    second.get_by_label("Что нужно сделать").fill("Информацию принять к сведению")
    expect(second.get_by_text("Понято как «принять к сведению»")).to_be_visible()
    second.get_by_role("button", name="Выше").click()
    expect(
        secretary.get_by_role("group", name="Пункт 1", exact=True).get_by_label("Что нужно сделать")
    ).to_have_value("Информацию принять к сведению")
    secretary.get_by_label("Чьё заседание или о чём решение").fill("совещания при начальнике управления")
    secretary.get_by_label("Дата решения").fill(today.strftime("%d.%m.%Y"))
    assert_accessible(secretary)
    secretary.get_by_role("button", name="Сформировать документ").last.click()
    expect(secretary.get_by_text("Решение набрано вами")).to_be_visible()
    assert_accessible(secretary)
    made = Decision.objects.get()
    assert Cause.objects.get().clauses.count() == 2

    officer = page_of(cast.municipal_officer)
    officer.goto(made.get_absolute_url())
    officer.get_by_role("link", name="Проверить и принять").click()
    officer.get_by_role("button", name="Принять программу").click()
    expect(officer.get_by_text("Почему принято")).to_be_visible()

    head = page_of(cast.head, size="telephone")
    head.goto("/")
    expect(head.get_by_text("Разместить меню на сайте школы").first).to_be_visible()
    head.goto(Assignment.objects.get().get_absolute_url())
    head.get_by_role("link", name="Меню не размещено на сайте школы.").click()
    expect(head.get_by_text("исполнение на контроле")).to_be_visible()
    assert_accessible(head)
