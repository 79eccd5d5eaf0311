"""A reviewed document becomes a programme."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404
from django.utils import timezone

from avgust.domain.addressing import Addressing
from avgust.domain.messages import Message, mark
from avgust.domain.periods import Period
from avgust.domain.resolutions.grammars.addressee import controllers_of
from avgust.domain.resolutions.model import (
    Addressee,
    PartKind,
    Relation,
)
from avgust.domain.resolutions.review.clause import ReviewedClause
from avgust.domain.resolutions.review.codec import plain
from avgust.web.accounts.rights import Action
from avgust.web.audit import record
from avgust.web.documents.actions import Refused
from avgust.web.documents.models import Document
from avgust.web.documents.registers import register_for
from avgust.web.documents.standing import Standing
from avgust.web.programmes import codes
from avgust.web.programmes.actions.answers import suggest_answers
from avgust.web.programmes.actions.executors import executor_of, on_whom
from avgust.web.programmes.actions.measures import count_measures
from avgust.web.programmes.actions.values import due_of, put_deadline, put_targets
from avgust.web.programmes.models import (
    AdoptedClause,
    Measure,
    MeasureClause,
    MeasureExecutor,
    Programme,
    Supplement,
    kinds_text,
)
from avgust.web.programmes.quotes import adopted_clause
from avgust.web.ui.stations import tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from avgust.domain.addressing import Register
    from avgust.web.accounts.models import User

BATCH: Final = 1_000


@transaction.atomic
def adopt_document(
    document: Document, *, actor: User, seen: int | None = None, into: Programme | None = None
) -> Programme:
    """Make a programme of the review as it stands, and close the review; `into` adds to a programme.

    Raises Refused while a severe finding is open, when there is no measure, when the document is adopted
    already, when the review moved on after version `seen` (nobody adopts what she has not looked at), when
    the programme to add to is another unit's, or when a station above refuses.
    """
    if not actor.may(Action.ADOPT_PROGRAMME, document.unit):
        raise PermissionDenied
    with_unit = Document.objects.select_related("unit")
    locked = get_object_or_404(with_unit.select_for_update(of=("self",)), pk=document.pk)
    standing = Standing.of(locked)
    _require_adoptable(locked, standing, seen)
    tell("programmes.adopting", document=locked, actor=actor)  # a station above may refuse
    programme, made = _supplement(into, standing, actor) if into else _make_programme(standing, actor)
    locked.status = Document.Status.ADOPTED
    locked.version += 1
    locked.save()
    record(
        actor=actor,
        code=codes.SUPPLEMENTED if into else codes.ADOPTED,
        subject=programme,
        after={
            "measures": len(made),
            "document": document.title if into else locked.pk,
            "version": locked.version,
        },
    )
    suggest_answers(programme, made)
    Measure.objects.filter(programme=programme).settle_unclear()
    tell("programmes.changed", programme=programme, measures=made if into else None, actor=actor)
    tell("programmes.adopted", document=locked, actor=actor)
    return programme


def _make_programme(standing: Standing, actor: User) -> tuple[Programme, list[Measure]]:
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
    return programme, _make_measures(programme, standing, register_for(document.unit, day))


def _supplement(into: Programme, standing: Standing, actor: User) -> tuple[Programme, list[Measure]]:
    """Add the measures of a further document to a programme of the same unit, after those it has."""
    if into.unit_id != standing.document.unit_id:
        raise Refused(Message(mark("The programme belongs to another organisation than the document.")))
    programme = Programme.objects.select_for_update(of=("self",)).select_related("unit").get(pk=into.pk)
    Supplement.objects.create(programme=programme, document=standing.document, adopted_by=actor)
    last = programme.measures.aggregate(last=Max("order"))["last"] or 0
    register = register_for(programme.unit, programme.addressed_on)
    day = standing.document.adopted_on or timezone.localdate()
    made = _make_measures(programme, standing, register, after=last, begins=day)
    count_measures(programme)
    return programme, made


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


def _make_measures(
    programme: Programme,
    standing: Standing,
    register: Register,
    after: int = 0,
    begins: date | None = None,
) -> list[Measure]:
    """Write measures, their clauses and executors in batches; their places begin after `after`.

    `begins` is the day from which those of a supplement bind.
    """
    rows = standing.review.measures
    names = _Names(register)
    control = _controllers(standing)
    measures = [_measure(programme, order, row) for order, row in enumerate(rows, start=after + 1)]
    for measure in measures:
        measure.begins = begins
    Measure.objects.bulk_create(measures, batch_size=BATCH)
    sources = AdoptedClause.objects.bulk_create(
        (adopted_clause(standing, row, order) for order, row in enumerate(rows, start=1)), batch_size=BATCH
    )
    MeasureClause.objects.bulk_create(
        (MeasureClause(measure=one, source=source) for one, source in zip(measures, sources, strict=True)),
        batch_size=BATCH,
    )
    MeasureExecutor.objects.bulk_create(
        (
            names.executor(measure, addressee)
            for measure, row in zip(measures, rows, strict=True)
            for addressee in _acting(row, control)
        ),
        batch_size=BATCH,
    )
    return measures


def _controllers(standing: Standing) -> tuple[Addressee, ...]:
    """Return whom the document charges with control of all its measures («контроль возложить на …»)."""
    clauses = (row.clause for row in standing.review.clauses if row.kind is PartKind.CONTROL)
    found = (addressee for clause in clauses for addressee in controllers_of(clause.text))
    return tuple({addressee.name: addressee for addressee in found}.values())


def _acting(row: ReviewedClause, control: Sequence[Addressee]) -> Iterator[Addressee]:
    """Yield who acts in a measure; who controls the document controls what names no controller itself."""
    yield from row.clause.addressees
    yield from row.clause.partners
    if all(addressee.relation is not Relation.CONTROLLER for addressee in row.clause.partners):
        yield from control


class _Names:
    """Looks each name up in the register once, however many measures it stands in."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._known: dict[tuple[str, str, str], Addressing] = {}

    def executor(self, measure: Measure, addressee: Addressee) -> MeasureExecutor:
        """Return the row of an addressee with the organisations that it falls on."""
        key = (addressee.name, addressee.form.value, addressee.relation.value)
        if key not in self._known:
            self._known[key] = on_whom(addressee, self._register)
        return executor_of(measure, addressee, self._known[key])


def _measure(programme: Programme, order: int, row: ReviewedClause) -> Measure:
    """Return the measure of a reviewed clause, not yet saved."""
    clause = row.clause
    answering = [a.name for a in clause.addressees if a.relation in (Relation.EXECUTOR, Relation.CO_EXECUTOR)]
    measure = Measure(
        programme=programme,
        order=order,
        label=(clause.label or "")[:40],
        text=clause.text,
        section=clause.headings[-1].text if clause.headings else "",
        theme=clause.theme.theme.value if clause.theme else "",
        reference_values=plain(clause.references),
        finding_values=plain((*row.findings, *row.settled)),
        finding_count=len(row.findings),
        finding_kinds=kinds_text(finding.kind for finding in row.findings),
        executor_names="; ".join(answering),
    )
    put_deadline(measure, clause.deadline)
    put_targets(measure, clause.targets, clause.result or "")
    return measure
