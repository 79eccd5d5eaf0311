"""Where the measures of a region fall, municipality by municipality, and which have an answer there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.db.models import Count, Q, QuerySet

from avgust.domain.addressing import Acting, Register, by_rule, falls_on
from avgust.web.documents.registers import register_for
from avgust.web.programmes.models import Answer, Measure, MeasureExecutor, Programme
from avgust.web.programmes.reach import acting_in, heirs_on
from avgust.web.territory.models import Unit

_STANDING = Q(measure__status=Measure.Status.IN_FORCE) | Q(
    measure__status=Measure.Status.MERGED, measure__merged_into__status=Measure.Status.IN_FORCE
)


def standing_answers(programme: Programme) -> QuerySet[Answer]:
    """Return answers to the measures of `programme` by measures that are carried out, none rejected."""
    rows = Answer.objects.filter(_STANDING, answered__programme=programme)
    return rows.exclude(status=Answer.Status.REJECTED)


@dataclass(frozen=True)
class Coverage:
    """The measures of a programme × the municipalities on which they fall, as of the programme's day.

    `home` narrows it to one municipality. A few queries however large the programme and the territory are;
    what stands in each pair is read for the measures of one page only.
    """

    programme: Programme
    home: Unit | None = None

    @cached_property
    def register(self) -> Register:
        """The register of the whole territory, or of the one municipality, on the programme's day."""
        return register_for(self.home or self.programme.unit, self.programme.addressed_on)

    @cached_property
    def place_of(self) -> Mapping[int, int]:
        """The municipality of each unit; of a municipality, itself."""
        found = {unit.id: unit.municipality for unit in self.register.units if unit.municipality}
        return found | {place: place for place in found.values()}

    @cached_property
    def falls(self) -> Mapping[int, frozenset[int]]:
        """The municipalities on which each measure falls: by their authority or their organisations."""
        heirs = heirs_on(self.programme.addressed_on)
        rows = MeasureExecutor.objects.in_force().answering().filter(measure__programme=self.programme)
        by_rule_alone: dict[str, frozenset[int]] = {}
        found: dict[int, frozenset[int]] = {}
        for measure, executors in acting_in(rows).items():
            places: frozenset[int] = frozenset()
            for acting in executors:
                if not _plain(acting):
                    places |= self._places(falls_on(acting, self.register, heirs).units)
                    continue
                if acting.rule not in by_rule_alone:
                    by_rule_alone[acting.rule] = self._places(by_rule(acting.rule, self.register))
                places |= by_rule_alone[acting.rule]
            found[measure] = places
        return found

    def _places(self, units: Collection[int]) -> frozenset[int]:
        return frozenset(self.place_of[unit] for unit in units if unit in self.place_of)

    def places(self, among: QuerySet[Unit]) -> list[Unit]:
        """Return the municipalities of `among` on which anything of the programme falls, by name."""
        wanted = frozenset().union(*set(self.falls.values()))
        return list(among.filter(pk__in=wanted).order_by("order", "pk"))

    def said(self, measures: Collection[int] | None = None) -> dict[tuple[int, int], str]:
        """Return "confirmed", else "suggested", by measure and municipality; no key where there is none."""
        rows = standing_answers(self.programme)
        rows = rows if measures is None else rows.filter(answered__in=measures)
        rows = rows if self.home is None else rows.filter(place=self.home)
        best: dict[tuple[int, int], str] = {}
        for measure, place, status in rows.order_by().values_list("answered", "place", "status"):
            if best.get((measure, place)) != Answer.Status.CONFIRMED:
                best[measure, place] = status
        return best

    def counted(self, places: Collection[int]) -> list[tuple[int, int, int]]:
        """Return each measure that falls on any of `places`, in its order: answered by, of how many."""
        asked = frozenset(places)
        whole = {on: len(on & asked) for on in set(self.falls.values())}
        done = dict(self._confirmed(asked).values_list("answered").annotate(Count("place", distinct=True)))
        rows = self.programme.measures.in_force().order_by("order").values_list("pk", flat=True)
        counted = ((pk, done.get(pk, 0), whole.get(self.falls.get(pk, _NOWHERE), 0)) for pk in rows)
        return [(pk, min(answered, all_), all_) for pk, answered, all_ in counted if all_]

    def by_place(self, places: Collection[int]) -> dict[int, tuple[int, int]]:
        """Return for each municipality how many measures have a confirmed answer, and how many fall on it."""
        confirmed = self._confirmed(frozenset(places)).values_list("place")
        done = dict(confirmed.annotate(Count("answered", distinct=True)))
        alike = Counter(self.falls.values())
        return {
            place: (done.get(place, 0), sum(n for on, n in alike.items() if place in on)) for place in places
        }

    def _confirmed(self, places: frozenset[int]) -> QuerySet[Answer]:
        rows = standing_answers(self.programme).filter(status=Answer.Status.CONFIRMED, place__in=places)
        return rows.order_by()

    def of_place(self, place: int) -> dict[int, str]:
        """Return the measures that fall on a municipality, each with what stands there: "" for no answer."""
        said = self.said()
        return {
            measure: said.get((measure, place), "")
            for measure, places in self.falls.items()
            if place in places
        }


_NOWHERE: Final[frozenset[int]] = frozenset()


def _plain(acting: Acting) -> bool:
    """True for a role without exceptions: it falls the same in every measure."""
    nobody = not acting.exceptions.added and not acting.exceptions.taken_out
    return acting.unit is None and nobody
