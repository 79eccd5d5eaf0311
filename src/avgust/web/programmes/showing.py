"""A view of one programme for one reader: what it shows, and what each of its filters would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from avgust.domain.periods import Period
from avgust.web.programmes.models import Measure, MeasureExecutor, Programme
from avgust.web.programmes.reach import Own, organisations_of
from avgust.web.programmes.table import TALLIED, View
from avgust.web.programmes.tally import Alike, Tally, alike
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

MOST_CANDIDATES: Final = 12  # more words find fewer


class Showing:
    """What `view` shows of `programme` to `reader`, on the day it is asked for."""

    def __init__(self, programme: Programme, given: Mapping[str, str], reader: User) -> None:
        self.programme, self.reader = programme, reader
        self.today = timezone.localdate()
        self.organisation_words = given.get("org", "").strip()[:200]
        self.candidates: list[Unit] = []
        self.unit: Unit | None = None
        self.view = self._settled(View.of(given))

    def _settled(self, view: View) -> View:
        """Return the view with the organisation that its words name, if the reader sees it."""
        visible = Unit.objects.visible_to(self.reader)
        if view.unit:
            self.unit = visible.filter(pk=view.unit).first()
        elif self.organisation_words:
            found = visible.exclude(kind__in=(Unit.Kind.REGION, Unit.Kind.MUNICIPALITY))
            self.candidates = list(found.search(self.organisation_words)[: MOST_CANDIDATES + 1])
            if len(self.candidates) == 1:
                self.unit = self.candidates.pop()
        self.section = self._section(view.section)
        return replace(
            view, unit=self.unit.pk if self.unit else 0, section=view.section if self.section else 0
        )

    def _section(self, measure: int) -> str:
        """Return the section in which a measure of the programme stands."""
        here = Measure.objects.filter(programme=self.programme, pk=measure).values_list("section", flat=True)
        return (here.first() or "") if measure else ""

    @property
    def all(self) -> QuerySet[Measure]:
        """Return every measure of the programme that is to be carried out."""
        return Measure.objects.filter(programme=self.programme).in_force()

    @cached_property
    def organisations(self) -> list[Unit]:
        """Return the organisations that the reader works for."""
        return organisations_of(self.reader)

    @cached_property
    def mine(self) -> Q:
        """Return the condition on measures that the reader's own organisations answer for."""
        return self.own.measures(self.programme)

    @property
    def executors_of_reader(self) -> QuerySet[MeasureExecutor]:
        """Return the executors of the whole programme that are the reader's own organisations."""
        rows = MeasureExecutor.objects.answering().in_force().filter(measure__programme=self.programme)
        return rows.filter(self.own.executors(self.programme)).order_by()

    @cached_property
    def own(self) -> Own:
        """Return what falls on the reader's own organisations."""
        return Own(self.organisations)

    @cached_property
    def _falls(self) -> Q | None:
        return Own([self.unit]).measures(self.programme) if self.unit else None

    def measures(self, **changes: object) -> QuerySet[Measure]:
        """Return what the view shows, in its order; `changes` ask for another value of a filter."""
        view = replace(self.view, **changes)  # type: ignore[arg-type]
        mine = self.mine if view.mine else Q()
        found = view.of_programme(self.all, self.today, mine, self._falls if view.unit else None)
        return found.defer("reference_values", "finding_values", "search")  # half of a row, and never shown

    @cached_property
    def tally(self) -> Tally:
        """Return how many measures of the view have each value."""
        return self.tally_of()

    @cached_property
    def whole(self) -> Tally:
        """Return how many measures of the whole programme have each value."""
        return Tally(alike(self.all) if self.view.narrowed else self._groups)

    def tally_of(self, **changes: object) -> Tally:
        """Return the tally with another value of a filter of the tallied columns; no query of its own."""
        view = replace(self.view, **changes)  # type: ignore[arg-type]
        return Tally(group for group in self._groups if view.counts(group, self.today))

    @cached_property
    def _groups(self) -> list[Alike]:
        return alike(self.measures(**TALLIED))

    def executors(self, **changes: object) -> QuerySet[MeasureExecutor]:
        """Return who answers for what the view shows."""
        rows = MeasureExecutor.objects.answering().order_by()
        if replace(self.view, **changes).filtered:  # type: ignore[arg-type]
            return rows.filter(measure__in=self.measures(**changes).order_by())
        return rows.in_force().filter(measure__programme=self.programme)

    @cached_property
    def year(self) -> Period:
        """Return the school year of the programme; of its adoption or of today where none is known."""
        try:
            return Period.of_label(self.programme.school_year)
        except ValueError:
            return Period.school_year_of(self.programme.adopted_on or self.today)
