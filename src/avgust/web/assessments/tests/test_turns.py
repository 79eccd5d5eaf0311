"""Two workers on one upload, reading that stops, an upload that is taken out while it is read."""

from __future__ import annotations

import errno
from typing import Any

import pytest
from django.urls import reverse

from avgust.web import files
from avgust.web.assessments import actions, importing
from avgust.web.assessments.models import GroupShares, RefusedRow, Upload, Work
from avgust.web.assessments.tables import tables_of
from avgust.web.assessments.tests.sending import book, line, send, sheet, stand
from avgust.web.audit.models import Entry
from avgust.web.warehouse import publishing

pytestmark = pytest.mark.django_db
RIGHT, WRONG = line("1"), line("2", primary=5)


def waiting(work: Work, actor: Any, *lines: Any) -> Upload:
    return actions.upload_results(work, actor=actor, sent=[("f.xlsx", book(*lines))])


def shown(client: Any, upload: Upload) -> str:
    """The page, with usual spaces: short words are bound to the next one."""
    page = client.get(reverse("assessments:upload", args=[upload.pk])).content.decode()
    return str(page).replace("\xa0", " ")


def interrupted_by(act: Any) -> Any:
    """Open files as always, and let `act` happen before the first row is read."""

    def tables(*arguments: Any) -> Any:
        for name, table in tables_of(*arguments):
            act()
            yield name, table

    return tables


def test_a_worker_taken_for_dead_that_wakes_writes_nothing(cast: Any, work: Work) -> None:
    upload = waiting(work, cast.analyst, RIGHT, WRONG)
    importing.carry_out(upload.pk, interrupted_by(lambda: importing.carry_out(upload.pk)))
    upload.refresh_from_db()
    assert (upload.status, upload.taken, upload.refused, upload.rows) == ("done", 1, 1, 2)
    assert RefusedRow.objects.count() == 1
    assert Entry.objects.filter(code="assessments.imported").count() == 1
    assert stand(work) == [(3, upload.pk)]


def test_two_workers_that_both_have_read_publish_once(cast: Any, work: Work, monkeypatch: Any) -> None:
    upload = waiting(work, cast.analyst, RIGHT, WRONG)
    real, other = publishing._written, []

    def slow(*arguments: Any) -> str:
        version = real(*arguments)
        if not other:
            other.append(True)
            importing.carry_out(upload.pk)
        return version

    monkeypatch.setattr(publishing, "_written", slow)
    importing.carry_out(upload.pk)
    assert RefusedRow.objects.count() == 1
    assert Entry.objects.filter(code="assessments.imported").count() == 1


def test_what_is_taken_out_does_not_come_back_with_a_slow_worker(
    cast: Any,
    work: Work,
    monkeypatch: Any,
) -> None:
    upload = waiting(work, cast.analyst, RIGHT)

    def out() -> None:
        importing.carry_out(upload.pk)
        upload.refresh_from_db()
        actions.withdraw_upload(upload, actor=cast.analyst)
        importing.carry_out(upload.pk)

    importing.carry_out(upload.pk, interrupted_by(out))
    upload.refresh_from_db()
    assert upload.status == "withdrawn"
    assert stand(work) == []


STOPS = [
    ("a full disk", OSError(errno.ENOSPC, "No space left"), "Диск сервера заполнен"),
    ("an error of the program", ZeroDivisionError(), "ZeroDivisionError"),
    ("others published", publishing.PublishingError(), "Прочитать снова"),
]


@pytest.mark.parametrize(("error", "said"), [row[1:] for row in STOPS], ids=[row[0] for row in STOPS])
def test_reading_that_stopped_says_why_and_is_read_again(
    cast: Any,
    work: Work,
    signed_in: Any,
    monkeypatch: Any,
    error: Exception,
    said: str,
) -> None:
    send(work, cast.analyst, ("f.xlsx", book(line("1", (1, 1, 0)))))
    upload = waiting(work, cast.analyst, RIGHT)
    with monkeypatch.context() as broken:
        broken.setattr(publishing, "_written", lambda *_: (_ for _ in ()).throw(error))
        with pytest.raises(type(error)):
            importing.carry_out(upload.pk)
    client = signed_in(cast.analyst)
    page = shown(client, upload)
    assert said in page
    assert "Прежние результаты не изменились" in page
    assert [points for points, _upload in stand(work)] == [2]
    client.post(reverse("assessments:again", args=[upload.pk]))
    importing.carry_out(upload.pk)
    upload.refresh_from_db()
    assert (upload.status, upload.fault) == ("done", None)
    assert stand(work) == [(3, upload.pk)]
    answer = client.post(reverse("assessments:again", args=[upload.pk]), follow=True).content.decode()
    assert "Загрузите их ещё раз" in answer
    assert not any(files.place_of(one.sha256).exists() for one in upload.files.all() if one.sha256)


def test_a_failed_upload_says_what_to_mend(cast: Any, work: Work, signed_in: Any) -> None:
    upload = send(work, cast.analyst, ("letter.csv", "а;б\nв;г\n".encode()), ("broken.xlsx", b"PK\x03\x04 ?"))
    page = shown(signed_in(cast.analyst), upload)
    assert "Исправьте файлы" in page
    assert "letter.csv" in page
    assert "4К1 (3б)" in page  # which heads a table must have
    assert "сохраните" in page.lower()


def test_a_killed_import_of_statistics_leaves_the_old_ones_whole(
    cast: Any,
    work: Work,
    monkeypatch: Any,
) -> None:
    heads = ("Группы участников", "Кол-во ОО", "Кол-во участников", "2", "3", "4", "5")
    send(work, cast.analyst, ("f3.xlsx", sheet([heads, ("Вся выборка", 10, 1000, 10, 40, 40, 10)])))
    later = actions.upload_results(
        work,
        actor=cast.analyst,
        sent=[("f3.xlsx", sheet([heads, ("Вся выборка", 9, 900, 20, 30, 40, 10)]))],
    )
    with monkeypatch.context() as dying:
        dying.setattr(importing.summing, "keep", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            importing.carry_out(later.pk)
    assert [group.pupils for group in GroupShares.objects.all()] == [1000]
    importing.carry_out(later.pk)
    assert [group.pupils for group in GroupShares.objects.all()] == [900]


def test_reasons_are_counted(cast: Any, work: Work, signed_in: Any) -> None:
    wrong = [line(str(number), primary=5) for number in range(2, 6)]
    upload = send(work, cast.analyst, ("f.xlsx", book(line("1"), *wrong, line("9", mark=5))))
    page = shown(signed_in(cast.analyst), upload)
    assert 'class="as-count">4<' in page
    assert 'class="as-count">1<' in page
