"""Bringing the assignments of a programme in line with its measures and the register, as often as asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from avgust.domain.addressing import Part
from avgust.domain.control.fan_out import Changes, Duty, Held, Key, New, changes
from avgust.domain.control.occurrences import Begun, Occurrence, occurrences, since
from avgust.domain.control.states import LIVE, Act, Status
from avgust.domain.messages import Message, mark
from avgust.domain.periods import Period
from avgust.web.audit import record
from avgust.web.control import codes
from avgust.web.control.models import Assignment, Step
from avgust.web.programmes.models import Measure, Programme
from avgust.web.programmes.reach import units_of_measures
from avgust.web.programmes.typed import OFFICIAL
from avgust.web.territory.models import Unit
from avgust.web.ui.stations import tell

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

Row = TypeVar("Row")

AT_ONCE: Final = 20  # measures whose assignments are compared in memory together
BATCH: Final = 2_000
UNITS_AT_ONCE: Final = 900  # below the number of parameters that any SQLite takes
NO_SUCCESSOR: Final = Message(mark("The organisation is closed and has no successor."))
OVER_BEFORE: Final = Message(mark("The period was over before the duty began."))
NO_LONGER: Final = Message(mark("The measure falls on the organisation no longer."))


def follow_programme(programme: Programme, measures: Sequence[Measure] | None, actor: User | None) -> None:
    """Fan out what changed in a programme, in the transaction of the change.

    A programme that is entered after its day is fanned out on that day first: what a school owed before it
    closed is passed on to its successor, not forgotten.
    """
    today = timezone.localdate()
    for day in sorted({min(programme.addressed_on, today), today}):
        fan_out(programme, day=day, actor=actor, measures=measures)


def follow_territory(day: date, actor: User | None = None) -> Counter[str]:
    """Bring every programme that still runs in line with the register of `day`; also asked once a day.

    A programme runs while something of it is owed. Each has a transaction of its own: a run that is cut
    short has done whole programmes, and the next run does the rest.
    """
    owed = Assignment.objects.live().filter(programme=OuterRef("pk"))
    running = Programme.objects.filter(Exists(owed)).order_by("pk")
    return sum((fan_out(programme, day=day, actor=actor) for programme in running), start=Counter())


def follow_register(period: str) -> None:
    """Follow the register of the day that the job is run for."""
    follow_territory(date.fromisoformat(period))


@transaction.atomic
def fan_out(
    programme: Programme, *, day: date, actor: User | None, measures: Sequence[Measure] | None = None
) -> Counter[str]:
    """Add, pass on, cancel and date anew the assignments of `programme` by the register of `day`.

    Idempotent: what is right already is not touched, so a run that was cut short is simply run again. The
    programme is locked, two runs at once follow each other. Returns how many of each change there were.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    rows = programme.measures.all()
    known = rows.in_bulk(None if measures is None else [measure.pk for measure in measures])
    opened, closed = _lifetimes(day)
    year, said = school_year_of(programme), Counter[str]()
    for some in _batches(units_of_measures(programme, day, measures), AT_ONCE):
        here = [known[pk] for pk, _parts in some]
        held, begun = _held(here), {measure.pk: begun_of(measure, year) for measure in here}
        duties = _duties(here, dict(some), begun, opened, _answered(held))
        said += _apply(programme, changes(duties, held, closed), _over(held, begun))
    if said:
        after = {word: said[word] for word in ("added", "passed", "cancelled", "reinstated", "redated")}
        record(actor=actor, code=codes.ASSIGNED, subject=programme, after=after)
        tell("control.assigned", programme=programme)
    return said


def school_year_of(programme: Programme) -> Period:
    """Return the school year of a programme; the one of its adoption where the document names none."""
    try:
        return Period.of_label(programme.school_year)
    except ValueError:
        return Period.school_year_of(programme.adopted_on or programme.addressed_on)


def _batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield `rows` in lists of at most `size`; only one of them is in memory."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def _lifetimes(day: date) -> tuple[dict[int, date], dict[int, int | None]]:
    """Return the day on which units opened, and the successors of those that are closed on `day`."""
    opened = {pk: day for pk, day in Unit.objects.values_list("pk", "opened") if day}
    gone = Unit.objects.filter(closed__lt=day)
    return opened, dict(gone.values_list("pk", "successor"))


def begun_of(measure: Measure, year: Period) -> Begun:
    """Return how often a measure is owed: from its own day on, else from the adoption of its programme."""
    times = occurrences(measure.deadline, year, measure_event(measure))
    return since(times, measure.begins or measure.programme.adopted_on)


def _duties(
    measures: Iterable[Measure],
    units: Mapping[int, Mapping[int, Part]],
    begun: Mapping[int, Begun],
    opened: Mapping[int, date],
    answered: frozenset[Key],
) -> Iterator[Duty]:
    """Yield what each unit should owe; a unit does not owe what was due before it opened.

    What somebody answered stays, though its period was over before the duty began: work is not thrown away.
    """
    for measure in measures:
        times = begun[measure.pk]
        for unit, part in units.get(measure.pk, {}).items():
            early = (time for time in times.earlier if Key(measure.pk, unit, time.key) in answered)
            for time in (*times.owed, *early):
                if time.due is None or unit not in opened or opened[unit] <= time.due:
                    yield Duty(Key(measure.pk, unit, time.key), part.relation.value, time)


def _answered(held: Iterable[Held]) -> frozenset[Key]:
    """Return the assignments about which somebody said something that waits."""
    return frozenset(one.key for one in held if one.status in LIVE and one.status is not Status.OPEN)


def _over(held: Iterable[Held], begun: Mapping[int, Begun]) -> frozenset[int]:
    """Return the ids of assignments for periods that were over before the duty began."""
    early = {(measure, time.key) for measure, times in begun.items() for time in times.earlier}
    return frozenset(one.id for one in held if (one.key.measure, one.key.occurrence) in early)


def measure_event(measure: Measure) -> date | None:
    """Return the day of the event on which the measure waits, once somebody named it."""
    known = measure.assignments.exclude(event_on=None).order_by("pk")
    return known.values_list("event_on", flat=True).first() if waits(measure) else None


def waits(measure: Measure) -> bool:
    """True for a measure whose deadline follows an event."""
    return measure.deadline_kind in ("relative", "conditional")


def _held(measures: Iterable[Measure]) -> list[Held]:
    rows = Assignment.objects.filter(measure__in=[measure.pk for measure in measures]).order_by()
    columns = ("pk", "measure_id", "unit_id", "occurrence", "relation", "status", "due", "first_due")
    return [
        Held(pk, Key(measure, unit, key), relation, Status(status), due, first)
        for pk, measure, unit, key, relation, status, due, first in rows.values_list(*columns).iterator()
    ]


def _apply(programme: Programme, found: Changes, over: frozenset[int]) -> Counter[str]:
    """Write the changes; return how many of each there were. `over` were due before the duty began."""
    if not found:
        return Counter()
    heirs = dict(found.pass_on)
    _end(Act.PASS_ON, Status.PASSED_ON, list(heirs), "")
    _end(Act.CANCEL, Status.CANCELLED, found.close, NO_SUCCESSOR.render(OFFICIAL))
    _end(
        Act.CANCEL, Status.CANCELLED, [pk for pk in found.cancel if pk in over], OVER_BEFORE.render(OFFICIAL)
    )
    _end(
        Act.CANCEL,
        Status.CANCELLED,
        [pk for pk in found.cancel if pk not in over],
        NO_LONGER.render(OFFICIAL),
    )
    _reinstate(found.reinstate)
    _redate(found.redate)
    for pk, relation in found.relate:
        Assignment.objects.filter(pk=pk).update(relation=relation)
    _add(programme, found.add)
    _inherit(heirs)
    return Counter(
        added=len(found.add),
        passed=len(heirs),
        cancelled=len(found.close) + len(found.cancel),
        reinstated=len(found.reinstate),
        redated=len(found.redate),
    )


def _add(programme: Programme, new: Sequence[New]) -> None:
    """Add assignments: those of one measure and occurrence by one statement, whatever the number of units."""
    alike: dict[tuple[int, str, str], list[New]] = {}
    for one in new:
        key = one.duty.key
        alike.setdefault((key.measure, key.occurrence, one.duty.relation), []).append(one)
    now = timezone.now()
    for rows in alike.values():
        plain = [one.duty.key.unit for one in rows if one.inherits is None]
        for units in _batches(plain, UNITS_AT_ONCE):
            _insert(_made(programme, rows[0], now), units)
        heirs = [one for one in rows if one.inherits is not None]
        Assignment.objects.bulk_create(_made(programme, one, now) for one in heirs)


def _insert(pattern: Assignment, units: Sequence[int]) -> None:
    """Insert `pattern` once for each of `units`.

    Django's bulk_create prepares every value of every row in Python: 150,000 assignments took it four
    fifths of the time of a fan-out.
    """
    quote, meta = connection.ops.quote_name, Assignment._meta
    given = (field for field in meta.concrete_fields if not (field.primary_key or field.generated))
    fields = [field for field in given if field.name != "unit"]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    values = [field.get_db_prep_save(getattr(pattern, field.attname), connection) for field in fields]
    one, every = ", ".join(["%s"] * len(fields)), ", ".join(["%s"] * len(units))
    table, unit = quote(meta.db_table), quote(Unit._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (unit_id, {columns})"  # noqa: S608 - names of columns, values apart
            f" SELECT id, {one} FROM {unit} WHERE id IN ({every}) ORDER BY id",
            [*values, *units],
        )


def _made(programme: Programme, new: New, now: datetime) -> Assignment:
    time, key = new.duty.occurrence, new.duty.key
    return Assignment(
        programme=programme,
        measure_id=key.measure,
        unit_id=key.unit,
        occurrence=key.occurrence,
        relation=new.duty.relation,
        status=(Status.WAITING if time.waits else Status.OPEN).value,
        since=now,
        inherits_id=new.inherits,
        **_dates(time),
    )


def _dates(time: Occurrence) -> dict[str, Any]:
    return {"starts": time.starts, "due": time.due, "first_due": time.due, "assumed": time.assumed}


def _end(act: Act, status: Status, ids: Sequence[int], reason: str) -> None:
    """End assignments by the register or the programme, each with its step of history."""
    now = timezone.now()
    for some in _batches(ids, BATCH):
        Assignment.objects.filter(pk__in=some).update(status=status.value, since=now, asked_due=None)
        Step.objects.bulk_create(
            Step(assignment_id=pk, act=act.value, status=status.value, reason=reason, at=now) for pk in some
        )


def _reinstate(ids: Sequence[int]) -> None:
    now = timezone.now()
    for some in _batches(ids, BATCH):
        rows = Assignment.objects.filter(pk__in=some)
        rows.filter(due=None).update(status=Status.WAITING.value, since=now)
        rows.exclude(due=None).update(status=Status.OPEN.value, since=now)
        Step.objects.bulk_create(
            Step(assignment_id=pk, act=Act.REINSTATE.value, status=Status.OPEN.value, at=now) for pk in some
        )


def _redate(found: Iterable[tuple[int, Occurrence]]) -> None:
    """Give a new first deadline; an extension that was granted stays while it is the later one."""
    times = dict(found)
    for some in _batches(times, BATCH):
        changed, steps = [], []
        for row in Assignment.objects.filter(pk__in=some):
            time, before = times[row.pk], row.due
            extended = before is not None and row.first_due is not None and before > row.first_due
            due = max(before, time.due) if extended and before and time.due else time.due
            row.starts, row.first_due, row.due, row.assumed = time.starts, time.due, due, time.assumed
            changed.append(row)
            steps.append(
                Step(assignment=row, act=REDATED, status=row.status, due_before=before, due_after=due)
            )
        Assignment.objects.bulk_update(changed, ("starts", "first_due", "due", "assumed"))
        Step.objects.bulk_create(steps)


REDATED: Final = "redate"  # a step of history that is no act of a person: the measure has another deadline


def _inherit(heirs: Mapping[int, int]) -> None:
    """Link the successor's assignment to the one that it takes over, where it had its own already."""
    old = {row.pk: row for row in Assignment.objects.filter(pk__in=list(heirs))}
    for pk, unit in heirs.items():
        row = old[pk]
        Assignment.objects.filter(
            measure=row.measure_id, unit=unit, occurrence=row.occurrence, inherits=None
        ).update(inherits=row)
