"""Where the measures of a region fall, municipality by municipality, and which have an answer there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

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

    Six queries however large the programme and the territory are.
    """

    programme: Programme

    @cached_property
    def register(self) -> Register:
        """The register of the whole territory on the programme's day."""
        return register_for(self.programme.unit, self.programme.addressed_on)

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
            places: set[int] = set()
            for acting in executors:
                if _plain(acting):
                    if acting.rule not in by_rule_alone:
                        by_rule_alone[acting.rule] = self._places(by_rule(acting.rule, self.register))
                    places |= by_rule_alone[acting.rule]
                else:
                    places |= self._places(falls_on(acting, self.register, heirs).units)
            found[measure] = frozenset(places)
        return found

    def _places(self, units: Collection[int]) -> frozenset[int]:
        return frozenset(self.place_of[unit] for unit in units if unit in self.place_of)

    @cached_property
    def said(self) -> Mapping[tuple[int, int], str]:
        """For a measure and a municipality "confirmed", else "suggested"; no key where there is no answer."""
        rows = standing_answers(self.programme).order_by()
        best: dict[tuple[int, int], str] = {}
        columns = ("answered", "measure__programme__unit", "status")
        for measure, unit, status in rows.values_list(*columns):
            place = self.place_of.get(unit)
            if place is not None and best.get((measure, place)) != Answer.Status.CONFIRMED:
                best[measure, place] = status
        return best

    def places(self, among: QuerySet[Unit]) -> list[Unit]:
        """Return the municipalities of `among` on which anything of the programme falls, by name."""
        wanted = frozenset().union(*self.falls.values()) if self.falls else frozenset()
        return list(among.filter(pk__in=wanted).order_by("order", "pk"))

    def answered(self, measure: int, places: Collection[int]) -> tuple[int, int]:
        """Return by how many of `places` a measure is answered, and on how many of them it falls."""
        on = [place for place in places if place in self.falls.get(measure, frozenset())]
        done = sum(self.said.get((measure, place)) == Answer.Status.CONFIRMED for place in on)
        return done, len(on)

    def of_place(self, place: int) -> dict[int, str]:
        """Return the measures that fall on a municipality, each with what stands there: "" for no answer."""
        return {
            measure: self.said.get((measure, place), "")
            for measure, places in self.falls.items()
            if place in places
        }

    @cached_property
    def by_place(self) -> Mapping[int, tuple[int, int]]:
        """For each municipality: how many measures have a confirmed answer, and how many fall on it."""
        counts: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        for measure, places in self.falls.items():
            for place in places:
                counts[place][0] += self.said.get((measure, place)) == Answer.Status.CONFIRMED
                counts[place][1] += 1
        return {place: (done, whole) for place, (done, whole) in counts.items()}


def _plain(acting: Acting) -> bool:
    """True for a role without exceptions: it falls the same in every measure."""
    nobody = not acting.exceptions.added and not acting.exceptions.taken_out
    return acting.unit is None and nobody
