from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from avgust.domain.assessment.works import Level, Line, MarkShares, Refusal
from avgust.domain.assessment.works.heads import Field
from avgust.domain.assessment.works.mapping import Mapping, MappingError
from avgust.domain.assessment.works.readers import Form, read_table

SHARED = Path(__file__).parents[6].parent / "shared" / "data"

F3 = [
    ("Статистика по отметкам", *[None] * 6),
    ("Предмет: Русский язык", *[None] * 6),
    ("Группы участников", "Кол-во ОО", "Кол-во участников", "2", "3", "4", "5"),
    ("Вся выборка", 35000.0, 1700000.0, 5.06, 32.92, 44.33, 17.69),
    ("Приреченская обл. (reg99)", 560.0, 30216.0, "13,44", "44,15", "36,28", "6,13"),
    ("Заозёрный округ (reg99_m001)", 6.0, 250.0, 10.0, 40.0, 40.0, 10.0),
    ("МБОУ «Боровская СОШ» (edu000001)", None, 24.0, 0.0, 50.0, 25.0, 25.0),
    ("МБОУ «Сумма» (edu000002)", None, 24.0, 10.0, 50.0, 25.0, 25.0),
    ("МБОУ «Слово» (edu000003)", None, "много", 0.0, 50.0, 25.0, 25.0),
]


def test_statistics_of_marks():
    table = read_table("Лист1", F3)
    found = list(table.rows)
    assert table.form is Form.MARKS
    assert [(one.code, one.schools, one.pupils) for one in found[:4]] == [
        ("", 35000, 1700000), ("reg99", 560, 30216), ("reg99_m001", 6, 250), ("edu000001", None, 24)
    ]  # fmt: skip
    assert dict(found[1].shares) == {"2": 13.44, "3": 44.15, "4": 36.28, "5": 6.13}
    assert [type(one) for one in found[4:]] == [Refusal, Refusal]
    assert "110" in found[4].why.render("en")


def test_comparison_with_the_journal():
    rows = [
        ("Сравнение отметок с отметками по журналу", None, None),
        ("Группы участников", "Кол-во участников", "%"),
        ("Приреченская обл. (reg99)", None, None),
        ("Понизили (Отметка < Отметка по журналу) %", 3722.0, 37.22),
        ("Подтвердили (Отметка = Отметке по журналу) %", 6067.0, 60.67),
        ("Повысили (Отметка > Отметка по журналу) %", 211.0, 2.11),
        ("Всего", 10000.0, 100.0),
        ("edu000001", None, None),
        ("Понизили", 1.0, 50.0),
        ("Подтвердили", 1.0, 20.0),
    ]
    table = read_table("Лист1", rows)
    region, school = table.rows
    assert table.form is Form.JOURNAL
    assert isinstance(region, MarkShares)
    assert (region.code, region.pupils) == ("reg99", 10000)
    assert dict(region.shares) == {"lowered": 37.22, "confirmed": 60.67, "raised": 2.11}
    assert isinstance(school, Refusal)


def test_collection_form():
    rows = [
        ("Форма сбора результатов ВПР", None, None, None, None, None),
        ("Логин ОО", "edu000001", None, None, None, None),
        ("Код участника", "Вариант", "Номер класса", "1 (1б)", "4К1 (3б)", "Отметка за предыдущий период"),
        (10001.0, 1.0, "4А", 1.0, "X", 4.0),
        (10002.0, 2.0, "4А", "отсутствовал", None, "нет отметки"),
        (10003.0, 1.0, "4А", None, None, 5.0),
    ]
    table = read_table("Лист1", rows)
    first, absent, empty = table.rows
    assert table.form is Form.COLLECTION
    assert (first.school.code, first.pupil, first.variant, first.group, first.journal) == (
        "edu000001", "10001", "1", "4А", 4
    )  # fmt: skip
    assert absent.absent
    assert isinstance(empty, Refusal)


WIDE = Mapping("Наша таблица", {Field.PUPIL: "ID", Field.GROUP: "Параллель"}, {"Зад.А": "1", "Зад.Б": "2"})
LONG = Mapping("Длинная", {Field.PUPIL: "Кто", Field.ITEM: "Номер", Field.SCORE: "Сколько"})


def test_a_number_that_lasts_over_years():
    rows = [("Код участника", "Постоянный код", "1 (1б)"), (10001.0, "П-17", 1.0)]
    (found,) = read_table("Лист1", rows).rows
    assert (found.pupil, found.lasting) == ("10001", "П-17")


def test_wide_table_by_a_mapping():
    rows = [("Параллель", "ID", "Зад.Б", "Прочее", "Зад.А"), ("4", "7", "1", "x", "0")]
    table = read_table("CSV", rows, WIDE)
    (found,) = table.rows
    assert table.codes == ("2", "1")
    assert (found.pupil, found.group, found.scores) == ("7", "4", (1, 0))
    assert read_table("CSV", [("ID", "Зад.А")], WIDE) is None


def long_rows(*rows):
    return list(read_table("CSV", [("Кто", "Номер", "Сколько"), *rows], LONG, codes=("1", "4К1")).rows)


def test_long_table_by_a_mapping():
    found = long_rows(("7", "1", "1"), ("7", "4К1", "3"), ("8", "1", "Х"), ("9", None, "отсутствовал"))
    assert [(one.pupil, one.scores, one.absent) for one in found] == [
        ("7", (1, 3), False), ("8", (-1, None), False), ("9", (), True)
    ]  # fmt: skip
    assert found[0].further == ((3, ("7", "4К1", "3")),)


LONG_FAULTS = [
    ("an item twice", [("7", "1", "1"), ("7", "4К1", "3"), ("7", "1", "0")], "Item 1 has two scores.", 4),
    ("an item that is none", [("7", "9", "1"), ("7", "1", "1")], "The work has no item “9”.", 2),
    ("no score", [("7", "1", "1"), ("7", "4К1", "три")], "Item 4К1: “три” is no score.", 3),
    ("nothing scored", [("7", "1", None), ("7", "4К1", None)], "No item has a score", 2),
]


@pytest.mark.parametrize(
    ("rows", "said", "at"), [row[1:] for row in LONG_FAULTS], ids=[row[0] for row in LONG_FAULTS]
)
def test_a_participant_of_a_long_table_is_taken_whole_or_not_at_all(rows, said, at):
    found = long_rows(("6", "1", "1"), *rows, ("8", "1", "1"))
    assert [type(one) for one in found] == [Line, *[Refusal] * len(rows), Line]
    refused = found[1:-1]
    (wrong,) = [one for one in refused if one.row == at + 1]
    assert wrong.why.render("en").startswith(said)
    beside = {one.why.render("en") for one in refused if one is not wrong}
    assert all(f"Row {at + 1} of the same participant" in one for one in beside)
    assert [one.cells for one in refused] == rows


def test_a_participant_with_more_rows_than_answers_is_not_held():
    found = long_rows(*[("7", "1", "1")] * 1000, ("8", "1", "1"))
    assert [type(one) for one in found] == [*[Refusal] * 1000, Line]


def test_what_a_mapping_ignores_is_not_kept_of_a_refused_row():
    rows = [("ФИО", "ID", "Параллель", "Зад.А", "Зад.Б"), ("Капустина Зоя", "7", "4", "два", "1")]
    table = read_table("CSV", rows, WIDE)
    (refused,) = table.rows
    assert refused.cells == ("7", "4", "два", "1")
    assert table.heads == ("ID", "Параллель", "Зад.А", "Зад.Б")


def test_attendance_has_its_own_column():
    said = Mapping("Своя", {Field.PUPIL: "Код", Field.ATTENDANCE: "Явка"}, {"1": "1"}, {"1": 2})
    rows = [("Код", "Явка", "1"), ("7", "нет", None), ("8", "+", 2.0), ("9", "заболел", None)]
    table = read_table("CSV", rows, said)
    away, came, unclear = table.rows
    assert (away.absent, came.absent, came.scores) == (True, False, (2,))
    assert "заболел" in unclear.why.render("en")
    assert [(item.code, item.maximum) for item in table.items] == [("1", 2)]


def test_package_of_a_mapping_comes_back():
    assert Mapping.of_package(WIDE.package()) == WIDE
    told = Mapping("С баллами", {Field.PUPIL: "ID"}, {"Зад.А": "1"}, {"Зад.А": 3})
    assert Mapping.of_package(told.package()) == told
    earlier = WIDE.package().replace(b'"version": 2', b'"version": 1').replace(b',\n "maxima": {}', b"")
    assert b"maxima" not in earlier
    assert Mapping.of_package(earlier) == WIDE
    assert LONG.is_long


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"{}", b"\xff", b"[" * 100_000, WIDE.package().replace(b'"version": 2', b'"version": 9'),
        WIDE.package().replace(b'"pupil"', b'"name"'), WIDE.package().replace(b'"ID"', b'""'),
        WIDE.package().replace(b'"maxima": {}', b'"maxima": {"X": 1}'),
        WIDE.package().replace(b'"maxima": {}', '"maxima": {"Зад.А": 0}'.encode()),
        WIDE.package().replace(b'"maxima": {}', '"maxima": {"Зад.А": true}'.encode()),
    ],
)  # fmt: skip
def test_other_files_are_no_package(data):
    with pytest.raises(MappingError):
        Mapping.of_package(data)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not here")
def test_real_answers_of_ten_thousand_pupils():
    """Polish grade 6, 2005: 17 open items as a wide table by a mapping; sums are the file's own."""
    with gzip.open(SHARED / "poland_spr2005_10000x37.csv.gz", "rt") as file:
        rows = list(csv.reader(file))
    heads = rows[0]
    open_items = [
        column for column, head in enumerate(heads) if {row[column] for row in rows[1:]} <= {"0", "1", "2"}
    ]
    mapping = Mapping("SPR", {Field.PUPIL: heads[0]}, {heads[column]: heads[column] for column in open_items})
    table = read_table("CSV", rows, mapping)
    lines = [one for one in table.rows if isinstance(one, Line)]
    assert len(open_items) >= 17
    assert len(lines) == len(rows) - 1
    assert sum(one.points for one in lines) == sum(int(row[c]) for row in rows[1:] for c in open_items)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not here")
def test_profile_of_a_real_work_is_a_specification():
    rows = [row.split(",") for row in (SHARED / "vpr2026_ru4_item_profile.csv").read_text().splitlines()[1:]]
    head = ["Код участника", *(f"{code} ({most}б)" for code, most, *_ in rows)]
    above = [None, *(level for _, _, level, *_ in rows)]
    table = read_table("Лист1", [above, head, ["1", *("0" for _ in rows)]])
    assert sum(item.maximum for item in table.items) == 24
    assert sum(item.level is Level.ADVANCED for item in table.items) == 4
