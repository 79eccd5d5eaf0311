"""The limits that a reading process sets for itself, and that it does not outlive its server."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from typing import Final

_END_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of prctl(2)


def end_with(parent: int) -> None:
    """Have the kernel end this process when its parent is killed; one that is gone already ends it now.

    Elsewhere than on Linux nothing but the limits ends it then.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit(1)


def set_limits(*, cpu_seconds: int, memory: int, written: int) -> None:
    """Bound this process and its own children for good; no limit can be raised again."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, _within(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, _within(resource.RLIMIT_FSIZE, written, written))
    resource.setrlimit(resource.RLIMIT_AS, _within(resource.RLIMIT_AS, memory, memory))


def _within(kind: int, soft: int, hard: int) -> tuple[int, int]:
    """Return the limits, lowered to a hard limit that the server itself was started with."""
    most = resource.getrlimit(kind)[1]
    if most == resource.RLIM_INFINITY:
        return soft, hard
    return min(soft, most), min(hard, most)
