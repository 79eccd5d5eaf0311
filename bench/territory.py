"""The territory at a region's size: the tree, an act, a file of 1,500 units read, compared, written, undone.

On DATABASE_URL or SQLite. No peer does the same; the bars are the project's own: a page under 150 ms at p95,
the tree under 100 ms, a file of a region within a coffee break's first sip.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

UNITS = 1_500
PLACES = 50
REQUESTS = 30
DAY = date(2026, 3, 12)


def report() -> Iterator[str]:
    """Yield the lines of the report."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(AVGUST_VAR=folder, AVGUST_DEMO="1", AVGUST_LOG_LEVEL="ERROR")
        os.environ["DJANGO_SETTINGS_MODULE"] = "avgust.web.config.settings"
        import django
        from django.test.utils import setup_test_environment, teardown_test_environment

        django.setup()
        setup_test_environment()
        from django.test.runner import DiscoverRunner

        from avgust.web.serving import prepare_static, settle_memory

        prepare_static()
        settle_memory()
        runner = DiscoverRunner(verbosity=0, interactive=False)
        databases = runner.setup_databases()
        try:
            yield from _measured()
        finally:
            runner.teardown_databases(databases)
            teardown_test_environment()


def _measured() -> Iterator[str]:
    from django.test import Client

    from avgust.web.accounts.models import Post, User
    from avgust.web.territory import actions as territory
    from avgust.web.territory.imports import actions, undoing
    from avgust.web.territory.imports.reading import compared
    from avgust.web.territory.models import Unit

    region = Unit(kind="region", name="Большая область")
    territory.add_unit(region, parent=None, since=date(2000, 1, 1), actor=None)
    officer = User.objects.create_user("bench@avgust.example", full_name="Мерная Анна Ивановна")
    Post.objects.create(user=officer, role="regional_officer", unit=region, since=date(2020, 1, 1))
    data, kept = _workbook(), {}
    yield f"{UNITS} organisations in {PLACES} municipalities, a workbook of {len(data) // 1024} KB"

    def upload() -> None:
        options = {"actor": officer, "unit": region, "name": "дерево.xlsx", "day": DAY}
        kept["file"] = actions.upload_file(data=data, **options)

    yield _once("read in a process of its own", upload)
    yield _once("compared", lambda: compared(kept["file"], officer))
    client = Client()
    client.force_login(officer)
    page = f"/territory/files/{kept['file'].pk}/"
    yield _often("page of the difference", lambda: client.get(page))
    yield _once("written", lambda: actions.write_file(kept["file"], actor=officer))
    for name, address in _pages():
        yield _often(name, lambda address=address: client.get(address))
    schools = iter(Unit.objects.filter(kind="school")[: REQUESTS + 1])
    place = Unit.objects.filter(kind="municipality").latest("pk")

    def move() -> None:
        territory.move_unit(next(schools), parent=place, since=date(2026, 3, 1), actor=officer)

    yield _often("a move, rules and all", move)
    yield _often("the tree as XLSX", lambda: client.get("/territory/tree.xlsx"), 3)
    upload()
    difference = compared(kept["file"], officer)[1]
    changed = sum(1 for line in difference.lines if line.changes)
    yield f"the same file again: {changed} of {len(difference.lines)} rows differ (those moved just now)"
    first = officer_file()
    yield _once("undone, what was moved stays", lambda: undoing.undo_file(first, actor=officer))


def officer_file() -> Any:
    """Return the file that was written."""
    from avgust.web.territory.models import ImportFile

    return ImportFile.objects.get(status="written")


def _workbook() -> bytes:
    from avgust.domain.territory.imports.columns import Field
    from avgust.domain.territory.imports.workbook import Exported, tree_xlsx
    from avgust.domain.territory.inn import with_control

    opened = date(2010, 9, 1)
    rows = [
        {
            Field.NAME: f"Округ № {n}",
            Field.KIND: "municipality",
            Field.PLACE: "Большая область",
            Field.OPENED: opened,
        }
        for n in range(PLACES)
    ]
    rows += [
        {
            Field.INN: with_control(f"00{n:07d}"),
            Field.NAME: f"МБОУ «Средняя общеобразовательная школа № {n}»",
            Field.SHORT_NAME: f"Школа № {n}",
            Field.KIND: ("school", "kindergarten")[n % 2],
            Field.PLACE: f"Округ № {n % PLACES}",
            Field.OPENED: opened,
        }
        for n in range(UNITS)
    ]
    return tree_xlsx((Exported(row) for row in rows), "ru")


def _pages() -> list[tuple[str, str]]:
    from avgust.web.territory.models import Unit

    place = Unit.objects.filter(kind="municipality").earliest("pk")
    school = Unit.objects.filter(kind="school").earliest("pk")
    return [
        ("the tree", "/territory/"),
        ("the tree on a past day", "/territory/?on=01.09.2015"),
        ("the tree, a branch open", f"/territory/?open={place.pk}"),
        ("the whole tree", "/territory/?open=all"),
        ("a search", "/territory/?q=школа+12"),
        ("a municipality", f"/territory/{place.pk}/"),
        ("a school", f"/territory/{school.pk}/"),
    ]


def _once(name: str, work: Callable[[], object]) -> str:
    began = time.perf_counter()
    work()
    return f"{name:<30} {(time.perf_counter() - began) * 1000:7.0f} ms"


def _often(name: str, work: Callable[[], Any], requests: int = REQUESTS) -> str:
    """Return how long `work` takes by the clock and by the processor; SQLite is in the latter."""
    work()  # compiles the templates
    times, own = [], []
    for _ in range(requests):
        began, used = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - began) * 1000)
        own.append((time.process_time() - used) * 1000)
    times.sort()
    own.sort()
    last = min(int(requests * 0.95), requests - 1)
    clock = f"{times[requests // 2]:7.0f} ms  p95 {times[last]:5.0f} ms"
    return f"{name:<30} {clock}  processor {own[requests // 2]:4.0f} p95 {own[last]:4.0f}"


if __name__ == "__main__":
    for said in report():
        print(said)
