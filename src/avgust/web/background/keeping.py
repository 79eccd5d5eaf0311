"""Keeping one worker running beside a server: started anew when it ends, stopped with the server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import Final

LONGEST: Final = 30.0  # seconds between two starts of a worker that ends at once
STEADY: Final = 60.0  # seconds after which a worker is taken to have been well
LOOK: Final = 1.0


def start_keeper() -> subprocess.Popen[bytes]:
    """Start a process that keeps a worker for as long as this process lives."""
    command = [sys.executable, "-m", "avgust.cli", "worker", "--keep", "--parent", str(os.getpid())]
    return subprocess.Popen(command)


def stop_keeper(keeper: subprocess.Popen[bytes]) -> None:
    """End it, and with it its worker, which finishes what it is at."""
    keeper.terminate()
    try:
        keeper.wait(timeout=20)
    except subprocess.TimeoutExpired:
        keeper.kill()


def keep(arguments: list[str], parent: int | None) -> int:
    """Run `avgust worker` with `arguments` again and again, until stopped or until `parent` is gone."""
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    pause = LOOK
    while not _over(stop, parent):
        began = time.monotonic()
        command = [sys.executable, "-m", "avgust.cli", "worker", *arguments, "--parent", str(os.getpid())]
        worker = subprocess.Popen(command)
        while worker.poll() is None and not _over(stop, parent):
            stop.wait(LOOK)
        if worker.poll() is None:
            _end(worker)
            break
        pause = LOOK if time.monotonic() - began > STEADY else min(pause * 2, LONGEST)
        stop.wait(pause)
    return 0


def _over(stop: threading.Event, parent: int | None) -> bool:
    return stop.is_set() or (parent is not None and os.getppid() != parent)


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(timeout=15)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
