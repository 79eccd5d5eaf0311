"""RTF as Word, LibreOffice and legal databases write it."""

import pytest

from avgust.domain.resolutions.model import BlockKind
from avgust.domain.resolutions.readers import read

HEAD = r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fnil\fcharset204 Times;}{\f1\fswiss\fcharset0 Arial;}}"


def codes(text: str, encoding: str = "cp1251") -> str:
    return "".join(rf"\'{byte:02x}" if byte > 127 else chr(byte) for byte in text.encode(encoding))


def rtf(body: str) -> bytes:
    return (HEAD + body + "}").encode("cp1251")


BODIES = {
    "escapes of the code page": (codes("Провести") + r"\par", ["Провести"]),
    "bare letters of the code page": (r"Провести\par", ["Провести"]),
    "unicode with a stand-in": (r"\u1055?\u1088?\'3f\par", ["Пр?"]),
    "unicode with two stand-ins": (r"{\uc2\u1055\'aa\'bb}a\par", ["Пa"]),
    "unicode without a stand-in": (r"{\uc0\u1055\u1088}x\par", ["Прx"]),
    "negative unicode": (r"\u-3913?x\par", ["•x"]),
    "surrogate pair": (r"\u-10180?\u-8448? x\par", ["🌀 x"]),
    "lone surrogate": (r"\u-10180?x\par", ["x"]),
    "paragraphs": (r"\pard a\par b\par\pard c", ["a", "b", "c"]),
    "line and tab": (r"a\line b\tab c\par", ["a\nb\tc"]),
    "signs": (r"\ldblquote a\rdblquote\emdash\~\_\{x\}\par", ["“a”—\xa0-{x}"]),
    "soft hyphen": (r"a\-b\par", ["ab"]),
    "hidden": (r"a{\v secret}b\par", ["ab"]),
    "deleted": (r"a{\deleted no}{\revised yes}\par", ["ayes"]),
    "field": (r"{\field{\*\fldinst PAGE}{\fldrslt 5}} a\par", ["5 a"]),
    "unknown destination": (r"{\*\gizmo no}a\par", ["a"]),
    "header": (r"{\header no\par}a\par", ["a"]),
    "picture": (r"{\pict\wmetafile8 0102ff}a\par", ["a"]),
    "binary": ("{\\pict\\bin5 }{}{}}a\\par", ["a"]),
    "list label": (r"{\listtext\pard\plain 1.1.\tab}a\par", ["1.1. a"]),
    "old list label": (r"{\pntext\f1 2)\tab}a\par", ["2) a"]),
    "bullet label": (r"{\listtext\f1\'b7\tab}a\par", ["- a"]),
    "text box": (r"{\shp{\*\shpinst{\sp{\sn x}{\sv no}}{\shptxt a\par}}{\shprslt no}}b\par", ["a", "b"]),
    "line ends mean nothing": ("a\r\nb\\par", ["ab"]),
    "escaped line end": ("a\\\nb\\par", ["a", "b"]),
}


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES.keys())
def test_blocks(body, expected):
    assert [block.text for block in read(rtf(body), "a.rtf").blocks] == expected


def test_looks():
    body = r"\pard\qc\b A\b0\par\pard\li720 {\b a} b\par\pard\outlinelevel1 c\par\pard\ilvl1{\listtext 1)\tab}d\par"
    found = [
        (b.kind, b.level, b.bold, b.centered, b.indent, b.auto_label) for b in read(rtf(body), "a").blocks
    ]
    assert found == [
        (BlockKind.PARAGRAPH, None, True, True, 0.0, None),
        (BlockKind.PARAGRAPH, None, False, False, 36.0, None),
        (BlockKind.HEADING, 2, False, False, 0.0, None),
        (BlockKind.PARAGRAPH, 1, False, False, 0.0, "1)"),
    ]


def test_the_label_keeps_the_look_of_its_paragraph():
    body = r"\pard\qc{\listtext\pard\plain 1.\tab}a\par"
    assert read(rtf(body), "a").blocks[0].centered


def row(*cells: str, define: str = "") -> str:
    places = "".join(rf"{define}\cellx{1000 * n}" for n in range(1, len(cells) + 1))
    return rf"\trowd{places}\pard\intbl " + "".join(cell + r"\cell " for cell in cells) + r"\row "


def test_tables():
    body = r"a\par " + row("1", r"b\par c") + row("2", "d") + r"\pard e\par " + row("x", "y")
    document = read(rtf(body), "a.rtf")
    assert document.text == "a\n1\tb\nc\n2\td\ne\nx\ty\n"
    assert [block.table for block in document.blocks] == [None, 0, 0, None, 1]


def test_merged_cells_and_heads():
    across = r"\trowd\trhdr\clmgf\cellx1\clmrg\cellx2\cellx3\pard\intbl a\cell\cell b\cell\row "
    down = r"\trowd\clvmrg\cellx1\cellx2\cellx3\pard\intbl\cell c\cell d\cell\row "
    blocks = read(rtf(across + down), "a.rtf").blocks
    assert [(c.text, c.column, c.colspan, c.header) for c in blocks[0].cells] == [
        ("a", 0, 2, True),
        ("b", 2, 1, True),
    ]
    assert [c.continued for c in blocks[1].cells] == [True, False, False]


def test_footnotes_stand_at_the_end():
    document = read(
        rtf(r"a{\super\chftn}{\footnote\pard\plain {\super\chftn} note\par} b\par c\par"), "a.rtf"
    )
    assert document.text == "a b\nc\nnote\n"
    assert document.blocks[-1].kind is BlockKind.FOOTNOTE


def test_fonts_have_code_pages():
    body = r"{\f1 \'e9}{\f0 \'e9}\par"
    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fnil\fcharset204 T;}{\f1\fswiss\fcharset238 A;}}"
    assert read((head + body + "}").encode(), "a").text == "éй\n"


def test_a_file_cut_short_is_told():
    document = read(rtf(r"{\b a\par b")[:-2], "a.rtf")
    assert document.text.startswith("a\n")
    assert "ends before its end" in document.notes[0].render("en")


def test_word_saves_rtf_as_doc():
    assert read(rtf(r"a\par"), "приказ.doc").notes == ()
    assert read(rtf(r"a\par"), "приказ.docx").notes != ()
