"""Every page of the product, as the matrix of rights knows them: axe finds nothing, nothing scrolls sideways.

What may differ in the dark theme is the contrast, which is asked for there too.

A page gets here by its row in `tests/permissions/`; no list is kept. The pictures in both themes and languages
are `python dev/screenshots.py --all`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import reverse

from tests.permissions.rows import Row
from tests.permissions.test_pictures import rows_of_pages

SIZES = ({"width": 1440, "height": 900}, {"width": 390, "height": 844})


@pytest.fixture(autouse=True)
def _read_here(read_here: None) -> None:
    """Subjects of the rows are uploaded documents."""


@pytest.mark.parametrize(("row", "reader"), [pytest.param(*pair, id=pair[0].url) for pair in rows_of_pages()])
def test_page(
    row: Row, reader: str, page: Any, cast: Any, sign_in: Any, assert_accessible: Callable[..., None]
) -> None:
    if reader != "signed_out":
        sign_in(cast.people()[reader])
    with transaction.atomic():  # as the request of the matrix: an act is recorded in its transaction
        made = row.make(cast)
    address = reverse(row.url, kwargs=made)
    asked = urlencode(row.data(cast))
    if _is_file(page, f"{address}?{asked}"):
        return
    for size in SIZES:
        page.set_viewport_size(size)
        page.goto(f"{address}?{asked}")
        assert page.locator("main").count() == 1
        assert page.locator("h1").count() == 1
        assert_accessible(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # no colour half-way
    assert_accessible(page, "color-contrast")


def _is_file(page: Any, address: str) -> bool:
    """Return whether the address answers with a file or with a part of a page."""
    answer = page.request.get(address)
    return "text/html" not in answer.headers["content-type"] or "<html" not in answer.text()
