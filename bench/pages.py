"""Pages at a region's size: 1,500 units, 20,000 measures; p95 in ms and queries, on DATABASE_URL or SQLite.

There is no peer to run beside; the bar is the project's own: p95 under 150 ms on both databases. The
figures are of the whole request through Django's handler, in one process, templates and all. On a machine
that others use, the time of the processor says what the clock cannot; SQLite is in it, a database server is
not: its time is the clock's of all queries (median). `make bench-postgres` gives them on a PostgreSQL of its
own. At the end all measures are gathered in one programme of 20,000: what no territory has, and must work.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from bench.timing import machine_ms

UNITS = 1_500
DOCUMENTS = 20
CLAUSES = 1_000
REQUESTS = 40
PEOPLE = 3_000
DAY = date(2024, 9, 1)
WITHIN = {  # pages that are asked again when all measures stand in one programme
    "home", "programmes", "programme", "programme, search", "programme, sorted", "programme, two filters",
    "programme, an organisation", "timeline", "by executor", "programme, the table alone", "measure",
}  # fmt: skip


@contextmanager
def product() -> Iterator[str]:
    """A database of its own for the product, thrown away afterwards; gives the name of its engine."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(AVGUST_VAR=folder, AVGUST_DEMO="1", AVGUST_LOG_LEVEL="ERROR")
        os.environ["DJANGO_SETTINGS_MODULE"] = "avgust.web.config.settings"
        import django
        from django.conf import settings

        django.setup()  # without a test environment, which copies the context of each template
        from django.test.runner import DiscoverRunner

        from avgust.web.serving import prepare_static, settle_memory

        prepare_static()
        settle_memory()

        runner = DiscoverRunner(verbosity=0, interactive=False)
        databases = runner.setup_databases()
        try:
            yield settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
        finally:
            runner.teardown_databases(databases)


def report() -> Iterator[str]:
    """Yield the lines of the report."""
    from avgust.web.serving import settle_memory

    with product() as engine:
        began = time.perf_counter()
        officer = fill(DOCUMENTS)
        analyse()
        settle_memory()  # a server does not carry what filling left behind
        seconds = time.perf_counter() - began
        yield f"{engine}: {UNITS} units, {DOCUMENTS * CLAUSES} measures, filled in {seconds:.0f} s"
        yield f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
        for name, address in _addresses():
            yield line(name, address, officer)
        yield f"{_gather()} measures in one programme, load {os.getloadavg()[0]:.1f}"
        for name, address in _addresses():
            if name in WITHIN:
                yield line(name, address, officer)


def fill(documents: int) -> Any:
    """Fill the database through the product's own acts; return the regional officer."""
    from avgust.domain.resolutions.readers import read
    from avgust.domain.resolutions.stages import parse
    from avgust.web.accounts.models import Post, User
    from avgust.web.documents import actions
    from avgust.web.programmes.actions import adopt_document
    from avgust.web.territory.models import Membership, Unit

    region = Unit.objects.create(kind="region", name="Большая область", opened=DAY)
    places = [
        Unit.objects.create(kind="municipality", name=f"Округ № {n}", opened=DAY) for n in range(UNITS // 30)
    ]
    made = Unit.objects.bulk_create(
        Unit(kind=("school", "kindergarten")[n % 2], name=f"Организация № {n}", opened=DAY)
        for n in range(UNITS - len(places) - 1)
    )
    Membership.objects.bulk_create(
        [Membership(unit=place, parent=region, since=DAY) for place in places]
        + [Membership(unit=unit, parent=places[n % len(places)], since=DAY) for n, unit in enumerate(made)]
    )
    ministry = Unit.objects.create(
        kind="authority", name="Министерство образования Большой области", founder="regional", opened=DAY
    )
    Membership.objects.create(unit=ministry, parent=region, since=DAY)
    _people(made)
    officer = User.objects.create_user("bench@avgust.example", full_name="Мерная Анна Ивановна")
    Post.objects.create(user=officer, role="regional_officer", unit=region, since=DAY)
    actions.parse_isolated = lambda data, name, earlier=(): parse(read(data, name), earlier)
    for number in range(documents):
        text = _text(number).encode()
        upload = actions.upload_document(actor=officer, unit=region, name=f"{number}.txt", data=text)
        if number:  # the first one stays in review
            adopt_document(upload.document, actor=officer)
    return officer


def _people(units: list[Any]) -> None:
    """Add two people an organisation, as heads and methodologists."""
    from avgust.web.accounts.models import Post, User

    people = User.objects.bulk_create(
        User(email=f"p{n}@avgust.example", full_name=f"Человеков Пётр {n}-й", password="!")
        for n in range(PEOPLE)
    )
    Post.objects.bulk_create(
        Post(
            user=person,
            role=("head", "methodologist")[n % 2],
            unit=units[n // 2 % len(units)],
            since=DAY,
        )
        for n, person in enumerate(people)
    )


def _gather() -> int:
    """Move every measure with its assignments into the last programme; return how many it has."""
    from django.db.models import F

    from avgust.web.control.models import Assignment
    from avgust.web.programmes.models import Measure, Programme

    last = Programme.objects.latest("pk")
    Measure.objects.update(programme=last, order=F("pk") + CLAUSES)
    Assignment.objects.update(programme=last)
    Programme.objects.exclude(pk=last.pk).update(measure_count=0)
    count = Measure.objects.count()
    Programme.objects.filter(pk=last.pk).update(measure_count=count)
    analyse()
    return count


def analyse() -> None:
    """Do what PostgreSQL's autovacuum does a minute after any bulk load, and tell SQLite what was filled."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _text(number: int) -> str:
    points = "\n".join(
        f"1.{n}. Провести семинар № {number}-{n} для учителей школы до {n % 28 + 1:02d}.0{n % 9 + 1}.2026."
        for n in range(1, CLAUSES + 1)
    )
    title = f"РЕЗОЛЮЦИЯ\nсовещания № {number} работников образования Большой области\n27 августа 2025 года"
    # Measures of the ministry: 20,000 assignments. The 150,000 of all schools are in `bench.control`.
    return f"{title}\nУчастники РЕШИЛИ:\n1. Министерству образования Большой области:\n{points}\n"


def _addresses() -> list[tuple[str, str]]:
    """Return what is asked for; an address that ends with "#" asks for a fragment, as htmx does."""
    from avgust.web.accounts.models import Post
    from avgust.web.documents.models import Document
    from avgust.web.programmes.models import Measure, Programme
    from avgust.web.territory.models import Unit

    programme = Programme.objects.latest("pk")
    table = f"/programmes/{programme.pk}/"
    measure = Measure.objects.latest("pk")
    review = f"/documents/{Document.objects.earliest('pk').pk}/"
    return [
        ("home", "/"),
        ("documents", "/documents/"),
        ("review of 1,000 alike", review),
        ("programmes", "/programmes/"),
        ("programme", table),
        ("programme, search", table + "?q=семинар"),
        ("programme, sorted", table + "?sort=-due"),
        ("programme, two filters", table + "?theme=staff&from=2026-01-01"),
        ("programme, an organisation", f"{table}?unit={Unit.objects.filter(kind='school').latest('pk').pk}"),
        ("timeline", f"{table}timeline/"),
        ("timeline, by theme", f"{table}timeline/?group=theme"),
        ("by executor", f"{table}executors/"),
        ("saved views", f"{table}views/"),
        ("programme, the table alone", table + "?theme=staff#"),
        ("measure", measure.get_absolute_url()),
        ("territory", "/territory/"),
        ("territory, search", "/territory/?q=организация+12"),
        ("people", "/people/"),
        ("people, search", "/people/?q=ЧЕЛОВЕКОВ+12&role=head"),
        ("person", f"/people/{Post.objects.filter(role='head').latest('pk').user_id}/"),
        ("unit", f"/territory/{Unit.objects.filter(kind='school').latest('pk').pk}/"),
    ]


def line(name: str, address: str, officer: Any) -> str:
    from django.test import Client

    client = Client(headers={"HX-Request": "true"} if address.endswith("#") else {})
    client.force_login(officer)
    return measured(name, lambda _number: client.get(address.removesuffix("#")).status_code)


def measured(name: str, ask: Callable[[int], int]) -> str:
    """Ask REQUESTS times: the clock, the processor, the time of all queries and how many there were."""
    from django.db import connection

    asked: list[float] = []

    def clocked(execute: Any, *query: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*query)
        finally:
            asked.append((time.perf_counter() - began) * 1000)

    from avgust.web.serving import tidy_up

    ask(1)  # compiles the templates
    machine = machine_ms()
    times, own, database = [], [], []
    with connection.execute_wrapper(clocked):
        for number in range(REQUESTS):
            asked.clear()
            began, used = time.perf_counter(), time.process_time()
            status = ask(2 + number)
            times.append((time.perf_counter() - began) * 1000)
            own.append((time.process_time() - used) * 1000)
            database.append(sum(asked))
            tidy_up()  # as the server does when an answer is sent
    return (
        f"{name:<27} {status}  p50 {_share(times, 0.5):5.0f} ms  p95 {_share(times, 0.95):5.0f} ms"
        f"  processor {_share(own, 0.5):4.0f} p95 {_share(own, 0.95):4.0f}"
        f"  database {_share(database, 0.5):4.0f}  {len(asked):3d} queries"
        f"  machine {(machine + machine_ms()) / 2:3.0f}"
    )


def _share(times: list[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)]


if __name__ == "__main__":
    for said in report():
        print(said)
