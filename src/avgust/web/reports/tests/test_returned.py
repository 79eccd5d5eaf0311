"""A report that is filled in and sent back: unchanged nothing, changed the same acts as on the pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from avgust.domain.control.states import Act
from avgust.web import files
from avgust.web.audit.models import Entry
from avgust.web.control.actions import act_on
from avgust.web.control.models import Assignment, Report, Step
from avgust.web.control.tests.conftest import TEXT as RESOLUTION
from avgust.web.control.tests.conftest import Work, with_draft, work
from avgust.web.documents.actions import upload_document
from avgust.web.programmes.actions import adopt_document
from avgust.web.reports import returning
from avgust.web.reports.models import ReturnedFile
from avgust.web.reports.sweeping import KEPT, STOPPED, WAITS, sweep
from avgust.web.reports.tasks import carry_on
from avgust.web.reports.tests.filling import CHOICE, LINK, REASON, TEXT, Cells, Change, filled
from avgust.web.reports.work_rows import work_ids

__all__ = ["with_draft", "work"]


@pytest.fixture
def download(work: Work, signed_in: Any) -> Callable[..., bytes]:
    def made(person: Any) -> bytes:
        address = reverse("reports:xlsx", args=[work.programme.pk])
        return b"".join(signed_in(person).get(address).streaming_content)

    return made


def row_of(cells: Cells, number: str) -> int:
    return next(row for (row, column), value in sorted(cells.items()) if column == 1 and value == number)


def sent(work: Work, person: Any, data: bytes) -> ReturnedFile:
    return returning.upload_returned(work.programme, actor=person, name="отчёт.xlsx", data=data)


def applied(file: ReturnedFile, person: Any, commit: Any) -> ReturnedFile:
    with commit(execute=True):
        returning.apply_returned(file, actor=person)
    file.refresh_from_db()
    return file


def report(
    text: str, link: str = "https://school.example/prikaz", choice: str = "Отправить на приёмку"
) -> Change:
    def change(cells: Cells) -> None:
        row = row_of(cells, "1.1")
        cells[row, TEXT] = text
        cells[row, LINK] = link or None
        cells[row, CHOICE] = choice or None

    return change


def decide(choice: str, reason: str = "") -> Change:
    def change(cells: Cells) -> None:
        row = row_of(cells, "1.1")
        cells[row, CHOICE] = choice
        cells[row, REASON] = reason or None

    return change


def reported(work: Work, cast: Any, with_draft: Any) -> None:
    with_draft(work.school, cast.head)
    act_on(work.school, Act.REPORT, actor=cast.head)


@pytest.mark.parametrize("person", ["head", "municipal_officer", "regional_officer"])
def test_unchanged_it_changes_nothing(
    person: str, work: Work, cast: Any, with_draft: Any, download: Any
) -> None:
    reported(work, cast, with_draft)
    who, before = getattr(cast, person), Step.objects.count()
    file = sent(work, who, download(who))
    assert file.status == ReturnedFile.Status.CHECKING
    assert file.counts()["ready"] == file.counts()["refused"] == 0
    assert file.same == len(work_ids(work.programme, who, None))
    with pytest.raises(returning.Refused):
        returning.apply_returned(file, actor=who)
    assert Step.objects.count() == before


def test_from_the_school_to_acceptance_in_workbooks(
    work: Work, cast: Any, download: Any, django_capture_on_commit_callbacks: Any
) -> None:
    commit = django_capture_on_commit_callbacks
    file = sent(work, cast.head, filled(download(cast.head), report("Положение принято")))
    assert file.counts()["send"] == 1
    applied(file, cast.head, commit)
    work.school.refresh_from_db()
    assert work.school.status == "reported"
    assert Report.objects.get(assignment=work.school).text == "Положение принято"
    officer = cast.municipal_officer
    back = sent(work, officer, filled(download(officer), decide("Вернуть на доработку", "Нет подписи")))
    applied(back, officer, commit)
    step = Step.objects.filter(assignment=work.school).last()
    assert (step.act, step.reason, step.actor) == ("return", "Нет подписи", officer)
    again = sent(work, cast.head, filled(download(cast.head), report("Подписано", link="")))
    applied(again, cast.head, commit)
    final = applied(sent(work, officer, filled(download(officer), decide("Accept"))), officer, commit)
    work.school.refresh_from_db()
    assert work.school.status == "accepted"
    assert final.counts()["done"] == 1
    codes = list(Entry.objects.filter(code__startswith="control.").values_list("code", flat=True))
    assert sum("accept" in code for code in codes) == 1


def test_a_text_alone_stays_a_draft(
    work: Work, cast: Any, download: Any, django_capture_on_commit_callbacks: Any
) -> None:
    data = filled(download(cast.head), report("Пишем", link="", choice=""))
    file = applied(sent(work, cast.head, data), cast.head, django_capture_on_commit_callbacks)
    work.school.refresh_from_db()
    assert (work.school.status, file.counts()["draft"]) == ("open", 1)
    assert Report.objects.get(assignment=work.school).outcome == Report.Outcome.DRAFT
    assert sent(work, cast.head, data).counts()["conflict"] == 1  # repeated, it says so and writes nothing


def test_a_report_without_proof_is_refused_and_mended(
    work: Work, cast: Any, download: Any, signed_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    file = sent(work, cast.head, filled(download(cast.head), report("Сделано", link="")))
    assert (file.counts()["ready"], file.counts()["refused"]) == (0, 1)
    answer = signed_in(cast.head).get(reverse("reports:returned_refused", args=[file.pk]))

    def mend(cells: Cells) -> None:
        assert "подтверждает" in cells[1, 11]
        assert cells[1, TEXT] == "Сделано"
        cells[1, LINK] = "https://school.example/prikaz"

    again = sent(work, cast.head, filled(b"".join(answer.streaming_content), mend))
    assert again.counts()["send"] == 1
    applied(again, cast.head, django_capture_on_commit_callbacks)
    work.school.refresh_from_db()
    assert work.school.status == "reported"


def test_the_second_person_stays(work: Work, cast: Any, with_draft: Any, download: Any) -> None:
    """An officer of the authority cannot accept the authority's own work: the row is not in the sheet, nor taken."""
    with_draft(work.authority, cast.municipal_officer)
    act_on(work.authority, Act.REPORT, actor=cast.municipal_officer)
    assert work.authority.pk not in work_ids(work.programme, cast.municipal_officer, None)

    def accept(cells: Cells) -> None:
        for row in {row for row, _column in cells if row}:
            cells[row, CHOICE] = "Принять"

    file = sent(work, cast.municipal_officer, filled(download(cast.regional_officer), accept))
    assert file.counts()["ready"] == 0
    assert file.counts()["refused"] >= 1


def test_what_changed_since_is_shown_and_not_applied(
    work: Work, cast: Any, with_draft: Any, download: Any, django_capture_on_commit_callbacks: Any
) -> None:
    reported(work, cast, with_draft)
    officer = cast.municipal_officer
    data = filled(download(officer), decide("Принять"))
    ready = sent(work, officer, data)
    act_on(Assignment.objects.get(pk=work.school.pk), Act.WITHDRAW, actor=cast.head)
    late = sent(work, officer, data)
    assert (late.counts()["ready"], late.counts()["conflict"]) == (0, 1)
    applied(ready, officer, django_capture_on_commit_callbacks)
    work.school.refresh_from_db()
    assert work.school.status == "open"
    assert (ready.counts()["done"], ready.counts()["refused"]) == (0, 1)


def test_rows_of_others_are_refused(work: Work, cast: Any, download: Any) -> None:
    """A head who fills the sheet of another organisation is told; that it exists is not said."""
    data = filled(download(cast.head), report("Чужое"))
    with pytest.raises(PermissionDenied):
        sent(work, cast.outsider, data)
    file = sent(work, cast.foreign_officer, data)
    row = file.rows.get()
    assert (row.verdict, row.assignment) == ("refused", None)
    assert "Delete the row" in row.why["msgid"]


def test_what_is_no_report_is_told_on_the_page(work: Work, cast: Any, signed_in: Any) -> None:
    client = signed_in(cast.head)
    address = reverse("reports:send_back", args=[work.programme.pk])
    answer = client.post(
        address, {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 no workbook")}, follow=True
    )
    assert "не удалось прочитать" in answer.content.decode()
    assert not list(ReturnedFile.objects.exclude(sha256="").values_list("pk"))
    assert client.post(address, {}).status_code == 422


def test_a_workbook_of_another_programme_is_refused(work: Work, cast: Any, download: Any) -> None:
    text = RESOLUTION.replace("наставничестве", "музее").encode()
    officer, place = cast.municipal_officer, cast.units.municipality
    document = upload_document(actor=officer, unit=place, name="r.txt", data=text).document
    data, other = download(cast.head), adopt_document(document, actor=officer)
    file = returning.upload_returned(other, actor=cast.head, name="a.xlsx", data=data)
    assert file.status == ReturnedFile.Status.UNREADABLE


def test_a_large_one_goes_through_the_worker_and_is_done_once(
    work: Work, cast: Any, download: Any, monkeypatch: pytest.MonkeyPatch, signed_in: Any
) -> None:
    monkeypatch.setattr(returning, "AT_ONCE", 0)
    monkeypatch.setattr(returning, "ROWS_AT_ONCE", 0)
    file = sent(work, cast.head, filled(download(cast.head), report("Сделано")))
    page = reverse("reports:returned", args=[file.pk])
    assert "читается" in signed_in(cast.head).get(page).content.decode()
    digest = file.sha256
    carry_on.func(file.pk)
    file.refresh_from_db()
    assert file.status == ReturnedFile.Status.CHECKING
    returning.apply_returned(file, actor=cast.head)
    assert "записывается" in signed_in(cast.head).get(page).content.decode()
    for _again in range(2):
        carry_on.func(file.pk)
    file.refresh_from_db()
    assert file.status == ReturnedFile.Status.DONE
    assert Step.objects.filter(assignment=work.school, act="report").count() == 1
    assert files.place_of(digest).exists() is False or not files.is_named(digest)
    shutil.rmtree(files.place_of(digest).parent, ignore_errors=True)


def test_no_query_for_each_row(work: Work, cast: Any, with_draft: Any, download: Any) -> None:
    def counted(rows: int) -> int:
        data = filled(download(cast.head), many(rows))
        with CaptureQueriesContext(connection) as queries:
            file = sent(work, type(cast.head).objects.get(pk=cast.head.pk), data)
        assert file.counts()["draft"] == rows
        return len(queries)

    def many(rows: int) -> Change:
        def change(cells: Cells) -> None:
            for row in range(1, 1 + rows):
                cells[row, TEXT] = f"Сделано {row}"

        return change

    assert counted(8) == counted(1)


def test_two_uploads_of_the_same_rows_do_each_once(
    work: Work, cast: Any, download: Any, django_capture_on_commit_callbacks: Any
) -> None:
    data = filled(download(cast.head), report("Положение принято"))
    with django_capture_on_commit_callbacks(execute=True):
        first, second = sent(work, cast.head, data), sent(work, cast.head, data)
    assert first.counts()["ready"] == second.counts()["ready"] == 1
    applied(first, cast.head, django_capture_on_commit_callbacks)
    late = applied(second, cast.head, django_capture_on_commit_callbacks)
    assert (late.counts()["done"], late.counts()["refused"]) == (0, 1)
    assert Step.objects.filter(assignment=work.school, act="report").count() == 1
    with pytest.raises(returning.Refused):  # pressed once more in another window
        returning.apply_returned(first, actor=cast.head)
    assert not files.place_of(files.digest_of(data)).exists()


def test_what_is_over_is_forgotten_and_what_waits_is_put_away(
    work: Work, cast: Any, download: Any, django_capture_on_commit_callbacks: Any
) -> None:
    data = filled(download(cast.head), report("Положение принято"))
    done = applied(sent(work, cast.head, data), cast.head, django_capture_on_commit_callbacks)
    waiting = sent(work, cast.head, data)
    sweep("")
    assert ReturnedFile.objects.count() == 2
    long_ago = timezone.now() - WAITS - timedelta(days=1)
    ReturnedFile.objects.update(uploaded_at=long_ago, finished_at=long_ago)
    sweep("")
    waiting.refresh_from_db()
    assert (waiting.status, waiting.rows.count()) == (ReturnedFile.Status.DROPPED, 0)
    assert done.rows.count() == 1
    ReturnedFile.objects.filter(pk=done.pk).update(finished_at=timezone.now() - KEPT - timedelta(days=1))
    sweep("")
    assert not ReturnedFile.objects.filter(pk=done.pk).exists()
    assert Entry.objects.filter(code="reports.applied").exists()
    assert Step.objects.filter(assignment=work.school).exists()


def test_a_reading_that_an_error_stopped_is_gone_on_with(
    work: Work, cast: Any, download: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(returning, "AT_ONCE", 0)
    file = sent(work, cast.head, filled(download(cast.head), report("Положение принято")))
    DBTaskResult.objects.all().delete()
    ReturnedFile.objects.update(uploaded_at=timezone.now() - STOPPED * 2)
    sweep("")
    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs["args"] == [file.pk]
    ReturnedFile.objects.update(uploaded_at=timezone.now() - WAITS * 2)
    sweep("")
    file.refresh_from_db()
    assert (file.status, file.sha256) == (ReturnedFile.Status.UNREADABLE, "")
