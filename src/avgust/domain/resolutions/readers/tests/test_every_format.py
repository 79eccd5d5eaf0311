"""What holds for every format: spans point at their text, words are kept, and nothing but ReadError is raised."""

import functools
import html
import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.resolutions.model import Block, SourceDocument
from avgust.domain.resolutions.readers import ReadError, read
from avgust.domain.resolutions.readers import doc as old_word
from avgust.domain.resolutions.readers.tests.making_doc import doc
from avgust.domain.resolutions.readers.tests.making_docx import docx, lvl, numbering, p, tbl, tr
from avgust.isolation import decode_document, encode_document

SHARED = Path(__file__).resolve().parents[7] / "shared" / "resolutions"  # absent in most checkouts
PARAGRAPHS = [
    "РЕЗОЛЮЦИЯ",
    "Участники совещания отмечают рост числа школьных музеев и решили:",
    "1. Отделу образования провести смотр школьных музеев до 1 мая 2026 года.",
    "а) издать сборник «Школьный музей» (тираж – не менее 50 экз.);",
    "2. Руководителям школ обеспечить участие обучающихся.",
]
ROWS = [["№", "Мера", "Срок"], ["1", "Смотр музеев", "май"], ["2", "Сборник", "июнь"]]


def as_txt(paragraphs: list[str], rows: list[list[str]]) -> bytes:
    return "\n".join(paragraphs + ["\t".join(row) for row in rows]).encode("utf-8")


def as_docx(paragraphs: list[str], rows: list[list[str]]) -> bytes:
    body = "".join(map(p, paragraphs)) + (tbl(*(tr(*row) for row in rows)) if rows else "")
    return docx(body, numbering=numbering({"0": lvl(0, "decimal", "%1.")}, {"1": ("0", "")}))


def as_html(paragraphs: list[str], rows: list[list[str]]) -> bytes:
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    body += (
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{html.escape(c)}" for c in row) for row in rows)
        + "</table>"
    )
    return f"<html><meta charset=utf-8><body>{body}".encode()


def as_rtf(paragraphs: list[str], rows: list[list[str]]) -> bytes:
    def words(text: str) -> str:
        text = re.sub(r"([\\{}])", r"\\\1", text)
        return "".join(c if ord(c) < 128 else rf"\u{ord(c)}?" for c in text)

    body = "".join(rf"\pard {words(text)}\par " for text in paragraphs)
    for row in rows:
        body += r"\trowd" + "".join(rf"\cellx{n}" for n, _c in enumerate(row, 1)) + r"\pard\intbl "
        body += "".join(words(cell) + r"\cell " for cell in row) + r"\row "
    return (r"{\rtf1\ansi\ansicpg1251 " + body + "}").encode("ascii")


def as_odt(paragraphs: list[str], rows: list[list[str]]) -> bytes:
    from odf.opendocument import OpenDocumentText
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    made = OpenDocumentText()
    for text in paragraphs:
        made.text.addElement(P(text=text))
    table = Table()
    for row in rows:
        line = TableRow()
        for words in row:
            cell = TableCell()
            cell.addElement(P(text=words))
            line.addElement(cell)
        table.addElement(line)
    if rows:
        made.text.addElement(table)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def as_pdf(paragraphs: list[str], rows: list[list[str]]) -> bytes:
    typst = pytest.importorskip("typst")

    def words(text: str) -> str:
        return "#" + '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    source = (
        '#set page(margin: 2cm)\n#set text(lang: "ru", hyphenate: true)\n#set smartquote(enabled: false)\n'
    )
    source += "#set par(justify: true, first-line-indent: (amount: 1.25cm, all: true))\n"
    source += "\n\n".join(map(words, paragraphs))
    if rows:
        cells = ", ".join(f"[{words(cell)}]" for row in rows for cell in row)
        source += f"\n\n#set par(first-line-indent: 0pt)\n#table(columns: {len(rows[0])}, {cells})"
    return bytes(typst.compile(source.encode()))


def as_doc(paragraphs: list[str], rows: list[list[str]]) -> bytes:
    return doc("".join(text + "\r" for text in paragraphs + ["\t".join(row) for row in rows]))


WRITERS = {f.__name__[3:]: f for f in (as_txt, as_docx, as_html, as_rtf, as_odt, as_pdf, as_doc)}


@functools.cache
def sample(kind: str) -> bytes:
    return WRITERS[kind](PARAGRAPHS, ROWS)


def hold(document: SourceDocument) -> None:
    """Check the contract of `SourceDocument`, `Block` and `Cell`."""
    end = 0
    for block in document.blocks:
        assert end <= block.span.start < block.span.end <= len(document.text)
        assert block.text == block.span.of(document.text)
        assert block.text.strip()
        hold_cells(document, block)
        end = block.span.end
    assert any(letter.isalnum() for letter in document.text)
    document.text.encode("utf-8")
    if document.format != "txt":
        assert document.text == "".join(block.text + "\n" for block in document.blocks)
    assert decode_document(encode_document(document)) == document


def hold_cells(document: SourceDocument, block: Block) -> None:
    end = block.span.start
    for cell in block.cells:
        assert end <= cell.span.start <= cell.span.end <= block.span.end
        assert cell.text == cell.span.of(document.text)
        end = cell.span.end
    columns = [cell.column for cell in block.cells]
    assert columns == sorted(columns)


def attempt(data: bytes, name: str = "a.docx") -> None:
    try:
        document = read(data, name)
    except ReadError as error:
        assert error.message.render("en")
    else:
        hold(document)


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_document_in_every_format(kind):
    document = read(sample(kind), f"a.{kind}")
    hold(document)
    assert document.notes == () or kind == "doc"
    assert [b.text for b in document.blocks if not b.cells][: len(PARAGRAPHS)] == PARAGRAPHS
    if kind != "doc":
        assert [[cell.text for cell in b.cells] for b in document.blocks if b.cells] == ROWS


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("path", sorted(SHARED.glob("*.txt")), ids=lambda path: path.stem)
def test_real_texts_keep_their_words(path, kind):
    paragraphs = [block.text for block in read(path.read_bytes(), path.name).blocks]
    document = read(WRITERS[kind](paragraphs, []), f"a.{kind}")
    assert document.text.split() == " ".join(paragraphs).split()
    if kind not in ("pdf", "doc"):
        spaced = [" ".join(text.split()) for text in paragraphs]
        assert [" ".join(block.text.split()) for block in document.blocks] == spaced
    elif kind == "pdf":
        assert abs(len(document.blocks) - len(paragraphs)) <= 1


texts = st.text(st.characters(codec="utf-8"), max_size=40)


@pytest.mark.parametrize("kind", ["txt", "docx", "html", "rtf"])
@given(
    paragraphs=st.lists(texts, max_size=4), rows=st.lists(st.lists(texts, min_size=2, max_size=2), max_size=2)
)
@settings(max_examples=60, deadline=None)
def test_any_text_in_any_format(kind, paragraphs, rows):
    try:
        data = WRITERS[kind](paragraphs, rows)
        if kind == "docx":
            from lxml import etree

            for text in (*paragraphs, *(cell for row in rows for cell in row)):
                etree.Element("a").text = text  # letters that XML cannot hold
    except ValueError:
        return
    attempt(data)


@given(st.binary(max_size=600))
@settings(max_examples=150, deadline=None)
def test_random_bytes(data):
    attempt(data)


HEADS = [
    b"PK\x03\x04",
    b"%PDF-1.7\n",
    b"{\\rtf1\\ansi ",
    b"<html>",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"MIME-Version: 1.0\n",
    b"\xff\xfe",
]


@given(st.sampled_from(HEADS), st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_random_bytes_behind_a_signature(head, data):
    attempt(head + data)


@pytest.fixture(scope="module")
def impatient():
    """Give programs that hang on a damaged .doc less time than a person would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(old_word, "_SECONDS", dict.fromkeys(old_word._SECONDS, 1))
        yield


@pytest.mark.parametrize("kind", WRITERS)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_damaged_files(kind, data, impatient):
    good = sample(kind)
    damage = data.draw(st.sampled_from(("cut", "flip", "fill")))
    at = data.draw(st.integers(0, len(good) - 1))
    if damage == "cut":
        bad = good[:at]
    elif damage == "flip":
        bad = bytearray(good)
        for place in [at, *data.draw(st.lists(st.integers(0, len(good) - 1), max_size=5))]:
            bad[place] ^= 1 << data.draw(st.integers(0, 7))
    else:
        bad = good[:at] + data.draw(st.binary(max_size=60)) + good[at + 30 :]
    attempt(bytes(bad))


@given(
    st.lists(
        st.sampled_from(
            [
                r"\par",
                r"\cell",
                r"\row",
                r"\trowd",
                r"\cellx5",
                r"\intbl",
                r"\pard",
                r"{",
                r"}",
                r"{\listtext",
                r"{\footnote",
                r"\u1055",
                r"\'cf",
                r"\b",
                r"\v",
                r"\bin3",
                r"\uc9",
                r"\*",
                r"а",
                r"слово",
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_order_of_rtf_words(words):
    attempt(b"{\\rtf1\\ansi " + " ".join(words).encode("cp1251"))


TAGS = ["<p>", "</p>", "<table>", "</table>", "<tr>", "<td>", "<td rowspan=3>", "<td colspan=2>", "<ol>", "</ol>", "<li>", "<br>", "<b>", "</b>", "слово", "<pre>", "<ul>", "&nbsp;"]  # fmt: skip


@given(st.lists(st.sampled_from(TAGS), max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_order_of_html_tags(tags):
    attempt(b"<html><meta charset=utf-8>" + "".join(tags).encode())
