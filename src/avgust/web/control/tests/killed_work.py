"""A year of work in which most processes are killed, on DATABASE_URL; run by `test_killed.py`, Django set up.

Prints what was killed as JSON; ends with a failed assertion where a kill left a half of anything.
"""

from __future__ import annotations

import io
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from datetime import time as datetime_time
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from avgust.domain.control.states import OWED, Act, Status
from avgust.domain.evidence import examine
from avgust.domain.periods import working_day
from avgust.domain.resolutions.readers.read import read
from avgust.domain.resolutions.stages import parse
from avgust.web import files
from avgust.web.accounts.models import Post, User
from avgust.web.audit.models import Entry
from avgust.web.audit.verifying import verify
from avgust.web.background import running, worker
from avgust.web.background.models import Run
from avgust.web.background.schedule import Job
from avgust.web.background.tests.killing import Killer, beside
from avgust.web.control import codes, receiving
from avgust.web.control.assigning import fan_out
from avgust.web.control.models import Assignment, Evidence, Report, Step
from avgust.web.documents import actions as documents
from avgust.web.documents.models import Document
from avgust.web.notices import gathering, letters, sending
from avgust.web.notices.catcher import Catcher
from avgust.web.notices.models import CaughtLetter, Letter, Notice
from avgust.web.programmes.models import Programme
from avgust.web.territory.models import Membership, Unit

SINCE, FIRST = date(2020, 9, 1), date(2025, 9, 2)
SCHOOLS, LEASE = 6, 0.2
# Due long after the last day of the longest run: a school does not owe what was due before it opened.
TEXT: Final = """РЕЗОЛЮЦИЯ
августовского совещания работников образования Заозёрного округа
27 августа 2025 года
Участники совещания РЕШИЛИ:
1. Руководителям общеобразовательных организаций:
1.1. Принять положение № {number} о наставничестве до 1 октября 2030 года.
1.2. Провести {number} тренировок по эвакуации до 1 марта 2031 года.
"""
DECISIONS: Final = (Act.ACCEPT, Act.RETURN)
HANDED: Final = Path(settings.UPLOADS).parent / "handed-over.txt"


class Once:
    """A rhythm that names one period."""

    def __init__(self, period: str) -> None:
        self.name = period

    def period(self, _now: datetime) -> str:
        return self.name


def post(person: User, address: str, **values: Any) -> Callable[[], object]:
    """Return an operation: a request of a signed-in person through the whole application."""
    client = Client()
    client.force_login(person)

    def ask() -> object:
        answer = client.post(address, values)
        assert answer.status_code in (200, 302), (address, answer.status_code)
        return answer

    return ask


def picture(number: int) -> SimpleUploadedFile:
    """Return a photograph like no other."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8), (number % 256, number // 256 % 256, 7)).save(out, "PNG")
    return SimpleUploadedFile(f"{number}.png", out.getvalue(), "image/png")


class Work:
    """The operations, each of which leaves something to do for another."""

    def __init__(self, killer: Killer) -> None:
        self.killer, self.chance = killer, killer.chance
        self.number, self.day = 0, FIRST
        self.place = Unit.objects.get(short_name="Заозёрный округ")
        self.officer = User.objects.get(email="municipality@avgust.test")
        for _ in range(SCHOOLS):
            self.new_school(SINCE)

    def next(self) -> int:
        self.number += 1
        return self.number

    def new_school(self, day: date) -> Unit:
        number = self.next()
        unit = Unit.objects.create(kind="school", name=f"Школа {number}", short_name=f"Ш{number}", opened=day)
        Membership.objects.create(unit=unit, parent=self.place, since=day)
        head = User.objects.create_user(f"k{number}@avgust.test", full_name=f"Имя {number}")
        Post.objects.create(user=head, role="head", unit=unit, since=SINCE)
        return unit

    def head_of(self, row: Assignment) -> User:
        return User.objects.get(posts__unit=row.unit_id)

    def one(self, *statuses: Status) -> Assignment | None:
        rows = Assignment.objects.filter(status__in=[one.value for one in statuses])
        found = list(rows.values_list("pk", flat=True))
        return Assignment.objects.get(pk=self.chance.choice(found)) if found else None

    # ── operations: each answers whether there was anything to do ─────────────
    def adopt(self) -> bool:
        """Upload a resolution and adopt it: the fan-out is in the transaction of the adoption."""
        text = SimpleUploadedFile("r.txt", TEXT.format(number=self.next()).encode())
        self.killer.run("document", post(self.officer, "/documents/upload/", file=text, unit=self.place.pk))
        waiting = Document.objects.exclude(status="adopted").first()
        if waiting:
            address = f"/programmes/adopt/{waiting.pk}/"
            self.killer.run("adoption", post(self.officer, address, version=waiting.version))
        return True

    def upload(self) -> bool:
        """Send a photograph, kept in memory or on the disk while it comes; a quarter of them are examined
        in the process that they are in production.
        """
        row = self.one(*OWED)
        if row is None:
            return False
        file = picture(self.next())
        address = f"/control/{row.pk}/report/"
        isolated = self.chance.random() < 1 / 4
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = self.chance.choice((0, 5 * 2**20))
        receiving.examine_isolated = EXAMINE if isolated else examine
        name = "upload, isolated" if isolated else "upload"
        self.killer.run(name, post(self.head_of(row), address, do="save", text="Сделано", file=file))
        return True

    def take_away(self) -> bool:
        """Take a photograph out of a draft: its file goes after the transaction."""
        rows = Evidence.objects.filter(report__outcome=Report.Outcome.DRAFT).exclude(sha256="")
        row = rows.exclude(report__assignment__reports__outcome=Report.Outcome.RETURNED).first()
        if row is None or row.report is None:
            return False
        work = row.report.assignment
        ask = post(self.head_of(work), f"/control/{work.pk}/report/", without=row.pk, text="Сделано")
        self.killer.run("taking away", ask)
        return True

    def send(self) -> bool:
        rows = Assignment.objects.owed().filter(reports__outcome="draft", reports__evidence__isnull=False)
        row = rows.distinct().first()
        if row is None:
            return False
        ask = post(self.head_of(row), f"/control/{row.pk}/report/", do="send", text="Готово")
        self.killer.run("report", ask)
        return True

    def decide(self) -> bool:
        row = self.one(Status.REPORTED)
        if row is None:
            return False
        act = self.chance.choice(DECISIONS)
        values = {"act": act.value, "version": row.version, "reason": "Мало." if act is Act.RETURN else ""}
        self.killer.run("acceptance", post(self.officer, f"/control/{row.pk}/act/", **values))
        return True

    def decide_many(self) -> bool:
        """Accept many at once: a kill leaves some done and some not, each whole."""
        rows = Assignment.objects.filter(status=Status.REPORTED.value)[:20]
        if not rows:
            return False
        values = {f"version-{row.pk}": row.version for row in rows}
        chosen = {"chosen": [row.pk for row in rows], "act": Act.ACCEPT.value}
        self.killer.run("acceptance of many", post(self.officer, "/control/decide/", **values, **chosen))
        return True

    def register(self) -> bool:
        """A school opens, another one is merged into it; the worker follows the register."""
        self.next_day()
        opened = self.new_school(self.day)
        old = Unit.objects.filter(name__startswith="Школа ", closed=None, opened__lt=self.day)
        closing = old.exclude(pk=opened.pk).order_by("pk").last()
        if closing and Unit.objects.filter(name__startswith="Школа ", closed=None).count() > SCHOOLS:
            Unit.objects.filter(pk=closing.pk).update(
                closed=self.day - timedelta(days=1), successor=opened.pk
            )
        self.job("fan-out", Job("control.register", REGISTER, Once(self.day.isoformat())))
        for programme in Programme.objects.all():
            assert not fan_out(programme, day=self.day, actor=None), "the worker left something undone"
        return True

    def remind(self) -> bool:
        """Reminders of a day and their letters, by the worker."""
        self.next_day()
        while not working_day(self.day):
            self.next_day()
        some = Assignment.objects.owed().order_by("?").values_list("pk", flat=True)[:20]
        Assignment.objects.filter(pk__in=list(some)).update(due=self.day)
        moment = timezone.make_aware(datetime.combine(self.day, datetime_time(10)))
        letters_job = partial(_letters, moment)
        named = ModuleType("killed_letters")
        named.work = letters_job  # type: ignore[attr-defined]
        sys.modules["killed_letters"] = named
        self.job("reminders", Job(gathering.JOB, "avgust.web.notices.gathering.gather", Once(str(self.day))))
        self.job("letters", Job("tests.letters", "killed_letters.work", Once(str(self.day))))
        assert not Letter.objects.exclude(state=Letter.State.SENT).exists()
        told = Notice.objects.filter(due=self.day, step__startswith="owner").count()
        assert told == Assignment.objects.owed().filter(due=self.day).count()
        return True

    def next_day(self) -> None:
        self.day += timedelta(days=1)

    def job(self, name: str, job: Job) -> None:
        """Kill the worker at the job once or twice, look, then let another worker take it up.

        A third of those that are killed work beside another one, which goes on.
        """
        running.declared = lambda: iter([job])
        run = Run.objects.filter(job=job.name, period=job.rhythm.period(timezone.now()))
        for kill in (True, self.chance.random() < 1 / 2, False):
            work = worker.Worker(lease=LEASE, interval=0.01, once=True).run
            alone = not kill or self.chance.random() < 2 / 3
            with nullcontext() if alone else beside(work):
                self.killer.run(name if alone else f"{name}, two workers", work, kill=kill)
            check(self.killer)
            if run.exclude(finished_at=None).exists():
                break
            time.sleep(LEASE * 1.2)  # until the dead worker is taken for dead
        assert run.get().finished_at, f"{name} was not taken up"
        assert not run.get().attempts, f"{name} failed by itself: {run.get().error}"


def _letters(moment: datetime, _period: str) -> None:
    letters.write_letters(moment)
    while sending.Letter.objects.exclude(state="sent").exists():
        sending.send_letters(timedelta(seconds=LEASE))
        time.sleep(LEASE / 10)


def _handed(self: Catcher, messages: Any) -> int:
    """Note what a mail server is given, beside what it keeps."""
    with HANDED.open("a") as file:
        file.writelines(f"{one.message()['Message-ID']}\n" for one in messages)
    return CAUGHT(self, messages)


EXAMINE, CAUGHT = receiving.examine_isolated, Catcher.send_messages
REGISTER: Final = "avgust.web.control.assigning.follow_register"


# ── what must hold after every kill ───────────────────────────────────────────
def check(killer: Killer) -> None:
    """Raise AssertionError where anything is half done."""
    assert not verify().faults
    _check_acts()
    _check_reports()
    _check_programmes()
    _check_letters()
    _check_files(killer)


def _check_acts() -> None:
    """Status, history, journal, notices: each act is in all of them or in none."""
    steps: dict[int, list[Step]] = {}
    for step in Step.objects.order_by("id"):
        steps.setdefault(step.assignment_id, []).append(step)
    said = Counter(
        int(pk)
        for pk in Entry.objects.filter(
            subject_type="control.assignment", code__in=[str(code.code) for code in codes.ACTS.values()]
        ).values_list("subject_id", flat=True)
    )
    told = Counter(Notice.objects.filter(kind__startswith="control.").values_list("subject", flat=True))
    for row in Assignment.objects.all():
        history = steps.get(row.pk, [])
        acts = [step for step in history if step.actor_id]
        assert row.status == (history[-1].status if history else "open"), row.pk
        assert row.version == len(acts) == said[row.pk], row.pk
        decided = [step for step in acts if Act(step.act) in DECISIONS]
        assert told[f"control.assignment:{row.pk}"] == len(decided), row.pk


def _check_reports() -> None:
    """What became of the last report is what became of the assignment; evidence stands in the journal."""
    outcomes = {"reported": "sent", "accepted": "accepted", "returned": "returned"}
    journal = Entry.objects.filter(subject_type="control.assignment")
    added = Counter(journal.filter(code=codes.EVIDENCE_ADDED.code).values_list("subject_id", flat=True))
    removed = Counter(journal.filter(code=codes.EVIDENCE_REMOVED.code).values_list("subject_id", flat=True))
    for row in Assignment.objects.prefetch_related("reports__evidence"):
        sent = [one for one in row.reports.all() if one.outcome != "draft"]
        if row.status in outcomes:
            assert sent[-1].outcome == outcomes[row.status], row.pk
        assert sum(one.outcome == "sent" for one in sent) <= 1
        kept = {one.sha256 for report in row.reports.all() for one in report.evidence.all()}
        assert len(kept) == added[str(row.pk)] - removed[str(row.pk)], row.pk


def _check_programmes() -> None:
    """An adopted document has its programme with all assignments and its entry; another has nothing."""
    for document in Document.objects.filter(file_name="r.txt"):
        made = Programme.objects.filter(document=document)
        assert len(made) == (document.status == "adopted"), document.pk
        for programme in made:
            by_unit = Counter(programme.assignments.values_list("unit", flat=True))
            assert by_unit
            assert set(by_unit.values()) == {2}, "a school has both measures or none of them"
            assert Entry.objects.filter(
                subject_type="programmes.programme", subject_id=programme.pk, code="programmes.adopted"
            ).exists()


def _check_letters() -> None:
    """A letter that is called sent was handed over; nobody keeps two of a day."""
    caught = Counter(CaughtLetter.objects.values_list("message_id", flat=True))
    assert set(caught.values()) <= {1}
    sent = set(Letter.objects.filter(state=Letter.State.SENT).values_list("message_id", flat=True))
    assert sent <= set(caught)
    assert len(caught) <= Letter.objects.count()


def _check_files(killer: Killer) -> None:
    """Each file that is named lies there whole; the sweeper takes what a kill left, and only that."""
    named = {*Evidence.objects.exclude(sha256="").values_list("sha256", flat=True)}
    named |= {*Document.objects.values_list("sha256", flat=True)}
    for digest in named:
        assert files.digest_of(files.place_of(digest).read_bytes()) == digest
    killer.tally.orphans += files.sweep(settled=-1, under_way=-1)
    assert {path.name for path in _files()} == named
    assert not list(Path(settings.SCRATCH).iterdir())


def _files() -> Iterator[Path]:
    return Path(settings.UPLOADS).glob("??/*")


def main(kills: int, seed: int) -> None:
    """Work until `kills` processes were killed inside an operation."""
    documents.parse_isolated = lambda data, name, earlier=(): parse(read(data, name), earlier)  # type: ignore[assignment]
    Catcher.send_messages = _handed  # type: ignore[method-assign]
    gathering.BATCH, letters.AT_ONCE = 3, 2  # type: ignore[misc]
    killer = Killer(random.Random(seed))
    work = Work(killer)
    named = {work.adopt: 2, work.upload: 3, work.take_away: 1, work.send: 3, work.decide: 4}
    named |= {work.decide_many: 2, work.register: 2, work.remind: 2}
    work.adopt()
    while killer.tally.killed.total() < kills:
        (operation,) = killer.chance.choices(list(named), list(named.values()))
        if operation():
            check(killer)
    handed = Counter(HANDED.read_text().split() if HANDED.exists() else ())
    killer.tally.again = handed.total() - len(handed)
    print(json.dumps(vars(killer.tally)))  # noqa: T201
