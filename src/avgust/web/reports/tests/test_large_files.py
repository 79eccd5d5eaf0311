"""Every file that may be large: by the worker it says what it says at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from avgust.web.control.tests.conftest import Work, with_draft, work
from avgust.web.prepared import making
from avgust.web.prepared.models import PreparedFile

__all__ = ["with_draft", "work"]
TODAY = date(2025, 11, 10)


def of_sheet(data: bytes) -> Any:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def of_document(data: bytes) -> Any:
    from docx import Document

    document = Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def of_pdf(data: bytes) -> Any:
    import pypdfium2

    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def of_calendar(data: bytes) -> Any:
    return [line for line in data.decode().splitlines() if not line.startswith("DTSTAMP")]


FILES: tuple[tuple[str, str, Callable[[bytes], Any]], ...] = (
    ("programmes:xlsx", "", of_sheet),
    ("programmes:xlsx", "?layout=timeline&group=section", of_sheet),
    ("programmes:xlsx", f"?q={quote('наставничеств')}", of_sheet),
    ("programmes:docx", "?layout=executors&approval=1", of_document),
    ("programmes:pdf", "", of_pdf),
    ("programmes:ics", "", of_calendar),
    ("reports:xlsx", "", of_sheet),
    ("reports:docx", "?on=10.10.2025", of_document),
    ("reports:pdf", "", of_pdf),
    ("reports:draft", "", of_document),
    ("projects:changes_docx", "?since=01.10.2025", of_document),
)


@pytest.mark.parametrize(("name", "query", "read"), FILES)
def test_the_worker_writes_what_a_request_writes(
    name: str,
    query: str,
    read: Callable[[bytes], Any],
    work: Work,
    cast: Any,
    signed_in: Any,
    settings: Any,
    tmp_path: Any,
    monkeypatch: Any,
) -> None:
    settings.UPLOADS = tmp_path
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    client, address = signed_in(cast.municipal_officer), reverse(name, args=[work.programme.pk]) + query
    at_once = client.get(address)
    settings.ROWS_AT_ONCE = 0
    led = client.get(address)
    assert led.status_code == 302
    file = PreparedFile.objects.get()
    assert led["Location"] == file.get_absolute_url()
    making.carry_out(file.pk)
    file.refresh_from_db()
    assert file.is_ready, file.why
    later = client.get(reverse("prepared:download", args=[file.pk]))
    assert later["Content-Disposition"] == at_once["Content-Disposition"]
    assert later["Content-Type"] == at_once["Content-Type"]
    assert read(b"".join(later)) == read(b"".join(at_once))
    assert client.get(file.back).status_code == 200
    assert client.get(file.source)["Location"] == file.get_absolute_url()  # nothing changed since


def test_the_journal_too(cast: Any, signed_in: Any, work: Work, settings: Any, tmp_path: Any) -> None:
    settings.UPLOADS = tmp_path
    client, address = signed_in(cast.municipal_officer), reverse("journal:xlsx")
    [at_once] = of_sheet(b"".join(client.get(address)))
    settings.ROWS_AT_ONCE = 0
    client.get(address)
    file = PreparedFile.objects.get()
    making.carry_out(file.pk)
    [later] = of_sheet(b"".join(client.get(reverse("prepared:download", args=[file.pk]))))
    assert later[2:] == at_once[1:]  # the newest act is that it was asked for
    assert len(at_once) > 2
