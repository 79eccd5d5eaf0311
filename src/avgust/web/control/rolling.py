"""Coverage over measures, sections, programmes and places: fresh from the assignments, never kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, When

from avgust.domain.control.states import UNCOUNTED, Status
from avgust.domain.proof import Coverage, ProofState, Verdict, state_of
from avgust.domain.proof.states import PROVEN
from avgust.web.control.models import Assignment, AssignmentQuerySet
from avgust.web.control.proving import counted, coverages, in_states
from avgust.web.programmes.models import Measure, Programme
from avgust.web.territory.climbing import nearest_above
from avgust.web.territory.models import Membership, Unit


@dataclass(slots=True)
class Section:
    """Neighbouring measures under one heading of the document, rolled up."""

    title: str
    rows: list[tuple[Measure, Coverage]] = field(default_factory=list)

    @property
    def coverage(self) -> Coverage:
        """The measures of the section together."""
        return total(coverage for _measure, coverage in self.rows)


def total(found: Iterable[Coverage]) -> Coverage:
    """Return several coverages as one."""
    return sum(found, start=Coverage())


def by_section(programme: Programme, assignments: AssignmentQuerySet, today: date) -> list[Section]:
    """Return the sections of a programme with its measures that have assignments among `assignments`."""
    found = coverages(assignments.filter(programme=programme), "measure", today)
    sections: list[Section] = []
    columns = (
        "programme",
        "label",
        "order",
        "text",
        "section",
        "due",
    )  # the first one, or each row asks for it
    rows = programme.measures.filter(pk__in=list(found)).only(*columns)
    for measure in rows.order_by("order"):
        if not sections or sections[-1].title != measure.section:
            sections.append(Section(measure.section))
        sections[-1].rows.append((measure, found[measure.pk]))
    return sections


def by_place(assignments: AssignmentQuerySet, places: Iterable[Unit], day: date) -> dict[int, Coverage]:
    """Return the coverage of each of `places` (municipalities) with everything under it on `day`.

    A whole programme is counted by organisation, as its index is: joined to what they stand under, as
    `matrix` counts a few measures, 150,000 assignments took 400 ms in place of 90.
    """
    place_of = places_on(places, day)
    units = coverages(assignments, "unit", day)
    found: dict[int, Coverage] = {}
    for unit, coverage in units.items():
        place = place_of.get(unit)
        if place is not None:
            found[place] = found.get(place, Coverage()) + coverage
    return found


def matrix(
    assignments: AssignmentQuerySet, measures: Iterable[Measure], places: Iterable[Unit], day: date
) -> dict[tuple[int, int], Coverage]:
    """Return coverage by place and measure, in two queries whatever their number.

    The database counts by what each organisation stands under: a region of 1,500 of them comes as fifty rows,
    and only what is no place itself is looked for above.
    """
    tops = {place.pk for place in places}
    rows = assignments.filter(measure__in=[measure.pk for measure in measures]).order_by()
    held = Q(unit__memberships__since__lte=day)
    held &= Q(unit__memberships__until=None) | Q(unit__memberships__until__gte=day)
    rows = rows.annotate(
        held=FilteredRelation("unit__memberships", condition=held),
        under=Case(When(unit__in=tops, then=F("unit")), default=F("held__parent")),
    )
    told = [one for one in counted(rows, ("under", "measure"), day) if one[1] is not None]
    elsewhere = {under for (under, _measure), _state, _count in told} - {None, *tops}
    place_of = {top: top for top in tops} | nearest_above(elsewhere, day, lambda unit, _kind: unit in tops)
    found: dict[tuple[int, int], dict[ProofState, int]] = {}
    for (under, measure), state, count in told:
        if under in place_of and state is not None:
            counts = found.setdefault((place_of[under], measure), {})
            counts[state] = counts.get(state, 0) + count
    return {key: Coverage(counts) for key, counts in found.items()}


def places_on(places: Iterable[Unit], day: date) -> dict[int, int]:
    """Return, for each unit under one of `places` on `day`, the place; the nearest where they nest."""
    tops = {place.pk for place in places}
    parents = dict(Membership.objects.on(day).values_list("unit", "parent"))
    found: dict[int, int] = {top: top for top in tops}

    def place(unit: int) -> int | None:
        line = []
        here: int | None = unit
        while here is not None and here not in found:
            line.append(here)
            here = parents.get(here)
            if here in line:
                return None
        if here is None:
            return None
        for below in line:
            found[below] = found[here]
        return found[here]

    for unit in parents:
        place(unit)
    return found


def worst_measures(assignments: AssignmentQuerySet, today: date, most: int) -> list[Measure]:
    """Return the measures whose date has passed with the least proven, the emptiest first.

    Those with nothing proven are found one by one along the index of days; shares are counted only where
    there are fewer of them than `most`.
    """
    past = Measure.objects.filter(due__lt=today).order_by("due", "order")
    counted = assignments.exclude(status__in=sorted(UNCOUNTED))
    here = counted.filter(measure=OuterRef("pk"))
    proven = here.filter(in_states(PROVEN, today))
    found = list(past.filter(Exists(here), ~Exists(proven)).defer("search")[:most])
    return found + (_partly(counted, past, most - len(found)) if len(found) < most else [])


def _partly(counted: AssignmentQuerySet, past: QuerySet[Measure], most: int) -> list[Measure]:
    """Return the measures of `past` with something proven and something not, the smallest share first.

    Whether an assignment is proven does not depend on the day: statuses and verdicts are counted as the index
    holds them, which is thrice as fast as asking the database for the share.
    """
    rows = counted.filter(measure__in=past.order_by().values("pk")).order_by()
    whole: dict[int, list[int]] = {}
    for _programme, measure, status, verdict, count in rows.values_list(
        "programme", "measure", "status", "verdict"
    ).annotate(n=Count("*")):
        found = whole.setdefault(measure, [0, 0])
        found[0] += count
        found[1] += count if state_of(Status(status), None, Verdict(verdict), date.min) in PROVEN else 0
    shares = {pk: proven / count for pk, (count, proven) in whole.items() if 0 < proven < count}
    ids = sorted(shares, key=lambda pk: (shares[pk], pk))[:most]
    known = Measure.objects.defer("search").in_bulk(ids)
    return [known[pk] for pk in ids]


def assignments_of(programme: Programme) -> AssignmentQuerySet:
    """Return the assignments of a programme as a query that can be narrowed."""
    return Assignment.objects.filter(programme=programme)
