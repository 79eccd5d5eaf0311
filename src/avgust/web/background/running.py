"""Making the runs that are due, doing them, and taking up what a dead worker left."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

try:  # Django 6 has it built in
    from django.tasks import TaskResultStatus, task
except ImportError:
    from django_tasks import TaskResultStatus, task  # type: ignore[assignment,no-redef]

from avgust.web.background.models import Beat, Run
from avgust.web.background.schedule import Job

ATTEMPTS: Final = 8
KEPT: Final = timedelta(days=30)  # finished tasks and runs, for who looks why nothing came
log = logging.getLogger("avgust.background")


def declared() -> Iterator[Job]:
    """Yield the jobs of every station."""
    for config in apps.get_app_configs():
        yield from getattr(config, "jobs", ())


def make_due(now: datetime | None = None) -> int:
    """Make a run, with the task that does it, for each job whose period has none; return how many.

    The unique key of the run decides between two workers: the other one's transaction fails as a whole.
    """
    moment = timezone.localtime(now)
    made = 0
    for job in declared():
        period = job.rhythm.period(moment)
        if period is None or Run.objects.filter(job=job.name, period=period).exists():
            continue
        try:
            with transaction.atomic():
                Run.objects.create(job=job.name, period=period)
                run_period.enqueue(job.name, period)
        except IntegrityError:  # another worker was first
            continue
        made += 1
    return made


@task()
def run_period(job: str, period: str) -> None:
    """Do a job for a period, unless it is done; after a failure again, each time after twice as long."""
    run = Run.objects.get(job=job, period=period)
    if run.finished_at is not None:
        return
    paths = {one.name: one.path for one in declared()}
    try:
        if job in paths:  # one that a newer version no longer has is done by doing nothing
            import_string(paths[job])(period)
    except Exception as error:
        _again(run, error)
        raise
    Run.objects.filter(pk=run.pk).update(finished_at=timezone.now(), error="")


@transaction.atomic
def _again(run: Run, error: Exception) -> None:
    run.attempts += 1
    run.error = type(error).__name__
    run.save(update_fields=["attempts", "error"])
    log.error("%s failed for the %d. time: %s", run, run.attempts, run.error)
    if run.attempts < ATTEMPTS:
        after = timezone.now() + timedelta(minutes=2 ** (run.attempts - 1))
        run_period.using(run_after=after).enqueue(run.job, run.period)


@transaction.atomic
def take_up(lease: timedelta) -> int:
    """Make the tasks of dead workers ready again; return how many.

    A task is done at least once: what it writes must have a key, as the runs of jobs do.
    """
    alive = set(Beat.objects.filter(seen_at__gt=timezone.now() - lease).values_list("worker", flat=True))
    running = DBTaskResult.objects.running().select_for_update(skip_locked=True)
    left = [one.pk for one in running if not (one.worker_ids and one.worker_ids[-1] in alive)]
    DBTaskResult.objects.filter(pk__in=left).update(status=TaskResultStatus.READY, started_at=None)
    if left:
        log.warning("%d tasks of a worker that is gone are taken up again", len(left))
    return len(left)


def tidy(_period: str) -> None:
    """Forget what was finished long ago."""
    before = timezone.now() - KEPT
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    Run.objects.filter(finished_at__lt=before).delete()
    Beat.objects.filter(seen_at__lt=before).delete()
