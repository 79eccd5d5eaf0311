"""A file of the territory from upload to undoing, on the pages and at the size of a region."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from avgust.domain.tables.reading import read_sheets
from avgust.domain.territory.imports.columns import HEADERS, Field
from avgust.domain.territory.imports.difference import State
from avgust.domain.territory.imports.workbook import Exported, tree_xlsx
from avgust.domain.territory.inn import with_control
from avgust.web.audit.models import Entry
from avgust.web.territory import actions as territory
from avgust.web.territory.imports import actions, undoing
from avgust.web.territory.imports.exports import exported
from avgust.web.territory.imports.reading import compared, known_register
from avgust.web.territory.models import ExternalId, ImportFile, Membership, Unit

MANY = 1500
DAY = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def read_tables_here(monkeypatch) -> None:
    """Read tables in this process: a process of its own for each upload is tested with `isolation`."""
    monkeypatch.setattr(actions, "read_table_isolated", read_sheets)


@pytest.fixture
def officer(cast, signed_in):
    return signed_in(cast.regional_officer)


def workbook(*rows: dict[Field, object]) -> bytes:
    return tree_xlsx((Exported(row) for row in rows), "ru")


def uploaded(cast, *rows: dict[Field, object], **options) -> ImportFile:
    return taken(cast, workbook(*rows), **options)


def taken(cast, data: bytes, name: str = "дерево.xlsx", **options) -> ImportFile:
    options = {"day": DAY, **options}
    return actions.upload_file(
        actor=cast.regional_officer, unit=cast.units.region, name=name, data=data, **options
    )


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " "))


def page_of(client, file: ImportFile) -> str:
    return text_of(client.get(reverse("territory:file", args=[file.pk])))


NEW = {Field.NAME: "Детский сад «Радуга»", Field.KIND: "kindergarten", Field.PLACE: "Луговской округ",
       Field.OPENED: date(2026, 3, 16), Field.INN: with_control("001000777")}  # fmt: skip


def test_upload_difference_write_undo(cast, officer) -> None:
    school = cast.units.school
    data = workbook(
        {Field.NAME: school.name, Field.PLACE: "Заозёрный округ", Field.FOUNDER: "regional"},
        NEW,
        {Field.NAME: "Школа", Field.KIND: "school", Field.PLACE: "Заозерной округ"},
    )
    sent = {"file": SimpleUploadedFile("дерево.xlsx", data), "day": "12.03.2026"}
    answer = officer.post(reverse("territory:files"), sent)
    file = ImportFile.objects.get()
    assert answer.headers["Location"] == reverse("territory:file", args=[file.pk])
    page = page_of(officer, file)
    assert "Проверка файла: 2 строки можно записать" in page
    assert "Ошибка в 1 ячейке" in page
    assert "Такого места на эту дату нет" in page
    assert '<del class="av-was">муниципалитет</del>' in page
    assert not Unit.objects.filter(name=NEW[Field.NAME]).exists()  # nothing is written before the button

    mended = {"fix:Организации!F4": "Заозёрный округ", "was:Организации!F4": "Заозерной округ"}
    officer.post(reverse("territory:file_mend", args=[file.pk]), mended)
    assert "3 строки можно записать" in page_of(officer, file)

    shown = {"shown": ["2", "3", "4"], "row": ["2", "3"]}  # the mark of the third row is taken away
    officer.post(reverse("territory:file_write", args=[file.pk]), shown)
    garden = Unit.objects.get(name=NEW[Field.NAME])
    assert garden.parent_on(date(2026, 3, 16)) == cast.units.neighbour
    school.refresh_from_db()
    assert school.founder == "regional"
    assert not Unit.objects.filter(name="Школа").exists()
    page = page_of(officer, file)
    assert "Записаны 2 строки" in page
    assert "Отменить 2 строки из 2" in page
    assert Entry.objects.of(school).first().code == "territory.imported"

    officer.post(reverse("territory:file_undo", args=[file.pk]))
    school.refresh_from_db()
    assert school.founder == "municipal"
    assert not Unit.objects.filter(pk=garden.pk).exists()
    assert "Загрузка отменена" in page_of(officer, file)


def test_undoing_leaves_what_was_changed_since_and_names_it(cast, officer) -> None:
    school, kindergarten = cast.units.school, cast.units.kindergarten
    file = uploaded(
        cast,
        *(
            {Field.NAME: one.name, Field.PLACE: "Заозёрный округ", Field.FOUNDER: "private"}
            for one in (school, kindergarten)
        ),
        NEW,
    )
    assert actions.write_file(file, actor=cast.regional_officer) == 3
    territory.describe_unit(school, actor=cast.admin, values={"short_name": "Третья"})
    garden = Unit.objects.get(name=NEW[Field.NAME])
    territory.describe_unit(garden, actor=cast.admin, values={"settlement": "rural"})
    page = page_of(officer, file)
    assert "Отменить 1 строку из 3" in page
    assert "С тех пор изменены и останутся как есть" in page
    restored, left = undoing.undo_file(file, actor=cast.regional_officer)
    assert (restored, sorted(left)) == (1, sorted([NEW[Field.NAME], "Школа № 3"]))
    kindergarten.refresh_from_db()
    school.refresh_from_db()
    assert (kindergarten.founder, school.founder) == ("municipal", "private")


def test_undoing_keeps_what_others_stand_in(cast) -> None:
    place = {Field.NAME: "Степной округ", Field.KIND: "municipality", Field.PLACE: "Приреченская область"}
    inside = {Field.NAME: "Степная школа", Field.KIND: "school", Field.PLACE: "Степной округ"}
    file = uploaded(cast, inside, place)  # the order of rows does not matter
    actions.write_file(file, actor=cast.regional_officer)
    steppe = Unit.objects.get(name="Степной округ")
    later = Unit(kind="school", name="Вторая степная")
    territory.add_unit(later, parent=steppe, since=date(2026, 4, 1), actor=cast.admin)
    restored, left = undoing.undo_file(file, actor=cast.regional_officer)
    assert (restored, left) == (1, ["Степной округ"])
    assert not Unit.objects.filter(name="Степная школа").exists()


def test_events_by_file(cast) -> None:
    units = cast.units
    file = uploaded(
        cast,
        {Field.NUMBER: units.school.pk, Field.NAME: "МБОУ «Гимназия»", Field.PLACE: "Луговской округ",
         Field.SINCE: date(2026, 1, 1), Field.BASIS: "закон № 94"},
        {Field.NUMBER: units.kindergarten.pk, Field.NAME: units.kindergarten.name, Field.CLOSED: date(2025, 12, 31),
         Field.SUCCESSOR: f"№ {units.school.pk}", Field.BASIS: "постановление"},
        renaming=True,
    )  # fmt: skip
    assert actions.write_file(file, actor=cast.regional_officer) == 2
    school = Unit.objects.get(pk=units.school.pk)
    assert school.parent_on(date(2025, 12, 31)) == units.municipality
    assert school.parent_on(date(2026, 1, 1)) == units.neighbour
    assert school.memberships.get(parent=units.neighbour).basis == "закон № 94"
    assert (school.name, school.former_names.get().until) == ("МБОУ «Гимназия»", date(2026, 3, 11))
    kindergarten = Unit.objects.get(pk=units.kindergarten.pk)
    assert (kindergarten.closed, kindergarten.successor) == (date(2025, 12, 31), school)
    undoing.undo_file(file, actor=cast.regional_officer)
    assert not school.former_names.exists()
    assert Unit.objects.get(pk=school.pk).parent_on(date(2026, 1, 1)) == units.municipality
    assert Unit.objects.get(pk=kindergarten.pk).closed is None


def test_writing_compares_anew(cast) -> None:
    """What somebody moved meanwhile by hand is not moved twice."""
    units = cast.units
    row = {Field.NUMBER: units.school.pk, Field.NAME: units.school.name, Field.PLACE: "Луговской округ"}
    file = uploaded(cast, row, NEW)
    territory.move_unit(units.school, parent=units.neighbour, since=DAY, actor=cast.admin)
    assert actions.write_file(file, actor=cast.regional_officer) == 1
    assert units.school.memberships.count() == 2


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_exported_imports_back_with_no_difference(cast, language: str) -> None:
    units = cast.units
    Unit.objects.filter(pk=units.school.pk).update(
        inn=with_control("001000001"), settlement="rural", opened=date(1868, 1, 9)
    )
    territory.move_unit(units.school, parent=units.neighbour, since=date(2026, 1, 1), actor=cast.admin)
    Unit.objects.filter(pk=units.neighbour_school.pk).update(name="Дом творчества")
    Unit.objects.filter(pk=units.kindergarten.pk).update(name="Дом творчества")
    territory.close_unit(
        units.kindergarten, closed=date(2030, 5, 31), successor=units.neighbour_school, actor=cast.admin
    )
    today = timezone.localdate()
    data = tree_xlsx(exported(known_register(Unit.objects.all(), today)), language)
    file = taken(cast, data, day=today)
    _register, found = compared(file, cast.regional_officer)
    assert [
        (line.row.number, line.state, line.faults, line.changes)
        for line in found.lines
        if line.state is not State.SAME
    ] == []
    assert len(found.lines) == Unit.objects.count()
    assert found.missing == []


def test_the_exported_file_holds_no_formula(cast, officer) -> None:
    Unit.objects.filter(pk=cast.units.school.pk).update(name='=HYPERLINK("http://evil.example","Школа")')
    data = b"".join(officer.get(reverse("territory:tree")))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    (sheet, *_rest) = read_sheets(data)
    assert sheet.rows[0][: len(HEADERS)][2] == "Полное название"


def test_the_template_is_filled_in_and_read(cast, officer) -> None:
    sheets = read_sheets(officer.get(reverse("territory:template")).content)
    assert [sheet.name for sheet in sheets] == ["Организации", "Как заполнять"]


def test_the_marked_file_says_what_is_wrong(cast, officer) -> None:
    file = uploaded(cast, {Field.NAME: "Школа", Field.KIND: "school", Field.PLACE: "Нигде"})
    data = officer.get(reverse("territory:file_marked", args=[file.pk])).content
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        comments = archive.read("xl/comments1.xml").decode()
    assert "Такого места на эту дату нет" in comments
    actions.drop_file(file, actor=cast.regional_officer)
    assert officer.get(reverse("territory:file_marked", args=[file.pk])).status_code == 404


@pytest.mark.parametrize(("name", "data", "said"), [
    ("a.xlsx", b"%PDF-1.7", "Это не таблица"),
    ("a.csv", "один;два\nтри;четыре\n".encode(), "нет заголовков столбцов"),
    ("a.xlsx", b"", "Файл пуст"),
])  # fmt: skip
def test_what_is_no_table_is_explained(cast, officer, name: str, data: bytes, said: str) -> None:
    answer = officer.post(
        reverse("territory:files"), {"file": SimpleUploadedFile(name, data), "day": "12.03.2026"}
    )
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not ImportFile.objects.exists()


def test_a_question_is_answered_on_the_page(cast, officer) -> None:
    Unit.objects.filter(pk__in=[cast.units.school.pk, cast.units.neighbour_school.pk]).update(name="Школа")
    file = uploaded(cast, {Field.NAME: "Школа", Field.FOUNDER: "private"})
    page = page_of(officer, file)
    assert "Какая из них?" in page
    assert f'value="{cast.units.neighbour_school.pk}"' in page
    officer.post(
        reverse("territory:file_mend", args=[file.pk]),
        {"answer:Организации!2": cast.units.neighbour_school.pk},
    )
    officer.post(reverse("territory:file_write", args=[file.pk]), {"shown": ["2"], "row": ["2"]})
    cast.units.neighbour_school.refresh_from_db()
    assert cast.units.neighbour_school.founder == "private"


def test_a_closed_file_is_closed(cast, officer) -> None:
    file = uploaded(cast, NEW)
    actions.write_file(file, actor=cast.regional_officer)
    for act in ("file_write", "file_drop", "file_mend"):
        page = text_of(officer.post(reverse(f"territory:{act}", args=[file.pk]), follow=True))
        assert "уже записан или отложен" in page
    undoing.undo_file(file, actor=cast.regional_officer)
    assert "не записан или уже отменён" in text_of(
        officer.post(reverse("territory:file_undo", args=[file.pk]), follow=True)
    )


def oneroster(*rows: str, manifest: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if manifest:
            archive.writestr("manifest.csv", "propertyName,value\noneroster.version,1.1\nfile.orgs,bulk\n")
        head = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId"
        archive.writestr("orgs.csv", "\n".join([head, *rows]))
    return out.getvalue()


def test_oneroster_first_and_second_time(cast, officer) -> None:
    rows = (
        "r1,active,,Приреченская область,state,,",
        "d1,active,,Луговской муниципальный округ,district,,r1",
        "s1,active,,Детский сад «Радуга»,school,,d1",
    )
    file = taken(cast, oneroster(*rows), "roster.zip")
    assert file.source == "oneroster"
    assert actions.write_file(file, actor=cast.regional_officer) == 1
    assert ExternalId.objects.count() == 3
    garden = Unit.objects.get(kind="kindergarten", name="Детский сад «Радуга»")
    assert garden.parent_on(DAY) == cast.units.neighbour

    second = taken(cast, "\n".join((
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
        *rows[:2],
        "s1,tobedeleted,,Детский сад «Радуга» и школа,school,,d1",
    )).encode(), "orgs.csv", day=date(2026, 8, 31))  # fmt: skip
    page = page_of(officer, second)
    assert "Другая система её удаляет" in page
    assert "0 строк можно записать" in page
    assert actions.write_file(second, actor=cast.regional_officer, chosen={4}) == 1
    garden.refresh_from_db()
    assert (garden.name, garden.closed) == ("Детский сад «Радуга» и школа", date(2026, 8, 31))
    undoing.undo_file(second, actor=cast.regional_officer)
    garden.refresh_from_db()
    assert (garden.name, garden.closed) == ("Детский сад «Радуга»", None)
    # The journal has later acts on it, and the journal is for ever: it is named, not removed.
    assert undoing.undo_file(file, actor=cast.regional_officer) == (0, ["Детский сад «Радуга»"])
    assert list(ExternalId.objects.values_list("unit", flat=True)) == [garden.pk]


def test_oneroster_out_and_in_again(cast, officer) -> None:
    data = officer.get(reverse("territory:oneroster")).content
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert sorted(archive.namelist()) == ["manifest.csv", "orgs.csv"]
    file = taken(cast, data, "oneroster.zip", day=timezone.localdate())
    _register, found = compared(file, cast.regional_officer)
    assert {line.state for line in found.lines} == {State.SAME}


@pytest.fixture
def many() -> list[dict[Field, object]]:
    """Rows of 1,500 organisations in 30 municipalities, all new."""
    places = [
        {Field.NAME: f"Округ № {n}", Field.KIND: "municipality", Field.PLACE: "Приреченская область"}
        for n in range(30)
    ]
    return places + [
        {Field.NAME: f"МБОУ «Школа № {n}»", Field.SHORT_NAME: f"Школа № {n}", Field.KIND: "school",
         Field.PLACE: f"Округ № {n % 30}", Field.INN: with_control(f"00{n:07d}"), Field.OPENED: date(2020, 9, 1 + n % 28)}
        for n in range(MANY)
    ]  # fmt: skip


def test_1500_units_with_a_difference_written_and_undone(
    cast, officer, many, django_assert_max_num_queries
) -> None:
    before = Unit.objects.count()
    file = uploaded(cast, *many)
    address = reverse("territory:file", args=[file.pk])
    with django_assert_max_num_queries(25):
        page = text_of(officer.get(address))
    assert "1530 строк можно записать" in page
    assert page.count('name="shown"') == 200
    with django_assert_max_num_queries(300):
        officer.post(reverse("territory:file_write", args=[file.pk]))
    assert Unit.objects.count() == before + MANY + 30
    assert Membership.objects.filter(parent__name="Округ № 7").count() == MANY // 30
    assert "Отменить 1530 строк из 1530" in text_of(officer.get(address))

    changed = [{**row, Field.FOUNDER: "private"} if n % 100 == 0 else row for n, row in enumerate(many)]
    second = uploaded(cast, *changed)
    page = page_of(officer, second)
    assert "Меняются 16 строк" in page
    assert "Совпадают 1514 строк" in page

    with django_assert_max_num_queries(300):
        officer.post(reverse("territory:file_undo", args=[file.pk]))
    assert Unit.objects.count() == before


def test_others_see_no_files(cast, signed_in) -> None:
    file = uploaded(cast, NEW)
    assert signed_in(cast.municipal_officer).get(reverse("territory:file", args=[file.pk])).status_code == 403
