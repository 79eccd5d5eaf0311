"""First journeys: sign-in, language, theme, the territory; each page at a desk and on a telephone."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

SIZES = ("desk", "telephone")


@pytest.mark.parametrize("size", SIZES)
def test_sign_in_and_out(page, cast, size) -> None:
    page.goto("/territory/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Войти")
    page.get_by_label("E-mail").fill(cast.municipal_officer.email)
    page.get_by_label("Пароль").fill("wrong password")
    page.get_by_role("button", name="Войти", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Пароль").fill("a long password")
    page.get_by_role("button", name="Войти", exact=True).click()
    expect(page).to_have_url(re.compile("/territory/$"))
    opener = page.get_by_text("Меню") if size == "telephone" else page.get_by_text("Н. П. Ветрова").first
    opener.click()
    page.get_by_role("button", name="Выйти").locator("visible=true").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Войти")


def test_language_and_theme_stay_with_the_account(page, cast, sign_in) -> None:
    sign_in(cast.head)
    page.goto("/territory/?q=школа")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(re.compile(r"/territory/\?q="))
    page.get_by_role("button", name="dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    cast.head.refresh_from_db()
    assert (cast.head.language, cast.head.theme) == ("en", "dark")


def test_escape_closes_the_menu_and_gives_the_focus_back(page, cast, sign_in) -> None:
    sign_in(cast.head)
    page.goto("/")
    opener = page.locator(".av-drop-menu > summary")
    opener.click()
    expect(page.get_by_role("button", name="Выйти").locator("visible=true")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".av-drop-menu")).not_to_have_attribute("open", "")
    expect(opener).to_be_focused()


def test_the_skip_link_is_first(page, cast, sign_in) -> None:
    sign_in(cast.head)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="К содержанию")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


@pytest.mark.parametrize("size", SIZES)
def test_find_an_organisation_and_open_it(page, cast, sign_in, size) -> None:
    sign_in(cast.municipal_officer)
    page.goto("/territory/")
    page.get_by_label("Название или ИНН").fill("ЕЛОЧКА")
    page.get_by_role("button", name="Показать").click()
    page.get_by_role("link", name="Детский сад «Ёлочка»").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Детский сад «Ёлочка»")
    page.get_by_role("link", name="Заозёрный округ").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Заозёрный округ")


def test_the_tree_opens_by_keyboard(page, cast, sign_in) -> None:
    sign_in(cast.regional_officer)
    page.goto("/territory/")
    branch = page.locator("details > ul details").first
    branch.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(branch).to_have_attribute("open", "")
    expect(branch.get_by_role("link", name="Школа № 3")).to_be_visible()


PAGES = ["home", "territory:list", "account", "account_change_password", "mfa_index", "account_email"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_accessible(page, cast, sign_in, assert_accessible, size, theme) -> None:
    for address in ["account_login", "account_reset_password"]:
        page.goto(reverse(address))
        assert_accessible(page)
    type(cast.municipal_officer).objects.filter(pk=cast.municipal_officer.pk).update(theme=theme)
    sign_in(cast.municipal_officer)
    cards = [
        reverse("territory:card", args=[unit.pk]) for unit in (cast.units.municipality, cast.units.school)
    ]
    listed = f"{reverse('territory:list')}?q=школа"
    for address in [*map(reverse, PAGES), *cards, listed, f"{listed}&on=31.02.2026", "/nothing/"]:
        page.goto(address)
        assert_accessible(page)


def test_without_javascript_everything_is_there(browser, live_server, cast) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/territory/")
    page.get_by_label("E-mail").fill(cast.head.email)
    page.get_by_label("Пароль").fill("a long password")
    page.get_by_role("button", name="Войти", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Организации на")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Organisations on")
    page.locator(".av-drop-menu > summary").click()
    page.get_by_role("button", name="Sign out").locator("visible=true").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    context.close()
