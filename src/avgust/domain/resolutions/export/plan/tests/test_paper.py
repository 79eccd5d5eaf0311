"""Documents of other layouts, the block of approval, and PDF: what is printed is read back."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from itertools import repeat
from zipfile import ZipFile

import docx
import pypdfium2
import pytest

from avgust.domain.messages import mark
from avgust.domain.resolutions.export.plan import (
    MOST_LINES,
    PLAN,
    Heading,
    Paper,
    PaperColumn,
    TooLongError,
    plan_pdf,
    write_docx,
)  # fmt: skip
from avgust.domain.resolutions.readers import read
from avgust.domain.resolutions.stages import parse

STAMP = datetime(2025, 8, 28, tzinfo=UTC)
HOSTILE = '#panic("x") *b* $x$ @y <z> ]] \\ "q" `raw` &amp; [#] = '
LINES = [
    Heading("1. Отделу образования Заозёрного округа:"),
    ("1.1", "Провести смотр музеев", "до 1 мая 2026 г.", "Отдел образования Заозёрного округа", ""),
    ("1.2", HOSTILE, "", "Отдел образования Заозёрного округа", "не менее 70 %"),
]


def text_of(data: bytes) -> list[str]:
    pages = pypdfium2.PdfDocument(data)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pages]


def test_pdf_prints_words_as_words() -> None:
    paper = Paper("План #1", "принят *28 августа*", "Тема: кадры", PLAN, approval=True)
    data = plan_pdf(paper, LINES, "ru", stamp=STAMP)
    (page,) = text_of(data)
    for words in (
        "План #1",
        "принят *28 августа*",
        "Тема: кадры",
        '#panic("x") *b* $x$ @y <z> ]]',
        "УТВЕРЖДАЮ",
    ):
        assert words in page
    assert b"pdfaid:part" in data or b"pdfaid" in data


def test_pdf_repeats_its_head_and_counts_pages() -> None:
    pages = text_of(plan_pdf(Paper("План", columns=PLAN), list(repeat(LINES[1], 90)), "ru", stamp=STAMP))
    assert len(pages) > 2
    assert all("Ответственный исполнитель" in page for page in pages)
    assert pages[1].startswith("2 ")


def test_a_pdf_too_long_is_refused_before_it_is_set() -> None:
    with pytest.raises(TooLongError):
        plan_pdf(Paper("План", columns=PLAN), repeat(LINES[1], MOST_LINES + 1), "ru", stamp=STAMP)


def test_docx_of_other_columns() -> None:
    columns = (PaperColumn(mark("No."), 20, centred=True), PaperColumn(mark("Measure"), 247))
    out = BytesIO()
    write_docx(out, Paper("П", columns=columns), [Heading("А & Б"), ("1", "в\tг\nд < е \x01")], "ru")
    (table,) = docx.Document(out).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["№", "Мероприятие"],
        ["А & Б"] * 2,
        ["1", "в\tг\nд < е "],
    ]


def test_docx_with_approval_reads_back() -> None:
    out = BytesIO()
    write_docx(
        out, Paper("План мероприятий", "по исполнению резолюции", columns=PLAN, approval=True), LINES, "ru"
    )
    first = docx.Document(out).paragraphs[0].text
    assert first == "УТВЕРЖДАЮ"
    clauses = parse(read(out.getvalue(), "plan.docx")).clauses
    assert [clause.label for clause in clauses] == ["1.1", "1.2"]
    assert clauses[0].text == "Провести смотр музеев"


def test_the_archive_keeps_every_part_once() -> None:
    out = BytesIO()
    write_docx(out, Paper("П", columns=PLAN), LINES, "ru")
    names = ZipFile(out).namelist()
    assert len(names) == len(set(names))
    assert {"word/document.xml", "[Content_Types].xml", "word/styles.xml"} <= set(names)
