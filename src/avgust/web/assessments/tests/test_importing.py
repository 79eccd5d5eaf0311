"""Uploads from the form to the warehouse: what is taken, refused, mended, replaced, taken out."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from avgust.domain.assessment.works import Item, Line, School, Specification
from avgust.domain.assessment.works.heads import Field
from avgust.domain.assessment.works.mapping import Mapping
from avgust.domain.tables.reading import read_sheets
from avgust.web import files
from avgust.web.assessments import actions, importing, specifying
from avgust.web.assessments.keys import pupil_key
from avgust.web.assessments.models import RefusedRow, SchoolInWork, Upload, Work
from avgust.web.assessments.refusals import refused_xlsx
from avgust.web.assessments.schools import SYSTEM
from avgust.web.assessments.tests.sending import OURS, THEIRS, WORK, book, line, send, sheet, stand
from avgust.web.audit.models import Entry
from avgust.web.territory.models import ExternalId
from avgust.web.warehouse.results import open_results

pytestmark = pytest.mark.django_db


def test_results_are_imported_listed_and_kept_under_codes(cast: Any, work: Work) -> None:
    upload = send(
        work, cast.analyst,
        ("school.xlsx", book(line("10001"), line("10002", (2, 1, 3)), line("10003", (), absent=True, primary=None, mark=None))),
        ("other.xlsx", book(line("10001", (0, 0, 1), school=THEIRS))),
    )  # fmt: skip
    assert (upload.status, upload.taken, upload.absent, upload.refused, upload.done) == ("done", 3, 1, 0, 2)
    work.refresh_from_db()
    assert (work.pupils, work.schools) == (3, 2)
    ours = SchoolInWork.objects.get(work=work, unit=cast.units.school)
    assert (ours.pupils, ours.absent, ours.classes, ours.mean) == (2, 1, 1, 4.5)
    assert ours.marks == {"2": 0, "3": 1, "4": 0, "5": 1}
    with open_results(work.dataset) as results:
        plain = results.rows.to_pyarrow().to_pylist()
        assert results.items == ("1", "2", "4К1")
    assert "10001" not in str(plain)
    assert len({row["pupil"] for row in plain}) == 4
    assert not any(files.place_of(file.sha256).exists() for file in upload.files.all() if file.sha256)
    assert Entry.objects.filter(code="assessments.imported").count() == 1


def test_the_same_again_changes_nothing_and_another_file_replaces_its_classes(cast: Any, work: Work) -> None:
    first = book(line("1"), line("2"), line("3", group="4Б"))
    send(work, cast.analyst, ("f.xlsx", first))
    again = send(work, cast.analyst, ("f.xlsx", first))
    assert stand(work) == [(3, again.pk)] * 3
    third = send(work, cast.analyst, ("f.xlsx", book(line("1", (2, 1, 3)))))
    assert stand(work) == [(3, again.pk), (6, third.pk)]


WRONG = [
    ("above the maximum", line("2", (3, 1, 0)), "the maximum is 2"),
    ("another sum", line("2", primary=5), "primary score is 5"),
    ("another mark", line("2", mark=5), "by the cut scores it is 3"),
    (
        "a school that nobody knows",
        line("2", school=School("edu999999", "Школа на Луне")),
        "no school “Школа на Луне”",
    ),
    ("doubled", line("1"), "stands twice"),
]


@pytest.mark.parametrize(("wrong", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_row_is_kept_with_its_reason(cast: Any, work: Work, wrong: Line, said: str) -> None:
    upload = send(work, cast.analyst, ("f.xlsx", book(line("1"), wrong)))
    assert (upload.taken, upload.refused) == (1, 1)
    row = upload.refused_rows.get()
    assert said in row.reason.render("en")
    assert row.sheet == "Лист1"
    assert wrong.pupil in row.cells


def test_refused_rows_are_mended_and_taken_back(cast: Any, work: Work) -> None:
    first = send(work, cast.analyst, ("f.xlsx", book(line("1"), line("2", primary=5), line("3", mark=5))))
    assert (first.taken, first.refused) == (1, 2)
    (page,) = read_sheets(refused_xlsx(first))
    primary = page.rows[0].index("Первичный балл")
    mended = [list(row) for row in page.rows]
    for row in mended[1:]:
        row[primary], row[primary + 1] = 3, 3
    second = send(work, cast.analyst, ("mended.xlsx", sheet(mended)), amends=first)
    assert (second.status, second.taken, second.refused) == ("done", 2, 0)
    assert stand(work) == [(3, first.pk), (3, second.pk), (3, second.pk)]
    assert not RefusedRow.objects.filter(mended_by=None).exists()


def test_a_broken_file_stays_in_its_line(cast: Any, work: Work) -> None:
    other = Specification((Item("1", 1), Item("99", 1)))
    upload = send(
        work, cast.analyst,
        ("good.xlsx", book(line("1"))), ("bad.xlsx", b"PK\x03\x04 broken"), ("letter.csv", "а;б\nв;г\n".encode()),
        ("other.xlsx", book(line("7", (1, 1)), work=other)),
    )  # fmt: skip
    assert (upload.status, upload.taken) == ("done", 1)
    said = {file.name: file.why.render("en") for file in upload.files.all() if file.why}
    assert set(said) == {"bad.xlsx", "letter.csv", "other.xlsx"}
    assert "another work" in said["other.xlsx"]


def test_an_upload_is_taken_out(cast: Any, work: Work) -> None:
    first = send(work, cast.analyst, ("a.xlsx", book(line("1"))))
    second = send(work, cast.analyst, ("b.xlsx", book(line("2", school=THEIRS))))
    actions.withdraw_upload(first, actor=cast.analyst)
    importing.carry_out(first.pk)
    assert stand(work) == [(3, second.pk)]
    work.refresh_from_db()
    assert work.pupils == 1


def test_a_worker_that_died_begins_again_with_the_same_outcome(
    cast: Any, work: Work, monkeypatch: Any
) -> None:
    upload = actions.upload_results(
        work, actor=cast.analyst, sent=[("f.xlsx", book(line("1"), line("2", primary=5)))]
    )
    with monkeypatch.context() as dying:
        dying.setattr(importing, "_finish", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            importing.carry_out(upload.pk)
    importing.carry_out(upload.pk)
    upload.refresh_from_db()
    assert (upload.status, upload.taken, upload.refused, upload.refused_rows.count()) == ("done", 1, 1, 1)
    assert stand(work) == [(3, upload.pk)]
    importing.carry_out(upload.pk)  # done: nothing happens
    assert stand(work) == [(3, upload.pk)]


def test_the_first_f1_brings_the_specification(cast: Any) -> None:
    ExternalId.objects.create(unit=cast.units.school, system=SYSTEM, value=OURS.code)
    bare = actions.add_work(
        actor=cast.analyst, unit=cast.units.region, title="Без спецификации", procedure="vpr", subject="ma",
        grade=5, school_year=2025, held_on=date(2026, 4, 15),
    )  # fmt: skip
    upload = send(bare, cast.analyst, ("f.xlsx", book(line("1"))))
    assert upload.taken == 1
    assert [(item.code, item.maximum, item.level) for item in bare.specification.items.all()] == [
        ("1", 2, "Б"), ("2", 1, ""), ("4К1", 3, "П")
    ]  # fmt: skip


def test_a_table_of_ones_own_by_a_mapping(cast: Any, work: Work) -> None:
    said = Mapping(
        "Наша",
        {Field.PUPIL: "ID", Field.SCHOOL: "Логин", Field.GROUP: "Кл"},
        {"a": "1", "b": "2", "c": "4К1"},
    )
    kept = actions.keep_mapping(actor=cast.analyst, unit=cast.units.region, data=said.package())
    table = "Логин;Кл;ID;a;b;c\nedu000001;4В;7;2;X;3\nedu000001;4В;8;5;0;0\n"
    upload = send(work, cast.analyst, ("own.csv", table.encode("cp1251")), mapping=kept)
    assert (upload.taken, upload.refused) == (1, 1)
    assert stand(work) == [(5, upload.pk)]


def test_a_lasting_number_links_years_and_nothing_else_does(cast: Any, work: Work) -> None:
    later = actions.add_work(
        actor=cast.analyst, unit=cast.units.region, title="Год спустя", procedure="vpr", subject="ru",
        grade=5, school_year=2026, held_on=date(2027, 4, 15),
    )  # fmt: skip
    table = "ОО;Класс;Код участника;{head};1 (2б);2 (1б);4К1 (3б)\nedu000001;4А;1;П-1;2;0;0\nedu000001;4А;2;;1;0;0\n"
    for one in (work, later):
        send(one, cast.analyst, ("t.csv", table.format(head="Постоянный код").encode()))
    codes = []
    for one in (work, later):
        with open_results(one.dataset) as results:
            codes.append({row["pupil"] for row in results.rows.to_pyarrow().to_pylist()})
    assert len(codes[0] & codes[1]) == 1
    assert pupil_key().lasting("П-1") in codes[0]


def test_files_of_any_size_come_by_a_command(cast: Any, work: Work, tmp_path: Any) -> None:
    path = tmp_path / "страна.csv"
    path.write_text("ОО;Класс;Код участника;1 (2б);2 (1б);4К1 (3б)\nedu000001;4А;1;2;0;0\n", encoding="utf-8")
    call_command("import_results", str(work.pk), str(path), "--as", cast.analyst.email, stdout=io.StringIO())
    upload = Upload.objects.get()
    importing.carry_out(upload.pk)
    assert stand(work) == [(2, upload.pk)]
    with pytest.raises(CommandError):
        call_command("import_results", str(work.pk), "/nowhere.csv", "--as", cast.analyst.email)


def test_the_holder_of_the_key_goes_back(cast: Any, work: Work) -> None:
    send(work, cast.analyst, ("f.xlsx", book(line("10001"), line("10002"))))
    with open_results(work.dataset) as results:
        code = results.rows.to_pyarrow().to_pylist()[0]["pupil"]
    out = io.StringIO()
    call_command("pupil_codes", OURS.code, "2025", "10001", "10002", "10003", stdout=out)
    assert f"{code:016X}" in out.getvalue()


def test_statistics_of_marks_are_kept(cast: Any, work: Work) -> None:
    rows = [
        ("Группы участников", "Кол-во ОО", "Кол-во участников", "2", "3", "4", "5"),
        ("Вся выборка", 10, 1000, 10.0, 40.0, 40.0, 10.0), ("Школа (edu000001)", None, 20, 0, 50, 50, 0),
    ]  # fmt: skip
    for _again in range(2):
        upload = send(work, cast.analyst, ("f3.xlsx", sheet(rows)))
    assert upload.status == "done"
    assert [(group.code, group.unit_id, group.pupils) for group in work.group_shares.all()] == [
        ("", None, 1000), ("edu000001", cast.units.school.pk, 20)
    ]  # fmt: skip


def test_with_results_the_items_stay(cast: Any, work: Work) -> None:
    send(work, cast.analyst, ("f.xlsx", book(line("1"))))
    with pytest.raises(Exception, match=r"stay as they are|менять нельзя"):
        actions.set_specification(
            work, actor=cast.analyst, items=WORK.items[:1], cuts={}, since=date(2026, 4, 1)
        )
    with pytest.raises(ValidationError):
        actions.set_specification(work, actor=cast.analyst, items=WORK.items, cuts={}, since=date(2026, 5, 1))
    actions.set_specification(work, actor=cast.analyst, items=WORK.items, cuts={3: 3}, since=date(2026, 4, 1))
    assert work.specification.value().cuts == {3: 3}


def test_the_specification_comes_back_as_a_workbook(cast: Any, work: Work) -> None:
    said = specifying.read_specification(specifying.specification_xlsx(work.specification))
    assert (said.items, said.cuts, said.basis, said.since) == (
        WORK.items, dict(WORK.cuts), "Порядок 2026", date(2026, 3, 1)
    )  # fmt: skip


def test_pages_from_the_zip_to_the_refused_rows(cast: Any, work: Work, signed_in: Any) -> None:
    client = signed_in(cast.analyst)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("район/4А.xlsx", book(line("1"), line("2", primary=5)))
        archive.writestr("район/4Б.xlsx", book(line("3", group="4Б")))
        archive.writestr("прочти.txt", "письмо")
    answer = client.post(
        reverse("assessments:send", args=[work.pk]),
        {"files": SimpleUploadedFile("все.zip", packed.getvalue())},
    )
    upload = Upload.objects.get()
    assert answer.headers["Location"] == reverse("assessments:upload", args=[upload.pk])
    waiting = client.get(answer.headers["Location"]).content.decode()
    assert "<progress" in waiting
    importing.carry_out(upload.pk)
    done = client.get(answer.headers["Location"]).content.decode()
    assert "4А.xlsx" in done
    assert "первичный балл" in done
    taken = client.get(reverse("assessments:refused", args=[upload.pk]))
    assert read_sheets(taken.content)[0].rows[1][0] == "4А.xlsx"
    assert Entry.objects.filter(code="assessments.refused_taken").count() == 1
    page = client.get(reverse("assessments:work", args=[work.pk])).content.decode()
    assert "Школа" in page


def test_a_school_sees_its_own_row_only(cast: Any, work: Work, signed_in: Any) -> None:
    send(work, cast.analyst, ("f.xlsx", book(line("1"), line("2", school=THEIRS))))
    page = signed_in(cast.head).get(reverse("assessments:work", args=[work.pk])).content.decode()
    assert "Школа" in page
    assert "Луговская" not in page


def test_adding_a_work_leads_only_for_who_gathers_works(cast: Any, work: Work, signed_in: Any) -> None:
    address = f'href="{reverse("assessments:add")}"'
    for person, css in ((cast.analyst, "btn btn-primary"), (cast.head, "btn")):
        page = signed_in(person).get(reverse("assessments:list")).content.decode()
        assert f'class="{css}" {address}' in page, person


def test_pages_ask_a_bounded_number_of_queries(
    cast: Any, work: Work, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    send(work, cast.analyst, ("f.xlsx", book(line("1"), line("2", school=THEIRS))))
    client = signed_in(cast.analyst)
    for name, arguments in (("list", []), ("work", [work.pk]), ("upload", [Upload.objects.get().pk])):
        client.get(reverse(f"assessments:{name}", args=arguments))
        with django_assert_max_num_queries(24):
            client.get(reverse(f"assessments:{name}", args=arguments))
