"""How long and how much: wall time of the best of several runs, peak memory of a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any


def best_seconds(work: Callable[[], object], runs: int = 3) -> float:
    """Return the shortest of `runs` wall times of `work`, in seconds."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def timed(work: Callable[[], Any]) -> tuple[Any, str]:
    """Return what `work` returns, and its time by the clock and by the processor of this process."""
    began, used = time.perf_counter(), time.process_time()
    done = work()
    clock, processor = time.perf_counter() - began, time.process_time() - used
    return done, f"{clock:.1f} s (processor {processor:.1f})"


def machine_ms() -> float:
    """Return the milliseconds of a million additions, the best of three: how fast the machine is just now.

    A virtual machine's speed changes two- to threefold within the hour: no figure stands alone.
    """

    def add() -> None:
        total = 0
        for number in range(1_000_000):
            total += number

    return best_seconds(add) * 1000


def peak_megabytes(code: str) -> float:
    """Return the peak resident memory of a fresh Python that runs `code`, in MB.

    Linux keeps `ru_maxrss` of the parent over exec; the high-water mark of the new image does not lie.
    """
    tail = "\nprint([line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')][0])"
    done = subprocess.run([sys.executable, "-c", code + tail], capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1]) / 1024


def command_seconds(command: list[str], runs: int = 3) -> float:
    """Return the shortest wall time of a command, started anew each time."""
    return best_seconds(lambda: subprocess.run(command, capture_output=True, check=True), runs)
