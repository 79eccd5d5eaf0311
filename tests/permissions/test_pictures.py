"""Every page has its pictures: a page of the matrix has a line in `PAGES`, and every line leads to a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.urls import reverse

from tests.permissions.rows import EVERYBODY, OK, Row
from tests.permissions.tables import PAGES, ROWS


def reader_of(row: Row) -> str | None:
    """Return the first of the cast who gets the page; None where nobody does."""
    return next((person for person in EVERYBODY if row.status_for(person) == OK), None)


def rows_of_pages() -> list[tuple[Row, str]]:
    """Return the first row of every address that is opened as a page, with who opens it."""
    found: dict[str, tuple[Row, str]] = {}
    for row in ROWS:
        reader = reader_of(row)
        if row.method == "get" and not row.htmx and reader is not None:
            found.setdefault(row.url, (row, reader))
    return list(found.values())


def _is_page(row: Row, reader: str, cast: Any, signed_in: Callable[[Any], Any]) -> bool:
    """Return whether the answer is a whole page: neither a file nor a fragment."""
    client = signed_in(None if reader == "signed_out" else cast.people()[reader])
    with transaction.atomic():
        answer = client.get(reverse(row.url, kwargs=row.make(cast)), row.data(cast))
        transaction.set_rollback(True)
    if answer.streaming:
        return False
    return "text/html" in answer.headers["Content-Type"] and b"<html" in answer.content


def test_every_page_has_a_picture(cast: Any, signed_in: Callable[[Any], Any]) -> None:
    photographed = {page.url for page in PAGES}
    missing = [
        row.url
        for row, reader in rows_of_pages()
        if row.url not in photographed and _is_page(row, reader, cast, signed_in)
    ]
    assert not missing, f"No line in PAGES of tests/permissions/<app>.py for: {', '.join(sorted(missing))}"


def test_pictures_have_names_of_their_own() -> None:
    names = [page.name for page in PAGES]
    assert sorted(set(names)) == sorted(names)
