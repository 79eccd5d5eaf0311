"""What Word prints, read from what Word saves."""

import pytest

from avgust.domain.resolutions.model import BlockKind
from avgust.domain.resolutions.readers import ReadError, read
from avgust.domain.resolutions.readers.tests.making_docx import (
    SPACES,
    docx,
    lvl,
    numbering,
    p,
    r,
    tbl,
    tc,
    tr,
    zipped,
)


def lines(body: str, **parts: str) -> list[str]:
    return [block.text for block in read(docx(body, **parts), "a.docx").blocks]


def field(instruction: str, result: str) -> str:
    def char(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    words = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return char("begin") + words + char("separate") + r(result) + char("end")


def box(text: str) -> str:
    content = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def changed(tag: str, content: str) -> str:
    return f'<w:{tag} w:id="1" w:author="x">{content}</w:{tag}>'


DELETED = '<w:r><w:delText xml:space="preserve">не </w:delText></w:r>'
ENDED = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
MOVED = '<w:rPr><w:moveFrom w:id="1" w:author="x"/></w:rPr>'

INLINE = {
    "runs join": (p(runs=r("Прове") + r("сти")), ["Провести"]),
    "insertion kept": (p(runs=r("до ") + changed("ins", r("1 мая"))), ["до 1 мая"]),
    "deletion dropped": (p(runs=changed("del", DELETED) + r("позднее")), ["позднее"]),
    "insertion inside a deletion": (p(runs=changed("ins", changed("del", DELETED)) + r("да")), ["да"]),
    "move": (p(runs=changed("moveFrom", r("туда"))) + p(runs=changed("moveTo", r("сюда"))), ["сюда"]),
    "deleted end of paragraph": (p("Провести", properties=ENDED) + p(" смотр"), ["Провести смотр"]),
    "deleted paragraph": (p("Раз") + p(properties=ENDED, runs=changed("del", DELETED)) + p("Два"), ["Раз", "Два"]),
    "moved paragraph": (p(properties=MOVED, runs=changed("moveFrom", r("а"))) + p("Два"), ["Два"]),
    "field shows its result": (p(runs=r("Пункт ") + field("REF x", "5")), ["Пункт 5"]),
    "field inside a field": (p(runs=field("IF " + "y", "3") + r(" шт.")), ["3 шт."]),
    "simple field": (p(runs=f'<w:fldSimple w:instr="PAGE">{r("7")}</w:fldSimple>'), ["7"]),
    "hyperlink": (p(runs=r("см. ") + f"<w:hyperlink>{r('сайт')}</w:hyperlink>"), ["см. сайт"]),
    "line break": (p(runs=r("Срок: 1 мая") + "<w:r><w:br/></w:r>" + r("Отв.: РМК")), ["Срок: 1 мая\nОтв.: РМК"]),
    "tab": (p(runs=r("1.") + "<w:r><w:tab/></w:r>" + r("Провести")), ["1.\tПровести"]),
    "no-break hyphen": (p(runs=r("онлайн") + "<w:r><w:noBreakHyphen/></w:r>" + r("курс")), ["онлайн-курс"]),
    "soft hyphens": (p(runs=r("обра\u00adзо") + "<w:r><w:softHyphen/></w:r>" + r("вание")), ["образование"]),
    "hidden text": (p(runs=r("да") + r("тайна", "<w:vanish/>")), ["да"]),
    "shown after all": (p(runs=r("да", '<w:vanish w:val="0"/>')), ["да"]),
    "content control": (p(runs=f"<w:sdt><w:sdtContent>{r('дата')}</w:sdtContent></w:sdt>"), ["дата"]),
    "block control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Раз')}</w:sdtContent></w:sdt>" + p("Два"), ["Раз", "Два"]),
    "smart tag": (p(runs=f"<w:smartTag>{r('2026 г.')}</w:smartTag>"), ["2026 г."]),
    "text box once": (p("Письмо", runs=box("УТВЕРЖДАЮ")), ["Письмо", "УТВЕРЖДАЮ"]),
    "symbol": (p(runs='<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>' + r(" раз")), ["• раз"]),
    "symbol without a code": (p(runs='<w:r><w:sym w:font="Symbol"/></w:r>' + r("раз")), ["раз"]),
    "empty paragraphs": (p() + p("  ") + p("Раз"), ["Раз"]),
    "page breaks": (p(runs='<w:r><w:br w:type="page"/></w:r>' + r("Раз")), ["Раз"]),
    "comment marks": (p(runs=r("Раз") + '<w:r><w:commentReference w:id="0"/></w:r>'), ["Раз"]),
    "formula": (
        p(runs='<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x=2</m:t></m:r></m:oMath>'),
        ["x=2"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), INLINE.values(), ids=INLINE.keys())
def test_words_are_as_printed(body, expected):
    assert lines(body) == expected


def test_a_field_may_span_paragraphs():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    body = p(runs=begin + r("тайна")) + p(runs='<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("Раз"))
    body += p("Два", runs='<w:r><w:fldChar w:fldCharType="end"/></w:r>') + p("Три")
    assert lines(body) == ["Раз", "Два", "Три"]


def test_tracked_changes_are_told():
    document = read(docx(p(runs=changed("ins", r("1 мая")))), "a.docx")
    assert "tracked changes" in document.notes[0].render("en")


def grid(body: str, **parts: str) -> list[list[tuple]]:
    document = read(docx(body, **parts), "a.docx")
    return [[(c.text, c.column, c.colspan) for c in b.cells] for b in document.blocks if b.cells]


def test_spans_of_columns():
    wide = tc("Итого", '<w:gridSpan w:val="2"/>')
    assert grid(tbl(tr("а", "б", "в"), tr(wide, "г"))) == [
        [("а", 0, 1), ("б", 1, 1), ("в", 2, 1)],
        [("Итого", 0, 2), ("г", 2, 1)],
    ]


def test_a_row_that_begins_later():
    rows = tbl(tr("а", "б"), tr("в", "г", properties='<w:gridBefore w:val="1"/>'))
    assert grid(rows)[1] == [("в", 1, 1), ("г", 2, 1)]


def test_cells_merged_downwards_say_nothing_twice():
    first, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read(docx(tbl(tr(tc("Отдел", first), "раз"), tr(tc("тень", below), "два"))), "a.docx")
    assert document.text == "Отдел\tраз\n\tдва\n"
    assert [cell.continued for cell in document.blocks[1].cells] == [True, False]


def test_paragraphs_of_a_cell_are_lines():
    assert lines(tbl(tr(tc(p("до 1 мая") + p("до 1 июня")), "РМК"))) == ["до 1 мая\nдо 1 июня\tРМК"]


def test_a_nested_table_follows_its_row():
    inner = tbl(tr("1", "2"), tr("3", "4"))
    document = read(docx(tbl(tr(tc(p("слева") + inner + p()), "справа"), tr("а", "б"))), "a.docx")
    assert [(b.text, b.table) for b in document.blocks] == [
        ("слева\tсправа", 0),
        ("1\t2", 1),
        ("3\t4", 1),
        ("а\tб", 0),
    ]


def test_a_frame_of_one_column_is_no_table():
    document = read(docx(tbl(tr(tc(p("Раз") + tbl(tr("1", "2")) + p("Два"))))), "a.docx")
    assert [(b.text, b.kind, b.table) for b in document.blocks] == [
        ("Раз", BlockKind.PARAGRAPH, None),
        ("1\t2", BlockKind.TABLE_ROW, 0),
        ("Два", BlockKind.PARAGRAPH, None),
    ]


def test_deleted_rows_and_empty_rows_are_not_printed():
    gone = tr("нет", "нет", properties='<w:del w:id="1" w:author="x"/>')
    assert lines(tbl(tr("а", "б"), gone, tr("", ""), tr("в", "г"))) == ["а\tб", "в\tг"]


def bold(text: str) -> str:
    return tc(p(runs=r(text, "<w:b/>")))


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (tr("Срок", "Мера", properties="<w:tblHeader/>"), True),
        (tr(bold("Срок"), bold("Мера")), True),
        (tr(bold("Срок"), "Мера"), False),
        (tr(bold("Раздел"), ""), False),
        (tr("Срок", "Мера", properties='<w:tblHeader w:val="0"/>'), False),
    ],
    ids=["repeats", "bold", "half bold", "a bold section", "switched off"],
)
def test_heads_of_tables(first, expected):
    document = read(docx(tbl(first, tr("а", "б"))), "a.docx")
    assert [all(c.header for c in block.cells) for block in document.blocks] == [expected, False]


def test_tabs_part_cells_only():
    assert lines(tbl(tr(tc(p(runs=r("а") + "<w:r><w:tab/></w:r>" + r("б"))), "в"))) == ["а б\tв"]


NOTES = (
    f'<w:footnotes {SPACES}><w:footnote w:type="separator" w:id="-1">{p()}</w:footnote>'
    f'<w:footnote w:id="2">{p("Далее – Центр.")}</w:footnote></w:footnotes>'
)


def test_footnotes_stand_at_the_end():
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = p("Центру", runs=reference + r(" провести смотр")) + p("Всё")
    document = read(docx(body, footnotes=NOTES), "a.docx")
    assert document.text == "Центру провести смотр\nВсё\nДалее – Центр.\n"
    assert document.blocks[-1].kind is BlockKind.FOOTNOTE


STYLES = f"""<w:styles {SPACES}>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
  <w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="Мой раздел"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="Круг"/><w:basedOn w:val="loop2"/></w:style>
<w:style w:type="paragraph" w:styleId="loop2"><w:name w:val="Круг 2"/><w:basedOn w:val="loop"/></w:style>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="s"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
</w:styles>"""


@pytest.mark.parametrize(
    ("properties", "kind", "level", "is_bold", "centered"),
    [
        ("", "paragraph", None, False, False),
        ('<w:pStyle w:val="1"/>', "heading", 1, True, True),
        ('<w:pStyle w:val="mine"/>', "heading", 1, True, True),
        ('<w:pStyle w:val="mine"/><w:jc w:val="left"/>', "heading", 1, True, False),
        ('<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>', "paragraph", None, True, True),
        ('<w:outlineLvl w:val="2"/>', "heading", 3, False, False),
        ('<w:pStyle w:val="t"/>', "heading", 1, False, False),
        ('<w:pStyle w:val="loop"/>', "paragraph", None, False, False),
        ('<w:pStyle w:val="absent"/>', "paragraph", None, False, False),
        ('<w:jc w:val="center"/>', "paragraph", None, False, True),
    ],
)
def test_looks(properties, kind, level, is_bold, centered):
    block = read(docx(p("Раздел", properties=properties), styles=STYLES), "a.docx").blocks[0]
    assert (block.kind, block.level, block.bold, block.centered) == (kind, level, is_bold, centered)


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (r("Да", "<w:b/>") + r(" 5"), True),
        (r("Да", "<w:b/>") + r(" нет"), False),
        (r("Да", '<w:b w:val="0"/>'), False),
        (r("Да", '<w:rStyle w:val="s"/>'), True),
        (r("25", "<w:b/>"), False),
    ],
    ids=["digits may be light", "some light", "switched off", "character style", "no letters"],
)
def test_bold_means_all_letters(runs, expected):
    assert read(docx(p(runs=runs), styles=STYLES), "a.docx").blocks[0].bold is expected


def test_indents_in_points():
    numbers = numbering(
        {"0": lvl(0, "bullet", "•", extra='<w:pPr><w:ind w:left="1440" w:hanging="360"/></w:pPr>')},
        {"1": ("0", "")},
    )
    body = p("а", properties='<w:ind w:left="720"/>') + p("б", "1") + p("в")
    document = read(docx(body, numbering=numbers), "a.docx")
    assert [block.indent for block in document.blocks] == [36.0, 54.0, 0.0]


def test_a_table_of_contents_is_left_out():
    document = read(
        docx(p("Раздел 5", properties='<w:pStyle w:val="toc1"/>') + p("Да"), styles=STYLES), "a.docx"
    )
    assert document.text == "Да\n"
    assert "contents" in document.notes[0].render("en")


def test_parts_are_found_by_relations():
    assert read(docx(p("Да"), main="word/document2.xml"), "a.docx").text == "Да\n"


def test_strict_documents():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>Да</w:t></w:r></w:p></w:body></w:document>'
    assert read(zipped({"word/document.xml": body}), "a.docx").text == "Да\n"


def test_macros_are_ignored():
    macro = zipped({"word/document.xml": f"<w:document {SPACES}><w:body>{p('Да')}</w:body></w:document>",
                    "word/vbaProject.bin": b"\xd0\xcf\x11\xe0AutoOpen"})  # fmt: skip
    document = read(macro, "приказ.docm")
    assert (document.text, document.notes) == ("Да\n", ())


def nested(depth: int) -> str:
    body = p("дно")
    for _n in range(depth):
        body = tbl(tr(tc(body + p()), "край"))
    return body


@pytest.mark.parametrize("depth", [25, 60, 300])
def test_tables_nested_too_deeply(depth):
    with pytest.raises(ReadError) as caught:
        read(docx(nested(depth)), "a.docx")
    assert caught.value.code == "too_deep"


def test_tables_nested_as_people_do():
    assert len(lines(nested(5))) == 5


def test_a_document_saved_by_a_library():
    import io

    from docx import Document

    made = Document()
    made.add_heading("Решение", 1)
    made.add_paragraph("Провести смотр", style="List Number")
    made.add_paragraph("Издать приказ", style="List Number")
    made.add_paragraph("музеям", style="List Bullet")
    table = made.add_table(2, 2)
    table.cell(0, 0).text = "Мера"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "Общая"
    out = io.BytesIO()
    made.save(out)
    document = read(out.getvalue(), "a.docx")
    assert document.text == "Решение\n1. Провести смотр\n2. Издать приказ\n- музеям\nМера\t\nОбщая\n"
    assert document.blocks[-1].cells[0].colspan == 2
