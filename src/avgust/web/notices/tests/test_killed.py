"""A worker killed anywhere between a deadline and the sent letter: nothing is lost, nothing is doubled."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from django.db import connection

from avgust.web.accounts.models import Post, User

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, DUTIES = 12, 8
KILLS = 4  # of processes started anew; hundreds, in warm forks, are killed by control/tests/killed_work.py
WORKER = f"""
import sys, time, types
from datetime import date, datetime, timedelta
import django; django.setup()
from django.utils import timezone
from avgust.domain.periods import Period
from avgust.web.background import running, worker
from avgust.web.background.schedule import Job
from avgust.web.notices import gathering, letters, sending
from avgust.web.notices.catcher import Catcher
from avgust.web.notices.providers import Deadline
from avgust.web.territory.models import Unit

DAY = date(2026, 3, 24)
school = Unit.objects.get(short_name="Школа № 3").pk
region = Unit.objects.get(kind="region").pk
gathering.BATCH, letters.AT_ONCE = 3, 2
gathering.deadlines = lambda days: (
    Deadline(f"tests.duty:{{n}}", school, DAY, f"Мера {{n}}", "/", region, "tests.measure:1", "/")
    for n in range({DUTIES})
)
caught = Catcher.send_messages
def slowly(self, messages):
    time.sleep(0.01)
    done = caught(self, messages)
    time.sleep(0.01)
    return done
Catcher.send_messages = slowly

class Once:
    def period(self, now):
        return "once"

def work(period):
    gathering.remind(Period.day(DAY))
    letters.write_letters(timezone.make_aware(datetime(2026, 3, 24, 10)))
    while sending.Letter.objects.exclude(state="sent").exists():
        sending.send_letters(timedelta(seconds=0.4))
        time.sleep(0.05)

steps = types.ModuleType("steps"); steps.work = work; sys.modules["steps"] = steps
running.declared = lambda: iter([Job("tests.all", "steps.work", Once())])
worker.Worker(lease=0.6, interval=0.05).run()
"""


def rows(environment: dict[str, str], query: str) -> list[tuple]:
    if connection.vendor == "sqlite":
        with sqlite3.connect(environment["DATABASE_URL"].removeprefix("sqlite:///"), timeout=10) as other:
            return other.execute(query).fetchall()
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_killed_between_deadline_and_letter(cast, other_process) -> None:
    people = [User.objects.create_user(f"p{number}@avgust.test", full_name="Имя") for number in range(PEOPLE)]
    Post.objects.bulk_create(
        Post(user=person, role="head", unit=cast.units.school, since=cast.head.posts.get().since)
        for person in people
    )
    environment, chance = other_process() | {"AVGUST_DEMO": "1"}, random.Random(KILLS)
    for _ in range(KILLS):
        process = subprocess.Popen([sys.executable, "-c", WORKER], env=environment)
        time.sleep(chance.uniform(0.6, 2.2))
        process.kill()
        process.wait()
    process = subprocess.Popen([sys.executable, "-c", WORKER], env=environment)
    end = time.monotonic() + 60
    finished = "SELECT 1 FROM background_run WHERE job = 'tests.all' AND finished_at IS NOT NULL"
    try:
        while not rows(environment, finished):
            assert time.monotonic() < end, "the work was not taken up to its end"
            assert process.poll() is None
            time.sleep(0.1)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
    whole = PEOPLE + 1  # with the head of the cast
    notices = rows(environment, "SELECT person_id, subject, period, letter_id FROM notices_notice")
    assert len(notices) == len({row[:3] for row in notices}) == whole * DUTIES
    letters = rows(environment, "SELECT person_id, state FROM notices_letter")
    assert sorted(state for _person, state in letters) == ["sent"] * whole
    assert len({row[0] for row in letters}) == whole
    assert len({row[3] for row in notices}) == whole
    caught = rows(environment, "SELECT message_id, body FROM notices_caughtletter")
    assert len(caught) == whole
    assert all(body.count("Мера ") == DUTIES for _number, body in caught)
