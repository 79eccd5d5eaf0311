"""Errands: giving them to colleagues, doing them, and what becomes of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from avgust.domain.control.errands import (
    ERRAND_TABLE,
    UNDER_WAY,
    ErrandAct,
    ErrandFacts,
    Party,
    Stage,
    decide_errand,
    may_be_given,
)
from avgust.domain.control.states import LIVE, NOT_NOW, Side
from avgust.domain.messages import Message, mark
from avgust.web.accounts.models import Post, User
from avgust.web.accounts.rights import Action, roles_that_may
from avgust.web.audit import record
from avgust.web.control import codes
from avgust.web.control.actions import may_act
from avgust.web.control.models import Assignment, Errand, Evidence
from avgust.web.control.reporting import add_evidence, drop_evidence, file_values
from avgust.web.control.standing import working_units
from avgust.web.control.telling import ERRAND_GIVEN, ERRANDS, tell_of_errand
from avgust.web.documents.actions import Refused
from avgust.web.territory.models import Membership

if TYPE_CHECKING:
    from collections.abc import Iterable

    from avgust.web.accounts.models import PostQuerySet
    from avgust.web.control.receiving import Received

DEEPEST: Final = 12  # hands through which one piece of work may go
TOO_DEEP: Final = Message(
    mark("The work has gone through too many hands. Give it to one colleague directly.")
)
NO_COLLEAGUE: Final = Message(mark("Choose a colleague who works in the same organisation."))


def posts_at(unit_id: int) -> PostQuerySet:
    """Return today's posts of those who do the work of a unit; of an authority, those of its place too."""
    today = timezone.localdate()
    places = Membership.objects.on(today).filter(unit=unit_id, unit__kind="authority").values("parent")
    roles = roles_that_may(Action.DO_ERRANDS)
    return Post.objects.on(today).filter(
        Q(unit=unit_id) | Q(unit__in=places), role__in=roles, user__is_active=True
    )


def colleagues(assignment: Assignment, giver: User, above: Iterable[int] = ()) -> list[User]:
    """Return whom `giver` may hand the work on to."""
    people = User.objects.filter(pk__in=posts_at(assignment.unit_id).values("user"))
    return list(people.exclude(pk__in=[giver.pk, *above]))


@transaction.atomic
def give_errand(
    assignment: Assignment,
    *,
    actor: User,
    to: User,
    words: str,
    due: date | None = None,
    part_of: Errand | None = None,
) -> Errand:
    """Hand work on an assignment, or a part of an errand, on to a colleague of the same organisation."""
    locked = _locked(assignment)
    if part_of is not None and (part_of.assignment_id != locked.pk or part_of.given_to_id != actor.pk):
        raise PermissionDenied
    if part_of is None and not may_act(locked, Side.EXECUTOR, actor):
        raise PermissionDenied
    if locked.state not in LIVE:
        raise Refused(NOT_NOW[locked.state])
    if part_of is not None and Stage(part_of.stage) not in UNDER_WAY - {Stage.DONE}:
        raise Refused(_closed(part_of))
    above = people_above(part_of)
    if len(above) >= DEEPEST:
        raise Refused(TOO_DEEP)
    last_day = (part_of.due if part_of else None) or locked.due
    if last_day is not None and last_day < timezone.localdate():
        last_day = None  # it is late already: any day to come is better than none
    refusal = may_be_given(
        giver=actor.pk, to=to.pk, above=above, due=due, last_day=last_day, today=timezone.localdate()
    )
    if refusal is None and not posts_at(locked.unit_id).filter(user=to).exists():
        refusal = NO_COLLEAGUE
    if refusal is not None:
        raise Refused(refusal)
    made = Errand.objects.create(
        assignment=locked, parent=part_of, given_by=actor, given_to=to, words=words.strip(), due=due
    )
    after = {"to": to.short_name, "words": made.words, "due": due}
    record(actor=actor, code=codes.ERRAND_GIVEN, subject=locked, after=after, person=to)
    tell_of_errand(made, ERRAND_GIVEN, actor=actor)
    return made


def _locked(assignment: Assignment) -> Assignment:
    rows = Assignment.objects.select_related("unit", "measure").select_for_update(of=("self",))
    return get_object_or_404(rows, pk=assignment.pk)


def people_above(errand: Errand | None) -> list[int]:
    """Return the people through whose hands an errand has come, its doer too."""
    found: list[int] = []
    while errand is not None and len(found) <= 2 * DEEPEST:
        found += [errand.given_to_id, errand.given_by_id]
        errand = errand.parent
    return list(dict.fromkeys(found))


def is_party(errand: Errand, party: Party, user: User) -> bool:
    """Return whether `user` is the doer or the giver; who speaks for the unit stands in for one who left."""
    if party is Party.DOER:
        return errand.given_to_id == user.pk and user.may(Action.DO_ERRANDS)
    if errand.given_by_id == user.pk:
        return user.may(Action.DO_ERRANDS)
    left = not posts_at(errand.assignment.unit_id).filter(user=errand.given_by_id).exists()
    return left and may_act(errand.assignment, Side.EXECUTOR, user)


@transaction.atomic
def act_on_errand(errand: Errand, act: ErrandAct, *, actor: User, words: str = "") -> Errand:
    """Do `act`. Raises PermissionDenied for another person, Refused with the sentence of a guard."""
    locked = _locked_errand(errand)
    row = ERRAND_TABLE[act]
    if not is_party(locked, row.party, actor):
        raise PermissionDenied
    if row.party is Party.DOER and locked.assignment.state not in LIVE:
        raise Refused(NOT_NOW[locked.assignment.state])
    stage, refusal = decide_errand(act, _facts(locked, actor, words))
    if refusal is not None:
        raise Refused(refusal)
    before = locked.stage
    locked.stage = stage.value
    if act is ErrandAct.FINISH:
        locked.answer, locked.answered_at, locked.remark = words.strip(), timezone.now(), ""
    elif act is ErrandAct.RETURN:
        locked.remark = words.strip()
    locked.save()
    after = {"stage": locked.stage, "words": words.strip()}
    record(
        actor=actor, code=codes.ERRANDS[act], subject=locked, before={"stage": before}, after=after,
        unit=locked.assignment.unit,
    )  # fmt: skip
    tell_of_errand(locked, ERRANDS[act], actor=actor)
    if act is ErrandAct.WITHDRAW:
        for part in locked.parts.filter(stage__in=sorted(UNDER_WAY)):
            _withdraw_part(part, actor)
    return locked


def _withdraw_part(part: Errand, actor: User) -> None:
    """Take back what was handed on of an errand that was taken back itself."""
    before, part.stage = part.stage, Stage.WITHDRAWN.value
    part.save(update_fields=["stage"])
    record(
        actor=actor, code=codes.ERRANDS[ErrandAct.WITHDRAW], subject=part, before={"stage": before},
        after={"stage": part.stage}, unit=part.assignment.unit,
    )  # fmt: skip
    tell_of_errand(part, ERRANDS[ErrandAct.WITHDRAW], actor=actor)
    for deeper in part.parts.filter(stage__in=sorted(UNDER_WAY)):
        _withdraw_part(deeper, actor)


def _locked_errand(errand: Errand) -> Errand:
    rows = Errand.objects.select_related("assignment__unit", "assignment__measure").select_for_update(
        of=("self",)
    )
    return get_object_or_404(rows, pk=errand.pk)


def _facts(errand: Errand, actor: User, words: str) -> ErrandFacts:
    return ErrandFacts(
        stage=Stage(errand.stage),
        doer=errand.given_to_id,
        actor=actor.pk,
        words=words,
        evidence=errand.evidence.count(),
        parts_under_way=errand.parts.filter(stage__in=sorted(UNDER_WAY)).count(),
    )


def _closed(errand: Errand) -> Message:
    _stage, refusal = decide_errand(ErrandAct.FINISH, ErrandFacts(Stage(errand.stage), 0, 0, words="-"))
    return refusal or NO_COLLEAGUE


@transaction.atomic
def add_to_errand(errand: Errand, *, actor: User, file: Received) -> Evidence:
    """Add a file to an errand that is being done."""
    locked = _in_work(errand, actor)
    known = locked.evidence.filter(sha256=file_values(file)["sha256"]).first()
    row = Evidence(errand=locked, **file_values(file))
    return known or add_evidence(row, subject=locked, count=locked.evidence.count(), actor=actor, file=file)


@transaction.atomic
def remove_from_errand(errand: Errand, pk: int, *, actor: User) -> None:
    """Take a file out of an errand that is being done."""
    locked = _in_work(errand, actor)
    row = locked.evidence.filter(pk=pk).first()
    if row is None:
        raise Http404
    drop_evidence([row], subject=locked, actor=actor)


def _in_work(errand: Errand, actor: User) -> Errand:
    locked = _locked_errand(errand)
    if not is_party(locked, Party.DOER, actor):
        raise PermissionDenied
    if Stage(locked.stage) not in UNDER_WAY - {Stage.DONE}:
        raise Refused(_closed(locked))
    return locked


@dataclass(slots=True)
class Branch:
    """An errand with what was handed on of it."""

    errand: Errand
    parts: list[Branch] = field(default_factory=list)


def errands_for(assignment: Assignment, reader: User) -> list[Branch]:
    """Return the errands of an assignment as a tree; only the organisation itself sees its inner work."""
    return _tree(assignment)[None] if assignment.unit_id in working_units(reader) else []


def branch_of(errand: Errand) -> Branch:
    """Return an errand with what was handed on of it, as deep as it goes."""
    return Branch(errand, _tree(errand.assignment)[errand.pk])


def _tree(assignment: Assignment) -> defaultdict[int | None, list[Branch]]:
    """Return the errands of an assignment by the errand of which they are parts, in two queries."""
    rows = assignment.errands.select_related("given_by", "given_to").prefetch_related("evidence")
    branches = {row.pk: Branch(row) for row in rows.order_by("pk")}
    below: defaultdict[int | None, list[Branch]] = defaultdict(list)
    for branch in branches.values():
        below[branch.errand.parent_id].append(branch)
    for pk, branch in branches.items():
        branch.parts = below[pk]
    return below


def visible_errand(pk: int, reader: User) -> Errand:
    """Return an errand for those through whose hands it went and who speaks for the organisation."""
    rows = Errand.objects.select_related(
        "assignment__unit", "assignment__measure", "assignment__programme", "given_by", "given_to", "parent"
    )
    errand = get_object_or_404(rows, pk=pk)
    if reader.pk in people_above(errand) or may_act(errand.assignment, Side.EXECUTOR, reader):
        return errand
    raise Http404
