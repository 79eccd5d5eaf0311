"""The chart of a report: its stretches, its sentence, and that every file draws it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from avgust.domain.proof import Coverage, ProofState
from avgust.domain.reporting.chart import by_section, reading, whole
from avgust.domain.reporting.document import report_docx
from avgust.domain.reporting.pdf import report_pdf
from avgust.domain.reporting.report import ExecutionReport, ReportRow, ReportSection

S = ProofState


def _report(**sections: list[ProofState | None]) -> ExecutionReport:
    def row(place: int, state: ProofState | None) -> ReportRow:
        coverage = Coverage({state: 1}) if state else Coverage()
        return ReportRow(place, str(place), "Мера", "Школа", "", coverage)

    parts = tuple(
        ReportSection(title, tuple(row(place, state) for place, state in enumerate(states)))
        for title, states in sections.items()
    )
    return ExecutionReport("Отчёт", "Министерство", "", date(2026, 3, 12), parts)


def test_a_bar_is_whole_and_in_the_order_of_every_legend() -> None:
    report = _report(Школы=[S.NOT_DONE, S.CLAIMED, S.NOT_DONE, None], Сады=[S.PROVEN_BY_DATA])
    bar = whole(report)
    assert [(one.state, one.count) for one in bar.stretches] == [
        (S.PROVEN_BY_DATA, 1), (S.CLAIMED, 1), (S.NOT_DONE, 2),
    ]  # fmt: skip
    assert sum(one.share for one in bar.stretches) == pytest.approx(1)
    assert [(one.title, one.total) for one in by_section(report)] == [("Школы", 3), ("Сады", 1)]


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ({}, "Пока считать нечего: ни у одной меры нет поручений."),
        ({"Школы": [None]}, "Пока считать нечего: ни у одной меры нет поручений."),
        (
            {"Школы": [S.CLAIMED, S.CLAIMED, S.NOT_DUE]},
            "Больше всего мер — 2 из 3 — в состоянии «заявлено».",
        ),
        (
            {"Школы": [S.NOT_DONE, S.CONTRADICTED], "Сады:": [S.NOT_DUE, S.NOT_DUE, S.NOT_DONE, S.NOT_DUE]},
            "Больше всего мер — 3 из 6 — в состоянии «срок не наступил»."
            " Больше всего не выполнено в разделе «Школы»: 2 из 2.",
        ),
    ],
)
def test_one_sentence_says_what_is_to_be_seen(
    sections: dict[str, list[ProofState | None]], said: str
) -> None:
    assert reading(_report(**sections)).render("ru") == said


def test_the_docx_draws_it_with_patterns_that_black_and_white_keep() -> None:
    from docx import Document
    from docx.oxml.ns import qn

    data = report_docx(_report(Школы=[S.PROVEN_BY_DOCUMENT, S.CLAIMED, S.NOT_DONE]), "ru")
    document = Document(BytesIO(data))
    shades = [one.get(qn("w:val")) for one in document.element.iter(qn("w:shd"))]
    assert {"horzStripe", "diagStripe", "clear"} <= set(shades)
    assert any("в состоянии" in paragraph.text for paragraph in document.paragraphs)


def test_the_pdf_says_what_the_chart_shows() -> None:
    import pypdfium2

    stamp = datetime(2026, 3, 12, tzinfo=UTC)
    data = report_pdf(_report(Школы=list(ProofState)), "ru", stamp=stamp)
    page = pypdfium2.PdfDocument(data)[0]
    assert "Больше всего" in page.get_textpage().get_text_range()
    kinds = [one.type for one in page.get_objects()]
    assert len(kinds) > 20


def test_an_empty_report_draws_nothing_and_says_so() -> None:
    data = report_docx(_report(), "ru")
    assert data[:2] == b"PK"
    assert report_pdf(_report(), "ru", stamp=datetime(2026, 3, 12, tzinfo=UTC))[:4] == b"%PDF"
