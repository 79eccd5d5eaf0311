"""Which measure of a municipality answers which of the region: suggested at adoption, decided by a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from avgust.domain.addressing.roles import RULES
from avgust.domain.answering import Statement, suggestions
from avgust.domain.messages import Message, mark
from avgust.web.audit import record
from avgust.web.documents.actions import Refused
from avgust.web.programmes import codes
from avgust.web.programmes.actions.executors import edited
from avgust.web.programmes.coverage import Coverage
from avgust.web.programmes.models import Answer, Measure, MeasureExecutor, Programme
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

BATCH: Final = 1_000
_KINDS: Final = {rule.name: rule.kinds for rule in RULES}
NO_ANSWER: Final = Message(mark("This suggestion is no longer there."))


def suggest_answers(programme: Programme, measures: Sequence[Measure]) -> int:
    """Store which of `measures` may answer programmes above, or be answered by programmes below.

    Programmes of the same school year meet; what a person said already stays. Returns how many were new.
    """
    day = programme.addressed_on
    above = Programme.objects.filter(unit__in=Unit.objects.above(programme.unit, day))
    below = Programme.objects.filter(unit__in=Unit.objects.under(programme.unit, day))
    same = {"school_year": programme.school_year}
    found = 0
    for other in above.filter(**same).exclude(unit=programme.unit).select_related("unit"):
        found += _suggest(programme, list(measures), other, list(other.measures.in_force()))
    for other in below.filter(**same).exclude(unit=programme.unit).select_related("unit"):
        found += _suggest(other, list(other.measures.in_force()), programme, list(measures))
    return found


def _suggest(below: Programme, answering: list[Measure], above: Programme, asked: list[Measure]) -> int:
    """Store suggestions for what of `asked` falls on the municipality of `below`."""
    coverage = Coverage(above)
    place = coverage.place_of.get(below.unit_id)
    if place is None:
        return 0
    here = [one for one in asked if place in coverage.falls.get(one.pk, frozenset())]
    between = Answer.objects.filter(measure__programme=below, answered__programme=above).order_by()
    known = frozenset(between.values_list("measure", "answered"))
    new = [
        Answer(measure_id=one.below, answered_id=one.above, place_id=place, likeness=one.likeness)
        for one in suggestions(_statements(answering), _statements(here))
        if (one.below, one.above) not in known
    ]
    Answer.objects.bulk_create(new, batch_size=BATCH)
    return len(new)


def _statements(measures: Sequence[Measure]) -> list[Statement]:
    """Return measures as answering sees them; an executor counts by the kinds of organisations it means."""
    kinds: defaultdict[int, set[str]] = defaultdict(set)
    programmes = {measure.programme_id for measure in measures}
    rows = MeasureExecutor.objects.answering().filter(measure__programme__in=programmes).order_by()
    for measure, rule, kind in rows.values_list("measure", "rule", "unit__kind"):
        kinds[measure] |= {kind} if kind else _KINDS.get(rule, frozenset())
    return [Statement(one.pk, one.text, one.theme, frozenset(kinds[one.pk])) for one in measures]


@transaction.atomic
def decide_answer(answer: Answer, *, actor: User, confirmed: bool) -> None:
    """Confirm or reject that a measure answers one of the region."""
    edited(answer.measure, actor)
    row = Answer.objects.select_for_update().filter(pk=answer.pk).first()
    if row is None:
        raise Refused(NO_ANSWER)
    status = Answer.Status.CONFIRMED if confirmed else Answer.Status.REJECTED
    if row.status == status:
        return
    before = {"status": row.status}
    row.status, row.decided_by, row.decided_at = status, actor, timezone.now()
    row.save()
    code = codes.ANSWERED if confirmed else codes.NOT_ANSWERED
    record(actor=actor, code=code, subject=answer.measure, before=before, after=_named(answer))


@transaction.atomic
def make_answer(measure: Measure, answered: Measure, *, actor: User) -> Answer:
    """Say that a measure answers one of the region, suggested or not."""
    edited(measure, actor)
    visible = Measure.objects.visible_to(actor).in_force().filter(pk=answered.pk)
    above = measure.programme.unit.line_of_rights - {measure.programme.unit_id}
    if answered.programme.unit_id not in above or not visible.exists():
        raise Refused(Message(mark("A measure answers one of a programme above its own.")))
    place = Coverage(answered.programme).place_of.get(measure.programme.unit_id)
    if place is None:
        raise Refused(Message(mark("Only a municipality answers the region: this programme is not of one.")))
    row, _made = Answer.objects.get_or_create(
        measure=measure, answered=answered, defaults={"place_id": place}
    )
    decide_answer(row, actor=actor, confirmed=True)
    return row


@transaction.atomic
def undo_answer(answer: Answer, *, actor: User) -> None:
    """Take back what was said of an answer: a suggestion waits again, one made by hand goes."""
    edited(answer.measure, actor)
    row = Answer.objects.select_for_update().filter(pk=answer.pk).first()
    if row is None or row.status == Answer.Status.SUGGESTED:
        raise Refused(NO_ANSWER)
    before = {"status": row.status}
    if row.likeness is None:
        row.delete()
    else:
        row.status, row.decided_by, row.decided_at = Answer.Status.SUGGESTED, None, None
        row.save()
    record(
        actor=actor, code=codes.ANSWER_TAKEN_BACK, subject=answer.measure, before=before, after=_named(answer)
    )


def _named(answer: Answer) -> dict[str, object]:
    return {"measure": str(answer.answered)[:200], "answered": answer.answered_id}
