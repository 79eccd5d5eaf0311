"""HTML as a browser prints it."""

import pytest

from avgust.domain.resolutions.model import BlockKind
from avgust.domain.resolutions.readers import ReadError, read


def page(body: str, head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()
    )


BODIES = {
    "paragraphs": ("<p>Раз</p><p>Два\n  три</p>", ["Раз", "Два три"]),
    "text between blocks": ("Раз<div>Два</div>три", ["Раз", "Два", "три"]),
    "line break": ("<p>Раз<br>Два</p>", ["Раз\nДва"]),
    "inline": ("<p>Прове<b>сти</b> <i>смотр</i></p>", ["Провести смотр"]),
    "scripts and styles": ("<script>x='<p>нет</p>'</script><style>p{}</style><p>Да</p>", ["Да"]),
    "hidden": ("<p style='display: none'>нет</p><p hidden>нет</p><p>Да</p>", ["Да"]),
    "deleted": ("<p><del>нет</del><ins>да</ins></p>", ["да"]),
    "entities": ("<p>&laquo;Школа&raquo; &#8470;&nbsp;5 &lt;</p>", ["«Школа» №\xa05 <"]),
    "numbers": ("<ol><li>Раз<li>Два</ol>", ["1. Раз", "2. Два"]),
    "numbers from three": ("<ol start=3><li>Раз<li value=7>Два<li>Три</ol>", ["3. Раз", "7. Два", "8. Три"]),
    "letters": ("<ol type=a><li>Раз</ol><ol type='I'><li>Два</ol>", ["a. Раз", "I. Два"]),
    "russian letters": ("<ol style='list-style-type: lower-russian'><li>Раз</ol>", ["а) Раз"]),
    "bullets": ("<ul><li>Раз<li><p>Два</p></ul>", ["- Раз", "- Два"]),
    "nested lists": ("<ol><li>Раз<ul><li>да</ul><li>Два</ol>", ["1. Раз", "- да", "2. Два"]),
    "no mark": ("<ul style='list-style: none'><li>Раз</ul>", ["Раз"]),
    "footnote mark": ("<p>Центру<sup><a href='#n1'>1</a></sup> провести</p>", ["Центру провести"]),
    "degree stays": ("<p>20 м<sup>2</sup></p>", ["20 м2"]),
    "verbatim": ("<pre>Раз\n  Два</pre>", ["Раз\n  Два".replace("\n  ", "\n")]),
    "unclosed": ("<p>Раз<p>Два<b>", ["Раз", "Два"]),
}


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES.keys())
def test_blocks(body, expected):
    assert [block.text for block in read(page(body), "a.html").blocks] == expected


def test_looks():
    body = "<h2>Раздел</h2><p align=center><b>Всё</b></p><p style='text-align:center'>а <b>б</b></p><ol><li>в</ol>"
    found = [(b.kind, b.level, b.bold, b.centered, b.auto_label) for b in read(page(body), "a.html").blocks]
    assert found == [
        (BlockKind.HEADING, 2, True, False, None),
        (BlockKind.PARAGRAPH, None, True, True, None),
        (BlockKind.PARAGRAPH, None, False, True, None),
        (BlockKind.PARAGRAPH, 0, False, False, "1."),
    ]


def rows(body: str) -> list[list[tuple]]:
    return [
        [(c.text, c.column, c.colspan, c.continued) for c in b.cells] for b in read(page(body), "a").blocks
    ]


def test_spans_of_rows_and_columns():
    table = "<table><tr><td rowspan=2>а<td colspan=2>б<tr><td>в<td>г<tr><td>д<td>е<td>ж</table>"
    assert rows(table) == [
        [("а", 0, 1, False), ("б", 1, 2, False)],
        [("", 0, 1, True), ("в", 1, 1, False), ("г", 2, 1, False)],
        [("д", 0, 1, False), ("е", 1, 1, False), ("ж", 2, 1, False)],
    ]


def test_cells_hold_lines_and_lists():
    table = "<table><tr><td><p>Раз</p><ol><li>два</ol><td>б</table>"
    assert read(page(table), "a").text == "Раз\n1. два\tб\n"


def test_heads():
    table = "<table><thead><tr><td>Мера<td>Срок</thead><tr><td>а<td>б</table>"
    by_th = "<table><tr><th>Мера<th>Срок<tr><th>а<td>б</table>"
    for made in (table, by_th):
        assert [[c.header for c in b.cells] for b in read(page(made), "a").blocks] == [
            [True] * 2,
            [False] * 2,
        ]


def test_nested_tables_follow_their_row_and_frames_are_no_tables():
    body = "<table><tr><td><p>Раз</p><table><tr><td>а<td>б<table><tr><td>в<td>г</table></table></table>"
    blocks = read(page(body), "a").blocks
    assert [(b.text, b.table) for b in blocks] == [("Раз", None), ("а\tб", 0), ("в\tг", 1)]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<html><meta charset=windows-1251><p>Решение".encode("cp1251"), "cp1251"),
        (
            "<html><meta http-equiv=x content='text/html; charset=koi8-r'><p>Решение".encode("koi8-r"),
            "koi8-r",
        ),
        ("<html><meta charset=utf-8><p>Решение о смотре".encode("cp1251"), "cp1251"),
        ("<html><meta charset=nonsense><p>Решение".encode(), "utf-8"),
        ("<html><p>Решение о смотре".encode("cp1251"), "cp1251"),
        ("\ufeff<html><meta charset=windows-1251><p>Решение".encode("utf-16-le"), "utf-16"),
        (
            "<?xml version='1.0' encoding='windows-1251'?><html><p>Решение</p></html>".encode("cp1251"),
            "cp1251",
        ),
    ],
)
def test_encodings(data, encoding):
    document = read(data, "a.html")
    assert document.text.startswith("Решение")
    assert (document.format, document.encoding) == ("html", encoding)


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "ul><li", "b", "span"])
def test_depth_is_bounded(tag):
    with pytest.raises(ReadError) as caught:
        read(page(f"<{tag}>" * 5000 + "дно"), "a.html")
    assert caught.value.code == "too_deep"


def test_spans_cannot_explode(monkeypatch):
    monkeypatch.setattr("avgust.domain.resolutions.readers.spanning.MAX_CELLS", 1_000)
    rows_of_tall_cells = ("<tr>" + "<td rowspan=65000 colspan=9999>а" * 30) * 10
    with pytest.raises(ReadError) as caught:
        read(page(f"<table>{rows_of_tall_cells}</table>"), "a.html")
    assert caught.value.code == "too_many_cells"


def test_external_entities_stay_outside():
    data = b"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><html><p>\xd0\x94\xd0\xb0 &x;</p>"
    assert "Да" in read(data, "a.html").text
    assert len(read(data, "a.html").text) < 12


def test_web_archives():
    body = "<html><meta charset=windows-1251><p>Решение</p></html>".encode("cp1251")
    data = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X\r\n\r\n--X\r\nContent-Type: text/html\r\n\r\n"
    document = read(data + body + b"\r\n--X--\r\n", "приказ.doc")
    assert document.text == "Решение\n"
    assert document.notes == ()
