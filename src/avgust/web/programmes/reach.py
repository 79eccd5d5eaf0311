"""On which organisations the executors of a measure fall: the one place that answers "which units on day d".

The rule of a role is asked anew on the day in question; what persons chose, took out or added is kept with
the executor and stands above the rule; a closed organisation leaves its part to its successor. The rules
are `avgust.domain.addressing`; here they are asked in five queries, of one measure or of a thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from avgust.domain.addressing import (
    ROLE_NAMES,
    Acting,
    Exceptions,
    Outcome,
    Part,
    Register,
    by_rule,
    parts,
)
from avgust.domain.resolutions.model import Relation
from avgust.web.accounts.rights import Role
from avgust.web.documents.registers import register_for, register_of
from avgust.web.programmes.models import (
    ExecutorException,
    Measure,
    MeasureExecutor,
    Programme,
)
from avgust.web.territory.models import Membership, Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


_WORKING: Final = (Role.REGIONAL_OFFICER, Role.MUNICIPAL_OFFICER, Role.HEAD, Role.DEPUTY, Role.METHODOLOGIST)


def units_of(measure: Measure, day: date) -> dict[int, Part]:
    """Return the units that answer for `measure` on `day`, each with its part, in five queries."""
    found = dict(units_of_measures(measure.programme, day, [measure]))
    return found.get(measure.pk, {})


def units_of_measures(
    programme: Programme, day: date, measures: Iterable[Measure] | None = None
) -> Iterator[tuple[int, dict[int, Part]]]:
    """Yield each measure's id with the units that answer for it on `day`; `measures` narrows the programme.

    Five queries however many measures there are, and one measure's units in memory at a time. A measure on
    which nobody falls is yielded too, with none; so is one that was cancelled or merged into another.
    """
    rows = Measure.objects.filter(programme=programme)
    rows = rows if measures is None else rows.filter(pk__in=[measure.pk for measure in measures])
    register, heirs = register_for(programme.unit, day), heirs_on(day)
    acting = acting_in(MeasureExecutor.objects.answering().filter(measure__in=rows.in_force()))
    for pk in rows.order_by("order").values_list("pk", flat=True):
        yield pk, parts(acting.get(pk, ()), register, heirs)


def heirs_on(day: date) -> dict[int, int]:
    """Return who took over the work of each organisation that was closed before `day`."""
    closed = Unit.objects.filter(closed__lt=day, successor__isnull=False)
    return dict(closed.values_list("pk", "successor_id"))


def acting_in(executors: QuerySet[MeasureExecutor]) -> dict[int, list[Acting]]:
    """Return executors by measure, as addressing sees them, in two queries."""
    excepted: defaultdict[int, list[tuple[int, bool]]] = defaultdict(list)
    exceptions = ExecutorException.objects.filter(executor__in=executors).order_by()
    for executor, unit, added in exceptions.values_list("executor", "unit", "added"):
        excepted[executor].append((unit, added))
    found: defaultdict[int, list[Acting]] = defaultdict(list)
    columns = ("pk", "measure", "relation", "rule", "unit")
    for pk, measure, relation, rule, unit in executors.order_by("pk").values_list(*columns):
        found[measure].append(Acting(pk, Relation(relation), rule, unit, _exceptions(excepted[pk])))
    return found


def _exceptions(pairs: Iterable[tuple[int, bool]]) -> Exceptions:
    """Return exceptions from pairs of a unit and whether it was added."""
    said = list(pairs)
    return Exceptions(
        frozenset(unit for unit, added in said if not added), frozenset(unit for unit, added in said if added)
    )


def exceptions_of(executor: MeasureExecutor) -> Exceptions:
    """Return what persons took out of an executor and added to it."""
    return _exceptions((row.unit_id, row.added) for row in executor.exceptions.all())


def acting_of(executor: MeasureExecutor) -> Acting:
    """Return an executor as addressing sees it."""
    relation = Relation(executor.relation)
    return Acting(executor.pk, relation, executor.rule, executor.unit_id, exceptions_of(executor))


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
        rows = MeasureExecutor.objects.answering().filter(self.executors(programme))
        return Q(Exists(rows.filter(measure=OuterRef("pk"))))

    def executors(self, programme: Programme) -> Q:
        """Return the condition on executors of `programme` that are the organisations."""
        if not self.units:
            return Q(pk__in=())
        taken = self._taken(programme)
        mine = ExecutorException.objects.filter(unit__in=self._all, executor__measure__programme=programme)
        out: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
        added = []
        for executor, rule, unit, is_added in mine.order_by().values_list(
            "executor", "executor__rule", "unit", "added"
        ):
            if is_added:
                added.append(executor)
            else:
                out[executor, rule].add(unit)
        wholly = [executor for (executor, rule), units in out.items() if taken.get(rule, set()) <= units]
        here = Q(outcome=Outcome.BODY.value, unit__in=self._all)
        if taken:
            by_rule_here = Q(outcome=Outcome.ROLE.value, rule__in=sorted(taken))
            here |= by_rule_here & ~Q(pk__in=wholly) if wholly else by_rule_here
        return here | Q(pk__in=added) if added else here

    def _taken(self, programme: Programme) -> dict[str, set[int]]:
        """Return the rules that take any of the organisations, with those they take."""
        register = self._register(programme)
        asked = {rule: set(by_rule(rule, register)) for rule in ROLE_NAMES}
        return {rule: units for rule, units in asked.items() if units}

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
