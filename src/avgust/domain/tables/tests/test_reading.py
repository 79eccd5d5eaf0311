"""Tables of strangers: what is read, and what is refused with which cause."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from avgust.domain.tables import Sheet, TableError, address, decode_sheets, encode_sheets
from avgust.domain.tables.reading import read_sheets
from avgust.domain.tables.sheet import MAX_TABLE_BYTES
from avgust.isolation import Limits, read_table_isolated


def workbook(fill) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        fill(book)
    return out.getvalue()


def _filled(book) -> None:
    page = book.add_worksheet("Лист1")
    page.write_row(0, 0, ["Название", "Муниципалитет", "Открыта"])
    page.merge_range("B2:B3", "Озёрский")
    page.write_string(1, 0, "Школа")
    page.write_datetime(1, 2, date(1974, 9, 1), book.add_format({"num_format": "dd.mm.yyyy"}))
    page.write_formula(2, 0, "=1+1", None, 2)
    page.write_number(2, 2, 27273)
    book.add_worksheet("Пустой")
    hidden = book.add_worksheet("Скрытый")
    hidden.write(0, 0, "тайна")
    hidden.hide()


def test_cells_are_values_and_merged_ones_are_everywhere() -> None:
    (sheet,) = read_sheets(workbook(_filled))
    assert sheet.name == "Лист1"
    assert sheet.rows == (
        ("Название", "Муниципалитет", "Открыта"),
        ("Школа", "Озёрский", date(1974, 9, 1)),
        (2.0, "Озёрский", 27273.0),
    )


@pytest.mark.parametrize(
    "text", ["имя;вид\nШкола;школа\n", "имя,вид\nШкола,школа\n", "имя\tвид\nШкола\tшкола\n"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_csv_in_any_of_its_forms(text: str, encoding: str) -> None:
    (sheet,) = read_sheets(text.encode(encoding))
    assert sheet.rows == (("имя", "вид"), ("Школа", "школа"))


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_csv_in_a_zip() -> None:
    sheets = read_sheets(_zip({"set/orgs.csv": b"a,b\n1,2\n", "set/readme.txt": b"no"}))
    assert [sheet.name for sheet in sheets] == ["orgs.csv"]


def _wide(book) -> None:
    book.add_worksheet().write(0, 200, "далеко")


def _long(book) -> None:
    page = book.add_worksheet()
    for row in range(50_010):
        page.write_number(row, 0, row)


def _far_away(book) -> None:
    page = book.add_worksheet()
    page.write(0, 0, "a")
    page.write(1_048_575, 16_383, "z")


HOSTILE = {
    "nothing": ("empty", lambda: b""),
    "too large": ("too_large", lambda: b"x" * (MAX_TABLE_BYTES + 1)),
    "a picture": ("no_table", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
    "a document": ("no_table", lambda: b"%PDF-1.7 ..."),
    "a letter": ("no_table", "Просто письмо".encode),
    "a bomb": ("bomb", lambda: _zip({"[Content_Types].xml": b"", "xl/workbook.xml": b"\0" * 30_000_000})),
    "half a file": ("corrupted", lambda: workbook(_filled)[:2000]),
    "another archive": ("no_table", lambda: _zip({"a.txt": b"a"})),
    "an empty sheet": ("no_rows", lambda: workbook(lambda book: book.add_worksheet())),
    "too wide": ("too_wide", lambda: workbook(_wide)),
    "too long": ("too_many_rows", lambda: workbook(_long)),
    "no workbook": ("corrupted", lambda: _zip({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x"})),
    "an old format that is none": ("no_table", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000),
}


@pytest.mark.parametrize(("code", "data"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_tables(code: str, data) -> None:
    with pytest.raises(TableError) as refused:
        read_sheets(data())
    assert refused.value.code == code
    assert refused.value.message.render("ru")


def test_the_isolated_process_reads_and_refuses() -> None:
    assert read_table_isolated(workbook(_filled)) == read_sheets(workbook(_filled))
    with pytest.raises(TableError) as refused:
        read_table_isolated(b"%PDF-1.7 ...")
    assert refused.value.code == "no_table"


def test_a_cell_far_away_kills_nothing_but_the_reading_process() -> None:
    """Its range would take 17 billion cells."""
    with pytest.raises(TableError) as refused:
        read_table_isolated(workbook(_far_away), Limits(cpu_seconds=10, wall_seconds=20, memory=512 * 2**20))
    assert refused.value.code in {"memory", "crashed", "too_many_rows", "timeout"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"sheets": 1}',
        b'{"sheets": [["a", [[1], [1, 2]]]]}',
        b'{"sheets": [["a", [[[]]]]]}',
        b'{"sheets": [["a", [[{"day": "x"}]]]]}',
    ],
)
def test_nonsense_of_the_process_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        decode_sheets(data)


def test_a_day_stays_a_day_and_its_text_a_text() -> None:
    sheet = Sheet("Лист", ((date(2025, 9, 1), "2025-09-01", 1.5, True, None),))
    assert decode_sheets(encode_sheets([sheet])) == (sheet,)


@pytest.mark.parametrize(
    ("place", "name"),
    [((0, 0), "A1"), ((16, 3), "D17"), ((0, 25), "Z1"), ((0, 26), "AA1"), ((0, 702), "AAA1")],
)
def test_addresses(place: tuple[int, int], name: str) -> None:
    assert address(*place) == name
