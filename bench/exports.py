"""Large files out and in at 20,000 measures: what the request takes (ms), what the worker takes (s, MB).

There is no peer to run beside; the bars are the project's own: no request of these over 500 ms, no more than
200 MB above an idle worker. Each work is done in a fork, so that its memory is its own. The workbook of the
report is filled in all its rows and sent back. `AVGUST_BENCH_DOCUMENTS` (21 of 1,000) makes it smaller.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.journal import database
from bench.pages import DAY, _gather, analyse, fill

DOCUMENTS = int(os.environ.get("AVGUST_BENCH_DOCUMENTS", "21"))  # the first one stays in review
FILES = (
    ("programme, XLSX", "programmes:xlsx", ""),
    ("programme, DOCX", "programmes:docx", ""),
    ("programme, calendar", "programmes:ics", ""),
    ("by executor, XLSX", "programmes:xlsx", "?layout=executors"),
    ("timeline, DOCX", "programmes:docx", "?layout=timeline"),
    ("report, XLSX", "reports:xlsx", ""),
    ("report, DOCX", "reports:docx", ""),
    ("what changed, DOCX", "projects:changes_docx", ""),
)


def report() -> Iterator[str]:
    """Yield the lines of the report."""
    from avgust.web.serving import settle_memory

    with database() as engine:
        officer = fill(DOCUMENTS)
        _gather()
        analyse()
        settle_memory()
        programme, head = _programme(), _head()
        yield f"{engine}: {programme.measure_count} measures in one programme, load {os.getloadavg()[0]:.1f}"
        for name, address, query in FILES:
            yield _out(name, address, query, programme, officer)
        yield from _back(programme, head)


def _programme() -> Any:
    from avgust.web.programmes.models import Programme

    return Programme.objects.latest("pk")


def _head() -> Any:
    """Return the head of the ministry, who owes every measure."""
    from avgust.web.accounts.models import Post, User
    from avgust.web.territory.models import Unit

    head = User.objects.create_user("bench-head@avgust.example", full_name="Мерный Пётр Ильич")
    Post.objects.create(user=head, role="head", unit=Unit.objects.get(kind="authority"), since=DAY)
    return head


def _asked(address: str, query: str, programme: Any, person: Any) -> tuple[Any, float]:
    from django.test import Client
    from django.urls import reverse

    from avgust.web.prepared.models import PreparedFile

    client = Client()
    client.force_login(person)
    client.get("/")  # compiles the templates
    began = time.perf_counter()
    answer = client.get(reverse(address, args=[programme.pk]) + query)
    took = time.perf_counter() - began
    assert answer.status_code == 302, answer.status_code
    return PreparedFile.objects.filter(asked_by=person).latest("pk"), took * 1000


def _out(name: str, address: str, query: str, programme: Any, person: Any) -> str:
    from avgust.web.prepared.making import carry_out

    file, took = _asked(address, query, programme, person)
    seconds, megabytes = forked(lambda: carry_out(file.pk))
    file.refresh_from_db()
    size = file.size / 2**20
    work = f"worker {seconds:5.1f} s  +{megabytes:4.0f} MB"
    return f"{name:<22} request {took:4.0f} ms  {work}  file {size:.1f} MB  {file.status}"


def _back(programme: Any, head: Any) -> Iterator[str]:
    """Fill in every row of the report and send it back: read, judged, applied."""
    from avgust.web import files
    from avgust.web.control.models import Assignment
    from avgust.web.prepared.making import carry_out
    from avgust.web.reports import returning
    from avgust.web.reports.tasks import carry_on

    file, _took = _asked("reports:xlsx", "", programme, head)
    carry_out(file.pk)
    file.refresh_from_db()
    data = _filled(files.place_of(file.sha256))
    began = time.perf_counter()
    sent = returning.upload_returned(programme, actor=head, name="report.xlsx", data=data)
    yield f"sent back, {len(data) / 2**20:.1f} MB: kept in {(time.perf_counter() - began) * 1000:.0f} ms"
    seconds, megabytes = forked(lambda: carry_on.func(sent.pk))
    sent.refresh_from_db()
    assert sent.status == "checking", sent.why
    ready = sent.counts()["ready"]
    yield f"read and judged, {ready} rows: worker {seconds:5.1f} s  +{megabytes:4.0f} MB  {sent.status}"
    began = time.perf_counter()
    returning.apply_returned(sent, actor=head)
    yield f"asked to apply: {(time.perf_counter() - began) * 1000:.0f} ms"
    seconds, megabytes = forked(lambda: _to_its_end(sent.pk))
    sent.refresh_from_db()
    done, each = sent.counts()["done"], seconds / max(1, ready) * 1000
    work = f"worker {seconds:5.1f} s, {each:.1f} ms a row  +{megabytes:4.0f} MB"
    yield f"applied, {done} rows: {work}  {sent.status}"
    yield f"reported: {Assignment.objects.filter(status='reported').count()}"


def _to_its_end(pk: int) -> None:
    """Apply all rows: the worker does a turn of them, then looks what others wait for."""
    from avgust.web.reports.models import ReturnedFile
    from avgust.web.reports.tasks import carry_on

    while ReturnedFile.objects.get(pk=pk).is_under_way:
        carry_on.func(pk)


def _filled(place: Path) -> bytes:
    """Return the workbook with a text and “to send” in every row, as an office program writes it."""
    from io import BytesIO

    from xlsxwriter import Workbook

    from avgust.domain.tables.reading import read_sheets

    out = BytesIO()
    with Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for sheet in read_sheets(place.read_bytes()):
            page = book.add_worksheet(sheet.name)
            for row, values in enumerate(sheet.rows):
                for column, value in enumerate(values):
                    page.write(row, column, value)
                if sheet.name == "Заполнить" and len(values) > 9 and str(values[0] or "").count(".") == 3:
                    page.write(row, 7, f"Семинар проведён, строка {row}")
                    page.write(row, 8, "https://bench.example/protocol")
                    page.write(row, 9, "Отправить на приёмку")
    return out.getvalue()


def forked(work: Callable[[], object]) -> tuple[float, float]:
    """Return how long `work` took in a process of its own, and how much memory it added at its peak."""
    from avgust.web.serving import leave_database

    leave_database()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            Path("/proc/self/clear_refs").write_text("5")  # the peak begins here
            before, began = _memory("VmRSS"), time.perf_counter()
            work()
            said = (time.perf_counter() - began, _memory("VmHWM") - before)
            os.write(writing, json.dumps(said).encode())
            status = 0
        except BaseException:
            import traceback

            traceback.print_exc()
        os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as told:
        words = told.read()
    os.waitpid(child, 0)
    seconds, megabytes = json.loads(words or "[-1, -1]")
    return seconds, megabytes


def _memory(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024
