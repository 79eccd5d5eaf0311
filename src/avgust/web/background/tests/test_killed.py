"""Real processes, killed: nothing is lost or done twice, no worker outlives its server."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 12
KILLS = 3  # of processes started anew; hundreds, in warm forks, are killed by control/tests/killed_work.py
WORKER = f"""
import sys, time, types
import django; django.setup()
from django.db import transaction
from django.utils import timezone
from avgust.web.background import running, worker
from avgust.web.background.models import Run
from avgust.web.background.schedule import Job

class Once:
    def period(self, now):
        return "once"

def write(period):
    for n in range({ROWS}):
        with transaction.atomic():
            Run.objects.get_or_create(job="row", period=f"{{n}}", defaults={{"finished_at": timezone.now()}})
        time.sleep(0.01)

steps = types.ModuleType("steps"); steps.write = write; sys.modules["steps"] = steps
running.declared = lambda: iter([Job("tests.rows", "steps.write", Once())])
worker.Worker(lease=0.6, interval=0.05).run()
"""


def rows(environment: dict[str, str]) -> dict[tuple[str, str], bool]:
    """Return the runs in the database of the processes, and whether each is finished."""
    query = "SELECT job, period, finished_at FROM background_run"
    if connection.vendor == "sqlite":
        with sqlite3.connect(environment["DATABASE_URL"].removeprefix("sqlite:///"), timeout=10) as other:
            found = other.execute(query).fetchall()
    else:
        with connection.cursor() as cursor:
            cursor.execute(query)
            found = cursor.fetchall()
    assert len({(job, period) for job, period, _ in found}) == len(found)
    return {(job, period): finished is not None for job, period, finished in found}


def wait(until, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(other_process) -> None:
    environment, chance = other_process(), random.Random(7)
    for _ in range(KILLS):
        process = subprocess.Popen([sys.executable, "-c", WORKER], env=environment)
        time.sleep(chance.uniform(0.5, 1.8))
        process.kill()
        process.wait()
    first, second = (subprocess.Popen([sys.executable, "-c", WORKER], env=environment) for _ in range(2))
    try:
        wait(lambda: rows(environment).get(("tests.rows", "once")))
    finally:
        for process in (first, second):
            process.send_signal(signal.SIGTERM)
        ends = {process.wait(timeout=60) for process in (first, second)}
    assert ends <= {0, -signal.SIGTERM}  # the latter, where it had not yet come to its work
    assert len([key for key in rows(environment) if key[0] == "row"]) == ROWS


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


KEPT = "from avgust.web.background.keeping import start_keeper; import time; start_keeper(); time.sleep(600)"


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc of Linux")
def test_a_worker_is_started_anew_and_goes_with_its_server(other_process) -> None:
    server = subprocess.Popen([sys.executable, "-c", KEPT], env=other_process())
    try:
        wait(lambda: _children(server.pid))
        (keeper,) = _children(server.pid)
        wait(lambda: _children(keeper))
        (worker,) = _children(keeper)
        os.kill(worker, signal.SIGKILL)
        wait(lambda: _children(keeper) not in ([], [worker]))
        (worker,) = _children(keeper)
    finally:
        server.kill()
        server.wait()
    wait(lambda: not _alive(keeper) and not _alive(worker))
