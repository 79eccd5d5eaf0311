"""The letter of a day: one, at the hour, grouped, in the reader's language; sent once."""

from __future__ import annotations

import socket
from datetime import date, datetime, time, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.utils import timezone

from avgust.domain.periods import Period
from avgust.web.accounts.actions import erase_person
from avgust.web.notices import letters, sending
from avgust.web.notices.actions import tell
from avgust.web.notices.gathering import remind
from avgust.web.notices.jobs import tidy
from avgust.web.notices.kinds import declare
from avgust.web.notices.letters import write_letters
from avgust.web.notices.models import CaughtLetter, Choice, Letter, Notice, QuietHours
from avgust.web.notices.sending import send_letters

TUESDAY = date(2026, 3, 24)
RETURNED = declare("tests.returned", "%(title)s is returned: %(reason)s")


def at(hour: int, minute: int = 0, day: date = TUESDAY) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@pytest.fixture
def reminded(cast, owed):
    """The head and the municipal officer have something to be told on that Tuesday."""
    owed(TUESDAY, cast.units.school, cast.units.authority)
    owed(date(2026, 3, 23), cast.units.school, measure=2)
    remind(Period.day(TUESDAY))
    Notice.objects.update(made_at=at(5))
    return cast


def test_one_letter_says_everything_of_the_day(reminded) -> None:
    assert write_letters(at(9)) == 2
    assert send_letters() == 2
    letter = next(one for one in mail.outbox if one.to == [reminded.head.email])
    assert letter.subject == "Напоминание, 24\xa0марта 2026\xa0г.: истекло 2 срока"
    assert "СРОК ИСТЁК" in letter.body
    assert letter.body.count("Программа 2025/2026") == 1
    assert "http://localhost/duties/" in letter.body
    assert write_letters(at(11)) == 0
    assert send_letters() == 0
    assert not Letter.objects.exclude(body="").exists()


def test_in_the_language_of_the_reader(reminded) -> None:
    reminded.head.language = "en"
    reminded.head.save()
    write_letters(at(9))
    body = Letter.objects.get(person=reminded.head).body
    assert "Good day, Боровой Илья Сергеевич!" in body


def choose(person, **values) -> None:
    Choice.objects.update_or_create(person=person, defaults=values)


WAITING = {
    "before the hour": ({}, at(8, 59), 0),
    "on a Sunday": ({}, at(10, day=date(2026, 3, 22)), 0),
    "at night": ({}, at(21), 0),
    "the person's own hour": ({"hour": 12}, at(11), 0),
    "at that hour": ({"hour": 12}, at(12), 1),
    "own quiet hours": ({"quiet_starts": time(9), "quiet_ends": time(13)}, at(12, 59), 0),
    "after them": ({"quiet_starts": time(9), "quiet_ends": time(13)}, at(13), 1),
    "letters switched off": ({"mail": False}, at(10), 0),
    "deadlines switched off": ({"own": False}, at(10), 0),
    "paused until today": ({"paused_until": TUESDAY}, at(10), 0),
    "the pause is over": ({"paused_until": date(2026, 3, 23)}, at(10), 1),
}


@pytest.mark.parametrize(("choice", "now", "written"), WAITING.values(), ids=WAITING.keys())
def test_it_waits(reminded, choice: dict, now: datetime, written: int) -> None:
    choose(reminded.head, **choice)
    write_letters(now)
    assert Letter.objects.filter(person=reminded.head).count() == written


def test_quiet_hours_of_the_organisation(reminded) -> None:
    QuietHours.objects.create(unit=reminded.units.school, starts=time(7), ends=time(14))
    assert write_letters(at(10)) == 1
    assert write_letters(at(14)) == 1
    assert Letter.objects.filter(person=reminded.head).count() == 1


def test_what_was_read_in_the_product_is_not_written(reminded) -> None:
    Notice.objects.filter(person=reminded.head).update(read_at=timezone.now())
    write_letters(at(10))
    assert not Letter.objects.filter(person=reminded.head).exists()


def test_who_comes_back_gets_no_flood_of_old_matters(reminded) -> None:
    Notice.objects.update(made_at=at(5) - timedelta(days=4))
    assert write_letters(at(10)) == 0


def test_a_long_letter_says_how_much_more_there_is(cast, owed, monkeypatch) -> None:
    monkeypatch.setattr(letters, "SHOWN", 2)
    for measure in range(5):
        owed(TUESDAY, cast.units.school, measure=measure)
    remind(Period.day(TUESDAY))
    Notice.objects.update(made_at=at(5))
    write_letters(at(9))
    assert "И ещё 3: http://localhost/notices/" in Letter.objects.get().body


def test_a_server_that_is_away_loses_nothing(reminded, monkeypatch) -> None:
    write_letters(at(9))

    def away(_message) -> int:
        raise SMTPServerDisconnected("boss@example.org")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", away)
        assert send_letters() == 0
    assert {letter.error for letter in Letter.objects.all()} == {"SMTPServerDisconnected"}
    assert send_letters() == 0  # each waits before it is tried again
    Letter.objects.update(after=timezone.now())
    assert send_letters() == 2
    assert len(mail.outbox) == 2


def test_a_server_that_says_nothing_does_not_hold_the_worker(reminded, settings) -> None:
    assert settings.EMAIL_TIMEOUT, "without it a mute server is waited for without end"
    write_letters(at(9))
    with socket.create_server(("127.0.0.1", 0)) as mute:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = mute.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        assert send_letters() == 0
    assert set(Letter.objects.values_list("state", "attempts")) == {("ready", 0)}


def test_a_letter_that_is_never_taken_is_given_up(reminded, monkeypatch) -> None:
    write_letters(at(9))
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda _message: _raise())
    for _ in range(sending.ATTEMPTS):
        Letter.objects.exclude(state=Letter.State.FAILED).update(after=timezone.now())
        for _letter in range(2):
            send_letters()
    assert set(Letter.objects.values_list("state", "attempts")) == {("failed", sending.ATTEMPTS)}


def _raise() -> int:
    raise SMTPServerDisconnected


def test_who_is_slow_gives_back_what_may_soon_be_taken_by_another(reminded, monkeypatch) -> None:
    write_letters(at(9))
    letters = sending._take(timedelta(minutes=5))
    with monkeypatch.context() as patched:
        patched.setattr(timezone, "now", lambda: letters[0].after - timedelta(minutes=2))
        assert sending._hand_over_all(letters, mail.get_connection(), timedelta(minutes=5)) == 0
    assert mail.outbox == []
    assert set(Letter.objects.values_list("state", "attempts")) == {("ready", 0)}


def test_a_letter_of_a_killed_worker_goes_again_by_the_same_number(reminded, monkeypatch) -> None:
    write_letters(at(9))
    monkeypatch.setattr(sending, "AT_ONCE", 1)
    (taken,) = sending._take(timedelta(minutes=5))
    send_letters()
    assert len(mail.outbox) == 1  # the taken one belongs to somebody
    Letter.objects.filter(pk=taken.pk).update(after=timezone.now())
    send_letters()
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 2


def test_the_catcher_knows_a_letter_by_its_number(reminded, settings) -> None:
    settings.EMAIL_BACKEND = "avgust.web.notices.catcher.Catcher"
    write_letters(at(9))
    send_letters()
    Letter.objects.update(state=Letter.State.READY, after=timezone.now())
    send_letters()
    assert CaughtLetter.objects.count() == 2


def test_a_closed_account_gets_nothing(reminded) -> None:
    write_letters(at(9))
    reminded.head.is_active = False
    reminded.head.save()
    send_letters()
    assert [one.to for one in mail.outbox] == [[reminded.municipal_officer.email]]
    assert not Letter.objects.filter(person=reminded.head).exists()


def test_erasure_takes_what_was_told(reminded) -> None:
    write_letters(at(9))
    erase_person(reminded.head, actor=reminded.admin)
    assert not Notice.objects.filter(person=reminded.head).exists()
    assert not Letter.objects.filter(person=reminded.head).exists()


def test_a_station_tells_once(cast) -> None:
    for _ in range(2):
        tell(
            [cast.head],
            RETURNED,
            subject=cast.units.school,
            title="Отчёт",
            address="/x/",
            period="v3",
            reason="нет приказа",
        )
    notice = Notice.objects.get()
    assert notice.words.title == "Отчёт is returned: нет приказа"
    Notice.objects.update(made_at=at(8))
    assert write_letters(at(9)) == 1


def test_tidy(reminded) -> None:
    write_letters(at(9))
    Notice.objects.update(made_at=timezone.now() - timedelta(days=500))
    Letter.objects.update(day=date(2020, 1, 1))
    tidy("")
    assert not Notice.objects.exists()
    assert not Letter.objects.exists()
