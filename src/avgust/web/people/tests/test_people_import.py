"""Lists of people from a file: the difference, the writing, what nobody else's list does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from avgust.domain.tables.reading import read_sheets
from avgust.web import files
from avgust.web.accounts import actions
from avgust.web.accounts.models import Post, User
from avgust.web.audit.models import Entry
from avgust.web.people import importing
from avgust.web.prepared.making import carry_out
from avgust.web.prepared.models import PreparedFile

IMPORT, WRITE = reverse("people:import"), reverse("people:import_write")
LIST = """E-mail;ФИО;Роль;Организация;С какого дня
new@avgust.test;Новикова Ия Львовна;руководитель организации;Школа № 3;01.09.2025
head@avgust.test;;наблюдатель;МБДОУ «Детский сад № 7 „Ёлочка“»;
head@avgust.test;;руководитель организации;Школа № 3;
far@avgust.test;Дальний Пётр;руководитель организации;Луговская школа;
нет;Икс;руководитель организации;Школа № 3;
"""


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "read_table_isolated", read_sheets)


def _checked(client: Any, text: str = LIST) -> str:
    file = SimpleUploadedFile("люди.csv", text.encode())
    answer = client.post(IMPORT, {"file": file})
    assert answer.status_code == 200
    return str(answer.content.decode().replace("\u00a0", " "))


def _token(page: str) -> str:
    return re.search(r'name="list" value="([^"]+)"', page)[1]  # type: ignore[index]


def test_the_difference_is_shown_and_nothing_is_written(cast: Any, signed_in: Any) -> None:
    people, posts = User.objects.count(), Post.objects.count()
    page = _checked(signed_in(cast.municipal_officer))
    assert "Письмо получат 2 человека." in page
    assert "Новикова Ия Львовна" in page
    assert "уже есть учётная запись" in page
    assert "В 1 строке ничего нового." in page
    assert "нет организации «Луговская школа»" in page
    assert "A6" in page
    assert (User.objects.count(), Post.objects.count(), mail.outbox) == (people, posts, [])


def test_what_was_shown_is_written_once(cast: Any, signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)
    token = _token(_checked(client))
    page = client.post(WRITE, {"list": token}, follow=True).content.decode()
    assert "Приглашено: 2" in page
    assert {letter.to[0] for letter in mail.outbox} == {"new@avgust.test", "head@avgust.test"}
    made = Post.objects.get(user__email="new@avgust.test")
    assert (made.unit, str(made.since)) == (cast.units.school, "2025-09-01")
    client.post(WRITE, {"list": token})
    assert len(mail.outbox) == 2


def test_a_list_is_its_reader_s_alone(cast: Any, signed_in: Any) -> None:
    token = _token(_checked(signed_in(cast.municipal_officer)))
    for person, said in ((cast.foreign_officer, token), (cast.municipal_officer, token[:-2] + "xx")):
        page = signed_in(person).post(WRITE, {"list": said}, follow=True).content.decode()
        assert "Проверьте файл ещё раз" in page
    assert not mail.outbox


def test_what_changed_since_is_left_out(cast: Any, signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)
    token = _token(_checked(client))
    actions.block_person(cast.head, actor=None)
    client.post(WRITE, {"list": token})
    assert [letter.to[0] for letter in mail.outbox] == ["new@avgust.test"]


BAD = {
    "other heads": ("а;б\n1;2\n", "заголовков столбцов"),
    "no table": ("просто текст", "таблиц"),
    "too many": (
        LIST.splitlines()[0] + "\n" + "a@b.ru;Икс;head;Школа № 3;\n" * (importing.MOST_LINES + 1),
        "больше 300",
    ),
}


@pytest.mark.parametrize(("text", "said"), BAD.values(), ids=BAD)
def test_a_bad_file_is_explained(cast: Any, signed_in: Any, text: str, said: str) -> None:
    answer = signed_in(cast.admin).post(IMPORT, {"file": SimpleUploadedFile("x.csv", text.encode())})
    assert answer.status_code == 422
    assert said in answer.content.decode().replace("\u00a0", " ")


def test_the_exported_list_imports_back_with_nothing_new(cast: Any, signed_in: Any) -> None:
    client = signed_in(cast.admin)
    data = client.get(reverse("people:xlsx")).getvalue()
    roster = importing.read_file(data, cast.admin)
    assert roster.faults == ()
    states = {str(row.state) for row in importing.planned(roster.lines, cast.admin)}
    assert states == {"same"}
    assert len(roster.lines) == Post.objects.count()
    assert Entry.objects.of(cast.admin).get().code == "accounts.listed"


def test_the_template_has_the_heads(cast: Any, signed_in: Any) -> None:
    data = signed_in(cast.admin).get(reverse("people:template")).content
    (sheet,) = read_sheets(data)
    assert sheet.rows[0] == ("E-mail", "ФИО", "Роль", "Организация", "С какого дня")


@pytest.mark.parametrize("count", [2, 40])
def test_a_longer_list_asks_no_more(cast: Any, django_assert_max_num_queries: Any, count: int) -> None:
    text = (
        LIST.splitlines()[0]
        + "\n"
        + "".join(f"p{n}@avgust.test;Икс {n};head;Школа № 3;\n" for n in range(count))
    )
    roster = importing.read_file(text.encode(), cast.admin)
    with django_assert_max_num_queries(6):
        importing.planned(roster.lines, cast.admin)


def test_a_long_list_is_written_by_the_worker(cast: Any, signed_in: Any, settings: Any) -> None:
    settings.ROWS_AT_ONCE = 1
    answer = signed_in(cast.municipal_officer).get(reverse("people:xlsx"))
    file = PreparedFile.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, file.get_absolute_url())
    carry_out(file.pk)
    file.refresh_from_db()
    assert (file.status, file.file_name) == (PreparedFile.Status.READY, "people.xlsx")
    (sheet,) = read_sheets(files.place_of(file.sha256).read_bytes())
    assert len(sheet.rows) - 1 == file.total > 1
    assert Entry.objects.filter(code="accounts.listed").count() == 1
