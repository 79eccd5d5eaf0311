"""Control at a region's size: 1,500 schools × 100 measures = 150,000 assignments, on DATABASE_URL or SQLite.

There is no peer to run beside; the bars are the project's own: fan-out under 20 s, home p95 under 150 ms,
board under 250 ms, roll-up of the region under 300 ms, always fresh; the execution report under 10 s.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from bench.journal import database
from bench.pages import analyse, line
from bench.timing import timed

SCHOOLS, PLACES, MEASURES = 1_500, 50, 100
DAY = date(2024, 9, 1)


def report() -> Iterator[str]:
    """Yield the lines of the report."""
    with database() as engine:
        officer, head, programme = _fill()
        size = f"{SCHOOLS} schools, {MEASURES} measures"
        yield f"{engine}: {size}; fan-out with adoption {programme.seconds}"
        yield f"peak memory of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
        yield _again(programme)
        _live()
        yield from _rolled(programme)
        for name, person, address in (
            ("home of the region", officer, "/"),
            ("home of a head", head, "/"),
            ("board", officer, "/control/"),
            ("board, late", officer, "/control/?view=late"),
            ("board, words", officer, "/control/?view=all&q=школа+77"),
            ("coverage of the programme", officer, f"/control/programmes/{programme.pk}/"),
            ("coverage of a measure", officer, f"/control/measures/{programme.measures.first().pk}/"),
            ("card of a measure", officer, programme.measures.first().get_absolute_url()),
        ):
            yield line(name, address, person)
        yield from _reported(programme)


def _fill() -> tuple[Any, Any, Any]:
    """Make the territory and adopt a programme whose measures fall on every school."""
    from avgust.domain.resolutions.readers import read
    from avgust.domain.resolutions.stages import parse
    from avgust.web.accounts.models import Post, User
    from avgust.web.documents import actions
    from avgust.web.programmes.actions import adopt_document
    from avgust.web.territory.models import Membership, Unit

    region = Unit.objects.create(kind="region", name="Большая область", opened=DAY)
    places = [
        Unit.objects.create(kind="municipality", name=f"Округ № {n}", opened=DAY) for n in range(PLACES)
    ]
    schools = Unit.objects.bulk_create(
        Unit(kind="school", name=f"Школа № {n}", opened=DAY) for n in range(SCHOOLS)
    )
    Membership.objects.bulk_create(
        [Membership(unit=place, parent=region, since=DAY) for place in places]
        + [Membership(unit=unit, parent=places[n % PLACES], since=DAY) for n, unit in enumerate(schools)]
    )
    officer = User.objects.create_user("bench@avgust.example", full_name="Мерная Анна Ивановна")
    head = User.objects.create_user("head@avgust.example", full_name="Школьная Вера Петровна")
    Post.objects.create(user=officer, role="regional_officer", unit=region, since=DAY)
    Post.objects.create(user=head, role="head", unit=schools[7], since=DAY)
    actions.parse_isolated = lambda data, name, earlier=(): parse(read(data, name), earlier)
    upload = actions.upload_document(actor=officer, unit=region, name="b.txt", data=_text().encode())
    programme, said = timed(lambda: adopt_document(upload.document, actor=officer))
    programme.seconds = said
    return officer, head, programme


def _text() -> str:
    points = "\n".join(
        f"1.{n}. Провести семинар по теме «Тема {n}» до {n % 28 + 1:02d}.0{n % 6 + 1}.2026."
        for n in range(1, MEASURES + 1)
    )
    title = "РЕЗОЛЮЦИЯ\nсовещания работников образования Большой области\n27 августа 2025 года"
    return f"{title}\nУчастники РЕШИЛИ:\n1. Руководителям общеобразовательных организаций:\n{points}\n"


def _again(programme: Any) -> str:
    """Return the line of a run that finds nothing to do: what is asked every day."""
    from django.utils import timezone

    from avgust.web.control.assigning import fan_out

    changes, said = timed(lambda: fan_out(programme, day=timezone.localdate(), actor=None))
    return f"the daily comparison: {said}, changes {sum(changes.values())}"


def _live() -> None:
    """Spread states over the assignments, as a year does."""
    from django.db.models import F
    from django.utils import timezone

    from avgust.web.control.models import Assignment

    rows = Assignment.objects.annotate(luck=F("pk") % 10)
    rows.filter(luck__lt=6).update(status="accepted", accepted_at=timezone.now())
    rows.filter(luck=6).update(status="reported", reported_at=timezone.now())
    rows.filter(luck=7).update(status="returned")
    analyse()


def _rolled(programme: Any) -> Iterator[str]:
    """Yield how long coverage takes, fresh: by measure, by school, by municipality."""
    from django.utils import timezone

    from avgust.web.control.models import Assignment
    from avgust.web.control.proving import coverages
    from avgust.web.control.rolling import by_place
    from avgust.web.territory.models import Unit

    rows, today = Assignment.objects.filter(programme=programme), timezone.localdate()
    places = list(Unit.objects.filter(kind="municipality"))
    for name, ask in (
        ("roll-up by measure", lambda: coverages(rows, "measure", today)),
        ("roll-up by school", lambda: coverages(rows, "unit", today)),
        ("roll-up by municipality", lambda: by_place(rows, places, today)),
    ):
        yield f"{name:<27} p95 {_p95(ask)}"


def _p95(ask: Callable[[], object], runs: int = 20) -> str:
    """Return the clock and, on a machine that others use, the time of the processor."""
    times, own = [], []
    for _ in range(runs):
        began, used = time.perf_counter(), time.process_time()
        ask()
        times.append((time.perf_counter() - began) * 1000)
        own.append((time.process_time() - used) * 1000)
    clock, processor = (sorted(some)[int(runs * 0.95) - 1] for some in (times, own))
    return f"{clock:6.0f} ms  (processor {processor:4.0f})"


def _reported(programme: Any) -> Iterator[str]:
    """Yield how long the execution report takes, for today and for a day in the past."""
    from datetime import timedelta

    from django.utils import timezone

    from avgust.domain.reporting.document import report_docx
    from avgust.web.control.models import Assignment
    from avgust.web.reports.building import build

    today = timezone.localdate()
    for name, day in (("today", today), ("a day in the past", today - timedelta(days=30))):
        rows = Assignment.objects.all()
        made, built = timed(partial(build, programme, rows, day, place=None, language="ru"))
        _file, written = timed(partial(report_docx, made, "ru"))
        yield f"execution report, {name}: built in {built}, DOCX {written}"
