"""Plain text: encodings, lines, tables that are certain."""

import pytest

from avgust.domain.resolutions.model import BlockKind
from avgust.domain.resolutions.readers import ReadError, read

PROSE = """РЕЗОЛЮЦИЯ
августовского совещания работников образования Приреченской области

1. Отделу образования: провести смотр школьных музеев до 1 мая 2026 года.
2. Руководителям школ обеспечить участие обучающихся.
"""


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1251", "cp1251"),
        ("koi8-r", "koi8-r"),
        ("cp866", "cp866"),
        ("iso8859-5", "iso8859-5"),
        ("mac-cyrillic", "mac-cyrillic"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
@pytest.mark.parametrize("text", [PROSE, "РЕШИЛИ", "Срок: до 1 мая", "ПРИКАЗ\nо смотре"])
def test_encodings(text, codec, name):
    document = read(text.encode(codec), "a.txt")
    assert document.text == text
    if text == PROSE:  # capitals alone are the same bytes in several encodings
        assert document.encoding == name


def test_marks_of_encodings_are_no_text():
    assert read(b"\xff\xfe" + PROSE.encode("utf-16-le"), "a.txt").text == PROSE
    assert read(b"\xfe\xff" + PROSE.encode("utf-16-be"), "a.txt").text == PROSE


def test_windows_signs():
    text = "«Школа» № 5 – “центр”… 50 % §1\n"
    assert read(text.encode("cp1251"), "a.txt").text == text


def test_latin_text_is_no_error():
    assert read(b"Resolution \x93quoted\x94", "a.txt").text == "Resolution “quoted”"


def test_utf8_with_a_broken_letter():
    document = read(PROSE.encode()[:-3] + b"\xd0", "a.txt")
    assert document.encoding == "utf-8"
    assert "broken" in document.notes[0].render("en")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\f"])
def test_line_ends(end):
    document = read(f"Раз{end}{end}  Два \t{end}".encode(), "a.txt")
    assert [block.text for block in document.blocks] == ["Раз", "Два"]
    assert document.text == "Раз\n\n  Два \t\n"


def test_lines_keep_their_marks_and_indents():
    document = read("**Раздел 1.**\n\t- да\n  нет\n\u00ad\ufeff\n".encode(), "a.txt")
    assert [(b.text, b.bold, b.indent) for b in document.blocks] == [
        ("**Раздел 1.**", True, 0.0),
        ("- да", False, 48.0),
        ("нет", False, 12.0),
    ]


def test_markdown_headings():
    document = read("## Раздел\n# Ещё\n#5 не раздел\n".encode(), "a.md")
    assert [(b.kind, b.text, b.level) for b in document.blocks] == [
        (BlockKind.HEADING, "Раздел", 2),
        (BlockKind.HEADING, "Ещё", 1),
        (BlockKind.PARAGRAPH, "#5 не раздел", None),
    ]


TABLES = {
    "pipes": ("| а | б |\n|---|:-:|\n| 1 |  |\nх", [["а", "б"], ["1", ""], []]),
    "no outer pipes": ("а | б\n--- | ---\n1 | 2", [["а", "б"], ["1", "2"]]),
    "no ruled line": ("а | б\n1 | 2", [[], []]),
    "ruled line of another width": ("| а | б |\n|---|\n", [[], []]),
    "escaped pipe": ("| а\\|б | в |\n|--|--|", [["а\\|б", "в"]]),
    "tabs": ("№\tМера\tСрок\n1\tСмотр\tмай\n2\t\tиюнь", [["№", "Мера", "Срок"], ["1", "Смотр", "май"], ["2", "", "июнь"]]),
    "two rows of tabs may be an accident": ("а\tб\tв\nг\tд\tе", [[], []]),
    "a number and a tab": ("1.\tа\n2.\tб\n3.\tв", [[], [], []]),
    "a blank line ends a table": ("а\tб\tв\nг\tд\tе\n\nж\tз\tи", [[], [], []]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TABLES.values(), ids=TABLES.keys())
def test_tables_only_when_certain(text, expected):
    document = read(text.encode(), "a.txt")
    assert [[cell.text for cell in block.cells] for block in document.blocks] == expected


def test_the_head_of_a_markdown_table():
    blocks = read("| а | б |\n|---|---|\n| 1 | 2 |".encode(), "a.md").blocks
    assert [[cell.header for cell in block.cells] for block in blocks] == [[True, True], [False, False]]


def test_a_million_lines():
    with pytest.raises(ReadError) as caught:
        read("Провести смотр.\n".encode() * 1_000_000, "a.txt")
    assert caught.value.code == "too_long"
    with pytest.raises(ReadError) as caught:
        read("Да.\n".encode() * 1_000_000, "a.txt")
    assert caught.value.code == "too_many_blocks"
    document = read("Провести смотр.\n".encode() * 100_000, "a.txt")
    assert len(document.blocks) == 100_000


def test_random_bytes_are_no_text():
    with pytest.raises(ReadError) as caught:
        read(bytes(range(256)) * 20, "a.txt")
    assert caught.value.code == "unknown_format"
