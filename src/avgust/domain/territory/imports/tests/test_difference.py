"""A file beside the register: what is found, what is asked, what is held back."""

from __future__ import annotations

from datetime import date

import pytest

from avgust.domain.tables import Sheet
from avgust.domain.territory import Opened, Placed, Record
from avgust.domain.territory.imports import oneroster
from avgust.domain.territory.imports.columns import Field
from avgust.domain.territory.imports.difference import State, difference
from avgust.domain.territory.imports.register import Known, KnownRegister
from avgust.domain.territory.imports.rows import rows_of, table_of
from avgust.domain.territory.inn import with_control

DAY, START = date(2026, 3, 12), date(2020, 9, 1)
REGION, LAKE, MEADOW, SCHOOL, HOUSE_A, HOUSE_B = 1, 2, 3, 4, 5, 6
INN, OTHER = with_control("001000001"), with_control("001000002")


def register() -> KnownRegister:
    def known(unit: int, kind: str, name: str, parent: int | None, inn: str = "", short: str = "") -> Known:
        placed = (Placed(START, parent),) if parent else ()
        return Known(Record(unit, kind, name, short, (Opened(START), *placed)), inn)

    return KnownRegister.of(
        [
            known(REGION, "region", "Приреченская область", None),
            known(LAKE, "municipality", "Озёрский округ", REGION),
            known(MEADOW, "municipality", "Луговской округ", REGION),
            known(SCHOOL, "school", "МБОУ «Озёрская школа № 1»", LAKE, INN, "Озёрская школа"),
            known(HOUSE_A, "additional", "Дом творчества", LAKE),
            known(HOUSE_B, "additional", "Дом творчества", MEADOW),
        ],
        DAY,
    )


HEAD = ("ИНН", "Полное название", "Вид", "Муниципалитет", "Открыта", "Последний день", "Преемник")


def compared(*rows: tuple, answers=None, renaming: bool = False, head=HEAD):
    sheet = Sheet("Лист1", (head, *rows))
    found = table_of([sheet])
    assert found
    return difference(register(), list(rows_of(*found, {})), answers or {}, renaming=renaming)


def only(*row, **options):
    return compared(row, **options).lines[0]


def test_by_tax_number_though_the_name_differs() -> None:
    line = only(INN, "МБОУ «Озёрская гимназия»", None, None, None, None, None)
    assert (line.unit, line.state) == (SCHOOL, State.CHANGED)
    assert [(c.field, c.before, c.after, c.cell) for c in line.changes] == [
        (Field.NAME, "МБОУ «Озёрская школа № 1»", "МБОУ «Озёрская гимназия»", "B2")
    ]
    assert line.changes[0].note is None
    assert only(INN, "МБОУ «Озёрская гимназия»", None, None, None, None, None, renaming=True).changes[0].note


def test_by_name_in_its_place() -> None:
    assert only(None, "дом творчества", None, "Луговской округ", None, None, None).unit == HOUSE_B
    asked = only(None, "Дом творчества", None, None, None, None, None)
    assert (asked.state, asked.candidates) == (State.QUESTION, (HOUSE_A, HOUSE_B))
    answered = only(None, "Дом творчества", None, None, None, None, None, answers={"Лист1!2": HOUSE_A})
    assert (answered.unit, answered.state) == (HOUSE_A, State.SAME)


def test_the_same_and_the_missing() -> None:
    found = compared((INN, "МБОУ «Озёрская школа № 1»", "школа", "Озёрский округ", "01.09.2020", None, None))
    assert found.lines[0].state is State.SAME
    assert found.missing == [HOUSE_A, HOUSE_B]  # no municipality is missed in a file of organisations


def test_another_place_is_a_move() -> None:
    line = only(INN, "МБОУ «Озёрская школа № 1»", None, "Луговской округ", None, None, None)
    (change,) = line.changes
    assert (change.field, change.before, change.after) == (Field.PLACE, "Озёрский округ", "Луговской округ")
    assert Placed(DAY, MEADOW) in line.proposal.record.events


def test_a_new_one_and_what_looks_like_a_known_one() -> None:
    new = only(None, "Детский сад «Радуга»", "сад", "Озёрский округ", "16.03.2026", None, None)
    assert (new.state, new.proposed, new.alike) == (State.NEW, True, None)
    alike = only(None, "МБОУ Озёрская школа №1 (новая)", "школа", "Озёрский округ", None, None, None)
    assert (alike.state, alike.alike, alike.proposed) == (State.NEW, SCHOOL, False)
    moved = only(None, "МБОУ «Озёрская школа № 1»", "школа", "Луговской округ", None, None, None)
    assert (moved.state, moved.candidates) == (State.QUESTION, (SCHOOL,))
    answered = only(
        None,
        "МБОУ «Озёрская школа № 1»",
        None,
        "Луговской округ",
        None,
        None,
        None,
        answers={"Лист1!2": SCHOOL},
    )
    assert [change.field for change in answered.changes] == [Field.PLACE]


def test_a_new_municipality_with_its_new_school() -> None:
    found = compared(
        (None, "Школа", "школа", "Степной округ", None, None, None),
        (None, "Степной округ", "муниципалитет", "Приреченская область", None, None, None),
    )
    assert [line.state for line in found.lines] == [State.NEW, State.NEW]
    assert found.lines[0].place == found.lines[1].unit == -3


def test_a_wrong_cell_holds_back_only_its_own_row_and_what_stands_on_it() -> None:
    found = compared(
        (None, "Школа", "школа", "Степной округ", None, None, None),
        (None, "Степной округ", "муниципалитет", "Озёрский округ", None, None, None),
        (None, "Сад", "сад", "Озёрский округ", None, None, None),
    )
    assert [line.state for line in found.lines] == [State.WRONG, State.WRONG, State.NEW]
    assert "может входить только в регион" in found.lines[1].faults[0].message.render("ru")


WRONG = {
    "no such day": ((INN, "Ш", None, None, "31.09.1974", None, None), Field.OPENED, "E2"),
    "no such kind": ((INN, "Ш", "центр обр.", None, None, None, None), Field.KIND, "C2"),
    "no such place": ((INN, "Ш", None, "Озерской округ", None, None, None), Field.PLACE, "D2"),
    "a misprint in the tax number": (("0010000010", "Ш", None, None, None, None, None), Field.INN, "A2"),
    "a new one without a kind": ((None, "Ш", None, "Озёрский округ", None, None, None), Field.KIND, "C2"),
    "a new one without a place": ((None, "Ш", "школа", None, None, None, None), Field.PLACE, "D2"),
    "a region": ((None, "Ш", "регион", None, None, None, None), Field.KIND, ""),
    "an unknown successor": ((INN, "Ш", None, None, None, "31.12.2025", "Кто-то"), Field.SUCCESSOR, "G2"),
    "a successor of two": ((INN, "Ш", None, None, None, "31.12.2025", "Дом творчества"), Field.SUCCESSOR, "G2"),
    "a successor and no day": ((INN, "Ш", None, None, None, None, "Озёрский округ"), Field.CLOSED, "F2"),
    "closed before it opened": ((INN, "Ш", None, None, None, "31.12.2019", None), Field.CLOSED, "F2"),
    "a place that closes with schools": ((None, "Озёрский округ", None, "Приреченская область", None, "31.12.2025", None), Field.CLOSED, "F2"),
}  # fmt: skip


@pytest.mark.parametrize(("row", "name", "cell"), WRONG.values(), ids=WRONG.keys())
def test_wrong_cells_have_their_address_and_a_reason(row, name: Field, cell: str) -> None:
    line = only(*row)
    if name is Field.KIND and not cell:
        assert line.state is State.QUESTION  # which region it is
        return
    assert line.state is State.WRONG
    fault = next(fault for fault in line.faults if fault.field is name)
    assert fault.cell == cell
    assert fault.message.render("ru")


def test_a_misspelt_place_offers_what_is_like_it() -> None:
    fault = only(INN, "Ш", None, "Озерской округ", None, None, None).faults[0]
    assert fault.offers == ("Озёрский округ",)
    assert "Похоже одно: Озёрский округ" in fault.message.render("ru")


def test_one_organisation_in_two_rows() -> None:
    found = compared((INN, "А", None, None, None, None, None), (INN, "Б", None, None, None, None, None))
    assert [line.state for line in found.lines] == [State.CHANGED, State.WRONG]
    assert {fault.field for fault in found.lines[1].faults} == {Field.NAME, Field.INN}


def test_the_number_of_the_register_goes_before_all() -> None:
    head = ("№ в реестре", *HEAD)
    line = only(HOUSE_B, OTHER, "Дом искусств", None, None, None, None, None, head=head)
    assert (line.unit, line.state) == (HOUSE_B, State.CHANGED)
    foreign = only(HOUSE_B, INN, "Дом искусств", None, None, None, None, None, head=head)
    assert "у организации «Озёрская школа»" in foreign.faults[0].message.render("ru")
    assert only(99, None, "Х", None, None, None, None, None, head=head).state is State.WRONG


def orgs(*rows: tuple[str, ...]):
    sheet = Sheet(oneroster.ORGS, (oneroster.COLUMNS, *rows))
    assert oneroster.orgs_in([sheet]) is sheet
    return difference(register(), list(oneroster.rows_of(sheet, {})), {})


def test_oneroster_stands_on_its_parents() -> None:
    found = orgs(
        ("s1", "", "", "Детский сад «Ёлочка»", "school", "", "d1"),
        ("d1", "", "", "Озёрский округ", "district", "", "r1"),
        ("r1", "", "", "Приреченская область", "state", "", ""),
        ("s2", "tobedeleted", "", "МБОУ «Озёрская школа № 1»", "school", INN, "d1"),
        ("s3", "active", "", "Школа", "университет", "", "d1"),
        ("s4", "active", "", "Школа", "school", "", "nowhere"),
    )
    by_id = {line.row.external: line for line in found.lines}
    assert (by_id["s1"].state, by_id["s1"].proposal.record.kind) == (State.NEW, "kindergarten")
    assert (by_id["d1"].unit, by_id["r1"].unit) == (LAKE, REGION)
    assert by_id["d1"].links
    assert by_id["d1"].proposal.external == "d1"
    deleted = by_id["s2"]
    assert (deleted.state, deleted.proposed) == (State.CHANGED, False)  # proposed to a person, not done
    assert [change.field for change in deleted.changes] == [Field.CLOSED]
    assert (by_id["s3"].state, by_id["s4"].state) == (State.WRONG, State.WRONG)


@pytest.mark.parametrize(("type_name", "name", "kind"), [
    ("school", "МБДОУ «Детский сад № 5»", "kindergarten"),
    ("school", "Горный техникум", "college"),
    ("school", "Дом творчества", "additional"),
    ("School", "Гимназия", "school"),
    ("department", "Отдел образования", "authority"),
    ("local", "Район", "municipality"),
    ("vuz", "Университет", None),
])  # fmt: skip
def test_kinds_of_oneroster(type_name: str, name: str, kind: str | None) -> None:
    assert oneroster.kind_of(type_name, name) == kind
