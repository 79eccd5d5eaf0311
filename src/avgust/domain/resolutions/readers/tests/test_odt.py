"""OpenDocument texts: what LibreOffice prints, read from what it saves."""

import io

import pytest

from avgust.domain.resolutions.model import BlockKind
from avgust.domain.resolutions.readers import ReadError, read
from avgust.domain.resolutions.readers.tests.making_docx import zipped

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip
KIND = "application/vnd.oasis.opendocument.text"


def number(level: int, sign: str = "1", after: str = ".", shown: int = 1, start: int = 1) -> str:
    return (
        f'<text:list-level-style-number text:level="{level}" style:num-format="{sign}" '
        f'style:num-suffix="{after}" text:display-levels="{shown}" text:start-value="{start}"/>'
    )


AUTOMATIC = f"""
<text:list-style style:name="L">{number(1)}{number(2, shown=2)}{number(3, "а, б, ... (ru)", ")")}</text:list-style>
<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>
<text:list-style style:name="R">{number(1, "I")}{number(2, "A", ")", start=3)}</text:list-style>
<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="gone" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="mid" style:family="paragraph"><style:paragraph-properties fo:text-align="center"
  fo:margin-left="1in" fo:text-indent="-0.5in"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="child" style:family="paragraph" style:parent-style-name="mid"/>
"""


def content(body: str) -> str:
    return (
        f"<office:document-content {SPACES}><office:automatic-styles>{AUTOMATIC}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def odt(body: str, **files: str) -> bytes:
    return zipped({"mimetype": KIND, "content.xml": content(body)} | files)


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def items(*inner: str, style: str = "L", more: str = "") -> str:
    made = "".join(
        f"<text:list-item>{item if item.startswith('<') else p(item)}</text:list-item>" for item in inner
    )
    return f'<text:list text:style-name="{style}" {more}>{made}</text:list>'


BODIES = {
    "spaces, tabs, breaks": (p('а <text:s text:c="2"/>б<text:tab/>в<text:line-break/>г'), ["а   б\tв\nг"]),
    "white space of the file": (p("Раз\n     два"), ["Раз два"]),
    "spans": (p("Прове<text:span>сти</text:span> <text:a>смотр</text:a>"), ["Провести смотр"]),
    "hidden": (p('да<text:span text:style-name="gone">нет</text:span>'), ["да"]),
    "comments": (p("да<office:annotation><text:p>нет</text:p></office:annotation>"), ["да"]),
    "deletions": (f"<text:tracked-changes>{p('нет')}</text:tracked-changes>{p('да')}", ["да"]),
    "sections": (f"<text:section>{p('раз')}</text:section>", ["раз"]),
    "numbers": (items("раз", "два"), ["1. раз", "2. два"]),
    "levels": (items(p("а") + items(p("б") + items("в", "г", style=""), style=""), "д"),
               ["1. а", "1.1. б", "а) в", "б) г", "2. д"]),
    "bullets": (items("раз", style="B"), ["- раз"]),
    "roman": (items(p("а") + items("б", style=""), style="R"), ["I. а", "C) б"]),
    "a new list begins anew": (items("а") + items("б"), ["1. а", "1. б"]),
    "numbering continued": (items("а") + p("х") + items("б", more='text:continue-numbering="true"'),
                            ["1. а", "х", "2. б"]),
    "list continued by name": (items("а", more='xml:id="q"') + items("х") + items("б", more='text:continue-list="q"'),
                               ["1. а", "1. х", "2. б"]),
    "second paragraph of an item": (items(p("а") + p("б"), "в"), ["1. а", "б", "2. в"]),
    "item with a start": ('<text:list text:style-name="L"><text:list-item text:start-value="5"><text:p>а</text:p>'
                          "</text:list-item></text:list>", ["5. а"]),
    "list header": ('<text:list text:style-name="L"><text:list-header><text:p>а</text:p></text:list-header>'
                    "</text:list>", ["а"]),
    "text box": (p("а<draw:frame><draw:text-box><text:p>б</text:p></draw:text-box></draw:frame>"), ["а", "б"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES.keys())
def test_blocks(body, expected):
    assert [block.text for block in read(odt(body), "a.odt").blocks] == expected


def test_looks():
    body = (
        '<text:h text:outline-level="2">Раздел</text:h>'
        + p("а", "child")
        + p('<text:span text:style-name="bold">б</text:span>')
    )
    found = [(b.kind, b.level, b.bold, b.centered, b.indent) for b in read(odt(body), "a.odt").blocks]
    assert found == [
        (BlockKind.HEADING, 2, False, False, 0.0),
        (BlockKind.PARAGRAPH, None, True, True, 36.0),
        (BlockKind.PARAGRAPH, None, True, False, 0.0),
    ]


def test_numbered_headings():
    levels = number(1).replace("list-level-style-number", "outline-level-style")
    styles = f"<office:document-styles {SPACES}><text:outline-style>{levels}</text:outline-style></office:document-styles>"
    body = '<text:h text:outline-level="1">Раздел</text:h><text:h text:outline-level="2">Часть</text:h>'
    document = read(odt(body * 2, **{"styles.xml": styles}), "a.odt")
    assert document.text == "1. Раздел\nЧасть\n2. Раздел\nЧасть\n"


def test_tables():
    table = (
        "<table:table><table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-rows-spanned="2"><text:p>а</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-spanned="2"><text:p>б</text:p><text:p>в</text:p></table:table-cell>'
        "<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>"
        "<table:covered-table-cell/><table:table-cell><text:p>г</text:p></table:table-cell>"
        "<table:table-cell><text:p>д</text:p></table:table-cell></table:table-row></table:table>"
    )
    document = read(odt(table), "a.odt")
    assert document.text == "а\tб\nв\n\tг\tд\n"
    assert [[(c.column, c.colspan, c.header, c.continued) for c in b.cells] for b in document.blocks] == [
        [(0, 1, True, False), (1, 2, True, False)],
        [(0, 1, False, True), (1, 1, False, False), (2, 1, False, False)],
    ]


def test_footnotes_stand_at_the_end():
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>сноска</text:p></text:note-body></text:note>"
    document = read(odt(p(f"а{note} б") + p("в")), "a.odt")
    assert document.text == "а б\nв\nсноска\n"
    assert document.blocks[-1].kind is BlockKind.FOOTNOTE


def test_flat_documents():
    flat = content(p("Да")).replace("document-content", "document")
    flat = flat.replace("<office:document ", f'<office:document office:mimetype="{KIND}" ')
    assert read(f"<?xml version='1.0'?>{flat}".encode(), "a.fodt").text == "Да\n"


def test_encrypted():
    manifest = '<m:manifest xmlns:m="x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    with pytest.raises(ReadError) as caught:
        read(odt(p("а"), **{"META-INF/manifest.xml": manifest}), "a.odt")
    assert caught.value.code == "encrypted"


@pytest.mark.parametrize("made", [items, lambda inner: f"<text:section>{inner}</text:section>"])
def test_depth_is_bounded(made):
    body = p("дно")
    for _n in range(70):
        body = made(body)
    with pytest.raises(ReadError) as caught:
        read(odt(body), "a.odt")
    assert caught.value.code == "too_deep"


def test_a_document_saved_by_a_library():
    from odf.opendocument import OpenDocumentText
    from odf.table import Table, TableCell, TableRow
    from odf.text import H, P

    made = OpenDocumentText()
    made.text.addElement(H(outlinelevel=1, text="Решение"))
    table = Table()
    row = TableRow()
    for words in ("Мера", "Срок"):
        cell = TableCell()
        cell.addElement(P(text=words))
        row.addElement(cell)
    table.addElement(row)
    made.text.addElement(table)
    out = io.BytesIO()
    made.save(out)
    assert read(out.getvalue(), "a.odt").text == "Решение\nМера\tСрок\n"
