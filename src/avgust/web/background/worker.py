"""`avgust worker`: makes the jobs that are due, does the tasks of the database, until it is stopped."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker

from avgust.web.background.models import Beat
from avgust.web.background.running import make_due, take_up

LEASE: Final = 60.0  # seconds after which a silent worker is taken for dead
INTERVAL: Final = 2.0  # seconds between two looks at an empty queue
log = logging.getLogger("avgust.background")


class Worker:
    """One worker: a thread says that it is alive, the main one works.

    `parent` is the process that started it; when that one is gone the worker ends by itself, so that no
    worker outlives a server that was killed.
    """

    def __init__(
        self,
        *,
        lease: float = LEASE,
        interval: float = INTERVAL,
        once: bool = False,
        parent: int | None = None,
    ) -> None:
        self.name = f"{os.uname().nodename[:32]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.lease = timedelta(seconds=lease)
        self.interval = interval
        self.once = once
        self.parent = parent
        self._stop = threading.Event()

    def run(self) -> None:
        """Work until stopped; with `once`, until nothing is left to do."""
        here = threading.current_thread() is threading.main_thread()
        names = (signal.SIGINT, signal.SIGTERM) if here else ()
        before = {name: signal.signal(name, lambda *_: self._stop.set()) for name in names}
        self._beat()
        beats = threading.Thread(target=self._beats, name="beats", daemon=True)
        beats.start()
        try:
            while not self._stop.is_set():
                self._look()
                if self.once:
                    break
                self._stop.wait(self.interval)
        finally:
            self._stop.set()
            beats.join(timeout=5)
            for name, handler in before.items():
                signal.signal(name, handler)
            with suppress(DatabaseError):
                Beat.objects.filter(worker=self.name).delete()

    def _look(self) -> None:
        """Do all that waits; a database that is busy or away is looked at again later."""
        close_old_connections()
        if self.parent is not None and os.getppid() != self.parent:
            self._stop.set()
            return
        for act in (lambda: take_up(self.lease), make_due, self._tasks):
            self._try(act)

    def _try(self, act: Callable[[], Any]) -> None:
        try:
            act()
        except DatabaseError as error:
            log.warning("The database does not answer: %s", type(error).__name__)

    def _tasks(self) -> None:
        """Do the tasks that are ready, one after the other, until none is or a signal comes."""
        TaskWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.name,
        ).run()

    def _beat(self) -> None:
        Beat.objects.update_or_create(worker=self.name, defaults={"seen_at": timezone.now()})

    def _beats(self) -> None:
        """Say that the worker is alive, three times a lease, on a connection of this thread."""
        try:
            while not self._stop.wait(self.lease.total_seconds() / 3):
                self._try(self._beat)
        finally:
            connection.close()
