"""On which organisations the executors of a measure fall: by the rule, or by a person where it cannot tell.

The rule is asked anew on the programme's day; what a person chose is kept with the executor and stands
above the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from avgust.domain.addressing import Addressing, Outcome, Register, resolve
from avgust.web.accounts.rights import Role
from avgust.web.documents.registers import register_of, rule_words
from avgust.web.programmes.models import CHOSEN, NAMED, Measure, MeasureExecutor, Programme
from avgust.web.territory.models import Membership, Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


_WORKING: Final = (Role.REGIONAL_OFFICER, Role.MUNICIPAL_OFFICER, Role.HEAD, Role.METHODOLOGIST)


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
        by_hand = {CHOSEN: _("chosen by hand"), NAMED: _("named by hand, the document names nobody")}
        return by_hand.get(self.addressing.rule) or rule_words(self.addressing.rule)


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


class Own:
    """What falls on some organisations, programme by programme.

    Which body a name means was decided at adoption and is kept; of roles the rule is asked about these
    organisations only, so that no page has to build the register of a whole region.
    """

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = list(units)
        self._all = self.units + list(Unit.objects.filter(successor__in=self.units)) if self.units else []
        self._registers: dict[tuple[int, date], Register] = {}

    def measures(self, programme: Programme) -> Q:
        """Return the condition on measures of `programme` that the organisations answer for.

        What a unit took over by a merger falls on it too.
        """
        if not self.units:
            return Q(pk__in=())
        rows = MeasureExecutor.objects.answering().filter(measure__programme=programme)
        return Q(pk__in=rows.filter(self._executors(programme, rows)).values("measure"))

    def _executors(self, programme: Programme, rows: QuerySet[MeasureExecutor]) -> Q:
        register = self._register(programme)
        roles = rows.filter(outcome=Outcome.ROLE.value).order_by().values_list("name", flat=True).distinct()
        names = [name for name in roles if resolve(name, "role", register).units]
        return Q(outcome=Outcome.BODY.value, unit__in=self._all) | Q(
            outcome=Outcome.ROLE.value, name__in=names
        )

    def _register(self, programme: Programme) -> Register:
        key = (programme.unit_id, programme.addressed_on)
        if key not in self._registers:
            self._registers[key] = register_of(self._all, programme.unit, programme.addressed_on)
        return self._registers[key]


def organisations_of(user: User) -> list[Unit]:
    """Return the organisations a person works for; for a post at a place, the authorities of that place.

    Who looks on (an analyst, an observer) or runs the system works for none of them.
    """
    posts = {post.unit_id: post.unit for post in user.current_posts if post.role in _WORKING}
    places = [unit.pk for unit in posts.values() if unit.kind in (Unit.Kind.REGION, Unit.Kind.MUNICIPALITY)]
    today = timezone.localdate()
    here = Membership.objects.on(today).filter(parent__in=places).values("unit")
    authorities = Unit.objects.on(today).filter(kind=Unit.Kind.AUTHORITY, pk__in=here)
    return [unit for unit in posts.values() if unit.pk not in places] + list(authorities)
