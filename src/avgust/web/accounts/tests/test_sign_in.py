"""Doors: which are open, which are closed, and what stands behind them."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from avgust.web.accounts.models import User
from avgust.web.accounts.rights import Action

PASSWORD = "a long password"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def _sign_in(client: Client, email: str, password: str = PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


@pytest.mark.parametrize("email", ["head@avgust.test", "HEAD@avgust.test", " head@avgust.test "])
def test_sign_in_by_email_in_any_case(cast, email: str) -> None:
    client = Client()
    assert _sign_in(client, email).status_code == 302
    assert client.get("/").status_code == 200


def test_a_wrong_password_says_so_and_keeps_the_address(cast) -> None:
    page = _sign_in(Client(), "head@avgust.test", "wrong").content.decode()
    assert 'role="alert"' in page
    assert 'value="head@avgust.test"' in page


def test_signed_out_comes_back_to_the_page_asked_for(cast) -> None:
    client = Client()
    asked = client.get("/territory/")
    assert asked.url == "/accounts/login/?next=/territory/"
    assert 'value="/territory/"' in client.get(asked.url).content.decode()
    assert _sign_in(client, "head@avgust.test", next="/territory/").url == "/territory/"


def test_an_account_that_is_closed_stays_out(cast) -> None:
    User.objects.filter(pk=cast.head.pk).update(is_active=False)
    client = Client()
    _sign_in(client, "head@avgust.test")
    assert client.get("/").status_code == 302


def test_guessing_is_limited(cast) -> None:
    for _attempt in range(6):
        _sign_in(Client(), "head@avgust.test", "wrong")
    client = Client()
    _sign_in(client, "head@avgust.test")
    assert client.get("/").status_code == 302


@pytest.mark.django_db
def test_nobody_signs_up_by_themselves() -> None:
    page = Client().get(reverse("account_signup"))
    assert "password1" not in page.content.decode()
    data = {"email": "new@avgust.test", "password1": "long enough 1", "password2": "long enough 1"}
    Client().post(reverse("account_signup"), data)
    assert not User.objects.exists()


def test_sign_up_opens_by_its_setting(db, settings) -> None:
    settings.SIGN_UP_OPEN = True
    data = {"email": "new@avgust.test", "password1": "long enough 1", "password2": "long enough 1"}
    assert Client().post(reverse("account_signup"), data).status_code == 302
    assert not User.objects.get().may(Action.SEE_TERRITORY)


def test_a_forgotten_password_is_mended_by_mail(cast) -> None:
    EmailAddress.objects.create(user=cast.head, email=cast.head.email, verified=True, primary=True)
    Client().post(reverse("account_reset_password"), {"email": cast.head.email})
    assert mail.outbox[0].to == [cast.head.email]
    assert "/accounts/password/reset/key/" in mail.outbox[0].body


PAGES = [
    "account",
    "account_login",
    "account_logout",
    "account_change_password",
    "account_reset_password",
    "account_email",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "socialaccount_connections",
]


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_allauth_have_our_look_and_language(cast, name: str) -> None:
    client = Client()
    _sign_in(client, cast.head.email)
    if name == "account_login":
        client = Client()
    page = client.get(reverse(name), follow=True).content.decode()
    assert '<html lang="ru"' in page
    assert '<a class="av-brand"' in page
    assert page.count("<h1") == 1
    assert " style=" not in page
    assert "onclick=" not in page


def test_demo_accounts_are_there_in_the_demo_only(cast, settings) -> None:
    person = User.objects.create_user("head@avgust.example", PASSWORD, full_name="Боровой Илья")
    assert "head@avgust.example" not in Client().get(reverse("account_login")).content.decode()
    assert Client().post(reverse("demo_sign_in"), {"email": person.email}).status_code == 404
    settings.DEMO = True
    assert "head@avgust.example" in Client().get(reverse("account_login")).content.decode()
    client = Client()
    assert (
        client.post(reverse("demo_sign_in"), {"email": person.email, "next": "/territory/"}).url
        == "/territory/"
    )
    assert client.get("/").status_code == 200


def test_the_demo_opens_no_other_account(cast, settings) -> None:
    settings.DEMO = True
    assert Client().post(reverse("demo_sign_in"), {"email": cast.admin.email}).status_code == 404


def test_appoint_makes_the_first_administrator(cast, capsys) -> None:
    call_command(
        "appoint", "First@avgust.test", "admin", "Приреченская", "--name", "Первый Админ", "--no-password"
    )
    person = User.objects.get(email="first@avgust.test")
    assert person.may(Action.MANAGE_ACCOUNTS, cast.units.school)
    assert "Первый Админ" in capsys.readouterr().out


@pytest.mark.parametrize("unit", ["нет такой", "школа"])
def test_appoint_needs_one_organisation(cast, unit: str) -> None:
    with pytest.raises(CommandError, match="one is needed"):
        call_command("appoint", "x@avgust.test", "head", unit, "--name", "Икс", "--no-password")
    assert not User.objects.filter(email="x@avgust.test").exists()
