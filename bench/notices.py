"""Reminders of a day: 150,000 assignments on 1,500 organisations, then the letters; seconds and memory.

There is no peer to run beside; the bar is the project's own: under 10 s. Two days are measured: an ordinary
one, on which one measure of twenty falls due, and the worst one there can be, on which all of them do.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from bench.journal import DAY, database, territory
from bench.timing import machine_ms, timed

MEASURES = int(os.environ.get("AVGUST_BENCH_MEASURES", "100"))
UNITS = 1_500
TUESDAY = date(2026, 3, 24)


def report() -> Iterator[str]:
    """Yield the lines of the report."""
    with database() as engine:
        officer, _local, units = territory()
        _heads(units)
        from avgust.domain.periods import Period
        from avgust.web.control.models import Assignment
        from avgust.web.notices.gathering import remind
        from avgust.web.notices.letters import write_letters
        from avgust.web.notices.models import Letter, Notice
        from avgust.web.notices.sending import send_letters

        total = _assignments(officer, units)
        yield f"{engine}: {total} assignments on {len(units)} organisations, a head at each"
        for name, every in (("an ordinary day", 20), ("the worst day", 1)):
            Notice.objects.all().delete()
            Letter.objects.all().delete()
            _due(Assignment, every)
            seen, seconds = timed(lambda: remind(Period.day(TUESDAY)))
            made = Notice.objects.count()
            _seen, twice = timed(lambda: remind(Period.day(TUESDAY)))
            assert Notice.objects.count() == made
            run = f"{made} notices in {seconds}; a second run {twice}, none new"
            yield f"{name}: {seen} due, {run}"
            Notice.objects.update(made_at=datetime(2026, 3, 24, 5).astimezone())
            wrote, seconds = timed(lambda: write_letters(datetime(2026, 3, 24, 10).astimezone()))
            sent, handing = timed(send_letters)
            yield f"{name}: {wrote} letters written in {seconds}, {sent} handed over in {handing}"
        yield f"a million additions take {machine_ms():.0f} ms, load {os.getloadavg()[0]:.1f}"
        yield f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def _heads(units: list[Any]) -> None:
    from avgust.web.accounts.models import Post, User

    people = User.objects.bulk_create(
        User(email=f"head{n}@avgust.example", full_name=f"Руководитель {n}") for n in range(len(units))
    )
    Post.objects.bulk_create(
        Post(user=person, unit=unit, role="head", since=DAY)
        for person, unit in zip(people, units, strict=True)
    )


def _assignments(officer: Any, units: list[Any]) -> int:
    """Adopt a programme of MEASURES measures and give each to every organisation."""
    from avgust.domain.resolutions.readers import read
    from avgust.domain.resolutions.stages import parse
    from avgust.web.control.models import Assignment
    from avgust.web.documents import actions
    from avgust.web.programmes.actions import adopt_document

    actions.parse_isolated = lambda data, name, earlier=(): parse(read(data, name), earlier)
    points = "\n".join(
        f"1.{n}. Провести семинар № {n} для молодых учителей до 1 апреля 2026 года."
        for n in range(1, MEASURES + 1)
    )
    text = f"РЕЗОЛЮЦИЯ\n27 августа 2025 года\nУчастники РЕШИЛИ:\n1. Приреченскому институту:\n{points}\n"
    upload = actions.upload_document(
        actor=officer, unit=officer.posts.get().unit, name="r.txt", data=text.encode()
    )
    programme = adopt_document(upload.document, actor=officer)
    Assignment.objects.filter(programme=programme).delete()
    rows = (
        Assignment(
            programme=programme, measure=measure, unit=unit, relation="executor", starts=DAY, due=TUESDAY
        )
        for measure in programme.measures.all()
        for unit in units
    )
    while some := list(islice(rows, 5_000)):
        Assignment.objects.bulk_create(some)
    return Assignment.objects.count()


def _due(assignments: Any, every: int) -> None:
    """Let one of `every` measures be due on the day, the others far from any reminder."""
    assignments.objects.update(due=TUESDAY + timedelta(days=150))
    measures = list(assignments.objects.order_by("measure").values_list("measure", flat=True).distinct())
    assignments.objects.filter(measure__in=measures[::every]).update(due=TUESDAY)
