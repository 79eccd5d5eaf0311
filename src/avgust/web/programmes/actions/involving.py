"""Who acts in a measure: added and taken away by hand, and the person who controls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.model import Addressee, Relation
from avgust.web.accounts.models import Post
from avgust.web.audit import record
from avgust.web.documents.actions import Refused
from avgust.web.documents.registers import register_for
from avgust.web.programmes import codes
from avgust.web.programmes.actions.executors import edited, executor_of, on_whom, tell_changed
from avgust.web.programmes.models import Measure, MeasureExecutor, Programme
from avgust.web.programmes.typed import LONGEST, addressees_of
from avgust.web.territory.models import Membership, Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from avgust.web.accounts.models import User

NO_NAME: Final = Message(mark("Write who it is: the name of an organisation, or a role."))
NO_GROUND: Final = Message(mark("Say the ground: a letter, an order, a decision. It stays in the history."))


@transaction.atomic
def involve(
    measure: Measure, names: str, relation: Relation, *, actor: User, reason: str
) -> list[MeasureExecutor]:
    """Add who acts in a measure, named as a document would name them; a semicolon parts two names.

    Who is in the measure in the same part already is passed over. Raises Refused without a name or a
    ground, and where nothing is new.
    """
    programme = edited(measure, actor)
    ground = reason.strip()[:500]
    if not ground:
        raise Refused(NO_GROUND)
    locked = Measure.objects.select_for_update().get(pk=measure.pk)
    found = addressees_of(programme, names[:LONGEST], relation)
    if not found:
        raise Refused(NO_NAME)
    made = _write(programme, locked, found)
    if not made:
        raise Refused(Message(mark("This one is in the measure already.")))
    _touched(locked)
    for row in made:
        after = {"name": row.name, "relation": row.relation}
        record(actor=actor, code=_ADDED[relation], subject=locked, after=after, reason=ground)
    tell_changed(programme, [locked], actor)
    return made


_ADDED: Final = {
    Relation.EXECUTOR: codes.INVOLVED_EXECUTOR,
    Relation.CO_EXECUTOR: codes.INVOLVED_CO_EXECUTOR,
    Relation.CONTROLLER: codes.INVOLVED_CONTROLLER,
    Relation.PARTNER: codes.INVOLVED_PARTNER,
}


def add_named(measure: Measure, names: str, read: Sequence[Addressee]) -> None:
    """Write who executes a new measure: who is typed, else who was read from its text."""
    programme = measure.programme
    typed = addressees_of(programme, names[:LONGEST], Relation.EXECUTOR)
    _write(programme, measure, typed or read)
    name_again(measure)


def _write(programme: Programme, measure: Measure, found: Sequence[Addressee]) -> list[MeasureExecutor]:
    known = {(row.name.casefold(), row.relation) for row in measure.executors.all()}
    new = [one for one in found if (one.name[:500].casefold(), one.relation.value) not in known]
    register = register_for(programme.unit, programme.addressed_on)
    made = [executor_of(measure, one, on_whom(one, register)) for one in new]
    for row in made:
        row.save()
    return made


@transaction.atomic
def uninvolve(executor: MeasureExecutor, *, actor: User, reason: str) -> None:
    """Take somebody out of a measure; the journal keeps who it was, and why."""
    programme = edited(executor.measure, actor)
    ground = reason.strip()[:500]
    if not ground:
        raise Refused(NO_GROUND)
    locked = Measure.objects.select_for_update().get(pk=executor.measure_id)
    row = MeasureExecutor.objects.filter(pk=executor.pk, measure=locked).first()
    if row is None:
        raise Refused(Message(mark("This executor is no longer there.")))
    before = {"name": row.name, "relation": row.relation, "organisations": row.unit_count}
    after = {"name": row.name}
    row.delete()
    _touched(locked)
    record(actor=actor, code=codes.UNINVOLVED, subject=locked, before=before, after=after, reason=ground)
    tell_changed(programme, [locked], actor)


def _touched(measure: Measure) -> None:
    measure.version += 1
    name_again(measure)


def name_again(measure: Measure) -> None:
    """Save the measure with the names of who answers, as the table sorts and searches them."""
    rows = MeasureExecutor.objects.answering().filter(measure=measure).order_by("pk")
    measure.executor_names = "; ".join(rows.values_list("name", flat=True))
    measure.save()


def people_for(executor: MeasureExecutor) -> QuerySet[Post]:
    """Return the posts held today from which the person of a controller is chosen.

    They are those at its organisation; who works for an authority has the post at its municipality or
    region. A controller whose organisation nobody knows is somebody of the programme's own unit.
    """
    today = timezone.localdate()
    unit = executor.unit or executor.measure.programme.unit
    units = {unit.pk}
    if unit.kind == Unit.Kind.AUTHORITY:
        units |= set(Membership.objects.on(today).filter(unit=unit).values_list("parent", flat=True))
    posts = Post.objects.on(today).filter(unit__in=units, user__is_active=True)
    return posts.select_related("user", "unit").order_by("user__order", "pk")


@transaction.atomic
def name_person(executor: MeasureExecutor, post: Post | None, *, actor: User) -> None:
    """Say which person controls, by her post; None takes it back."""
    programme = edited(executor.measure, actor)
    row = (
        MeasureExecutor.objects.select_for_update(of=("self",)).select_related("measure").get(pk=executor.pk)
    )
    if row.relation != Relation.CONTROLLER:
        raise Refused(Message(mark("A person is named for control only: executors are organisations.")))
    if post is not None and not people_for(row).filter(pk=post.pk).exists():
        raise Refused(Message(mark("This person holds no post there today.")))
    before = {"post": row.post_id}
    row.post = post
    row.save(update_fields=("post",))
    code = codes.NAMED_PERSON if post else codes.UNNAMED_PERSON
    after = {"post": row.post_id, "name": row.name}
    record(actor=actor, code=code, subject=row.measure, before=before, after=after)
    tell_changed(programme, [row.measure], actor)
