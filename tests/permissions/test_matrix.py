"""Person × address × status: each address of the product has a row, each row is tried by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from avgust.web.api.actions import make_token
from tests.permissions import rows
from tests.permissions.tables import ROWS


def _names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _names(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or entry.pattern}"


def test_every_address_has_a_row() -> None:
    missing = set(_names(get_resolver())) - {row.url for row in ROWS}
    assert not missing, f"No row in tests/permissions/ for: {', '.join(sorted(missing))}"


def test_no_row_without_an_address() -> None:
    assert {row.url for row in ROWS} <= set(_names(get_resolver()))


def _asked_by_a_program(row: Any, address: str, cast: Any, who: Any) -> Any:
    """Return the answer to a program with a token of `who`; nobody has none."""
    client = Client()
    if who is not None:
        until = timezone.localdate() + timedelta(days=1)
        _token, secret = make_token(actor=who, name="Матрица", scope=row.token, expires_on=until)
        client = Client(headers={"authorization": f"Bearer {secret}"})
    if row.method == "get":
        return client.get(address, row.data(cast))
    return client.post(address, row.data(cast), content_type="application/json")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
@pytest.mark.usefixtures("read_here")  # a process for each reading would take most of the time
def test_row(row: Any, cast: Any, signed_in: Any) -> None:
    address = reverse(row.url, kwargs=row.make(cast))
    headers = {"HX-Request": "true"} if row.htmx else {}
    got, expected = {}, {}
    for person in rows.EVERYBODY:
        who = None if person == "signed_out" else cast.people()[person]
        with transaction.atomic():
            if row.token:
                response = _asked_by_a_program(row, address, cast, who)
            else:
                response = getattr(signed_in(who), row.method)(address, row.data(cast), headers=headers)
            transaction.set_rollback(True)
        led_to = response.headers.get("HX-Redirect" if row.htmx else "Location", "")
        to_sign_in = led_to.startswith(reverse("account_login"))
        got[person] = rows.SIGN_IN if to_sign_in else response.status_code
        expected[person] = row.status_for(person)
    assert got == expected
