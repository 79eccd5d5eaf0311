"""On which organisations the executors of a measure fall: by the rule, or by a person where it cannot tell.

The rule is asked anew on the programme's day; what a person chose is kept with the executor and stands
above the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from avgust.domain.addressing import Addressing, Outcome, Register, resolve
from avgust.web.documents.registers import register_for
from avgust.web.programmes.models import BY_HAND, CHOSEN, NAMED, Measure, MeasureExecutor, Programme
from avgust.web.territory.models import Membership, Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


def rule_words(rule: str) -> str:
    """Return a rule of addressing as the card explains it; "" for one that needs no words."""
    return {
        CHOSEN: _("chosen by hand"),
        NAMED: _("named by hand, the document names nobody"),
        "by name": _("the name in the register is the same"),
        "own authority": _("the authority of the same territory"),
        "by part of the name": _("the name in the register holds these words"),
        "methodical services": _("all methodical services"),
        "municipal education authorities": _("all municipal education authorities"),
        "additional education": _("all organisations of additional education"),
        "preschool organisations": _("all kindergartens"),
        "preschool and general education": _("all kindergartens and schools"),
        "vocational education": _("all colleges"),
        "regional organisations": _("all organisations founded by the region"),
        "municipal educational organisations": _("all organisations founded by municipalities"),
        "general education": _("all schools"),
        "all educational organisations": _("all educational organisations"),
    }.get(rule, "")


@dataclass(frozen=True, slots=True)
class Reach:
    """An executor and the organisations that the name falls on. `linked` are those the reader may open."""

    executor: MeasureExecutor
    addressing: Addressing
    units: Sequence[Unit]
    linked: frozenset[int] = frozenset()

    @property
    def question(self) -> bool:
        """True when several organisations fit equally and a person must choose."""
        return self.addressing.outcome is Outcome.AMBIGUOUS

    @property
    def known(self) -> bool:
        """True when there is an answer."""
        return self.addressing.outcome in (Outcome.BODY, Outcome.ROLE)

    @property
    def outside(self) -> bool:
        """True for who stands outside the register: parents, universities, the press."""
        return self.addressing.outcome is Outcome.OUTSIDE

    @property
    def choosable(self) -> bool:
        """True where a person may say which organisation is meant; a role means all of its kind."""
        return self.addressing.outcome is not Outcome.ROLE

    @property
    def rule(self) -> str:
        """Why these organisations, in words."""
        return rule_words(self.addressing.rule)


def addressing_of(executor: MeasureExecutor, register: Register) -> Addressing:
    """Return on whom the executor falls: whom a person chose, else what the rule says."""
    if executor.by_hand and executor.unit_id is not None:
        return Addressing(Outcome.BODY, (executor.unit_id,), executor.rule)
    return resolve(executor.name, executor.form, register)


def reaches(measure: Measure, register: Register, reader: User) -> list[Reach]:
    """Return who acts with the organisations, in three queries whatever their number."""
    rows = list(measure.executors.all())
    answers = [addressing_of(row, register) for row in rows]
    wanted = {pk for answer in answers for pk in answer.units}
    units = Unit.objects.in_bulk(wanted)
    linked = frozenset(
        Unit.objects.visible_to(reader).filter(pk__in=wanted).values_list("pk", flat=True) if wanted else ()
    )

    def named(answer: Addressing) -> list[Unit]:
        return sorted((units[pk] for pk in answer.units if pk in units), key=lambda unit: unit.order)

    return [Reach(row, answer, named(answer), linked) for row, answer in zip(rows, answers, strict=True)]


def executors_on(programme: Programme, units: Iterable[Unit]) -> Q:
    """Return the condition on executors of `programme` that they fall on one of `units`.

    What a unit took over by a merger falls on it too.
    """
    wanted = {unit.pk for unit in units}
    wanted |= set(Unit.objects.filter(successor__in=wanted).values_list("pk", flat=True))
    found = Q(rule__in=BY_HAND, unit__in=wanted)
    register = register_for(programme.unit, programme.addressed_on)
    rows = MeasureExecutor.objects.filter(measure__programme=programme).exclude(rule__in=BY_HAND)
    for name, form in rows.order_by().values_list("name", "form").distinct():
        answer = resolve(name, form, register)
        if answer.outcome in (Outcome.BODY, Outcome.ROLE) and not wanted.isdisjoint(answer.units):
            found |= Q(name=name, form=form) & ~Q(rule__in=BY_HAND)
    return found


def measures_on(programme: Programme, units: Sequence[Unit]) -> Q:
    """Return the condition on measures of `programme` that `units` answer for."""
    if not units:
        return Q(pk__in=())
    rows = MeasureExecutor.objects.answering().filter(executors_on(programme, units))
    return Q(pk__in=rows.filter(measure__programme=programme).values("measure"))


def organisations_of(user: User) -> list[Unit]:
    """Return the organisations a person works for; for a post at a place, the authorities of that place."""
    posts = {post.unit_id: post.unit for post in user.current_posts}
    places = [unit.pk for unit in posts.values() if unit.kind in (Unit.Kind.REGION, Unit.Kind.MUNICIPALITY)]
    today = timezone.localdate()
    here = Membership.objects.on(today).filter(parent__in=places).values("unit")
    authorities = Unit.objects.on(today).filter(kind=Unit.Kind.AUTHORITY, pk__in=here)
    return [unit for unit in posts.values() if unit.pk not in places] + list(authorities)
