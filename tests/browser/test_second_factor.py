"""The second factors in a real browser: codes of an application, and a passkey in Chromium's own virtual one."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

PASSWORD = "a long password"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def _type_password(page: Any, email: str) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Пароль").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Войти", exact=True).click()


def _prove(page: Any) -> None:
    """Type the password once more, where the page asks whether it is the same person."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Это вы?")
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Продолжить").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Это вы?")


def _code(secret: str) -> str:
    """Return what an application of codes shows now; a code counts once, so the used ones are forgotten."""
    if time.time() % 30 > 25:  # no code that is about to change
        time.sleep(30 - time.time() % 30)
    cache.clear()
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def _sign_out(page: Any) -> None:
    page.goto(reverse("account_logout"))
    page.locator("main").get_by_role("button", name="Выйти").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Войти")


@pytest.mark.parametrize("size", ["desk", "telephone"])
def test_codes_of_an_application(
    page: Any, cast: Any, size: str, assert_accessible: Callable[[Any], None]
) -> None:
    _type_password(page, cast.head.email)
    page.goto(reverse("mfa_index"))
    assert_accessible(page)
    page.get_by_role("link", name="Настроить").click()
    _prove(page)
    assert_accessible(page)
    page.locator("[name=code]").fill("000000")
    page.get_by_role("button", name="Включить").click()
    expect(page.get_by_role("alert")).to_be_visible()
    secret = page.locator(".av-secret").inner_text()
    page.locator("[name=code]").fill(_code(secret))
    page.get_by_role("button", name="Включить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Запасные коды")
    expect(page.locator(".av-codes li")).to_have_count(10)
    spare = page.locator(".av-codes code").first.inner_text()
    assert_accessible(page)
    _sign_out(page)
    _type_password(page, cast.head.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Второй фактор")
    assert_accessible(page)
    page.goto("/territory/")  # the password alone opens nothing
    expect(page.get_by_role("heading", level=1)).to_have_text("Второй фактор")
    page.get_by_role("button", name="Вернуться к паролю").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Войти")
    for code in (_code(secret), spare):
        _type_password(page, cast.head.email)
        page.locator("[name=code]").fill(code)
        page.get_by_role("button", name="Войти", exact=True).click()
        expect(page).to_have_url(re.compile(r"/$"))
        _sign_out(page)


def test_a_passkey_signs_in_without_the_password(
    page: Any, context: Any, cast: Any, assert_accessible: Callable[[Any], None]
) -> None:
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    _type_password(page, cast.head.email)
    page.goto(reverse("mfa_add_webauthn"))
    _prove(page)
    assert_accessible(page)
    page.locator("[name=name]").fill("Ноутбук директора")
    page.locator("[name=passwordless]").check()
    page.get_by_role("button", name="Добавить ключ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Запасные коды")
    page.goto(reverse("mfa_list_webauthn"))
    expect(page.locator(".av-set")).to_contain_text("Ноутбук директора")
    assert_accessible(page)
    _sign_out(page)
    page.get_by_role("button", name="Ключом доступа").click()
    expect(page).to_have_url(re.compile(r"/$"))
    expect(
        page.get_by_text("И. С. Боровой".replace(" С", "\u00a0С").replace(" Б", "\u00a0Б")).first
    ).to_be_visible()
    page.goto(reverse("mfa_list_webauthn"))
    page.get_by_role("link", name="Удалить").click()
    _prove(page)
    page.get_by_role("button", name="Удалить ключ").click()
    expect(page.locator("main")).not_to_contain_text("Ноутбук директора")


def test_a_role_that_must_have_one_is_led_to_it(page: Any, cast: Any, settings: Any) -> None:
    settings.MFA_ROLES = ["head"]
    _type_password(page, cast.head.email)
    expect(page).to_have_url(re.compile("/accounts/2fa/$"))
    expect(page.locator(".av-said")).to_contain_text("Ваши полномочия требуют двухфакторной защиты")
    page.goto("/territory/")
    expect(page).to_have_url(re.compile("/accounts/2fa/$"))
    _sign_out(page)
    _type_password(page, cast.observer.email)
    expect(page).to_have_url(re.compile(r"\d/$"))
