"""Killing a process inside an operation: by the clock, or before and after each of its writes.

The parent does each operation once itself, and is as warm as a server then: addresses, templates, catalogues.
After that it has no connection open, and each operation runs in a fork of it, as a request runs in a worker of
gunicorn, and is ended by SIGKILL: no handler runs, no transaction is closed.
"""

from __future__ import annotations

import gc
import os
import random
import select
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from django.db import DEFAULT_DB_ALIAS, connection, connections

from avgust.web.serving import leave_database

LONGEST: Final = 60.0  # seconds of an operation that nobody kills
BEGAN, IN_TRANSACTION, DONE = b"b", b"t", b"d"


@dataclass
class Tally:
    """What was killed: operations by name, how many kills fell inside, how many inside a transaction."""

    killed: Counter[str] = field(default_factory=Counter)
    finished: Counter[str] = field(default_factory=Counter)
    in_transaction: int = 0
    orphans: int = 0  # files that a killed process left, swept afterwards
    again: int = 0  # letters that were handed over a second time, with the number that the server knows


@dataclass
class Killer:
    """Runs operations in forks and kills most of them; remembers how long each lasts to fall inside it."""

    chance: random.Random
    tally: Tally = field(default_factory=Tally)
    points: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def run(self, name: str, operation: Callable[[], object], *, kill: bool = True) -> bool:
        """Run `operation`; return whether it came to its end.

        Two of three kills are at a write (`points`), the third at a moment of the clock.
        """
        if name not in self.points:
            self._learn(name, operation)
            return True
        point, after = 0, LONGEST
        if kill:
            if self.chance.random() < 2 / 3:
                point = self.chance.randint(1, self.points[name])
            else:
                after = self.chance.uniform(0, self.seconds[name])
        said, seconds = _forked(operation, point, after)
        if DONE in said:
            self.points[name] = max(self.points.get(name, 1), said.count(b"."))
            self.seconds[name] = seconds
            self.tally.finished[name] += 1
            return True
        assert BEGAN in said, f"{name} was killed before it began"
        self.tally.killed[name] += 1
        self.tally.in_transaction += IN_TRANSACTION in said
        return False

    def _learn(self, name: str, operation: Callable[[], object]) -> None:
        """Do the operation here, count its points, look at the clock."""
        passed, began = 0, time.monotonic()

        def pass_point() -> None:
            nonlocal passed
            passed += 1

        with _points(pass_point):
            operation()
        self.points[name], self.seconds[name] = max(passed, 1), time.monotonic() - began
        self.tally.finished[name] += 1
        gc.freeze()  # no fork looks over what its parent has loaded


@contextmanager
def beside(operation: Callable[[], object]) -> Iterator[None]:
    """Let a process that nobody kills work at the same time; wait for its end."""
    leave_database()
    child = os.fork()
    if child == 0:
        _work(operation, 0, os.open(os.devnull, os.O_WRONLY))
    yield
    _pid, status = os.waitpid(child, 0)
    assert status == 0, "the process beside failed by itself"


def _forked(operation: Callable[[], object], point: int, after: float) -> tuple[bytes, float]:
    """Return what the child said before it ended, and how long it worked."""
    leave_database()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(operation, point, writing)
    os.close(writing)
    try:
        return _listen(reading, child, after)
    finally:
        os.close(reading)


def _listen(reading: int, child: int, after: float) -> tuple[bytes, float]:
    said, began, killed = b"", time.monotonic(), False
    while True:
        left = began + (after if BEGAN in said else LONGEST) - time.monotonic()
        ready = killed or select.select([reading], [], [], max(left, 0))[0]
        if not ready:
            os.kill(child, signal.SIGKILL)
            killed = True
            continue
        some = os.read(reading, 65536)
        if not some:
            break
        if BEGAN in some:
            began = time.monotonic()
        said += some
    seconds = time.monotonic() - began
    _pid, status = os.waitpid(child, 0)
    ended = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert ended or (DONE in said and os.WEXITSTATUS(status) == 0), "the operation failed by itself"
    return said, seconds


def _work(operation: Callable[[], object], point: int, writing: int) -> None:
    """Be the child: do the operation, say each point, die at the one that was drawn."""
    passed = 0

    def pass_point() -> None:
        nonlocal passed
        passed += 1
        if passed == point:
            os.write(writing, IN_TRANSACTION if connection.in_atomic_block else b"")
            os.kill(os.getpid(), signal.SIGKILL)
        os.write(writing, b".")

    try:
        with _points(pass_point):
            os.write(writing, BEGAN)
            operation()
        os.write(writing, DONE)
        for one in connections.all(initialized_only=True):
            one.close()
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)
    os._exit(0)


@contextmanager
def _points(pass_point: Callable[[], None]) -> Iterator[None]:
    """Call `pass_point` before and after each statement that writes, each commit and each move of a file."""

    def around(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        writes = sql.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}
        if writes:
            pass_point()
        answer = execute(sql, params, many, context)
        if writes:
            pass_point()
        return answer

    def both_sides(function: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **kwargs: Any) -> Any:
            pass_point()
            answer = function(*args, **kwargs)
            pass_point()
            return answer

        return called

    backend = type(connections[DEFAULT_DB_ALIAS])
    moved, dropped = Path.replace, Path.unlink
    with (
        connection.execute_wrapper(around),
        patch.object(backend, "_commit", both_sides(backend._commit)),
        patch.object(Path, "replace", both_sides(moved)),
        patch.object(Path, "unlink", both_sides(dropped)),
    ):
        yield
