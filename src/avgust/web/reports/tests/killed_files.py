"""A report goes out and comes back while most processes are killed; run by `test_killed.py`, Django set up.

Prints what was killed as JSON; ends with a failed assertion where a kill left a half of anything.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from avgust.domain.resolutions.readers.read import read
from avgust.domain.resolutions.stages import parse
from avgust.web import files
from avgust.web.accounts.models import User
from avgust.web.audit.models import Entry
from avgust.web.audit.verifying import verify
from avgust.web.background import running, worker
from avgust.web.background.tests.killing import Killer
from avgust.web.control.models import Assignment, Report, Step
from avgust.web.documents import actions as documents
from avgust.web.documents.models import Document
from avgust.web.notices.models import Notice
from avgust.web.prepared.models import PreparedFile
from avgust.web.programmes.actions import adopt_document
from avgust.web.programmes.models import Programme
from avgust.web.reports import returning
from avgust.web.reports.models import ReturnedFile
from avgust.web.reports.tests.filling import CHOICE, LINK, TEXT, Cells, filled
from avgust.web.territory.models import Unit

LEASE: Final = 0.2
MEASURES, ROWS = 36, 12  # of which so many are reported in a round
WRITTEN: Final = "Сделано: строка"
NUMBERS: Final = count(1)
THEMES: Final = count(1)


def adopted() -> Programme:
    """Adopt a resolution like no other, whose measures the heads of schools owe."""
    theme = next(THEMES)
    points = "\n".join(
        f"1.{n}. Провести урок № {n} по теме {theme} до 1 марта 2026 года." for n in range(1, MEASURES + 1)
    )
    text = (
        "РЕЗОЛЮЦИЯ\nавгустовского совещания работников образования Заозёрного округа\n27 августа 2025 года\n"
        f"Участники совещания РЕШИЛИ:\n1. Руководителям общеобразовательных организаций:\n{points}\n"
    )
    officer = User.objects.get(email="municipality@avgust.test")
    place = Unit.objects.get(short_name="Заозёрный округ")
    documents.parse_isolated = lambda data, name, earlier=(): parse(read(data, name), earlier)  # type: ignore[assignment]
    upload = documents.upload_document(actor=officer, unit=place, name="r.txt", data=text.encode())
    return adopt_document(upload.document, actor=officer)


class Journey:
    """One round: the workbook is asked for, made, filled in, sent back, read, applied."""

    def __init__(self, killer: Killer, programme: Programme) -> None:
        self.killer, self.programme = killer, programme
        self.head = User.objects.get(email="head@avgust.test")
        self.client = Client()
        self.client.force_login(self.head)

    def run(self) -> None:
        """Go the whole way, through every kill."""
        made = self._made()
        data = filled(files.place_of(made.sha256).read_bytes(), self._fill)
        self._upload(data)
        file = ReturnedFile.objects.latest("pk")
        self._worked("reading", lambda: _status(file) != ReturnedFile.Status.READING)
        assert file.counts()["ready"] == ROWS, [file.counts(), *file.rows.values_list("why", flat=True)[:2]]
        assert file.rows.count() == ROWS
        self._until("asking to apply", f"/reports/returned/{file.pk}/apply/", _applying(file), {})
        self._worked("applying", lambda: _status(file) == ReturnedFile.Status.DONE)
        assert file.counts()["done"] == ROWS

    def _made(self) -> PreparedFile:
        address = f"/reports/{self.programme.pk}/report.xlsx"
        before = PreparedFile.objects.count()
        for kill in (True, True, False):
            self.killer.run("asking", lambda: self.client.get(address), kill=kill)
        assert PreparedFile.objects.count() == before + 1, "one question is one file"
        made = PreparedFile.objects.latest("pk")
        self._worked("making", lambda: PreparedFile.objects.get(pk=made.pk).is_ready)
        made.refresh_from_db()
        return made

    def _fill(self, cells: Cells) -> None:
        """Say in the next rows what was done and that it is to be sent."""
        keys = sorted(row for row, column in cells if column == 0 and str(cells[row, column]).count(".") == 3)
        for row in keys[:ROWS]:
            cells[row, TEXT] = f"{WRITTEN} {next(NUMBERS)}"
            cells[row, LINK] = "https://school.example/prikaz"
            cells[row, CHOICE] = "Отправить на приёмку"

    def _upload(self, data: bytes) -> None:
        before = ReturnedFile.objects.count()
        address = f"/reports/{self.programme.pk}/send-back/"
        sent = {"file": data}
        self._until("upload", address, lambda: ReturnedFile.objects.count() > before, sent)

    def _until(self, name: str, address: str, done: Callable[[], bool], sent: dict[str, bytes]) -> None:
        """Post as a person does: again, while nothing came of it."""
        for kill in (True, True, False):
            values = {key: SimpleUploadedFile("отчёт.xlsx", data) for key, data in sent.items()}
            self.killer.run(name, partial(self._post, address, values), kill=kill)
            if done():
                return
        raise AssertionError(f"nothing came of: {name}")

    def _post(self, address: str, values: dict[str, Any]) -> None:
        answer = self.client.post(address, values)
        assert answer.status_code == 302, (answer.status_code, answer.content.decode()[-3000:])

    def _worked(self, name: str, done: Callable[[], bool]) -> None:
        """Kill the worker at it once or twice, look, then let another one take it up."""
        for kill in (True, self.killer.chance.random() < 1 / 2, False):
            work = worker.Worker(lease=LEASE, interval=0.01, once=True).run
            self.killer.run(name, work, kill=kill)
            check(self.killer)
            if done():
                return
            time.sleep(LEASE * 1.2)  # until the dead worker is taken for dead
        raise AssertionError(f"{name} was not taken up")


def _status(file: ReturnedFile) -> str:
    return ReturnedFile.objects.get(pk=file.pk).status


def _applying(file: ReturnedFile) -> Callable[[], bool]:
    return lambda: _status(file) != ReturnedFile.Status.CHECKING


def check(killer: Killer) -> None:
    """Raise AssertionError where anything is half done or done twice."""
    assert not verify().faults
    reported = Counter(Step.objects.filter(act="report").values_list("assignment", flat=True))
    assert set(reported.values()) <= {1}
    sent = Assignment.objects.filter(status="reported")
    assert set(reported) == set(sent.values_list("pk", flat=True))
    texts = Report.objects.filter(text__startswith=WRITTEN).values_list("text", flat=True)
    assert len(set(texts)) == len(texts)
    for file in ReturnedFile.objects.all():
        done = file.rows.exclude(done_at=None)
        assert {row.assignment_id for row in done} <= set(reported), (
            "a row is done with its act or not at all"
        )
        assert file.rows.values("row").distinct().count() == file.rows.count()
    ready = PreparedFile.objects.filter(status=PreparedFile.Status.READY)
    told = Counter(Notice.objects.filter(kind="prepared.ready").values_list("subject", flat=True))
    assert told == Counter(f"prepared.preparedfile:{file.pk}" for file in ready)
    assert Entry.objects.filter(code="prepared.asked").count() == PreparedFile.objects.count()
    _check_files(killer)


def _check_files(killer: Killer) -> None:
    """Each file that is named lies there whole; the sweeper takes what a kill left, and only that."""
    named: set[Any] = {*Document.objects.values_list("sha256", flat=True)}
    for model in (PreparedFile, ReturnedFile):
        named |= {*model.objects.exclude(sha256="").values_list("sha256", flat=True)}
    for digest in named:
        assert files.digest_of(files.place_of(digest).read_bytes()) == digest
    killer.tally.orphans += files.sweep(settled=-1, under_way=-1)
    assert {path.name for path in Path(settings.UPLOADS).glob("??/*")} == named
    assert not list(Path(settings.SCRATCH).iterdir())


def main(kills: int, seed: int) -> None:
    """Go rounds until `kills` processes were killed inside an operation."""
    settings.ROWS_AT_ONCE = settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    returning.AT_ONCE = returning.ROWS_AT_ONCE = 0  # type: ignore[misc]
    returning.BATCH = 5  # type: ignore[misc]
    running.declared = lambda: iter(())
    killer = Killer(random.Random(seed))
    programme = adopted()
    while killer.tally.killed.total() < kills:
        if Assignment.objects.filter(unit__short_name="Школа № 3", status="open").count() < ROWS:
            programme = adopted()
        Journey(killer, programme).run()
    print(json.dumps(vars(killer.tally)))  # noqa: T201
