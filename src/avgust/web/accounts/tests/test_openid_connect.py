"""Sign-in through a server of OpenID Connect: who is known comes in, who is not is told so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from avgust.web.accounts.models import User
from avgust.web.accounts.tests.provider import CLIENT, CODE, Provider, running
from avgust.web.config.settings import openid_connect


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    cache.clear()
    with running() as server:
        settings.SOCIALACCOUNT_PROVIDERS = openid_connect(server.address, CLIENT, "a secret", "Служба входа")
        yield server


def _signs_in(provider: Provider, client: Client, **claims: Any) -> Any:
    """Press the button, come back from the server with its code; return the last answer."""
    provider.claims = {"sub": "17", "email_verified": True, "name": "Боровой Илья", **claims}
    there = client.post(reverse("openid_connect_login", args=["oidc"]), {"next": "/territory/"})
    asked = parse_qs(urlsplit(there.url).query)
    assert there.url.startswith(f"{provider.address}/authorize?")
    assert asked["code_challenge_method"] == ["S256"]
    back = {"code": CODE, "state": asked["state"][0]}
    return client.get(reverse("openid_connect_callback", args=["oidc"]), back, follow=True)


def test_a_known_address_signs_in(cast: Any, provider: Provider) -> None:
    client = Client()
    page = client.get(reverse("account_login")).content.decode()
    assert "Служба входа" in page
    answer = _signs_in(provider, client, email="Head@Avgust.test")
    assert client.session["_auth_user_id"] == str(cast.head.pk)
    assert answer.redirect_chain[-1][0] == "/territory/"
    assert provider.asked["code"] == [CODE]
    assert provider.asked["code_verifier"]
    cast.head.refresh_from_db()
    assert (cast.head.full_name, cast.head.has_usable_password()) == ("Боровой Илья Сергеевич", True)
    assert EmailAddress.objects.get(user=cast.head).verified


def test_the_account_is_found_by_the_server_s_number_from_then_on(cast: Any, provider: Provider) -> None:
    _signs_in(provider, Client(), email="head@avgust.test")
    User.objects.filter(pk=cast.head.pk).update(email="moved@avgust.test")
    client = Client()
    _signs_in(provider, client, email="head@avgust.test")
    assert client.session["_auth_user_id"] == str(cast.head.pk)


STRANGERS = {
    "unknown": {"email": "stranger@elsewhere.test"},
    "not verified there": {"email": "head@avgust.test", "email_verified": False},
    "without an address": {},
}


@pytest.mark.parametrize("claims", STRANGERS.values(), ids=STRANGERS)
def test_a_stranger_is_told_and_gets_no_account(cast: Any, provider: Provider, claims: Any) -> None:
    people = User.objects.count()
    client = Client()
    answer = _signs_in(provider, client, **claims)
    page = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 200
    assert "Учётной записи для вас ещё нет" in page
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == people


def test_a_closed_account_stays_closed(cast: Any, provider: Provider) -> None:
    User.objects.filter(pk=cast.head.pk).update(is_active=False)
    client = Client()
    answer = _signs_in(provider, client, email="head@avgust.test")
    assert answer.redirect_chain[-1][0] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_a_refusal_of_the_server_is_explained(cast: Any, provider: Provider) -> None:
    client = Client()
    there = client.post(reverse("openid_connect_login", args=["oidc"]))
    state = parse_qs(urlsplit(there.url).query)["state"][0]
    back = {"error": "access_denied", "state": state}
    answer = client.get(reverse("openid_connect_callback", args=["oidc"]), back, follow=True)
    assert "Вход отменён" in answer.content.decode()
