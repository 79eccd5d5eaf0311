"""One story in every format: the same words, nothing that a program would run."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from avgust.domain.charts.chart import Chart
from avgust.domain.charts.numbers import number
from avgust.domain.charts.table import BAD, Shaded, Table
from avgust.domain.messages import Message
from avgust.domain.reporting.story.archive import file_name
from avgust.domain.reporting.story.document import story_docx
from avgust.domain.reporting.story.pdf import story_pdf
from avgust.domain.reporting.story.record import story_record
from avgust.domain.reporting.story.story import Fact, Point, Section, Story
from avgust.domain.reporting.story.workbook import story_xlsx

HOSTILE = "=HYPERLINK(1)&<b>\x07"


def story():
    word = Message("deficit")
    table = Table(
        Message("A table of [hostile] words: x/y"),
        ("Skill", Message("Share")),
        ((HOSTILE, Shaded(number(41.5), BAD, word)), ("two", None), ("three", 7)),
        ((BAD, word),),
    )
    chart = Chart(
        Message("Picture"),
        Message("Reads so."),
        Message("n = 3"),
        table,
        40,
        lambda canvas, language: canvas.text(0, 20, f"words {language}"),
    )
    return Story(
        HOSTILE,
        (Message("First."), "Second."),
        ("For the head",),
        (Fact(Message("Mean"), number(11.4), "of 20", Message("Sum by n.")),),
        (
            Section(Message("Empty")),
            Section(
                Message("Skills"), ("Said.",), (chart,), (table,), (Point("Do it.", "Because.", "code"),)
            ),
        ),
        ("By rule.",),
    )


def test_docx_has_words_pictures_with_their_text_and_tables():
    data = story_docx(story(), "en")
    document = Document(BytesIO(data))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in ("First. Second.", "Reads so.", "Do it.", "Because.", "By rule."):
        assert words in text
    assert "Empty" not in text
    assert document.tables[1].rows[1].cells[1].text == "41.5"
    (picture,) = document.inline_shapes
    assert picture._inline.docPr.get("descr") == "Picture. Reads so."
    assert b"\x07" not in ZipFile(BytesIO(data)).read("word/document.xml")


def test_pdf_has_the_same_words():
    data = story_pdf(story(), "en", stamp=datetime(2026, 5, 1, tzinfo=UTC))
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    for words in ("First. Second.", "Reads so.", "41.5", "Do it.", "By rule.", "=HYPERLINK(1)&<b>"):
        assert words in text


def test_xlsx_keeps_numbers_as_numbers_and_runs_nothing():
    data = story_xlsx(story(), "en")
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    assert book.sheet_names == ["Report", "A table of hostile words xy", "A table of hostile words xy 2"]
    rows = book.get_sheet_by_index(1).to_python()
    assert rows[1] == ["=HYPERLINK(1)&<b>", 41.5]
    assert rows[3][1] == 7
    sheets = [
        ZipFile(BytesIO(data)).read(name) for name in ZipFile(BytesIO(data)).namelist() if "sheet" in name
    ]
    assert not any(b"<f>" in sheet for sheet in sheets)


@pytest.mark.parametrize(
    ("names", "made"),
    [
        (["МБОУ «СОШ № 3»", "МБОУ «СОШ № 3»"], ["МБОУ «СОШ № 3»", "МБОУ «СОШ № 3» 2"]),
        (["../../etc", "a/b:c"], ["etc", "a b c"]),
        (["", "...", "x" * 200], ["—", "— 2", "x" * 80]),
    ],
)
def test_names_in_an_archive_are_safe_and_differ(names, made):
    taken: set[str] = set()
    assert [file_name(name, taken) for name in names] == made


def test_a_record_says_shades_by_words():
    told = story_record(story(), "en")
    assert [part["title"] for part in told["sections"]] == ["Skills"]
    cell = told["sections"][0]["tables"][0]["rows"][0][1]
    assert (cell["text"], cell["word"], cell["value"]) == ("41.5", "deficit", 41.5)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_empty_story_is_a_file_too(language):
    nothing = Story("T", (), (), (), (), ())
    stamp = datetime(2026, 5, 1, tzinfo=UTC)
    assert story_pdf(nothing, language, stamp=stamp).startswith(b"%PDF")
    assert story_docx(nothing, language)[:2] == story_xlsx(nothing, language)[:2] == b"PK"
