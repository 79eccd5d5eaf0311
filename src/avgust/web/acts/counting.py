"""The table of standings as SQL: where each organisation stands with the acts of a template, counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Case, CharField, Count, Exists, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from avgust.domain.acts.standing import PROVES, RULES, Rule, Standing
from avgust.domain.control.states import UNCOUNTED
from avgust.web.acts.models import ActTemplate, LocalAct, LocalActQuerySet
from avgust.web.control.models import Assignment, AssignmentQuerySet
from avgust.web.control.rolling import places_on
from avgust.web.territory.models import Unit, UnitQuerySet

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

ORDER: Final = tuple(Standing)


def _condition(rule: Rule, day: date) -> Q:
    found = Q(status__in=sorted(rule.statuses))
    if rule.begun is True:
        found &= Q(since__lte=day)
    if rule.over is True:
        found &= Q(until__lt=day)
    return found


def with_standing(acts: LocalActQuerySet, day: date) -> Any:
    """Annotate acts with `stand` and its `rank`: where each stands on `day`."""
    whens = [(_condition(rule, day), rule.standing) for rule in RULES]
    stand = Case(
        *(When(found, then=Value(standing.value)) for found, standing in whens), output_field=CharField()
    )
    rank = Case(
        *(When(found, then=Value(ORDER.index(standing))) for found, standing in whens),
        output_field=IntegerField(),
    )
    return acts.annotate(stand=stand, rank=rank)


def required_of(template: ActTemplate, user: User) -> UnitQuerySet:
    """Return the organisations in the reader's scope of which a measure requires the act."""
    owed = Assignment.objects.visible_to(user).filter(measure__demand__template=template)
    return Unit.objects.filter(pk__in=owed.exclude(status__in=sorted(UNCOUNTED)).values("unit"))


def standing_in(units: UnitQuerySet, template: ActTemplate, day: date) -> Any:
    """Annotate organisations with `stand` and `act`: the foremost act of the template, as `foremost` says."""
    own = with_standing(LocalAct.objects.filter(template=template, unit=OuterRef("pk")), day)
    best = own.exclude(stand=Standing.NONE.value).order_by("rank", "-pk")
    return units.annotate(
        stand=Coalesce(Subquery(best.values("stand")[:1]), Value(Standing.NONE.value)),
        act=Subquery(best.values("pk")[:1]),
    )


def counts(units: Any) -> dict[Standing, int]:
    """Return how many of `units` (with `stand`) stand where, in the order of every list, in one query."""
    found = dict(units.order_by().values_list("stand").annotate(n=Count("pk")))
    return {standing: found[standing.value] for standing in ORDER if found.get(standing.value)}


def by_place(units: Any, places: Iterable[Unit], day: date) -> list[tuple[Unit, int, int]]:
    """Return, for each municipality that has any of `units`, how many are in force and how many there are."""
    place_of = places_on(places, day)
    counted: dict[int, list[int]] = {}
    for unit, stand in units.order_by().values_list("pk", "stand"):
        if unit in place_of:
            row = counted.setdefault(place_of[unit], [0, 0])
            row[0] += stand == Standing.IN_FORCE.value
            row[1] += 1
    return [(place, counted[place.pk][0], counted[place.pk][1]) for place in places if place.pk in counted]


def covered(templates: Iterable[ActTemplate], user: User, day: date) -> dict[int, tuple[int, int]]:
    """Return, for each template, in how many organisations it is in force and in how many it is required.

    Two queries, whatever the number of templates.
    """
    ids = [template.pk for template in templates]
    owed = Assignment.objects.visible_to(user).filter(measure__demand__template__in=ids)
    rows = owed.exclude(status__in=sorted(UNCOUNTED)).order_by()
    in_force = with_standing(
        LocalAct.objects.filter(template=OuterRef("measure__demand__template"), unit=OuterRef("unit")), day
    ).filter(stand=Standing.IN_FORCE.value)
    key = "measure__demand__template"

    def counted(found: Any) -> dict[int, int]:
        return dict(found.values_list(key).annotate(n=Count("unit", distinct=True)))

    total, standing = counted(rows), counted(rows.filter(Exists(in_force)))
    return {pk: (standing.get(pk, 0), total[pk]) for pk in total}


def demanded_of(units: Iterable[int]) -> AssignmentQuerySet:
    """Return the assignments of `units` that an adopted act answers."""
    rows = Assignment.objects.filter(unit__in=list(units), measure__demand__isnull=False)
    return rows.exclude(status__in=sorted(UNCOUNTED))


def owed_by(units: Iterable[int], day: date) -> Any:
    """Return what measures require of `units` and no adopted act of theirs answers, the nearest first."""
    adopted = LocalAct.objects.filter(template=OuterRef("measure__demand__template"), unit=OuterRef("unit"))
    standing = with_standing(adopted, day).filter(stand__in=sorted(PROVES))
    owed = demanded_of(units).filter(~Exists(standing))
    return owed.select_related("measure__demand__template", "unit").order_by("due", "pk")
