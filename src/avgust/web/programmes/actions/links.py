"""Clauses and measures, many to many: linked, unlinked; two measures merged into one, and parted again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from django.db import transaction

from avgust.domain.messages import Message, mark
from avgust.web.audit import record
from avgust.web.documents.actions import Refused
from avgust.web.documents.models import Document
from avgust.web.programmes import codes
from avgust.web.programmes.actions.executors import edited, tell_changed
from avgust.web.programmes.actions.involving import name_again
from avgust.web.programmes.actions.measures import count_measures, ground_of, require_in_force
from avgust.web.programmes.models import AdoptedClause, Measure, MeasureClause, MeasureExecutor

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

NO_CLAUSE: Final = Message(mark("Mark a clause first."))


@transaction.atomic
def link_clauses(measure: Measure, clauses: Sequence[AdoptedClause], *, actor: User) -> list[MeasureClause]:
    """Say that a measure carries out further clauses of adopted documents that the person may see."""
    edited(measure, actor)
    locked = Measure.objects.select_for_update().get(pk=measure.pk)
    require_in_force(locked)
    seen = frozenset(
        Document.objects.visible_to(actor)
        .filter(pk__in={clause.document_id for clause in clauses})
        .values_list("pk", flat=True)
    )
    known = frozenset(locked.clauses.values_list("source", flat=True))
    new = [one for one in clauses if one.pk not in known and one.document_id in seen]
    if not new:
        raise Refused(NO_CLAUSE)
    made = [MeasureClause.objects.create(measure=locked, source=clause) for clause in new]
    for clause in new:
        record(actor=actor, code=codes.LINKED_CLAUSE, subject=locked, after=_named(clause))
    return made


@transaction.atomic
def unlink_clause(link: MeasureClause, *, actor: User) -> None:
    """Say that a measure does not carry out a clause; what a merger brought goes with the parting only."""
    edited(link.measure, actor)
    locked = Measure.objects.select_for_update().get(pk=link.measure_id)
    row = MeasureClause.objects.filter(pk=link.pk).select_related("source__document").first()
    if row is None:
        raise Refused(Message(mark("This clause is not linked any more.")))
    if row.origin_id is not None:
        raise Refused(Message(mark("This clause came with a merged measure: part the measures instead.")))
    source = row.source
    row.delete()
    record(actor=actor, code=codes.UNLINKED_CLAUSE, subject=locked, after=_named(source))


def _named(clause: AdoptedClause) -> dict[str, object]:
    label = clause.label or clause.clause
    return {"label": label, "document": clause.document.title, "clause_id": clause.pk}


@transaction.atomic
def merge_measures(kept: Measure, merged: Measure, *, actor: User, reason: str) -> None:
    """Make two measures of a programme one: the kept one carries out the clauses of both.

    The numbers of both are kept. Who acts in the merged one acts in the kept one too; its deadline and
    target stay with it and speak again when the measures are parted.
    """
    programme = edited(kept, actor)
    ground = ground_of(reason)
    rows = Measure.objects.select_for_update().filter(programme=programme).in_bulk([kept.pk, merged.pk])
    if kept.pk == merged.pk or len(rows) < 2:
        raise Refused(Message(mark("Choose another measure of the same programme.")))
    into, gone = rows[kept.pk], rows[merged.pk]
    require_in_force(into)
    require_in_force(gone)
    _move(gone, into)
    gone.status, gone.merged_into = Measure.Status.MERGED, into
    _settle(into, gone)
    count_measures(programme)
    labels = {"into": _label(into), "label": _label(gone)}
    for measure, code in ((gone, codes.MERGED_MEASURES), (into, codes.TOOK_IN_MEASURE)):
        record(actor=actor, code=code, subject=measure, after=labels, reason=ground)
    tell_changed(programme, [into, gone], actor)


def _move(gone: Measure, into: Measure) -> None:
    """Give the kept measure the clauses and the executors that it has not; each keeps where it came from."""
    own = into.clauses.values("source")
    gone.clauses.exclude(source__in=own).filter(origin=None).update(measure=into, origin=gone)
    gone.clauses.exclude(source__in=own).exclude(origin=None).update(measure=into)
    known = {(row.name, row.relation) for row in into.executors.all()}
    for row in gone.executors.all():
        if (row.name, row.relation) not in known:
            row.measure, row.origin = into, row.origin or gone
            row.save(update_fields=("measure", "origin"))


@transaction.atomic
def part_measures(merged: Measure, *, actor: User, reason: str) -> None:
    """Undo a merger: the measure is in force again with what it brought, wherever that went meanwhile."""
    programme = edited(merged, actor)
    ground = ground_of(reason)
    gone = Measure.objects.select_for_update().get(pk=merged.pk)
    if gone.status != Measure.Status.MERGED or gone.merged_into_id is None:
        raise Refused(Message(mark("This measure is not merged into another any more.")))
    into = Measure.objects.select_for_update().get(pk=gone.merged_into_id)
    holder = _holder(into)
    within = _absorbed_by(gone)
    for rows in (
        MeasureClause.objects.filter(measure=holder),
        MeasureExecutor.objects.filter(measure=holder),
    ):
        rows.filter(origin=gone).update(measure=gone, origin=None)
        rows.filter(origin__in=within).update(measure=gone)
    gone.status, gone.merged_into = Measure.Status.IN_FORCE, None
    _settle(into, gone)
    if holder.pk != into.pk:
        name_again(holder)
    count_measures(programme)
    labels = {"into": _label(into), "label": _label(gone)}
    for measure in (gone, into):
        record(actor=actor, code=codes.SPLIT_MEASURES, subject=measure, after=labels, reason=ground)
    tell_changed(programme, [holder, gone], actor)


def _holder(measure: Measure) -> Measure:
    """Return the measure in force that holds what was merged, through however many mergers."""
    here = measure
    while here.merged_into is not None:
        here = here.merged_into
    return here


def _absorbed_by(measure: Measure) -> list[int]:
    """Return what was merged into a measure, and into that."""
    found: list[int] = []
    level = [measure.pk]
    while level:
        rows = Measure.objects.filter(merged_into__in=level).values_list("pk", flat=True)
        level = list(rows)
        found += level
    return found


def _settle(into: Measure, gone: Measure) -> None:
    """Save both measures with the names and numbers that now stand."""
    gone.version += 1
    gone.save()
    into.absorbed_labels = ", ".join(_label(one) for one in into.absorbed.order_by("order"))[:400]
    into.version += 1
    name_again(into)
    name_again(gone)


def _label(measure: Measure) -> str:
    return measure.label or str(measure.order)
