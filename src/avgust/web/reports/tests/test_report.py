"""The report: its figures, its past, its files, its memory."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avgust.domain.control.states import Act
from avgust.domain.proof import ProofState
from avgust.domain.resolutions.readers.read import read
from avgust.domain.resolutions.stages import parse
from avgust.web.control.actions import Words, act_on
from avgust.web.control.models import Assignment, Step
from avgust.web.control.tests.conftest import TEXT, Work, with_draft, work
from avgust.web.documents.actions import upload_document
from avgust.web.programmes.actions import adopt_document
from avgust.web.reports.building import build

__all__ = ["with_draft", "work"]
TODAY = date(2025, 11, 10)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


def _noon(day: int) -> datetime:
    """Return noon of a day of October 2025."""
    return datetime(2025, 10, day, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def told(work: Work, cast: Any, with_draft: Any) -> Work:
    """The school reported on 1 October, was returned on the 5th, reported on the 10th, accepted on the 15th."""
    acts = (
        (Act.REPORT, cast.head, 1),
        (Act.RETURN, cast.municipal_officer, 5),
        (Act.REPORT, cast.head, 10),
        (Act.ACCEPT, cast.municipal_officer, 15),
    )
    for act, person, day in acts:
        if act is Act.REPORT:
            with_draft(work.school, person)
        step = act_on(work.school, act, actor=person, words=Words("Нет подписи"))
        at = _noon(day)
        Step.objects.filter(pk=step.pk).update(at=at)
    reports = Assignment.objects.get(pk=work.school.pk).reports
    reports.update(decided_at=_noon(15))
    return work


def _built(work: Work, day: date) -> Any:
    return build(work.programme, Assignment.objects.all(), day, place=None, language="ru")


@pytest.mark.parametrize(
    ("day", "state", "happened"),
    [
        (date(2025, 9, 30), ProofState.NOT_DUE, 0),
        (date(2025, 10, 1), ProofState.CLAIMED, 0),
        (date(2025, 10, 7), ProofState.NOT_DONE, 1),
        (date(2025, 10, 12), ProofState.CLAIMED, 1),
        (date(2025, 10, 15), ProofState.PROVEN_BY_DOCUMENT, 1),
        (TODAY, ProofState.PROVEN_BY_DOCUMENT, 1),
    ],
)
def test_any_day_is_told_as_it_was(told: Work, day: date, state: ProofState, happened: int) -> None:
    row = _built(told, day).rows[0]
    assert row.state is state
    assert len(row.happened) == happened
    assert bool(row.proofs) is (state is ProofState.PROVEN_BY_DOCUMENT)


def test_who_did_not_do_it_is_named(told: Work) -> None:
    report = _built(told, TODAY)
    monthly = report.rows[1]
    assert monthly.failed == ("Школа № 3",)
    assert [row.number for row in report.rows] == ["1.1", "1.2", "2.1", "3.1"]
    assert (report.proven, report.count(ProofState.NOT_DONE)) == (1, 1)


def test_the_page_says_it(told: Work, cast: Any, signed_in: Any) -> None:
    address = reverse("reports:report", args=[told.programme.pk])
    html = signed_in(cast.regional_officer).get(address).content.decode()
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ")
    assert "доказано мер: 1 из 4" in said
    assert "Возвращено отчётов на доработку: 1." in said
    assert "Не выполнили: Школа № 3." in said
    early = signed_in(cast.regional_officer).get(address, {"on": "07.10.2025"}).content.decode()
    assert "доказано мер: 0 из 4" in re.sub(r"<[^>]+>", " ", early).replace("\u00a0", " ")
    assert "примером" not in said


@pytest.mark.parametrize("on", ["32.13.2025", "x" * 500, "01.01.1900", "01.01.2999", ""])
def test_an_odd_day_is_answered(on: str, told: Work, cast: Any, signed_in: Any) -> None:
    address = reverse("reports:report", args=[told.programme.pk])
    answer = signed_in(cast.regional_officer).get(address, {"on": on})
    assert answer.status_code == 200
    assert answer.context["report"].day <= TODAY


def test_the_docx_is_edited_with_styles_and_read_back(told: Work, cast: Any, signed_in: Any) -> None:
    from docx import Document

    address = reverse("reports:docx", args=[told.programme.pk])
    document = Document(BytesIO(b"".join(signed_in(cast.regional_officer).get(address))))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2"} <= styles
    assert "TOC" in document.element.xml
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("Принять положение о наставничестве" in text for text in cells)
    assert any("доказано документом" in text for text in cells)


def test_the_pdf_is_an_archive_file_with_the_words(told: Work, cast: Any, signed_in: Any) -> None:
    import pypdfium2

    address = reverse("reports:pdf", args=[told.programme.pk])
    data = b"".join(signed_in(cast.regional_officer).get(address))
    assert b"pdfaid" in data
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    assert "наставничестве" in re.sub(r"[\u00ad\ufffe\r\n]+", "", text)


def test_the_xlsx_counts(told: Work, cast: Any, signed_in: Any) -> None:
    from python_calamine import CalamineWorkbook

    address = reverse("reports:xlsx", args=[told.programme.pk])
    data = b"".join(signed_in(cast.regional_officer).get(address).streaming_content)
    head, *rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("Исполнение").to_python()
    assert [row[head.index("Доказано документом")] for row in rows] == [1, 0, 0, 0]


def test_memory_and_the_draft_of_the_next_resolution(
    told: Work, cast: Any, read_here: None, signed_in: Any
) -> None:
    later = TEXT.replace("2026", "2027").replace("2025", "2026")
    later = later.replace("Принять положение о наставничестве", "О принятии положения о наставничестве")
    upload = upload_document(
        actor=cast.municipal_officer, unit=cast.units.municipality, name="n.txt", data=later.encode()
    )
    newer = adopt_document(upload.document, actor=cast.municipal_officer)
    report = build(newer, Assignment.objects.all(), TODAY, place=None, language="ru")
    memory = {row.number: [year.number for year in row.memory] for row in report.rows}
    assert memory["1.2"] == ["1.2"]
    assert report.rows[1].memory[0].coverage.total == 12
    address = reverse("reports:draft", args=[told.programme.pk])
    data = b"".join(signed_in(cast.municipal_officer).get(address))
    resolution = parse(read(data, "draft.docx"))
    assert [clause.text for clause in resolution.clauses] == [
        "Проводить ежемесячно заседания методического совета"
    ]


def test_more_measures_ask_the_database_no_more(
    told: Work, cast: Any, read_here: None, signed_in: Any
) -> None:
    more = "".join(f"1.{n}. Провести урок по теме «Река {n}» до {n} марта 2026 года.\n" for n in range(3, 28))
    text = TEXT.replace("2. Управлению", more + "2. Управлению").replace("27 августа", "28 августа")
    upload = upload_document(
        actor=cast.municipal_officer, unit=cast.units.municipality, name="m.txt", data=text.encode()
    )
    wide = adopt_document(upload.document, actor=cast.municipal_officer)
    client, counts = signed_in(cast.regional_officer), []
    for programme in (told.programme, wide):
        address = reverse("reports:report", args=[programme.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 1
