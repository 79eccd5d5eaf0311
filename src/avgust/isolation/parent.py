"""Starts the reading process, waits for it, and turns whatever becomes of it into an answer."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final, TypeVar

from avgust.domain.resolutions.model import EarlierClause, Resolution, SourceDocument
from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.resolutions.readers.limits import MAX_BYTES
from avgust.isolation.transport import decode_outcome, decode_parsed, earlier_out

T = TypeVar("T")

logger = logging.getLogger(__name__)
logger.addHandler(logging.NullHandler())  # on the command line its message is enough

# Isolated mode (-I) ignores PYTHON* variables, the user's site folder and the current folder.
_BOOT: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from avgust.isolation.CHILD import main; sys.exit(main())"
)
_ROOT: Final = str(Path(__file__).resolve().parents[2])
_LONGEST_NAME: Final = 255


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reading may take. `wall_seconds` counts waiting too: it is the time of the user."""

    cpu_seconds: int = 30
    wall_seconds: float = 45.0
    memory: int = 1024 * 1024 * 1024  # address space, bytes
    written: int = 256 * 1024 * 1024  # any one file, bytes


DEFAULT_LIMITS: Final = Limits()


def read_isolated(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> SourceDocument:
    """Return the document in `data`, read in a fresh process that knows nothing of the server.

    Raises ReadError, and nothing else, for what cannot be read, also when the process is killed, runs
    out of time or memory, or answers nonsense. `name` may be anything; it never becomes a path.
    """
    return _trusted(decode_outcome, answer_from(data, {"name": name}, limits))


def parse_isolated(
    data: bytes, name: str, earlier: Sequence[EarlierClause] = (), limits: Limits = DEFAULT_LIMITS
) -> Resolution:
    """Return the resolution in `data`, read and parsed in the same way as `read_isolated` reads.

    The rules of the parser meet a stranger's text too: what takes them too long is an error message.
    """
    order = {"name": name, "earlier": earlier_out(earlier)}
    return _trusted(decode_parsed, answer_from(data, order, limits))


def _trusted(decode: Callable[[bytes], T], answer: bytes) -> T:
    """Return what the process answered, when it is what it must be."""
    try:
        return decode(answer)
    except ValueError as error:
        logger.warning("The reading process answered nonsense: %s", error)
        raise ReadError("crashed") from error


def answer_from(data: bytes, told: dict[str, Any], limits: Limits, child: str = "child") -> bytes:
    """Return what a fresh process that runs the module `child` answers about `data`."""
    if not data:
        raise ReadError("empty")
    if len(data) > MAX_BYTES:  # told here, since a file so large is not worth a process
        raise ReadError("too_large", size=-(-len(data) // 2**20), limit=MAX_BYTES // 2**20)
    with (
        tempfile.TemporaryDirectory(prefix="avgust-read-") as folder,
        tempfile.TemporaryFile(dir=folder) as order,
        tempfile.TemporaryFile(dir=folder) as answer,
        tempfile.TemporaryFile(dir=folder) as trace,
    ):
        _write_order(order, data, told, limits)
        status = _run(child, order, answer, trace, folder, limits)
        if status != 0:
            raise _failure(status, trace, limits)
        answer.seek(0)
        return answer.read()


def _write_order(order: IO[bytes], data: bytes, told: dict[str, Any], limits: Limits) -> None:
    bounds = asdict(limits)
    del bounds["wall_seconds"]
    head = {**told, "name": told["name"][-_LONGEST_NAME:], "limits": bounds, "parent": os.getpid()}
    order.write(json.dumps(head).encode("ascii") + b"\n")
    order.write(data)
    order.seek(0)


def _run(
    child: str, order: IO[bytes], answer: IO[bytes], trace: IO[bytes], folder: str, limits: Limits
) -> int:
    """Return the exit status of the process; that of SIGXCPU when the wall clock ran out."""
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", _BOOT.replace("CHILD", child), _ROOT],
        stdin=order,
        stdout=answer,
        stderr=trace,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,
    )
    try:
        return process.wait(limits.wall_seconds)
    except subprocess.TimeoutExpired:
        return -signal.SIGXCPU
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # with the converters that it may have started
        process.wait()


def _environment(folder: str) -> dict[str, str]:
    """Return the few variables that programs need; secrets of the server are not among them."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": folder,
        "TMPDIR": folder,
        "LANG": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _failure(status: int, trace: IO[bytes], limits: Limits) -> ReadError:
    """Return what to tell the user about a process that ended with `status`."""
    trace.seek(0, os.SEEK_END)
    trace.seek(max(trace.tell() - 4_000, 0))
    told = trace.read().decode("utf-8", "replace")
    logger.warning("The reading process ended with %s: %s", status, told)
    if status == -signal.SIGXCPU:
        return ReadError("timeout", seconds=int(limits.wall_seconds))
    if "MemoryError" in told or "memory allocation" in told:
        return ReadError("memory")
    return ReadError("crashed")
