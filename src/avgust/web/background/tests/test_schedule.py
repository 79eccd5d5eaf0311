"""When jobs fall due, and what becomes of a run that fails or whose worker is gone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from avgust.web.background import running
from avgust.web.background.models import Beat, Run
from avgust.web.background.schedule import Daily, Every, Job
from avgust.web.background.worker import Worker

at = datetime.fromisoformat


@pytest.mark.parametrize(
    ("rhythm", "now", "period"),
    [
        (Daily(6), at("2026-03-24 05:59"), None),
        (Daily(6), at("2026-03-24 06:00"), "2026-03-24"),
        (Daily(0), at("2026-03-24 00:00"), "2026-03-24"),
        (Every(10), at("2026-03-24 09:59"), "2026-03-24T09:50"),
        (Every(10), at("2026-03-24 10:00"), "2026-03-24T10:00"),
        (Every(60), at("2026-03-24 23:59"), "2026-03-24T23:00"),
        (Every(1440), at("2026-03-24 23:59"), "2026-03-24T00:00"),
    ],
)
def test_period(rhythm, now: datetime, period: str | None) -> None:
    assert rhythm.period(now) == period


done: list[str] = []


def work(period: str) -> None:
    done.append(period)


def fail(_period: str) -> None:
    raise ValueError("Боровой Илья")


@pytest.fixture
def job(db, monkeypatch):
    """Declare one job, due every day from six; its path is settable."""
    done.clear()
    found = {"path": f"{__name__}.work"}
    monkeypatch.setattr(running, "declared", lambda: iter([Job("tests.work", found["path"], Daily(hour=6))]))
    monkeypatch.setattr(
        running, "import_string", lambda path: {"work": work, "fail": fail}[path.split(".")[-1]]
    )
    return found


def noon(day: int = 24) -> datetime:
    return timezone.make_aware(datetime(2026, 3, day, 12))  # noqa: DTZ001


def test_a_period_is_made_once(job) -> None:
    assert [running.make_due(noon()), running.make_due(noon()), running.make_due(noon(25))] == [1, 0, 1]
    assert DBTaskResult.objects.ready().count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_what_is_due_and_nothing_twice(job) -> None:
    running.make_due(noon())
    Worker(once=True).run()
    Worker(once=True).run()
    assert done.count("2026-03-24") == 1
    assert Run.objects.get(period="2026-03-24").finished_at
    assert not Beat.objects.exists()


def test_a_failure_is_tried_again_later_and_keeps_no_words(job) -> None:
    job["path"] = f"{__name__}.fail"
    running.make_due(noon())
    for attempt in range(1, running.ATTEMPTS + 1):
        with pytest.raises(ValueError, match="Боровой"):
            running.run_period.func("tests.work", "2026-03-24")
        run = Run.objects.get()
        assert (run.attempts, run.error, run.finished_at) == (attempt, "ValueError", None)
    later = DBTaskResult.objects.order_by("-run_after").exclude(run_after__year=9999)
    assert later.count() == running.ATTEMPTS - 1
    assert later.first().run_after > timezone.now() + timedelta(hours=1)


def test_a_job_that_is_gone_is_done_by_doing_nothing(job) -> None:
    Run.objects.create(job="tests.older", period="2026-03-24")
    running.run_period.func("tests.older", "2026-03-24")
    assert Run.objects.get().finished_at
    assert done == []


@pytest.mark.parametrize(("silent", "taken"), [(5, 0), (120, 1), (None, 1)])
def test_what_a_dead_worker_left_is_taken_up(job, silent: int | None, taken: int) -> None:
    running.make_due(noon())
    DBTaskResult.objects.get().claim("worker-1")
    if silent is not None:
        Beat.objects.create(worker="worker-1", seen_at=timezone.now() - timedelta(seconds=silent))
    assert running.take_up(timedelta(seconds=60)) == taken
    assert DBTaskResult.objects.ready().count() == taken


def test_tidy_forgets_what_was_finished_long_ago(job) -> None:
    old = timezone.now() - timedelta(days=40)
    Run.objects.create(job="x", period="1", finished_at=old)
    Run.objects.create(job="x", period="2")
    Beat.objects.create(worker="gone", seen_at=old)
    running.tidy("")
    assert list(Run.objects.values_list("period", flat=True)) == ["2"]
    assert not Beat.objects.exists()
