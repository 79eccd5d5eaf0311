"""The server as it is started: pages, static files for good, a log without people."""

import gc
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter

import pytest

from avgust.web.serving import MOST_GARBAGE, YOUNG_GARBAGE, settle_memory, tidy_up

ENTRY = "from avgust.web.serving import serve; serve('127.0.0.1', {port})"


def _environment(folder) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"PYTEST_VERSION", "DATABASE_URL"}}
    return kept | {
        "AVGUST_DEMO": "1",
        "AVGUST_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "avgust.web.config.settings",
        "AVGUST_LOG_LEVEL": "INFO",
    }


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    environment = _environment(folder)
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True, timeout=120
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (folder / "log").open("w+")
    process = subprocess.Popen(
        [sys.executable, "-c", ENTRY.format(port=port)], env=environment, stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}"
    for _attempt in range(150):
        try:
            urllib.request.urlopen(f"{address}/accounts/login/", timeout=5).close()
            break
        except OSError:  # refused, or slow on a loaded machine: both are answered by asking again
            time.sleep(0.2)
    yield address, folder / "log"
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    log.close()


def _get(address: str, **headers: str):
    return urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30)


def test_a_page_and_its_files_are_served(server) -> None:
    address, _log = server
    page = _get(f"{address}/accounts/login/").read().decode()
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    assert {name.rsplit(".", 1)[1] for name in files} >= {"css", "js", "svg", "ttf"}
    for name in files:
        response = _get(address + name)
        assert "immutable" in response.headers["Cache-Control"], name
    style = next(name for name in files if "/ui/fonts." in name)
    for font in re.findall(r"url\(\"?([^\")]+)", _get(address + style).read().decode()):
        assert _get(urllib.parse.urljoin(address + style, font)).status == 200


def test_text_is_compressed(server) -> None:
    address, _log = server
    assert (
        _get(f"{address}/accounts/login/", **{"Accept-Encoding": "gzip"}).headers["Content-Encoding"]
        == "gzip"
    )


def test_the_log_has_no_people(server) -> None:
    address, log = server
    _get(
        f"{address}/accounts/login/?q=%D0%98%D0%B2%D0%B0%D0%BD%D0%BE%D0%B2", **{"User-Agent": "Secret/1.0"}
    ).close()
    for _attempt in range(50):
        text = log.read_text()
        if "GET /accounts/login/ 200" in text:
            break
        time.sleep(0.1)
    lines = [line for line in text.splitlines() if " GET " in line]
    assert lines
    assert not re.search(r"127\.0\.0\.1|Secret|%D0|\?", "\n".join(lines))


def test_the_second_start_collects_nothing(server, tmp_path) -> None:
    _address, log = server
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import django; django.setup(); from avgust.web.serving import *; print(prepare_static())",
        ],
        env=_environment(log.parent),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == "False"


WORKER = """
import django, os, threading
django.setup()
from django.db import connection
from avgust.web.serving import leave_database

def ask():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        together.wait(20)  # every thread holds its connection until all have one
    connection.close()

with connection.cursor() as cursor:
    cursor.execute("SELECT 1")  # as a migration does before the server starts
leave_database()
child = os.fork()
if child:
    raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
together = threading.Barrier(4)
threads = [threading.Thread(target=ask) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
os._exit(int(together.broken))
"""


def test_a_worker_opens_connections_of_its_own(tmp_path) -> None:
    environment = _environment(tmp_path)
    if "DATABASE_URL" in os.environ:
        environment["DATABASE_URL"] = os.environ["DATABASE_URL"]
    done = subprocess.run([sys.executable, "-c", WORKER], env=environment, check=False, timeout=60)
    assert done.returncode == 0


def test_a_worker_sets_aside_what_stays_and_seldom_looks_for_garbage() -> None:
    before = gc.get_threshold()
    try:
        settle_memory()
        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold()[0] == MOST_GARBAGE > 10 * 700, "Python's own is 700"
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_garbage_is_looked_for_between_answers_and_the_old_one_too() -> None:
    before, found = gc.get_threshold(), Counter()

    def count(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            found[info["generation"]] += 1

    gc.callbacks.append(count)
    try:
        gc.set_threshold(MOST_GARBAGE, 20, 20)
        tidy_up()
        for _request in range(500):
            made = [[] for _object in range(YOUNG_GARBAGE + 1_000)]
            tidy_up()
            del made
        assert (found[0] > 400, found[1] > 15, found[2] >= 1) == (True, True, True)
        quiet = found.total()
        tidy_up()
        assert found.total() == quiet, "nothing was made since"
    finally:
        gc.callbacks.remove(count)
        gc.set_threshold(*before)
