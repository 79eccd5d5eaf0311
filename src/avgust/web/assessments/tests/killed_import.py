"""An import that is killed by SIGKILL at each of its steps, then taken up again; run by `test_killed_import.py`.

Every act runs in a fork that has used no DuckDB: its threads do not survive a fork. Prints what stood after each
kill and after the worker that took the upload up.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

from django.db import connections

from avgust.web.accounts.models import Post, User
from avgust.web.assessments import actions, importing, turns
from avgust.web.assessments.models import RefusedRow, SchoolInWork, Upload, Work
from avgust.web.assessments.schools import SYSTEM
from avgust.web.territory.models import ExternalId, Membership, Unit
from avgust.web.warehouse import publishing
from avgust.web.warehouse.results import open_results

HEADS = "ОО;Класс;Код участника;1 (2б);2 (1б);Первичный балл"
DAY = date(2020, 9, 1)


def table(points: int, pupils: int = 30) -> bytes:
    """A class of 4А whose pupils all have `points` in the first item; the last row's sum is wrong."""
    rows = [f"edu000001;4А;{number};{points};0;{points}" for number in range(1, pupils + 1)]
    return "\n".join([HEADS, *rows, f"edu000001;4А;99;{points};0;{points + 1}"]).encode()


def forked(act: Callable[[], Any]) -> tuple[int, Any]:
    """Run `act` in a fork; return the signal that ended it (0: none) and what it returned."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        code = 1
        try:
            os.write(writing, json.dumps(act()).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _pid, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError("the act failed")
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, json.loads(said) if said else None


def die(*_arguments: object, **_named: object) -> None:
    """End this process as the kernel would."""
    os.kill(os.getpid(), signal.SIGKILL)


def after(module: Any, name: str) -> None:
    """Let the process die as soon as a function has done its work."""
    real = getattr(module, name)

    def dying(*arguments: Any, **named: Any) -> Any:
        real(*arguments, **named)
        die()

    setattr(module, name, dying)


KILLS: dict[str, Callable[[], None]] = {
    "before the first row": lambda: setattr(importing.Import, "_lines", die),
    "after a chunk was kept": lambda: after(importing.Import, "_refuse"),
    "while the new version is written": lambda: setattr(publishing, "_settle", die),
    "before the version is named": lambda: setattr(publishing, "_point", die),
    "inside the transaction that names it": lambda: after(turns.Turn, "hold"),
    "after it is named": lambda: after(publishing, "_point"),
    "in the middle of the counts of schools": lambda: after(importing.summing, "keep"),
}


def state(work: int) -> dict[str, Any]:
    """What people and statistics would see."""
    found = Work.objects.get(pk=work)
    with open_results(found.dataset) as results:
        rows = results.rows.to_pyarrow().to_pylist() if results else []
    here = SchoolInWork.objects.filter(work=found).values_list("pupils", "mean")
    return {
        "points": sorted({row["points"] for row in rows}),
        "rows": len(rows),
        "lists": [list(one) for one in here],
        "open": RefusedRow.objects.filter(upload__work=found, mended_by=None).count(),
        "statuses": list(Upload.objects.filter(work=found).order_by("pk").values_list("status", flat=True)),
    }


def prepare() -> int:
    """Make a region with a school; return the region."""
    region = Unit.objects.create(kind="region", name="Область", opened=DAY)
    school = Unit.objects.create(kind="school", name="Школа", opened=DAY)
    Membership.objects.create(unit=school, parent=region, since=DAY)
    ExternalId.objects.create(unit=school, system=SYSTEM, value="edu000001")
    analyst = User.objects.create_user("a@avgust.test", full_name="Анна")
    Post.objects.create(user=analyst, role="analyst", unit=region, since=DAY)
    return int(region.pk)


def added(region: int) -> int:
    """Add a work; return it."""
    said = {"title": "ВПР", "procedure": "vpr", "subject": "ru", "grade": 4, "school_year": 2025}
    analyst, unit = User.objects.get(email="a@avgust.test"), Unit.objects.get(pk=region)
    return int(actions.add_work(actor=analyst, unit=unit, held_on=date(2026, 4, 14), **said).pk)


def sent(work: int, points: int) -> int:
    """Send a table; return the upload."""
    analyst = User.objects.get(email="a@avgust.test")
    found = Work.objects.select_related("unit").get(pk=work)
    return int(actions.upload_results(found, actor=analyst, sent=[("t.csv", table(points))]).pk)


def main() -> None:
    """Kill an import at each step; print what stood then, and after the next worker."""
    import_module("ibis.backends.duckdb")  # once, not in every fork
    _signal, region = forked(prepare)
    told = {name: case(region, arm) for name, arm in KILLS.items()}
    print(json.dumps(told, ensure_ascii=False))  # noqa: T201


def case(region: int, arm: Callable[[], None]) -> dict[str, Any]:
    """Import a table, send another one, kill its import, look, take it up again, look again."""

    def killed() -> None:
        arm()
        importing.carry_out(second)

    _signal, work = forked(lambda: added(region))
    _signal, first = forked(lambda: sent(work, 1))
    forked(lambda: importing.carry_out(first))
    _signal, second = forked(lambda: sent(work, 2))
    ended, _nothing = forked(killed)
    _signal, then = forked(lambda: state(work))
    forked(lambda: importing.carry_out(second))
    _signal, later = forked(lambda: state(work))
    return {"signal": ended, "then": then, "later": later}
