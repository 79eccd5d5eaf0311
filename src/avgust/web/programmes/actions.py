"""A reviewed document becomes a programme."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from avgust.domain.addressing import Addressing, Outcome, resolve
from avgust.domain.messages import Message, mark
from avgust.domain.periods import Period
from avgust.domain.resolutions.export.wording import target_text
from avgust.domain.resolutions.model import Addressee, Clause, Deadline, DeadlineKind, Relation
from avgust.domain.resolutions.review.clause import ReviewedClause
from avgust.domain.resolutions.review.codec import plain
from avgust.web.accounts.rights import Action
from avgust.web.audit import record
from avgust.web.documents.actions import Refused
from avgust.web.documents.models import Document
from avgust.web.documents.registers import register_for
from avgust.web.documents.standing import Standing
from avgust.web.programmes import codes
from avgust.web.programmes.models import CHOSEN, NAMED, Measure, MeasureClause, MeasureExecutor, Programme
from avgust.web.ui.stations import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from avgust.domain.addressing import Register
    from avgust.web.accounts.models import User
    from avgust.web.territory.models import Unit

BATCH: Final = 1_000
NO_UNIT: Final = Message(mark("Choose an organisation first."))
NO_EXECUTOR: Final = Message(mark("This executor is no longer there."))
OFFICIAL: Final = "ru"  # words kept in the database are those of the office; pages say them in the reader's


@transaction.atomic
def adopt_document(document: Document, *, actor: User, seen: int | None = None) -> Programme:
    """Make a programme of the review as it stands, and close the review.

    Raises Refused while a severe finding is open, when there is no measure, when the document is adopted
    already, or when the review moved on after version `seen`: nobody adopts what she has not looked at.
    """
    if not actor.may(Action.ADOPT_PROGRAMME, document.unit):
        raise PermissionDenied
    with_unit = Document.objects.select_related("unit")
    locked = get_object_or_404(with_unit.select_for_update(of=("self",)), pk=document.pk)
    standing = Standing.of(locked)
    _require_adoptable(locked, standing, seen)
    programme = _make_programme(standing, actor)
    locked.status = Document.Status.ADOPTED
    locked.version += 1
    locked.save()
    record(
        actor=actor,
        code=codes.ADOPTED,
        subject=programme,
        after={"measures": programme.measure_count, "document": locked.pk, "version": locked.version},
    )
    tell("programmes.changed", programme=programme, measures=None, actor=actor)
    return programme


def _make_programme(standing: Standing, actor: User) -> Programme:
    """Write the programme with its measures; names are looked up as of the day of adoption."""
    document, measures = standing.document, standing.review.measures
    day = document.adopted_on or timezone.localdate()
    programme = Programme.objects.create(
        unit=document.unit,
        document=document,
        title=document.title,
        school_year=document.school_year or _school_year(document.adopted_on, measures),
        adopted_on=document.adopted_on,
        addressed_on=day,
        created_by=actor,
        measure_count=len(measures),
    )
    _make_measures(programme, standing, register_for(document.unit, day))
    return programme


def _require_adoptable(document: Document, standing: Standing, seen: int | None) -> None:
    if document.adopted:
        raise Refused(Message(mark("The document is adopted already.")))
    if seen is not None and seen != document.version:
        raise Refused(Message(mark("The review moved on meanwhile. Look at it again, then adopt.")))
    now = standing.progress
    if not now.total:
        raise Refused(Message(mark("There is no measure to adopt.")))
    if now.severe:
        raise Refused(Message(mark("A severe finding is open: mend it or leave it as it is, then adopt.")))


def _school_year(adopted: date | None, measures: Sequence[ReviewedClause]) -> str:
    """Return the school year that the document decides about; "" where nothing tells.

    A conference from June on decides about the coming year. A document without a date is about the year
    in which most of its measures are due.
    """
    if adopted is not None:
        first = adopted.year if adopted.month >= 6 else adopted.year - 1
        return Period.school_year(first).label
    dues = filter(None, (due_of(row.clause.deadline) for row in measures))
    years = Counter(Period.school_year_of(due).label for due in dues)
    return years.most_common(1)[0][0] if years else ""


def _make_measures(programme: Programme, standing: Standing, register: Register) -> None:
    """Write measures, their clauses and executors in three batches."""
    rows = standing.review.measures
    names = _Names(register)
    measures = [_measure(programme, order, row) for order, row in enumerate(rows, start=1)]
    Measure.objects.bulk_create(measures, batch_size=BATCH)
    MeasureClause.objects.bulk_create(
        (
            MeasureClause(measure=measure, document=standing.document, clause=row.id)
            for measure, row in zip(measures, rows, strict=True)
        ),
        batch_size=BATCH,
    )
    MeasureExecutor.objects.bulk_create(
        (
            names.executor(measure, addressee)
            for measure, row in zip(measures, rows, strict=True)
            for addressee in (*row.clause.addressees, *row.clause.partners)
        ),
        batch_size=BATCH,
    )


class _Names:
    """Looks each name up in the register once, however many measures it stands in."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._known: dict[tuple[str, str], Addressing] = {}

    def executor(self, measure: Measure, addressee: Addressee) -> MeasureExecutor:
        """Return the row of an addressee with the organisations that it falls on."""
        key = (addressee.name, addressee.form.value)
        if key not in self._known:
            self._known[key] = resolve(*key, self._register)
        row = MeasureExecutor(
            measure=measure,
            name=addressee.name[:500],
            form=addressee.form.value,
            relation=addressee.relation.value,
        )
        answer(row, self._known[key])
        return row


def answer(executor: MeasureExecutor, found: Addressing) -> None:
    """Set on whom an executor falls; not yet saved."""
    executor.outcome, executor.rule = found.outcome.value, found.rule[:80]
    executor.unit_id = found.units[0] if found.outcome is Outcome.BODY else None
    executor.unit_count = len(found.units)


@transaction.atomic
def choose_executor(
    executor: MeasureExecutor, unit: Unit, *, actor: User, everywhere: bool = False
) -> list[MeasureExecutor]:
    """Say which organisation an executor is; `everywhere` also where the programme has the same words.

    Raises Refused for a role, which means all of its kind, and for an organisation outside the register of
    the programme's territory and day.
    """
    programme = _edited(executor.measure, actor)
    _require_registered(programme, unit)
    same = Q(name=executor.name, form=executor.form) if everywhere else Q(pk=executor.pk)
    rows = MeasureExecutor.objects.filter(same, measure__programme=programme).exclude(rule=NAMED)
    changed = list(rows.select_for_update(of=("self",)).select_related("measure"))
    for row in changed:
        if row.outcome == Outcome.ROLE:
            raise Refused(
                Message(mark("This is a role: the measure falls on every organisation of its kind."))
            )
        before = {"unit": str(row.unit) if row.unit else None, "outcome": row.outcome}
        answer(row, Addressing(Outcome.BODY, (unit.pk,), CHOSEN))
        row.save()
        after = {"unit": str(unit), "unit_id": unit.pk, "name": row.name}
        record(actor=actor, code=codes.CHOSE_EXECUTOR, subject=row.measure, before=before, after=after)
    _tell(programme, [row.measure for row in changed], actor)
    return changed


@transaction.atomic
def name_executor(measure: Measure, unit: Unit, *, actor: User) -> MeasureExecutor:
    """Name who answers for a measure for which the document names nobody."""
    programme = _edited(measure, actor)
    _require_registered(programme, unit)
    locked = Measure.objects.select_for_update().get(pk=measure.pk)
    if MeasureExecutor.objects.answering().filter(measure=locked).exists():
        raise Refused(Message(mark("Somebody answers for this measure already.")))
    row = MeasureExecutor(measure=locked, name=unit.name[:500], form="body", relation=Relation.EXECUTOR.value)
    answer(row, Addressing(Outcome.BODY, (unit.pk,), NAMED))
    row.save()
    locked.executor_names = row.name
    locked.save()
    after = {"unit": str(unit), "unit_id": unit.pk}
    record(actor=actor, code=codes.NAMED_EXECUTOR, subject=locked, after=after)
    _tell(programme, [locked], actor)
    return row


@transaction.atomic
def release_executor(executor: MeasureExecutor, *, actor: User) -> None:
    """Take back what a person said about an executor: the rule speaks again, a named one goes."""
    programme = _edited(executor.measure, actor)
    row = (
        MeasureExecutor.objects.select_for_update(of=("self",))
        .select_related("measure", "unit")
        .get(pk=executor.pk)
    )
    if not row.by_hand:
        raise Refused(Message(mark("Nobody chose this executor by hand.")))
    before = {"unit": str(row.unit), "unit_id": row.unit_id, "name": row.name}
    if row.rule == NAMED:
        row.measure.executor_names = ""
        row.measure.save()
        row.delete()
    else:
        answer(row, resolve(row.name, row.form, register_for(programme.unit, programme.addressed_on)))
        row.save()
    after = {"unit": before["unit"]}
    record(actor=actor, code=codes.RELEASED_EXECUTOR, subject=row.measure, before=before, after=after)
    _tell(programme, [row.measure], actor)


def _tell(programme: Programme, measures: Sequence[Measure], actor: User) -> None:
    """Tell the stations above that who executes `measures` has changed."""
    tell("programmes.changed", programme=programme, measures=measures, actor=actor)


def _edited(measure: Measure, actor: User) -> Programme:
    """Return the programme of a measure that `actor` may change."""
    programme = measure.programme
    if not actor.may(Action.EDIT_PROGRAMME, programme.unit):
        raise PermissionDenied
    return programme


def _require_registered(programme: Programme, unit: Unit) -> None:
    register = register_for(programme.unit, programme.addressed_on)
    if unit.pk not in {known.id for known in register.units}:
        raise Refused(
            Message(mark("This organisation is not in the register of the programme's territory and day."))
        )


def _measure(programme: Programme, order: int, row: ReviewedClause) -> Measure:
    """Return the measure of a reviewed clause, not yet saved."""
    clause = row.clause
    answering = [a.name for a in clause.addressees if a.relation in (Relation.EXECUTOR, Relation.CO_EXECUTOR)]
    return Measure(
        programme=programme,
        order=order,
        label=(clause.label or "")[:40],
        text=clause.text,
        section=clause.headings[-1].text if clause.headings else "",
        theme=clause.theme.theme.value if clause.theme else "",
        deadline_kind=clause.deadline.kind.value,
        deadline_start=clause.deadline.start,
        due=due_of(clause.deadline),
        deadline_text=(clause.deadline.text or "")[:500],
        deadline_values=plain(clause.deadline),
        target_text=_target(clause),
        target_values=plain(clause.targets),
        reference_values=plain(clause.references),
        finding_values=plain((*row.findings, *row.settled)),
        finding_count=len(row.findings),
        executor_names="; ".join(answering),
    )


def due_of(deadline: Deadline) -> date | None:
    """Return the last day on which the measure may be done; None for what recurs, lasts or waits.

    A deadline with only a beginning («с 1 сентября 2025 года») has no last day either.
    """
    return deadline.end if deadline.kind in (DeadlineKind.DATE, DeadlineKind.INTERVAL) else None


def _target(clause: Clause) -> str:
    """Return the demanded quantities in words, else the printed result."""
    return "; ".join(target_text(target, OFFICIAL) for target in clause.targets) or clause.result or ""
