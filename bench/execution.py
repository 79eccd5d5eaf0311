"""The execution report of a region of 57 municipalities × 60 measures: page, DOCX, PDF, XLSX; seconds and MB.

The bar is the issue's: under 10 s each. The year is lived: reports returned and accepted with evidence, and
two earlier years with the same clauses, so that memory has something to find. Each file is asked for as a
person asks, and what the request leaves to the worker is done too, in a fork: its memory is its own.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bench.exports import forked
from bench.journal import database

PLACES, MEASURES, SECTIONS = 57, 60, 6
YEARS = (2023, 2024, 2025)
SINCE = date(2022, 9, 1)
WORDS = ("наставничество", "питание", "олимпиада", "ремонт", "подвоз", "библиотека", "кружок", "аттестация")
FORMS = ("docx", "pdf", "xlsx")


def report() -> Iterator[str]:
    """Yield the lines of the report."""
    with database() as engine:
        from django.test import Client

        officer, head = _territory()
        programme = [_programme(officer, year) for year in YEARS][-1]
        _live(programme, head, officer)
        count = programme.assignments.count()
        size = f"{programme.measure_count} measures, {count} assignments, {len(YEARS)} years"
        yield f"{engine}: {size}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
        client = Client()
        client.force_login(officer)
        yield _page(client, programme)
        for form in FORMS:
            yield _file(client, programme, form)


def _territory() -> tuple[Any, Any]:
    """Make a region with 57 municipalities, each with its education authority; a regional officer, a head."""
    from avgust.web.accounts.models import Post, User
    from avgust.web.territory.models import Membership, Unit

    def put(parent: Any, kind: str, name: str) -> Any:
        unit = Unit.objects.create(kind=kind, name=name, founder="municipal", opened=SINCE)
        Membership.objects.create(unit=unit, parent=parent, since=SINCE)
        return unit

    region = Unit.objects.create(kind="region", name="Большая область", founder="regional", opened=SINCE)
    for number in range(PLACES):
        place = put(region, "municipality", f"Округ № {number}")
        authority = put(place, "authority", f"Отдел образования округа № {number}")
    officer = User.objects.create_user("execution@avgust.example", full_name="Мерная Анна Ивановна")
    head = User.objects.create_user("head@avgust.example", full_name="Районная Вера Петровна")
    Post.objects.create(user=officer, role="regional_officer", unit=region, since=SINCE)
    Post.objects.create(user=head, role="head", unit=authority, since=SINCE)
    return officer, head


def _programme(officer: Any, year: int) -> Any:
    """Adopt the resolution of a year through the product's own acts."""
    from avgust.domain.resolutions.readers import read
    from avgust.domain.resolutions.stages import parse
    from avgust.web.documents import actions
    from avgust.web.programmes.actions import adopt_document

    def read_here(data: bytes, name: str, earlier: Any = ()) -> Any:
        return parse(read(data, name), earlier)

    actions.parse_isolated = read_here
    each = MEASURES // SECTIONS
    head = "РЕЗОЛЮЦИЯ\nавгустовской конференции Большой области"
    lines = [head, f"27 августа {year} года", "Участники РЕШИЛИ:"]
    for section in range(1, SECTIONS + 1):
        lines.append(f"{section}. Муниципальным органам управления образованием:")
        for number in range(1, each + 1):
            word = WORDS[(section * 3 + number) % len(WORDS)]
            due = f"до {number % 28 + 1} апреля {year + 1} года"
            lines.append(f"{section}.{number}. Провести смотр «{word.capitalize()}, дело {number}» {due}.")
    unit = officer.posts.get().unit
    data = "\n".join(lines).encode()
    upload = actions.upload_document(actor=officer, unit=unit, name="r.txt", data=data)
    return adopt_document(upload.document, actor=officer)


def _live(programme: Any, head: Any, officer: Any) -> None:
    """Spread a year over the assignments: states, steps, reports with evidence."""
    from django.utils import timezone

    from avgust.web.control.models import Assignment, Evidence, Report, Step

    now = timezone.now() - timedelta(days=2)
    rows = list(Assignment.objects.filter(programme=programme).order_by("pk"))
    assert len(rows) == PLACES * MEASURES, len(rows)
    states = ("accepted",) * 6 + ("reported", "returned", "open", "open")
    for number, row in enumerate(rows):
        row.status = states[number * 7 % 10]
    Assignment.objects.bulk_update(rows, ["status"], batch_size=500)
    told = [row for row in rows if row.status != "open"]
    outcomes = {"accepted": "accepted", "reported": "sent", "returned": "returned"}
    reports = Report.objects.bulk_create(
        Report(
            assignment=row, author=head, text="Проведено.", outcome=outcomes[row.status], sent_at=now,
            decided_at=None if row.status == "reported" else now,
        )
        for row in told
    )  # fmt: skip
    Evidence.objects.bulk_create(
        Evidence(report=one, kind=("file", "link")[n % 2], title="Приказ", added_by=head)
        for n, one in enumerate(reports)
    )
    acts = {"accepted": ("report", "return", "report", "accept"), "returned": ("report", "return")}
    Step.objects.bulk_create(
        Step(assignment=row, act=act, actor=officer, at=now, status=row.status)
        for row in told
        for act in acts.get(row.status, ("report",))
    )


def _page(client: Any, programme: Any) -> str:
    address = f"/reports/{programme.pk}/"
    client.get(address)  # compiles the templates
    began = time.perf_counter()
    answer = client.get(address)
    took = time.perf_counter() - began
    assert answer.status_code == 200, answer.status_code
    return f"page   {took:5.2f} s, {len(answer.content) / 2**20:.1f} MB"


def _file(client: Any, programme: Any, form: str) -> str:
    """Return what a file takes, from the request until it is written."""
    from avgust.web.prepared.making import carry_out
    from avgust.web.prepared.models import PreparedFile

    address = f"/reports/{programme.pk}/report.{form}"
    before = PreparedFile.objects.count()

    def ask() -> None:
        answer = client.get(address)
        assert answer.status_code in (200, 302), answer.status_code
        if answer.streaming:
            b"".join(answer.streaming_content)

    def ask_and_work() -> None:
        ask()
        if PreparedFile.objects.count() > before:
            carry_out(PreparedFile.objects.latest("pk").pk)

    seconds, megabytes = forked(ask_and_work)
    worker = PreparedFile.objects.count() > before
    if worker:
        assert PreparedFile.objects.latest("pk").is_ready
    return f"{form:<6} {seconds:5.2f} s  +{megabytes:4.0f} MB{'  (by the worker)' if worker else ''}"
