"""The pages of notices: read and not, choices, quiet hours, the calendar of a secret address, caught mail."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from avgust.web.audit.models import Entry
from avgust.web.notices import feed
from avgust.web.notices.actions import renew_calendar, take_back_calendar
from avgust.web.notices.models import CalendarKey, CaughtLetter, Choice, Notice, QuietHours
from avgust.web.notices.providers import Event
from avgust.web.serving import QuietLogger

ADDRESS = reverse("notices:list")
SETTINGS = reverse("notices:settings")


@pytest.fixture
def notices(cast) -> list[Notice]:
    today = timezone.localdate()
    days = (today - timedelta(days=2), today + timedelta(days=3))
    return [
        Notice.objects.create(
            person=cast.head,
            kind="deadline",
            subject=f"x:{number}",
            period=day.isoformat(),
            title=f"Мера {number}",
            address="/territory/",
            due=day,
            step="owner+1",
        )
        for number, day in enumerate(days)
    ]


def test_the_bell_counts_and_the_list_shows_by_section(cast, notices, signed_in) -> None:
    client = signed_in(cast.head)
    html = client.get(ADDRESS).content.decode()
    assert html.index("Срок истёк") < html.index("Срок близко")
    assert "<b>2</b>" in client.get("/").content.decode()
    assert "<b>2</b>" not in signed_in(cast.municipal_officer).get("/").content.decode()


def test_opening_reads_and_leads_there(cast, notices, signed_in) -> None:
    client = signed_in(cast.head)
    answer = client.post(reverse("notices:open", args=[notices[0].pk]))
    assert answer["Location"] == "/territory/"
    assert list(Notice.objects.unread()) == [notices[1]]
    assert "Мера 0" not in client.get(ADDRESS).content.decode()
    assert "Мера 0" in client.get(ADDRESS, {"all": "1"}).content.decode()


def test_all_as_read_leaves_what_came_later(cast, notices, signed_in) -> None:
    signed_in(cast.head).post(reverse("notices:read_all"), {"until": notices[0].pk})
    assert list(Notice.objects.unread()) == [notices[1]]
    signed_in(cast.municipal_officer).post(reverse("notices:read_all"), {"until": 10**9})
    assert Notice.objects.unread().count() == 1


def test_the_list_takes_few_queries(cast, signed_in, django_assert_max_num_queries) -> None:
    Notice.objects.bulk_create(
        Notice(person=cast.head, kind="deadline", subject=f"x:{n}", period="1", title="Мера", address="/",
               due=date(2026, 3, 1), step="controller+3", count=n)
        for n in range(200)
    )  # fmt: skip
    client = signed_in(cast.head)
    with django_assert_max_num_queries(9):
        html = client.get(ADDRESS).content.decode()
    assert "99+" in html


def save(client, **values: str) -> Any:
    return client.post(SETTINGS, {"mail": "on", "own": "on", "control": "on", **values})


def test_choices_are_kept(cast, signed_in) -> None:
    until = (timezone.localdate() + timedelta(days=10)).strftime("%d.%m.%Y")
    answer = save(signed_in(cast.head), hour="11", paused_until=until)
    assert answer.status_code == 302
    choice = Choice.objects.get(person=cast.head)
    assert (choice.hour, choice.mail, choice.paused_until is not None) == (11, True, True)


WRONG = {
    "a day that has passed": ({"paused_until": "01.01.2020"}, "уже прошёл"),
    "a pause without end": ({"paused_until": "01.01.2090"}, "трёх месяцев"),
    "one hour of two": ({"quiet_starts": "20:00"}, "оба часа"),
    "no minute is left": ({"hour": "9", "quiet_starts": "08:00", "quiet_ends": "23:59"}, "ни одно письмо"),
    "no time": ({"quiet_starts": "25:00", "quiet_ends": "8:00"}, "20:00"),
    "no hour": ({"hour": "99"}, "99"),
}


@pytest.mark.parametrize(("values", "said"), WRONG.values(), ids=WRONG.keys())
def test_wrong_choices_are_told(cast, signed_in, values: dict[str, str], said: str) -> None:
    answer = save(signed_in(cast.head), **values)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Choice.objects.exists()


def test_quiet_hours_of_an_organisation(cast, signed_in) -> None:
    address = reverse("notices:quiet_hours", args=[cast.units.school.pk])
    client = signed_in(cast.head)
    client.post(address, {"starts": "18:00", "ends": "09:30"})
    client.post(address, {"starts": "18:00", "ends": "09:30"})
    assert QuietHours.objects.get().unit == cast.units.school
    client.post(address, {"starts": "", "ends": ""})
    assert not QuietHours.objects.exists()
    said = [entry.sentence for entry in Entry.objects.of(cast.units.school).order_by("id")]
    assert len(said) == 2
    assert "с 18:00 до 09:30" in said[0]
    assert client.post(address, {"starts": "08:00", "ends": "21:00"}).status_code == 400


@pytest.fixture
def days(monkeypatch) -> None:
    """Let the calendar of the head have two days, whoever asks."""

    def events(person, period) -> list[Event]:
        first = period.start + timedelta(days=70)
        return [
            Event(
                "assignment-1", first, "Срок: принять положение; о «наставничестве», №\xa01", "/a/1/", "Школа"
            ),
            Event("assignment-2", first + timedelta(days=1), "Очень " + "длинное " * 40, "/a/2/"),
        ]

    monkeypatch.setattr(feed, "events", events)


def test_a_telephone_reads_the_calendar(cast, days, signed_in) -> None:
    client = signed_in(None)
    answer = client.get(reverse("calendar_feed", args=[renew_calendar(actor=cast.head)]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    read = Calendar.from_ical(answer.content)
    first, second = read.walk("VEVENT")
    assert str(first["summary"]) == "Срок: принять положение; о «наставничестве», №\xa01"
    assert first.decoded("dtend") - first.decoded("dtstart") == timedelta(days=1)
    assert str(second["summary"]).startswith("Очень длинное")
    assert str(first["uid"]) == "assignment-1@localhost"
    assert str(first["url"]) == "http://localhost/a/1/"
    assert "Боровой" not in answer.content.decode()
    assert cast.head.email not in answer.content.decode()


def test_the_secret_is_not_kept_and_can_be_renewed_and_taken_back(cast, days, signed_in) -> None:
    client = signed_in(cast.head)
    shown = client.post(reverse("notices:renew_calendar"))
    address = shown.context["address"]
    token = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert token not in {*CalendarKey.objects.values_list("digest", flat=True)}
    assert address not in client.get(SETTINGS).content.decode()
    anybody = signed_in(None)
    assert anybody.get(address).status_code == 200
    assert CalendarKey.objects.get().read_on == timezone.localdate()
    newer = renew_calendar(actor=cast.head)
    assert anybody.get(address).status_code == 404
    take_back_calendar(actor=cast.head)
    assert anybody.get(reverse("calendar_feed", args=[newer])).status_code == 404
    assert [entry.code for entry in Entry.objects.of(cast.head)] == [
        "notices.key_taken_back",
        "notices.key_made",
        "notices.key_made",
    ]


def test_a_closed_account_has_no_calendar(cast, days, signed_in) -> None:
    token = renew_calendar(actor=cast.head)
    cast.head.is_active = False
    cast.head.save()
    assert signed_in(None).get(reverse("calendar_feed", args=[token])).status_code == 404


def test_the_log_of_the_server_keeps_no_secret() -> None:
    logger = object.__new__(QuietLogger)
    said = io.StringIO()
    logger.cfg = type("Cfg", (), {"accesslog": "-"})()
    logger.access_log = type("Log", (), {"info": lambda _self, text, *values: said.write(text % values)})()
    response = type("Answer", (), {"status": "200 OK", "sent": 5, "headers": [("X-Request-ID", "abc")]})()
    request = type("Request", (), {"method": "GET", "path": "/calendar/secret.ics"})()
    logger.access(response, request, {}, timedelta(milliseconds=3))
    assert "secret" not in said.getvalue()
    assert said.getvalue().endswith("GET /calendar/… 200 5 3ms abc")


def test_caught_mail_in_the_demo(cast, signed_in, settings) -> None:
    settings.DEMO = True
    CaughtLetter.objects.create(
        message_id="<1>", to="head@avgust.test", subject="Тема", body="Привет http://x/"
    )
    html = signed_in(None).get(reverse("caught_mail")).content.decode()
    assert "Привет" in html
    assert '<a href="http://x/"' in html


def test_the_account_leads_to_the_settings(cast, signed_in) -> None:
    assert SETTINGS in signed_in(cast.head).get(reverse("account")).content.decode()
