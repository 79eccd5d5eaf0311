"""The limits that a reading process sets for itself."""

from __future__ import annotations

import resource


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
