"""The journal: cost of an entry, a page at a million entries (p95 in ms), reading it all against its chain.

There is no peer to run beside; the bars are the project's own: an entry under 1 ms of its transaction, a page
under 150 ms. `AVGUST_BENCH_ENTRIES` makes it smaller.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from bench.pages import analyse

ENTRIES = int(os.environ.get("AVGUST_BENCH_ENTRIES", "1000000"))
UNITS, PLACES, BATCH, REQUESTS = 1_500, 57, 5_000, 25
DAY = date(2024, 9, 1)
WORDS = ("семинар", "план", "отчёт", "мониторинг", "кадры", "безопасность", "питание", "наставник")


def report() -> Iterator[str]:
    """Yield the lines of the report."""
    with database() as engine:
        from django.db import transaction

        officer, local, units = territory()
        yield f"{engine}: {_one_by_one(units, officer)}"
        began = time.perf_counter()
        for start in range(0, ENTRIES, BATCH):
            with transaction.atomic():
                _write(units, officer, start, min(BATCH, ENTRIES - start))
        seconds = time.perf_counter() - began
        each = seconds / ENTRIES * 1e6
        yield f"{ENTRIES} entries in batches of {BATCH}: {seconds:.0f} s, {each:.0f} µs each"
        analyse()
        for name, question in _questions(units):
            for who, reader in (("region", officer), ("municipality", local)):
                yield f"{name}, {who}: {_page(question, reader)}"
        yield _verified()


@contextmanager
def database() -> Iterator[str]:
    """Give a test database on DATABASE_URL or SQLite; the name of the engine."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ.update(AVGUST_VAR=folder, AVGUST_DEMO="1", AVGUST_LOG_LEVEL="ERROR")
        os.environ["DJANGO_SETTINGS_MODULE"] = "avgust.web.config.settings"
        import django
        from django.conf import settings
        from django.test.runner import DiscoverRunner
        from django.test.utils import setup_test_environment, teardown_test_environment

        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = (
            f"{folder}/test.sqlite3" if "sqlite" in settings.DATABASES["default"]["ENGINE"] else None
        )
        django.setup()
        setup_test_environment()
        from avgust.web.serving import prepare_static, settle_memory

        prepare_static()
        settle_memory()
        runner = DiscoverRunner(verbosity=0, interactive=False)
        databases = runner.setup_databases()
        try:
            yield settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
        finally:
            runner.teardown_databases(databases)
            teardown_test_environment()


def territory() -> tuple[Any, Any, list[Any]]:
    """Make a region with its municipalities and organisations, and an officer of each of two levels."""
    from avgust.web.accounts.models import Post, User
    from avgust.web.territory.models import Membership, Unit

    region = Unit.objects.create(kind="region", name="Большая область", opened=DAY)
    places = [
        Unit.objects.create(kind="municipality", name=f"Округ № {n}", opened=DAY) for n in range(PLACES)
    ]
    made = Unit.objects.bulk_create(
        Unit(kind=("school", "kindergarten")[n % 2], name=f"Организация № {n}", opened=DAY)
        for n in range(UNITS - PLACES - 1)
    )
    Membership.objects.bulk_create(
        [Membership(unit=place, parent=region, since=DAY) for place in places]
        + [Membership(unit=unit, parent=places[n % PLACES], since=DAY) for n, unit in enumerate(made)]
    )

    def person(name: str, role: str, unit: Any) -> Any:
        user = User.objects.create_user(f"{name}@avgust.example", full_name="Мерная Анна Ивановна")
        Post.objects.create(user=user, role=role, unit=unit, since=DAY)
        return user

    officer = person("region", "regional_officer", region)
    return officer, person("municipality", "municipal_officer", places[3]), made


def _one_by_one(units: list[Any], officer: Any, count: int = 1_000) -> str:
    """Return what an entry costs inside a transaction of its own, beside an empty one."""
    from django.db import transaction

    from avgust.web import audit
    from avgust.web.accounts.models import User

    def timed(act: Callable[[int], Any]) -> float:
        began = time.perf_counter()
        for n in range(count):
            with transaction.atomic():
                User.objects.filter(pk=officer.pk).update(theme=("light", "dark")[n % 2])
                act(n)
        return (time.perf_counter() - began) / count * 1e3

    bare = timed(lambda _n: None)
    whole = timed(
        lambda n: audit.record(
            actor=officer, code="territory.moved", subject=units[n], after={"parent": "Округ", "since": DAY}
        )
    )
    return f"an act alone {bare:.2f} ms, with its entry {whole:.2f} ms"


def _write(units: list[Any], officer: Any, start: int, count: int) -> None:
    from avgust.web import audit

    acts = [
        audit.Act(
            ("territory.moved", "territory.added", "territory.closed")[n % 3],
            units[(n * 7919) % len(units)],
            before={"parent": f"Округ № {n % PLACES}"},
            after={"parent": f"Округ № {(n + 1) % PLACES}", "since": DAY + timedelta(days=n % 700)},
            reason=f"{WORDS[n % len(WORDS)]} {'редкость' if n % 200_003 == 0 else n % 997}",
        )
        for n in range(start, start + count)
    ]
    audit.record_all(acts, actor=officer)


def _questions(units: list[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    from avgust.web.audit.models import Entry

    yield "newest", {}
    yield "the middle", {"before": Entry.objects.order_by("-id").values_list("id", flat=True)[ENTRIES // 2]}
    yield "a common word", {"q": "семинар"}
    yield "a rare word", {"q": "редкость"}
    yield "a word of nobody", {"q": "небывалое"}
    yield "a kind", {"kind": "territory.closed"}
    yield "a kind that never was", {"kind": "territory.founded"}
    yield "one organisation", {"unit": units[3].pk}


def _page(question: dict[str, Any], reader: Any) -> str:
    from django.test import Client

    client = Client()
    client.force_login(reader)
    times, own = [], []
    for _ in range(REQUESTS):
        began, used = time.perf_counter(), time.process_time()
        answer = client.get("/journal/", question)
        times.append((time.perf_counter() - began) * 1e3)
        own.append((time.process_time() - used) * 1e3)
        assert answer.status_code == 200
    times.sort()
    own.sort()
    rows = len(answer.context["rows"])
    last = int(REQUESTS * 0.95)
    clock = f"p95 {times[last]:.0f} ms, median {times[REQUESTS // 2]:.0f} ms"
    return f"{clock}, processor p95 {own[last]:.0f} ms, {rows} rows"


def _verified() -> str:
    from avgust.web.audit.verifying import verify

    began = time.perf_counter()
    found = verify()
    seconds = time.perf_counter() - began
    return f"audit verify: {found.entries} entries in {seconds:.0f} s, {len(found.faults)} faults"
