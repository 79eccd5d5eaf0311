"""Plans from tables: what a row says, and what it would change."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.planning.plan_difference import Known, Reader, State, difference
from avgust.domain.planning.plan_table import Column, lines_of, names_of
from avgust.domain.tables import Sheet

HEAD = ("№ п/п", "Мероприятие", "Срок исполнения", "Ответственный исполнитель", "Показатель")
READER = Reader(
    deadline=lambda words: words.split()[-1] if words[-1].isdigit() else None,
    target=lambda words: words if any(one.isdigit() for one in words) else None,
    themes=frozenset({"кадры"}),
)


def known(pk: int, number: str, text: str, **more: object) -> Known:
    values: dict[str, object] = {
        "section": "", "theme": "", "deadline": "до 1", "printed": "до 1", "deadline_value": "1", "target": "",
        "target_value": None, "executors": ("школы",), "co_executors": (),
    }  # fmt: skip
    return Known(pk, number, text, **{**values, **more})  # type: ignore[arg-type]


MEASURES = [
    known(1, "1.1", "Утвердить план наставничества"),
    known(2, "1.2", "Провести смотр школьных музеев"),
]


def _states(*rows: tuple[object, ...]) -> list[tuple[str, object]]:
    found = difference(lines_of([Sheet("Лист", (HEAD, *rows))]), MEASURES, READER)  # type: ignore[arg-type]
    return [(line.state.value, line.measure) for line in found.lines]


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (("1.1", "Утвердить план наставничества", "до 1", "школы", None), ("same", 1)),
        (("1.1.", "утвердить план  наставничества.", None, None, None), ("same", 1)),
        (("1.1", None, "до 2", None, None), ("changed", 1)),  # the number alone names it
        (("1.9", "Утвердить план наставничества", None, None, None), ("changed", 1)),  # another number
        (("1.1", "Утвердить план наставничества педагогов", None, None, None), ("changed", 1)),
        (("1.1", "Открыть новый музей города", None, None, None), ("refused", None)),  # a number of another
        (("1.3", "Открыть новый музей города", "до 5", None, None), ("added", None)),
        ((None, "Открыть новый музей города", None, None, None), ("added", None)),
        (("1.3", "Открыть музей", "когда-нибудь", None, None), ("refused", None)),
        (("1.3", "Открыть музей", None, None, "многое"), ("refused", None)),
        (("1.3", None, "до 5", None, None), ("refused", None)),
        (("1.1", None, None, "школы; сады", None), ("changed", 1)),
        ((1.3, "Открыть музей", date(2026, 5, 1), None, None), ("added", None)),
    ],
)
def test_rows(row: tuple[object, ...], state: tuple[str, object]) -> None:
    assert _states(row) == [state]


def test_a_refused_row_names_its_cell() -> None:
    rows = lines_of([Sheet("Лист", (HEAD, ("1.3", "Открыть музей", "когда-нибудь", None, "многое")))])
    faults = difference(rows, MEASURES, READER).lines[0].faults
    assert [fault.cell for fault in faults] == ["C2", "E2"]


def test_two_rows_of_one_number_are_both_refused() -> None:
    row = ("1.1", "Утвердить план наставничества", None, None, None)
    assert [state for state, _id in _states(row, row)] == ["refused", "refused"]


def test_what_a_file_lacks_is_told_and_stays() -> None:
    rows = lines_of([Sheet("Лист", (HEAD, ("1.1", "Утвердить план наставничества", None, None, None)))])
    assert [one.id for one in difference(rows, MEASURES, READER).missing] == [2]


def test_a_measure_out_of_force_is_refused() -> None:
    gone = [known(1, "1.1", "Утвердить план", in_force=False)]
    rows = lines_of([Sheet("Лист", (HEAD, ("1.1", "Утвердить план", None, None, None)))])
    found = difference(rows, gone, READER)
    assert (found.lines[0].state, found.missing) == (State.REFUSED, ())


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        (("Кадры", "Кадры", "Кадры", "Кадры", "Кадры"), "Кадры"),  # merged across
        (("Раздел II. Кадры", None, None, None, None), "Раздел II. Кадры"),
        (("5", None, None, None, None), ""),  # a number alone is no section
    ],
)
def test_a_line_across_is_a_section(section: tuple[object, ...], expected: str) -> None:
    row = ("1.3", "Открыть музей", None, None, None)
    lines = lines_of([Sheet("Лист", (("План", None, None, None, None), HEAD, section, row))])  # type: ignore[arg-type]
    assert lines[-1].said.get(Column.SECTION, "") == expected
    assert lines[-1].row == 4


def test_co_executors_below_the_executor() -> None:
    cell = "Управление образования;\nсоисполнители: музей; библиотека"
    line = lines_of([Sheet("Лист", (HEAD, ("1", "Мера", None, cell, None)))])[0]
    assert names_of(line) == (("Управление образования",), ("музей", "библиотека"))


def test_no_heads_no_rows() -> None:
    assert lines_of([Sheet("Лист", (("Фамилия", "Телефон"), ("Иванова", "1")))]) == []


cells = st.none() | st.text(alphabet="аб1.№ мерасок", max_size=8) | st.floats(0, 9) | st.dates()


@given(st.lists(st.tuples(*[cells] * 5), max_size=6))
def test_any_table_is_answered(rows: list[tuple[object, ...]]) -> None:
    lines = lines_of([Sheet("Лист", (HEAD, *rows))])  # type: ignore[arg-type]
    found = difference(lines, MEASURES, Reader(lambda w: w, lambda w: w, frozenset()))
    assert len(found.lines) == len(lines)
    told = {line.measure for line in found.lines if line.state is not State.REFUSED} - {None}
    assert not told & {one.id for one in found.missing}
