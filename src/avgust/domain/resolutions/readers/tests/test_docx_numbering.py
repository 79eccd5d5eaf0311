"""Automatic numbers of Word lists, as Word prints them."""

import pytest

from avgust.domain.resolutions.readers import read
from avgust.domain.resolutions.readers.numbering import format_number
from avgust.domain.resolutions.readers.tests.making_docx import SPACES, docx, lvl, numbering, p, tbl, tc, tr

DECIMAL = lvl(0, "decimal", "%1.") + lvl(1, "decimal", "%1.%2.") + lvl(2, "russianLower", "%3)")


def labels(body: str, numbers: str, styles: str = "") -> list[str | None]:
    parts = {"numbering": numbers} | ({"styles": styles} if styles else {})
    return [block.auto_label for block in read(docx(body, **parts), "a.docx").blocks]


def items(*levels: tuple[str, int] | None) -> str:
    return "".join(p("Обеспечить", *level) if level else p("Текст без номера") for level in levels)


CASES = {
    "decimal": (
        numbering({"0": lvl(0, "decimal", "%1.")}, {"1": ("0", "")}),
        items(("1", 0), ("1", 0)),
        ["1.", "2."],
    ),
    "multilevel": (
        numbering({"0": DECIMAL}, {"1": ("0", "")}),
        items(("1", 0), ("1", 1), ("1", 1), ("1", 2), ("1", 2), ("1", 0), ("1", 1), ("1", 2)),
        ["1.", "1.1.", "1.2.", "а)", "б)", "2.", "2.1.", "а)"],
    ),
    "goes on after a plain paragraph": (
        numbering({"0": DECIMAL}, {"1": ("0", "")}),
        items(("1", 0), None, ("1", 0)),
        ["1.", None, "2."],
    ),
    "two lists over one definition count on": (
        numbering({"0": DECIMAL}, {"1": ("0", ""), "2": ("0", "")}),
        items(("1", 0), ("2", 0), ("1", 0)),
        ["1.", "2.", "3."],
    ),
    "a start override begins anew once": (
        numbering(
            {"0": DECIMAL},
            {
                "1": ("0", ""),
                "2": ("0", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
            },
        ),
        items(("1", 0), ("1", 0), ("2", 0), ("2", 0)),
        ["1.", "2.", "1.", "2."],
    ),
    "a start override with another number": (
        numbering(
            {"0": DECIMAL},
            {"1": ("0", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>')},
        ),
        items(("1", 0), ("1", 0)),
        ["7.", "8."],
    ),
    "a level override changes the print": (
        numbering(
            {"0": DECIMAL},
            {"1": ("0", f'<w:lvlOverride w:ilvl="0">{lvl(0, "upperRoman", "%1.")}</w:lvlOverride>')},
        ),
        items(("1", 0), ("1", 0), ("1", 1)),
        ["I.", "II.", "II.1."],
    ),
    "own start": (
        numbering({"0": lvl(0, "decimal", "%1)", start=5)}, {"1": ("0", "")}),
        items(("1", 0), ("1", 0)),
        ["5)", "6)"],
    ),
    "bullets": (
        numbering({"0": lvl(0, "bullet", "\uf0b7") + lvl(1, "bullet", "o")}, {"1": ("0", "")}),
        items(("1", 0), ("1", 1)),
        ["-", "-"],
    ),
    "bullets inside numbers": (
        numbering({"0": lvl(0, "decimal", "%1.") + lvl(1, "bullet", "–")}, {"1": ("0", "")}),
        items(("1", 0), ("1", 1), ("1", 0)),
        ["1.", "-", "2."],
    ),
    "russian letters leave out ё, й, ъ, ь": (
        numbering({"0": lvl(0, "russianLower", "%1)", start=9)}, {"1": ("0", "")}),
        items(("1", 0), ("1", 0)),
        ["и)", "к)"],
    ),
    "latin letters and roman figures": (
        numbering(
            {"0": lvl(0, "upperRoman", "%1.") + lvl(1, "lowerLetter", "%2)") + lvl(2, "lowerRoman", "(%3)")},
            {"1": ("0", "")},
        ),
        items(("1", 0), ("1", 1), ("1", 2), ("1", 2), ("1", 0)),
        ["I.", "a)", "(i)", "(ii)", "II."],
    ),
    "legal numbering turns Roman into decimal": (
        numbering(
            {"0": lvl(0, "upperRoman", "%1.") + lvl(1, "decimal", "%1.%2.", extra="<w:isLgl/>")},
            {"1": ("0", "")},
        ),
        items(("1", 0), ("1", 0), ("1", 1)),
        ["I.", "II.", "2.1."],
    ),
    "a level that never restarts": (
        numbering(
            {"0": lvl(0, "decimal", "%1.") + lvl(1, "decimal", "%2)", extra='<w:lvlRestart w:val="0"/>')},
            {"1": ("0", "")},
        ),
        items(("1", 0), ("1", 1), ("1", 0), ("1", 1)),
        ["1.", "1)", "2.", "2)"],
    ),
    "a level that restarts after the first only": (
        numbering(
            {
                "0": lvl(0, "decimal", "%1.")
                + lvl(1, "decimal", "%1.%2.")
                + lvl(2, "decimal", "%3)", extra='<w:lvlRestart w:val="1"/>')
            },
            {"1": ("0", "")},
        ),
        items(("1", 0), ("1", 1), ("1", 2), ("1", 1), ("1", 2), ("1", 0), ("1", 1), ("1", 2)),
        ["1.", "1.1.", "1)", "1.2.", "2)", "2.", "2.1.", "1)"],
    ),
    "a lower level first": (
        numbering({"0": DECIMAL}, {"1": ("0", "")}),
        items(("1", 1), ("1", 1)),
        ["1.1.", "1.2."],
    ),
    "words around the number": (
        numbering({"0": lvl(0, "decimal", "Раздел %1.")}, {"1": ("0", "")}),
        items(("1", 0)),
        ["Раздел 1."],
    ),
    "no print": (
        numbering({"0": lvl(0, "none", "")}, {"1": ("0", "")}),
        items(("1", 0)),
        [None],
    ),
    "list zero is no list": (
        numbering({"0": DECIMAL}, {"1": ("0", "")}),
        items(("0", 0), ("1", 0)),
        [None, "1."],
    ),
    "an unknown list is no list": (
        numbering({"0": DECIMAL}, {"1": ("0", "")}),
        items(("9", 0), ("1", 0)),
        [None, "1."],
    ),
    "an empty numbered paragraph counts": (
        numbering({"0": DECIMAL}, {"1": ("0", "")}),
        items(("1", 0)) + p("", "1") + items(("1", 0)),
        ["1.", "2.", "3."],
    ),
    "an empty bullet prints nothing": (
        numbering({"0": lvl(0, "bullet", "•")}, {"1": ("0", "")}),
        p("", "1") + items(("1", 0)),
        ["-"],
    ),
}


@pytest.mark.parametrize(("numbers", "body", "expected"), CASES.values(), ids=CASES.keys())
def test_labels_are_as_word_prints_them(numbers, body, expected):
    assert labels(body, numbers) == expected


STYLES = f"""<w:styles {SPACES}>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Point"><w:name w:val="Пункт"/><w:basedOn w:val="a"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="SubPoint"><w:name w:val="Подпункт"/><w:basedOn w:val="Point"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Free"><w:name w:val="Без номера"/><w:basedOn w:val="Point"/>
  <w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Linked"><w:name w:val="Связанный"/>
  <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="numbering" w:styleId="ListStyle"><w:name w:val="Список"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
</w:styles>"""
OF_STYLES = numbering(
    {
        "0": DECIMAL,
        "1": lvl(0, "decimal", "%1.") + lvl(1, "decimal", "%1.%2)", extra='<w:pStyle w:val="Linked"/>'),
        "2": '<w:numStyleLink w:val="ListStyle"/>',
    },
    {"1": ("0", ""), "2": ("1", ""), "3": ("2", "")},
)


def styled(style: str, **more: str) -> str:
    return p("Провести", properties=f'<w:pStyle w:val="{style}"/>', **more)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (styled("Point") + styled("Point"), ["1.", "2."]),
        (styled("Point") + styled("SubPoint") + styled("SubPoint"), ["1.", "1.1.", "1.2."]),
        (styled("Point") + styled("Free") + styled("Point"), ["1.", None, "2."]),
        (styled("Point") + styled("Point", num="0") + styled("Point"), ["1.", None, "2."]),
        (p("Раз", "2") + styled("Linked") + styled("Linked"), ["1.", "1.1)", "1.2)"]),
        (p("Раз", "3") + p("Два", "3") + p("Три", "3", 1), ["1.", "2.", "2.1."]),
    ],
    ids=["own style", "based on", "taken out by a style", "taken out here", "level of a style", "style link"],
)
def test_numbering_comes_from_styles(body, expected):
    assert labels(body, OF_STYLES, STYLES) == expected


def test_the_label_is_part_of_the_text():
    numbers = numbering({"0": lvl(0, "decimal", "%1.", extra='<w:suff w:val="nothing"/>')}, {"1": ("0", "")})
    document = read(docx(p("Провести смотр", "1"), numbering=numbers), "a.docx")
    assert document.text == "1.Провести смотр\n"
    numbers = numbering({"0": lvl(0, "bullet", "•")}, {"1": ("0", "")})
    document = read(docx(p("провести смотр", "1"), numbering=numbers), "a.docx")
    assert document.text == "- провести смотр\n"


def test_numbers_in_the_first_column_of_a_table_are_printed():
    numbers = numbering({"0": lvl(0, "decimal", "%1.")}, {"1": ("0", "")})
    body = tbl(*(tr(tc(p("", "1")), text) for text in ("Провести смотр", "", "Подвести итоги")))
    document = read(docx(body, numbering=numbers), "a.docx")
    assert document.text == "1.\tПровести смотр\n2.\t\n3.\tПодвести итоги\n"


@pytest.mark.parametrize(
    ("value", "number_format", "printed"),
    [
        (29, "russianLower", "я"),
        (30, "russianLower", "аа"),
        (3, "russianUpper", "В"),
        (27, "lowerLetter", "aa"),
        (1994, "upperRoman", "MCMXCIV"),
        (7, "decimalZero", "07"),
        (0, "upperRoman", "0"),
        (10**9, "lowerLetter", "1000000000"),
        (4, "ordinalText", "4"),
    ],
)
def test_formats_of_numbers(value, number_format, printed):
    assert format_number(value, number_format) == printed
