"""A large file: asked for once, made by the worker, taken by who asked and still may, deleted in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from avgust.domain.messages import Message
from avgust.web import files
from avgust.web.accounts.models import Post
from avgust.web.audit.models import Entry
from avgust.web.notices.models import Notice
from avgust.web.prepared import making
from avgust.web.prepared.actions import MOST, ask_for_file
from avgust.web.prepared.kinds import NotMadeError
from avgust.web.prepared.models import PreparedFile
from avgust.web.ui.large_files import Kind, Order, Wanted

pytestmark = pytest.mark.django_db
allowed_now: set[str] = set()


def write(order: Order, out: Any) -> None:
    """Write the numbers that are asked for; some questions go wrong."""
    match order.question.get("fault"):
        case "refused":
            raise NotMadeError(Message("The file is empty."))
        case "broken":
            raise RuntimeError("Боровой Илья")
        case "killed":
            raise KeyboardInterrupt  # nothing of ours sees a kill -9
    for number in order.counted(range(order.question["n"])):
        out.write(f"{number} {order.user.pk}\n".encode())


def allows(user: Any, _question: dict[str, Any]) -> bool:
    return user.email in allowed_now


@pytest.fixture(autouse=True)
def _declared(monkeypatch: Any, settings: Any, tmp_path: Any, cast: Any) -> None:
    kind = Kind(f"{__name__}.write", f"{__name__}.allows")
    monkeypatch.setattr(apps.get_app_config("prepared"), "prepares", {"tests.numbers": kind}, raising=False)
    settings.UPLOADS = tmp_path / "uploads"
    allowed_now.clear()
    allowed_now.update((cast.municipal_officer.email, cast.head.email))


def wanted(cast: Any, **question: Any) -> Wanted:
    asked = {"n": 3, **question}
    place = cast.units.municipality
    return Wanted("tests.numbers", asked, "Программа округа", "numbers.xlsx", 3, place, "/programmes/")


def ask(cast: Any, actor: Any = None, **question: Any) -> PreparedFile:
    person = actor or cast.municipal_officer
    return ask_for_file(
        wanted(cast, **question), actor=person, language="ru", source="/programmes/1/plan.xlsx"
    )


def made(file: PreparedFile) -> PreparedFile:
    making.carry_out(file.pk)
    file.refresh_from_db()
    return file


def page(client: Client, file: PreparedFile) -> str:
    return str(client.get(file.get_absolute_url()).content.decode()).replace("\u00a0", " ")


def test_who_asks_gets_the_file_and_a_notice(cast: Any, signed_in: Any) -> None:
    client, file = signed_in(cast.municipal_officer), ask(cast)
    download = reverse("prepared:download", args=[file.pk])
    assert "Фоновый процесс ещё не начал работу" in page(client, file)
    assert client.get(download).status_code == 404
    assert made(file).is_ready
    assert "Файл готов" in page(client, file)
    answer = client.get(download)
    assert b"".join(answer.streaming_content) == b"".join(
        f"{n} {cast.municipal_officer.pk}\n".encode() for n in range(3)
    )
    assert "numbers.xlsx" in answer["Content-Disposition"]
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    notice = Notice.objects.get(person=cast.municipal_officer, kind="prepared.ready")
    assert (notice.address, notice.words.title) == (file.get_absolute_url(), "Файл готов: Программа округа")
    codes = Entry.objects.filter(code__startswith="prepared.").order_by("pk").values_list("code", "unit")
    here = cast.units.municipality.pk
    assert list(codes) == [("prepared.asked", here), ("prepared.taken", here)]


def test_the_same_question_is_one_file_while_nothing_changes(cast: Any) -> None:
    from avgust.web import audit
    from avgust.web.territory.codes import MOVED

    first = ask(cast)
    assert ask(cast).pk == first.pk
    assert DBTaskResult.objects.count() == 1
    assert ask(cast, n=4).pk != first.pk
    assert ask(cast, cast.head).pk != first.pk
    made(first)
    assert ask(cast).pk == first.pk  # ready, and nothing was done since
    audit.record(actor=cast.admin, code=MOVED, subject=cast.units.school)
    again = ask(cast)
    assert again.pk != first.pk
    made(again)
    post = cast.municipal_officer.posts.get()
    Post.objects.filter(pk=post.pk).update(role="observer")
    fresh = type(cast.municipal_officer).objects.get(pk=cast.municipal_officer.pk)
    assert ask(cast, fresh).pk != again.pk


def test_nobody_else_gets_it_at_any_role(cast: Any, signed_in: Any) -> None:
    file = made(ask(cast))
    for person in (cast.head, cast.regional_officer, cast.admin, cast.outsider):
        client = signed_in(person)
        for name in ("file", "download"):
            assert client.get(reverse(f"prepared:{name}", args=[file.pk])).status_code == 404
        assert "numbers.xlsx" not in client.get(reverse("prepared:list")).content.decode()
    assert "numbers.xlsx" in signed_in(cast.municipal_officer).get(reverse("prepared:list")).content.decode()


def test_rights_are_asked_again_at_the_download(cast: Any, signed_in: Any) -> None:
    file = made(ask(cast))
    address = reverse("prepared:download", args=[file.pk])
    allowed_now.clear()
    assert signed_in(cast.municipal_officer).get(address).status_code == 403
    allowed_now.add(cast.municipal_officer.email)
    assert signed_in(cast.municipal_officer).get(address).status_code == 200
    Post.objects.filter(user=cast.municipal_officer).update(unit=cast.units.school)
    answer = signed_in(cast.municipal_officer).get(address)
    assert answer.status_code == 403  # it holds more than she may see now


def test_rights_that_end_before_it_is_written(cast: Any, signed_in: Any) -> None:
    file = ask(cast)
    allowed_now.clear()
    assert made(file).status == PreparedFile.Status.FAILED
    assert "Ваши права изменились" in page(signed_in(cast.municipal_officer), file)
    with pytest.raises(PermissionDenied):
        ask(cast)


def test_what_cannot_be_made_says_why(cast: Any, signed_in: Any) -> None:
    file = made(ask(cast, fault="refused"))
    assert file.status == PreparedFile.Status.FAILED
    assert "Файл пуст." in page(signed_in(cast.municipal_officer), file)
    assert Notice.objects.filter(kind="prepared.failed").count() == 1


def test_an_error_is_tried_again_and_its_words_are_not_shown(cast: Any, signed_in: Any) -> None:
    file = ask(cast, fault="broken")
    for attempt in range(1, making.ATTEMPTS + 1):
        assert DBTaskResult.objects.count() == attempt
        with pytest.raises(RuntimeError):
            making.carry_out(file.pk)
    file.refresh_from_db()
    assert (file.status, file.attempts) == (PreparedFile.Status.FAILED, making.ATTEMPTS)
    assert "Боровой" not in page(signed_in(cast.municipal_officer), file)


def test_a_file_that_kills_its_worker_is_given_up(cast: Any) -> None:
    file = ask(cast, fault="killed")
    for _ in range(making.ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            making.carry_out(file.pk)
    assert made(file).status == PreparedFile.Status.FAILED


def test_a_task_that_is_done_twice_makes_one_file(cast: Any, monkeypatch: Any) -> None:
    file = ask(cast)
    real = making.write

    def slow(code: str, order: Order, out: Any) -> None:
        """Let another worker come first, as when this one is taken for dead."""
        monkeypatch.setattr(making, "write", real)
        making.carry_out(file.pk)
        out.write(b"of the slow one")

    monkeypatch.setattr(making, "write", slow)
    made(file)
    assert b"slow" not in files.place_of(file.sha256).read_bytes()
    assert Notice.objects.filter(kind="prepared.ready").count() == 1
    assert [path.name for path in files.place_of(file.sha256).parent.iterdir()] == [file.sha256]


def test_it_is_deleted_when_its_time_is_over(cast: Any, signed_in: Any) -> None:
    file = made(ask(cast))
    making.expire("")
    place = files.place_of(file.sha256)
    assert place.exists()
    PreparedFile.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    making.expire("")
    assert not place.exists()
    client = signed_in(cast.municipal_officer)
    assert "Файл удалён" in page(client, file)
    assert client.get(reverse("prepared:download", args=[file.pk])).status_code == 404
    PreparedFile.objects.update(asked_at=timezone.now() - timedelta(days=31))
    making.expire("")
    assert not PreparedFile.objects.exists()


def test_an_erased_person_leaves_no_file(cast: Any, django_capture_on_commit_callbacks: Any) -> None:
    from avgust.web.ui.stations import tell

    place = files.place_of(made(ask(cast)).sha256)
    with django_capture_on_commit_callbacks(execute=True):
        tell("accounts.erased", user=cast.municipal_officer)
    assert not place.exists()
    assert not PreparedFile.objects.exists()


def test_a_person_has_only_so_many_under_way(cast: Any) -> None:
    for number in range(MOST):
        ask(cast, n=number)
    with pytest.raises(ValidationError):
        ask(cast, n=MOST)
    ask(cast, cast.head, n=MOST)
