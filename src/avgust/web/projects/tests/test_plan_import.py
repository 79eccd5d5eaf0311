"""A plan from a file: the difference first, then all at once, then undone."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from xlsxwriter import Workbook

from avgust.domain.planning.plan_difference import State
from avgust.domain.resolutions.readers.read import read
from avgust.domain.tables.reading import read_sheets
from avgust.web.audit.models import Entry
from avgust.web.control.models import Assignment
from avgust.web.control.tests.conftest import Work, work
from avgust.web.documents.actions import Refused
from avgust.web.programmes.models import Measure
from avgust.web.projects import plans
from avgust.web.projects.actions import importing as actions
from avgust.web.projects.plan_files import PlanFile
from avgust.web.projects.plans import compared

__all__ = ["work"]
HEAD = ("№", "Мера", "Срок", "Исполнитель", "Показатель")
ROWS = (
    ("2.1", "Провести смотр школьных музеев", "до 1 мая 2026 года", None, None),
    ("2.2", "Открыть музей округа", date(2026, 5, 18), "Управление образования Заозёрного округа", None),
    ("2.3", "Обновить экспозиции", "как получится", None, None),
)


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read tables in this process, on a day of the year of the programme."""
    monkeypatch.setattr(plans, "read_table_isolated", read_sheets)
    monkeypatch.setattr(plans, "read_isolated", read)
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 11, 10))


def xlsx(*rows: Any) -> bytes:
    out = BytesIO()
    book = Workbook(out)
    sheet, day = book.add_worksheet("План"), book.add_format({"num_format": "dd.mm.yyyy"})
    for number, row in enumerate((HEAD, *rows)):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)  # type: ignore[arg-type]
            elif cell is not None:
                sheet.write_string(number, column, cell)
    book.close()
    return out.getvalue()


def docx(*rows: Any) -> bytes:
    document = Document()
    table = document.add_table(rows=0, cols=len(HEAD))
    for row in (HEAD, *rows):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words or ""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def file(work: Work, cast: Any) -> PlanFile:
    return actions.upload_plan(
        work.programme, actor=cast.municipal_officer, name="план.xlsx", data=xlsx(*ROWS)
    )


def _measure(work: Work, label: str) -> Measure:
    return Measure.objects.get(programme=work.programme, label=label)


def _keys(file: PlanFile) -> set[str]:
    return {line.key for line in compared(file).lines}


def test_nothing_is_written_before_somebody_says_so(work: Work, file: PlanFile) -> None:
    found = compared(file)
    assert [line.state for line in found.lines] == [State.CHANGED, State.ADDED, State.REFUSED]
    assert [one.number for one in found.missing] == ["1.1", "1.2", "3.1"]
    assert [fault.cell for fault in found.lines[2].faults] == ["C4"]
    assert work.programme.measures.count() == 4


def test_all_is_written_at_once_with_its_ground_and_assignments(
    work: Work, cast: Any, file: PlanFile
) -> None:
    count = actions.write_plan(file, actor=cast.municipal_officer, chosen=_keys(file), reason="письмо № 8")
    assert count == 2
    moved, new = _measure(work, "2.1"), _measure(work, "2.2")
    assert (moved.due, new.due, new.by_hand) == (date(2026, 5, 1), date(2026, 5, 18), True)
    assert Assignment.objects.get(measure=new).unit == cast.units.authority
    assert Entry.objects.get(code="projects.plan_written").after["added"] == 1
    edited = Entry.objects.get(code="programmes.edited_measure")
    assert (edited.reason, set(edited.after)) == ("письмо № 8", {"deadline", "text"} & set(edited.after))
    assert not Measure.objects.filter(label="2.3").exists()
    with pytest.raises(Refused, match="already"):
        actions.write_plan(file, actor=cast.municipal_officer, chosen=set(), reason="письмо № 8")


def test_an_error_in_one_row_leaves_nothing_written(
    work: Work, cast: Any, file: PlanFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_options: Any) -> None:
        raise Refused(plans.NO_PLAN)

    monkeypatch.setattr(actions, "edit_measure", fail)
    with pytest.raises(Refused):
        actions.write_plan(file, actor=cast.municipal_officer, chosen=_keys(file), reason="письмо")
    file.refresh_from_db()
    assert (file.status, work.programme.measures.count()) == ("checking", 4)


def test_undone_where_nobody_changed_it_since(work: Work, cast: Any, file: PlanFile) -> None:
    officer, words = cast.municipal_officer, _measure(work, "2.1").deadline_text
    actions.write_plan(file, actor=officer, chosen=_keys(file), reason="письмо")
    assert actions.undo_plan(file, actor=officer) == (2, 0)
    assert _measure(work, "2.1").deadline_text == words
    assert _measure(work, "2.2").status == "cancelled"
    with pytest.raises(Refused):
        actions.undo_plan(file, actor=officer)


def test_what_was_changed_since_stays(work: Work, cast: Any, file: PlanFile) -> None:
    from avgust.web.programmes.actions import cancel_measure

    officer = cast.municipal_officer
    actions.write_plan(file, actor=officer, chosen=_keys(file), reason="письмо")
    cancel_measure(_measure(work, "2.1"), actor=officer, reason="решение")
    assert actions.undo_plan(file, actor=officer) == (1, 1)
    assert _measure(work, "2.1").due == date(2026, 5, 1)


def test_executors_are_put_and_put_back(work: Work, cast: Any) -> None:
    row = ("2.1", "Провести смотр школьных музеев до 1 апреля 2026 года", None,
           "Музей;\nсоисполнители: Библиотека", None)  # fmt: skip
    file = actions.upload_plan(work.programme, actor=cast.municipal_officer, name="p.xlsx", data=xlsx(row))
    before = _measure(work, "2.1").executor_names
    actions.write_plan(file, actor=cast.municipal_officer, chosen=_keys(file), reason="письмо")
    names = {(one.name, one.relation) for one in _measure(work, "2.1").executors.all()}
    assert names == {("Музей", "executor"), ("Библиотека", "co_executor")}
    actions.undo_plan(file, actor=cast.municipal_officer)
    assert before in _measure(work, "2.1").executor_names


def test_a_document_is_read_like_a_workbook(work: Work, cast: Any) -> None:
    data = docx(*[[str(cell) if cell else None for cell in row] for row in ROWS[:1]])
    file = actions.upload_plan(work.programme, actor=cast.municipal_officer, name="план.docx", data=data)
    assert [line.state for line in compared(file).lines] == [State.CHANGED]


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_what_is_exported_comes_back_the_same(work: Work, cast: Any, signed_in: Any, ending: str) -> None:
    answer = signed_in(cast.municipal_officer).get(reverse(f"programmes:{ending}", args=[work.programme.pk]))
    data = b"".join(answer.streaming_content)
    file = actions.upload_plan(work.programme, actor=cast.municipal_officer, name=f"plan.{ending}", data=data)
    found = compared(file)
    assert [(line.state, line.changes) for line in found.lines] == [(State.SAME, ())] * 4
    assert found.missing == ()


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "empty"),
        (b"%PDF-1.4 x", "no table"),
        (b"PK\x03\x04 broken", "damaged"),
        ("Фамилия;Телефон\nИванова;1\n".encode(), "heads of a plan"),
    ],
)
def test_what_is_no_plan(work: Work, cast: Any, data: bytes, part: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.upload_plan(work.programme, actor=cast.municipal_officer, name="x", data=data)
    assert part in refused.value.reason.render("en")
    assert not PlanFile.objects.exists()


def test_who_may(work: Work, cast: Any, file: PlanFile) -> None:
    with pytest.raises(PermissionDenied):
        actions.upload_plan(work.programme, actor=cast.observer, name="x", data=b"")
    for act in (actions.drop_plan, actions.undo_plan):
        with pytest.raises(PermissionDenied):
            act(file, actor=cast.observer)
    with pytest.raises(PermissionDenied):
        actions.write_plan(file, actor=cast.observer, chosen=set(), reason="x")


def test_the_pages(work: Work, cast: Any, signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)
    address = reverse("projects:plan_files", args=[work.programme.pk])
    sent = SimpleUploadedFile("план.xlsx", xlsx(*ROWS))
    check = client.post(address, {"file": sent}, follow=True)
    html = check.content.decode()
    assert "можно записать 2 строки" in html
    assert "C4" in html
    file = PlanFile.objects.get()
    write = reverse("projects:plan_write", args=[file.pk])
    refused = client.post(write, {"row": sorted(_keys(file))})
    assert refused.status_code == 422  # no ground
    written = client.post(write, {"row": sorted(_keys(file)), "reason": "письмо № 8"}, follow=True)
    assert "письмо № 8" in written.content.decode().replace("\u00a0", " ")
    undone = client.post(reverse("projects:plan_undo", args=[file.pk]), follow=True)
    assert "отменено" in undone.content.decode().lower()
    bad = client.post(address, {"file": SimpleUploadedFile("x.pdf", b"%PDF-1.4")})
    assert bad.status_code == 422


def test_queries_of_the_check_do_not_grow(work: Work, cast: Any, signed_in: Any, file: PlanFile) -> None:
    client, address = signed_in(cast.municipal_officer), reverse("projects:plan_file", args=[file.pk])

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    asked()
    before = asked()
    Measure.objects.bulk_create(
        Measure(
            programme=work.programme, order=100 + n, text=f"Мера {n}", deadline_kind="none",
            deadline_values=_measure(work, "1.1").deadline_values,
        )
        for n in range(5)
    )  # fmt: skip
    assert asked() == before <= 20
