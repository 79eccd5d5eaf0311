"""PDF by geometry: files made with typst, whose pages look like those of an office."""

import io

import pytest

from avgust.domain.resolutions.model import BlockKind
from avgust.domain.resolutions.readers import ReadError, read
from avgust.domain.resolutions.readers.hyphenation import Hyphens

typst = pytest.importorskip("typst")

SETTINGS = """#set page(margin: 2cm, {page})
#set text(lang: "ru", size: 12pt, hyphenate: {hyphenate})
#set par(justify: {justify}, first-line-indent: (amount: {indent}, all: true), spacing: 0.65em)
"""
LONG = (
    "Руководителям общеобразовательных организаций обеспечить участие обучающихся в мероприятиях "
    "муниципального календаря, организовать научно-методическое сопровождение одарённых детей."
)


def pdf(
    body: str, *, page: str = "", justify: bool = True, hyphenate: bool = True, indent: str = "1.25cm"
) -> bytes:
    settings = SETTINGS.format(
        page=page, justify=str(justify).lower(), hyphenate=str(hyphenate).lower(), indent=indent
    )
    return bytes(typst.compile((settings + body).encode()))


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data, "a.pdf").blocks]


@pytest.mark.parametrize("justify", [True, False])
@pytest.mark.parametrize("indent", ["1.25cm", "0cm"])
def test_lines_make_paragraphs(justify, indent):
    paragraphs = [LONG, "Отделу образования:", LONG.replace("обеспечить", "поддержать"), "Итоги подвести."]
    made = pdf("\n\n".join(paragraphs), justify=justify, indent=indent)
    assert texts(made) == paragraphs


def test_paragraphs_go_on_over_pages():
    paragraphs = [LONG.replace("мероприятиях", f"мероприятиях {n} этапа") for n in range(60)]
    document = read(pdf("\n\n".join(paragraphs)), "a.pdf")
    assert [block.text for block in document.blocks] == paragraphs
    assert document.pages == 4
    assert document.blocks[0].page == 1
    assert document.blocks[-1].page == 4


def test_running_heads_and_page_numbers_are_gone():
    margins = "header: [Проект решения], footer: context align(center)[стр. #counter(page).display() из 9]"
    paragraphs = [LONG] * 40
    assert texts(pdf("\n\n".join(paragraphs), page=margins)) == paragraphs


def test_a_number_in_the_text_is_no_page_number():
    body = f"{LONG}\n\nВсего школ:\n\n57\n\n{LONG}"
    assert texts(pdf(body)) == [LONG, "Всего школ:", "57", LONG]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("обуча-", "ющихся"), "обучающихся"),
        (("научно-", "методическое"), "научно-методическое"),
        (("психолого-", "педагогическое"), "психолого-педагогическое"),
        (("учитель-", "методист"), "учитель-методист"),
        (("кто-", "либо"), "кто-либо"),
        (("Ростов-", "Приреченский"), "Ростов-Приреченский"),
        (("2018-", "2020 годы"), "2018-2020 годы"),
        (("школа -", "центр"), "школа - центр"),
        (("до 1", "мая"), "до 1 мая"),
        (("приречен-", "ского"), "приреченского"),
        (("кубо-", "футурист, кубо-футурист"), "кубо-футурист, кубо-футурист"),
    ],
)
def test_hyphens_at_ends_of_lines(lines, joined):
    assert Hyphens(lines).join(*lines) == joined


def test_looks():
    body = f"#align(center)[*РЕШЕНИЕ*]\n\n{LONG}\n\n{LONG}\n\n#align(center)[о смотре школьных музеев]\n\n*Срок:* до 1 мая"
    blocks = read(pdf(body), "a.pdf").blocks
    assert [(b.text[:8], b.bold, b.centered) for b in blocks] == [
        ("РЕШЕНИЕ", True, True),
        (LONG[:8], False, False),
        (LONG[:8], False, False),
        ("о смотре", False, True),
        ("Срок: до", False, False),
    ]


def test_lists():
    body = f"1. {LONG}\n\n2. {LONG}\n\n- {LONG[:60]};\n- {LONG[:70]}."
    found = texts(pdf(body, indent="0cm"))
    assert [text[:4] for text in found] == ["1. Р", "2. Р", "• Ру", "• Ру"]


def test_two_columns_are_read_one_after_the_other():
    paragraphs = [LONG.replace("мероприятиях", f"{n} мероприятиях") for n in range(8)]
    body = (
        "#align(center)[*Заголовок во всю ширину страницы и ещё слова*]\n\n#columns(2)[\n"
        + "\n\n".join(paragraphs)
        + "]"
    )
    assert texts(pdf(body))[1:] == paragraphs


TABLE = """#table(columns: (1cm, 1fr, 3cm), [*№*], [*Мера*], [*Срок*],
table.cell(colspan: 3)[Раздел первый],
[1], [Провести районный смотр школьных музеев и выставку творческих работ обучающихся на базе Центра.], [до 1 мая],
table.cell(rowspan: 2)[2], [Издать сборник], [июнь], [Разослать], [июль])"""


def test_ruled_tables():
    document = read(pdf(f"До таблицы.\n\n{TABLE}\n\nПосле таблицы.", indent="0cm"), "a.pdf")
    rows = [block for block in document.blocks if block.kind is BlockKind.TABLE_ROW]
    assert [block.text for block in document.blocks if block not in rows] == ["До таблицы.", "После таблицы."]
    assert [row.text for row in rows] == [
        "№\tМера\tСрок",
        "Раздел первый",
        "1\tПровести районный смотр школьных музеев и выставку творческих работ обучающихся на базе Центра.\tдо 1 мая",
        "2\tИздать сборник\tиюнь",
        "\tРазослать\tиюль",
    ]
    assert [cell.header for cell in rows[0].cells] == [True] * 3
    assert [(c.column, c.colspan) for c in rows[1].cells] == [(0, 3)]
    assert [c.continued for c in rows[4].cells] == [True, False, False]


def test_paragraphs_of_a_cell_stay_lines():
    table = "#table(columns: (1cm, 1fr), [1], [1) провести смотр;\n\n2) издать сборник\n\nСрок: до 1 мая])"
    assert texts(pdf(table, indent="0cm")) == ["1\t1) провести смотр;\n2) издать сборник\nСрок: до 1 мая"]


def test_tables_go_on_over_pages_and_their_head_is_read_once():
    rows = ", ".join(f"[{n}], [Провести смотр школьных музеев № {n} и выставку], [май]" for n in range(1, 80))
    table = f"#table(columns: (1cm, 1fr, 3cm), table.header([*№*], [*Мера*], [*Срок*]), {rows})"
    document = read(pdf(table, indent="0cm"), "a.pdf")
    assert [block.cells[0].text for block in document.blocks] == ["№", *map(str, range(1, 80))]
    assert {block.table for block in document.blocks} == {0}
    assert document.pages == 3


def test_running_heads_around_a_table_are_gone():
    rows = ", ".join(f"[{n}], [Провести смотр школьных музеев № {n}], [май]" for n in range(1, 80))
    table = f"План мер\n\n#table(columns: (1cm, 1fr, 3cm), {rows})\n\nМинистр"
    margins = "header: [Проект], footer: context align(center)[#counter(page).display()]"
    document = read(pdf(table, indent="0cm", page=margins), "a.pdf")
    assert [block.text for block in document.blocks if not block.cells] == ["План мер", "Министр"]


def test_a_row_cut_by_a_page_end_is_one_row():
    long = " ".join([LONG] * 18)
    table = f"#table(columns: (1cm, 1fr), [1], [{long}], [2], [{long}], [3], [Всё.])"
    document = read(pdf(table, indent="0cm", hyphenate=False), "a.pdf")
    assert [block.cells[0].text for block in document.blocks] == ["1", "2", "3"]
    assert document.blocks[1].cells[1].text == long


def test_a_frame_is_no_table():
    assert texts(pdf(f"#rect(width: 100%)[{LONG}]", indent="0cm")) == [LONG]


def test_underlines_are_no_table():
    body = "\n\n".join(f"#underline[Провести смотр {n} музеев]" for n in range(6))
    assert len(texts(pdf(body))) == 6


def test_footnotes_stand_at_the_end():
    document = read(
        pdf(
            f"#set super(typographic: false)\nЦентру#footnote[Далее – Центр.] провести смотр.\n\n{LONG}\n\n{LONG}\n\n{LONG}"
        ),
        "a.pdf",
    )
    assert document.blocks[0].text == "Центру провести смотр."
    assert document.blocks[-1].kind is BlockKind.FOOTNOTE
    assert document.blocks[-1].text.endswith("Далее – Центр.")


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_pages(angle):
    upright = read(pdf(TABLE, indent="0cm"), "a.pdf")
    turned = read(pdf(f"#rotate({angle}deg, reflow: true, box(width: 17cm)[{TABLE}])", indent="0cm"), "a.pdf")
    assert turned.text == upright.text
    assert [block.cells for block in turned.blocks] == [block.cells for block in upright.blocks]


def scan(pages: int = 2) -> bytes:
    from PIL import Image

    sheets = [Image.effect_noise((200, 300), 50) for _n in range(pages)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


def test_a_scan_says_what_to_do():
    with pytest.raises(ReadError) as caught:
        read(scan(3), "a.pdf")
    assert (caught.value.code, caught.value.message.params) == ("scan", {"pages": 3})


def test_scanned_pages_between_others_are_told():
    import pypdfium2 as pdfium

    made = pdfium.PdfDocument(pdf(LONG))
    made.import_pages(pdfium.PdfDocument(scan(1)))
    out = io.BytesIO()
    made.save(out)
    document = read(out.getvalue(), "a.pdf")
    assert document.text == LONG + "\n"
    assert document.notes[0].params == {"count": 1, "pages": "2"}


def test_pages_without_words():
    with pytest.raises(ReadError) as caught:
        read(pdf("#pagebreak()"), "a.pdf")
    assert caught.value.code == "no_text"


def test_letters_of_old_fonts_are_mended():
    wrong = LONG.encode("cp1251").decode("latin-1")
    document = read(pdf(wrong.replace("\xad", ""), justify=False, hyphenate=False), "a.pdf")
    assert document.text == LONG + "\n"
    assert "stored wrongly" in document.notes[0].render("en")


LOCKED = """%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
4 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -44/O<{o}>/U<{u}>>>endobj
trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>
"""


def test_a_locked_file():
    with pytest.raises(ReadError) as caught:
        read(LOCKED.format(o="ab" * 32, u="cd" * 32).encode(), "a.pdf")
    assert caught.value.code == "encrypted"
