"""The reminders of a day, made from what falls due: in batches, each written once whatever happens."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import Final, TypeVar

from django.db import connection, transaction
from django.utils import timezone

from avgust.domain.periods import Period
from avgust.domain.reminders import Audience, Step, reminded, rules_on
from avgust.web.background.models import Run
from avgust.web.notices.models import DEADLINE, Notice
from avgust.web.notices.providers import Deadline, deadlines
from avgust.web.notices.whom import Whom

Some = TypeVar("Some")
Row = tuple[int, str, str, str, str, str, str, str, str, int, str]

JOB: Final = "notices.gather"
BATCH: Final = 5_000
_COLUMNS: Final = (
    "person_id", "kind", "subject", "period", "title", "group", "address", "due", "step", "count", "values",
)  # fmt: skip
_TYPES: Final = ("bigint", *["text"] * 6, "date", "text", "integer", "text")  # of them, in PostgreSQL
LONGEST: Final = timedelta(days=14)  # what a stopped worker can owe; older deadlines have later steps


def gather(period: str) -> None:
    """Make the reminders of a day, and of the days since the last run that was finished."""
    today = date.fromisoformat(period)
    earlier = Run.objects.filter(job=JOB, period__lt=period).exclude(finished_at=None)
    last = earlier.order_by("-period").values_list("period", flat=True).first()
    start = date.fromisoformat(last) + timedelta(days=1) if last else today
    remind(Period(max(start, today - LONGEST), today))


@dataclass
class _Many:
    """Organisations that are late with the same thing, for those who control from `unit`.

    Without a unit, for the people who are named to control it.
    """

    item: Deadline
    step: Step
    unit: int | None
    count: int = 0


Key = tuple[str, date, int | None, Audience]


def remind(window: Period) -> int:
    """Make the reminders whose day lies in `window`; return how many deadlines were looked at.

    A notice that is there already is left as it is: the run may be killed and done again.
    """
    rules = rules_on(window.end)
    plain, paused = reminded(window, rules), reminded(window, rules, rules.pause)
    days = sorted({*plain, *paused})
    if not days:
        return 0
    whom, seen = Whom(window.end), 0
    late: dict[Key, _Many] = {}
    for some in _batches(deadlines(days)):
        made: list[Row] = []
        for item in some:
            resting = whom.kinds.get(item.unit) in rules.pause.kinds
            steps = (paused if resting else plain).get(item.due, {})
            if item.person is not None:
                made += _of_person(item, item.person, steps)
                continue
            if own := steps.get(Audience.OWNER):
                made += (_own(item, own, person) for person in whom.owners(item.unit))
            if Audience.CONTROLLER in steps or Audience.ABOVE in steps:
                _count(item, steps, whom, late)
        _write(made)
        seen += len(some)
    for rows in _batches(_about_many(late, whom)):
        _write(rows)
    return seen


def _count(
    item: Deadline,
    steps: dict[Audience, Step],
    whom: Whom,
    late: dict[Key, _Many],
) -> None:
    if item.controllers and Audience.CONTROLLER in steps:
        key: Key = (item.group, item.due, None, Audience.CONTROLLER)
        late.setdefault(key, _Many(item, steps[Audience.CONTROLLER], None)).count += 1
    for audience, unit in whom.above(item.unit, item.adopter).items():
        if audience in steps:
            key = item.group, item.due, unit, audience
            late.setdefault(key, _Many(item, steps[audience], unit)).count += 1


def _own(item: Deadline, step: Step, person: int) -> Row:
    return _row(item, step, person, item.subject, item.address, 1)


def _of_person(item: Deadline, person: int, steps: dict[Audience, Step]) -> Iterator[Row]:
    """Yield the reminder of who does it, and of who gave it once the controller's day has come."""
    if own := steps.get(Audience.OWNER):
        yield _own(item, own, person)
    if item.giver is not None and (late := steps.get(Audience.CONTROLLER)):
        yield _own(item, Step(Audience.GIVER, late.offset), item.giver)


def _about_many(late: dict[Key, _Many], whom: Whom) -> Iterator[Row]:
    """Yield one notice for each controller about all organisations that are late with a thing.

    Who is named in person comes first: the notice about everything stands instead of the one about a place.
    """
    for many in sorted(late.values(), key=lambda many: many.unit is not None):
        item = many.item
        people = item.controllers if many.unit is None else whom.deciding(many.unit)
        for person in people:
            yield _row(item, many.step, person, item.group, item.group_address, many.count)


def _row(item: Deadline, step: Step, person: int, subject: str, address: str, count: int) -> Row:
    """Return the values of `_COLUMNS`."""
    due, code, period = _period(item.due, step)
    heading, title = item.heading[:300], item.title[:300]
    return (person, DEADLINE, subject, period, title, heading, address, due, code, count, "{}")


@lru_cache(maxsize=256)
def _period(due: date, step: Step) -> tuple[str, str, str]:
    """Return a day and a step as a notice keeps them: a handful of them in 150,000 notices."""
    return due.isoformat(), step.code, f"{due.isoformat()} {step.code}"


def _batches(rows: Iterator[Some]) -> Iterator[list[Some]]:
    while some := list(islice(rows, BATCH)):
        yield some


@transaction.atomic
def _write(rows: Sequence[Row]) -> None:
    """Add notices; what is there already stays as it is, and of two rows with one key the first.

    Django's bulk_create prepares every value of every row in Python, which is most of the time of a day on
    which everything falls due; so does psycopg with each parameter: PostgreSQL is told all rows as one JSON.
    """
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name in (*_COLUMNS, "made_at"))
    table, now = quote(Notice._meta.db_table), connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            typed = ", ".join(f"{quote(name)} {kind}" for name, kind in zip(_COLUMNS, _TYPES, strict=True))
            names = ", ".join(quote(name) for name in _COLUMNS[:-1])
            told = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
            cursor.execute(
                f"INSERT INTO {table} ({columns})"  # noqa: S608 - names of columns, values apart
                f" SELECT {names}, {quote(_COLUMNS[-1])}::jsonb, %s"
                f" FROM json_to_recordset(%s) AS told ({typed}) ON CONFLICT DO NOTHING",
                [now, json.dumps(told, ensure_ascii=False)],
            )
        else:
            marks = ", ".join(["%s"] * (len(_COLUMNS) + 1))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING",  # noqa: S608
                [(*row, now) for row in rows],
            )
