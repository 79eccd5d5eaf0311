"""What local acts prove: the verdict of data on assignments whose measure requires an act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from avgust.domain.acts.standing import Dated, verdict_on
from avgust.domain.acts.states import EVER_ADOPTED
from avgust.domain.proof import Verdict
from avgust.web.acts.models import Demand, LocalAct
from avgust.web.control.models import Assignment, AssignmentQuerySet
from avgust.web.control.verdicts import Finding, set_verdicts

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.programmes.models import Programme

KIND: Final = "local_act"  # of a basis: what said it
LOOKED_BACK: Final = timedelta(days=40)  # a daily run that was missed so long is made up for


@transaction.atomic
def prove(assignments: AssignmentQuerySet, *, actor: User | None = None, day: date | None = None) -> int:
    """Bring the verdicts of `assignments` in line with the acts of their organisations on `day`.

    Idempotent. Assignments of measures that require no act are touched only where an act once spoke about
    them. Returns how many changed.
    """
    today = day or timezone.localdate()
    wanted = assignments.filter(measure__demand__isnull=False) | assignments.filter(verdict_basis__kind=KIND)
    rows = list(wanted.select_related("measure__demand", "measure__programme", "unit"))
    acts = _acts_of(rows)
    return set_verdicts([_finding(row, acts, today) for row in rows], actor=actor)


def _template(row: Assignment) -> int | None:
    demand: Demand | None = getattr(row.measure, "demand", None)
    return demand.template_id if demand else None


def _acts_of(rows: Iterable[Assignment]) -> dict[tuple[int | None, int], dict[int, LocalAct]]:
    """Return what was ever adopted, by template and organisation, in one query."""
    pairs = {(_template(row), row.unit_id) for row in rows}
    found: defaultdict[tuple[int | None, int], dict[int, LocalAct]] = defaultdict(dict)
    templates, units = {one for one, _unit in pairs}, {unit for _one, unit in pairs}
    adopted = LocalAct.objects.filter(template__in=templates - {None}, status__in=sorted(EVER_ADOPTED))
    if len(units) == 1:
        adopted = adopted.filter(unit__in=units)
    for act in adopted.order_by("pk").defer("values"):
        found[act.template_id, act.unit_id][act.pk] = act
    return found


def _finding(
    row: Assignment, acts: dict[tuple[int | None, int], dict[int, LocalAct]], today: date
) -> Finding:
    own = acts.get((_template(row), row.unit_id), {})
    verdict, basis = verdict_on((act.dated for act in own.values()), today)
    return Finding(row, verdict, basis_of(own[basis.number], basis) if basis else {})


def basis_of(act: LocalAct, dated: Dated) -> dict[str, Any]:
    """Return what opens behind «Почему?»: the act, its number and its days."""
    return {
        "kind": KIND,
        "act": act.pk,
        "title": act.title,
        "number": act.number,
        "adopted_on": act.adopted_on.isoformat() if act.adopted_on else None,
        "since": dated.since.isoformat() if dated.since else None,
        "until": dated.until.isoformat() if dated.until else None,
    }


def prove_act(act: LocalAct, *, actor: User | None) -> int:
    """Bring in line what `act` speaks about: its organisation's assignments under its template."""
    rows = Assignment.objects.filter(unit=act.unit_id, measure__demand__template=act.template_id)
    return prove(rows, actor=actor)


def follow_programme(programme: Programme) -> None:
    """Prove what was fanned out anew by acts that were adopted before."""
    rows = Assignment.objects.filter(programme=programme, measure__demand__isnull=False)
    if rows.exists():
        prove(rows)


def follow_day(period: str) -> None:
    """Reflect what ended by its date: an act whose last day in force has passed proves nothing any more."""
    today = date.fromisoformat(period)
    ended = LocalAct.objects.filter(until__lt=today, until__gte=today - LOOKED_BACK)
    for template, unit in ended.order_by().values_list("template", "unit").distinct():
        rows = Assignment.objects.filter(unit=unit, measure__demand__template=template)
        prove(rows.exclude(verdict=Verdict.NONE.value), day=today)
