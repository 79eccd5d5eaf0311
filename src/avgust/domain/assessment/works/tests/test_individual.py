from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.assessment.works import NOT_ATTEMPTED, Level, Line, Refusal, Remark
from avgust.domain.assessment.works.readers import Form, read_table
from avgust.domain.assessment.works.tests.making import BOROVAYA, LUGOVAYA, classes, line, sheet, works


def read(rows):
    table = read_table("Лист1", rows)
    assert table is not None
    return table, list(table.rows)


def test_form_of_the_federal_system():
    lines = [line("10001"), line("10002", (NOT_ATTEMPTED, 1, 3), journal=4), line("20001", school=LUGOVAYA)]
    table, found = read(sheet(lines))
    assert table.form is Form.INDIVIDUAL
    assert (table.title.subject, table.title.grade, table.title.maximum) == ("Русский язык", 4, 6)
    assert table.title.day == date(2026, 4, 15)
    assert [(item.code, item.maximum, item.level) for item in table.items] == [
        ("1", 2, Level.BASIC), ("2", 1, Level.BASIC), ("4К1", 3, Level.ADVANCED)
    ]  # fmt: skip
    assert [(one.pupil, one.school, one.scores) for one in found] == [
        ("10001", BOROVAYA, (2, 1, 0)), ("10002", BOROVAYA, (NOT_ATTEMPTED, 1, 3)), ("20001", LUGOVAYA, (2, 1, 0))
    ]  # fmt: skip
    assert [one.row for one in found] == [10, 11, 13]  # as a spreadsheet numbers them
    assert found[0].journal is None
    assert found[1].journal == 4


def test_school_of_the_banner_where_the_columns_are_empty():
    rows = sheet([line()])
    rows[-1] = (None, None, None, *rows[-1][3:])
    assert read(rows)[1][0].school == replace(BOROVAYA, municipality="")


def test_banner_merged_over_the_whole_row():
    rows = sheet([line()])
    rows[-2] = (rows[-2][0],) * len(rows[-2])
    assert [type(one) for one in read(rows)[1]] == [Line]


def test_banner_that_counts_otherwise_is_remarked():
    rows = sheet([line("10001"), line("10002")])
    del rows[-1]
    remark = read(rows)[1][-1]
    assert isinstance(remark, Remark)
    assert remark.what.params == {"name": BOROVAYA.name, "said": 2, "found": 1}


def test_who_did_not_come():
    found = read(sheet([line("10001", absent=True)]))[1][0]
    assert found.absent
    assert found.scores == ()


WRONG = [
    ("no code", 3, None, "no participant's code"),
    ("a word for a score", 6, "плохо", "is no score"),
    ("half a point", 6, 0.5, "is no score"),
    ("a mark of 7", -2, 7.0, "cannot be"),
    ("a primary score in words", -3, "шесть", "cannot be"),
]


def test_wrong_rows_are_kept_with_their_cells():
    for name, column, cell, said in WRONG:
        rows = sheet([line("10001"), line("10002")])
        wrong = list(rows[-1])
        wrong[column] = cell
        rows[-1] = tuple(wrong)
        good, refusal = read(rows)[1]
        assert isinstance(good, Line), name
        assert isinstance(refusal, Refusal), name
        assert said in refusal.why.render("en"), name
        assert refusal.cells == tuple(wrong), name
        assert (refusal.sheet, refusal.row) == ("Лист1", 11), name


def test_heads_printed_again_and_empty_rows_are_passed_over():
    rows = sheet([line("10001"), line("10002")])
    rows[10:10] = [rows[7], (None,) * len(rows[0])]
    assert [one.pupil for one in read(rows)[1]] == ["10001", "10002"]


def test_another_table_is_none():
    assert read_table("Лист1", [("Название", "Адрес"), ("Школа", "Улица")]) is None
    assert read_table("Лист1", []) is None


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_written_lines_are_read_back(data):
    work = data.draw(works())
    lines = data.draw(classes(work))
    table, found = read(sheet(lines, work))
    assert table.items == work.items
    assert [replace(one, sheet="", row=0) for one in found] == lines


_cells = st.one_of(st.none(), st.text(max_size=12), st.floats(), st.booleans(), st.dates())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_cells, min_size=12, max_size=12).map(tuple), max_size=12))
def test_anything_below_the_heads_is_taken_refused_or_remarked(rows):
    table = read_table("Лист1", [*sheet([])[:8], *rows])
    numbers = [one.row for one in table.rows if not isinstance(one, Remark)]
    assert numbers == sorted(set(numbers))
    full = sum(any(cell is not None for cell in row) for row in rows)
    assert len(numbers) <= full


def test_rows_are_read_as_they_come():
    """Nothing is held: the first line is there before the second row is asked for."""

    def rows():
        yield from sheet([line(f"{number:05}") for number in range(40)])
        raise AssertionError("the end was asked for")

    table = read_table("Лист1", rows())
    assert next(table.rows).pupil == "00000"
