"""A view as lines for paper and as sheets of a workbook, in each of its layouts, row after row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from avgust.domain.control.course import course
from avgust.domain.messages import mark
from avgust.domain.periods import Period
from avgust.domain.resolutions.export.plan import (
    PLAN,
    Heading,
    Line,
    PaperColumn,
    plan_lines,
    plan_sheet,
    who,
)
from avgust.domain.resolutions.export.sheets import Column, Sheet
from avgust.domain.resolutions.export.wording import date_text
from avgust.domain.resolutions.model import DeadlineKind
from avgust.web.programmes.executors import ordered, row_of, summed
from avgust.web.programmes.models import Measure, MeasureExecutor
from avgust.web.programmes.presenting import MeasureWords
from avgust.web.programmes.saved_views import SavedView
from avgust.web.programmes.showing import Showing
from avgust.web.programmes.timeline import GROUPS, placed, year_of
from avgust.web.ui import dates

CHUNK: Final = 1_000
STRETCH: Final = "—"
_BY_EXECUTOR: Final = (
    PaperColumn(mark("No."), 16),
    PaperColumn(mark("Measure"), 146),
    PaperColumn(mark("Deadline"), 50),
    PaperColumn(mark("Target"), 55),
)
_SUMMARY: Final = (
    Column(mark("Executor"), 60),
    Column(mark("Organisations"), 14, number=True),
    Column(mark("Measures"), 12, number=True),
    Column(mark("Nearest deadline"), 22),
    Column(mark("Date has passed"), 16, number=True),
    Column(mark("No deadline"), 14, number=True),
)
_MEASURES: Final = (
    Column(mark("Executor"), 50),
    Column(mark("No."), 8, number=True),
    Column(mark("Measure"), 80),
    Column(mark("Deadline"), 26),
    Column(mark("Target"), 32),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A view, how it is laid out, and the language of its words."""

    showing: Showing
    kind: str
    language: str
    group: str = GROUPS[0]
    year: str = ""
    order: str = ""

    @property
    def period(self) -> Period:
        """The school year that the timeline shows."""
        return year_of(self.year, self.showing)

    @property
    def columns(self) -> tuple[PaperColumn, ...]:
        """The columns of the layout on paper."""
        if self.kind == SavedView.Layout.TIMELINE:
            fixed = (
                PaperColumn(mark("No."), 13),
                PaperColumn(mark("Measure"), 92),
                PaperColumn(mark("Deadline"), 42),
            )
            months = (PaperColumn(_short(month), 10, centred=True) for month in self.period.months())
            return (*fixed, *months)
        return _BY_EXECUTOR if self.kind == SavedView.Layout.EXECUTORS else PLAN

    def count(self) -> int:
        """Return about how many rows the layout has: what is asked of the database, nothing of it read."""
        if self.kind == SavedView.Layout.EXECUTORS:
            return self.showing.executors().count()
        return self.showing.measures().count()

    def lines(self) -> Iterator[Line]:
        """Yield the lines of the layout on paper."""
        if self.kind == SavedView.Layout.TIMELINE:
            return self._timeline()
        if self.kind == SavedView.Layout.EXECUTORS:
            return self._by_executor()
        return plan_lines((words.plan_row() for words in self.measures()), self.language)

    def sheets(self, title: str) -> list[Sheet]:
        """Return the sheets of the layout in a workbook."""
        if self.kind == SavedView.Layout.TIMELINE:
            return [Sheet(mark("Timeline"), self._sheet_columns(), self._timeline_cells(), title)]
        if self.kind == SavedView.Layout.EXECUTORS:
            return [
                Sheet(mark("By executor"), _SUMMARY, self._summary(), title),
                Sheet(mark("Measures"), _MEASURES, self._executor_cells(), title),
            ]
        return [plan_sheet(title, (words.plan_row() for words in self.measures()))]

    def measures(self) -> Iterator[MeasureWords]:
        """Yield what the view shows, in its order and without pages."""
        return self._words(self.showing.measures())

    def _words(self, measures: Iterable[Measure]) -> Iterator[MeasureWords]:
        found = measures.prefetch_related("executors")  # type: ignore[attr-defined]
        return (MeasureWords(row, self.language) for row in found.iterator(chunk_size=CHUNK))

    def _placed(self) -> Iterator[MeasureWords]:
        return self._words(placed(self.showing, self.period, self.group))

    def _unplaced(self) -> Iterator[MeasureWords]:
        kinds = (DeadlineKind.NONE, DeadlineKind.RELATIVE, DeadlineKind.CONDITIONAL)
        return self._words(self.showing.measures().filter(deadline_kind__in=kinds))

    def _elsewhere(self) -> Iterator[MeasureWords]:
        """Yield what has a date outside the year, so that no file says less than the view."""
        here = placed(self.showing, self.period, "date").order_by().values("pk")
        dated = self.showing.measures().filter(deadline_kind__in=(DeadlineKind.DATE, DeadlineKind.INTERVAL))
        return self._words(dated.exclude(pk__in=here))

    def _timeline(self) -> Iterator[Line]:
        before = ""
        for words in self._placed():
            head = {"section": words.measure.section, "theme": words.theme}.get(self.group, "")
            if head and head != before:
                yield Heading(head)
            before = head
            yield (*_begin(words), *month_marks(words, self.period))
        for number, words in enumerate(self._unplaced()):
            if number == 0:
                yield Heading(_("Without a place on the timeline"))
            yield (*_begin(words), *[""] * 12)
        for number, words in enumerate(self._elsewhere()):
            if number == 0:
                yield Heading(_("In other school years"))
            yield (*_begin(words), *[""] * 12)

    def _sheet_columns(self) -> tuple[Column, ...]:
        fixed = (
            Column(mark("No."), 8, number=True),
            Column(mark("Section"), 30),
            Column(mark("Measure"), 70),
        )
        months = (Column(_short(month), 9) for month in self.period.months())
        return (*fixed, Column(mark("Executor"), 36), Column(mark("Deadline"), 26), *months)

    def _timeline_cells(self) -> Iterator[tuple[str, ...]]:
        for source in (self._placed(), self._unplaced(), self._elsewhere()):
            for words in source:
                row = words.plan_row()
                said = (row.number, row.section, row.text, who(row, self.language), row.deadline)
                yield (*said, *month_marks(words, self.period))

    def _by_executor(self) -> Iterator[Line]:
        before = None
        for executor in self._executors():
            if executor.name != before:
                yield Heading(executor.name)
            before = executor.name
            words = MeasureWords(executor.measure, self.language)
            yield (*_begin(words), "; ".join(words.targets))

    def _executors(self) -> Iterator[MeasureExecutor]:
        """Yield who answers with the measures, in the order of the page."""
        rows = self.showing.executors()
        if self.showing.view.executor:
            rows = rows.filter(name=self.showing.view.executor)
        rows = rows.select_related("measure").order_by(Lower("name"), "name", "measure__order")
        return rows.iterator(chunk_size=CHUNK)

    def _executor_cells(self) -> Iterator[tuple[str, ...]]:
        for executor in self._executors():
            words = MeasureWords(executor.measure, self.language)
            yield (executor.name, *_begin(words), "; ".join(words.targets))

    def _summary(self) -> Iterator[tuple[str, ...]]:
        for values in summed(self.showing, ordered(self.order)).iterator(chunk_size=CHUNK):
            row = row_of(values)
            nearest = date_text(row.nearest, self.language) if row.nearest else ""
            yield (row.name, str(row.units or ""), str(row.count), nearest, str(row.past), str(row.undated))


def _short(month: Period) -> str:
    """Return the short name of a month, as a narrow column takes it."""
    return dates.named(month.start, "M")


def _begin(words: MeasureWords) -> tuple[str, str, str]:
    measure = words.measure
    return (measure.label or str(measure.order), measure.text, words.deadline)


def month_marks(words: MeasureWords, year: Period) -> Iterator[str]:
    """Yield a mark for each month: the days on which it is due, else a dash while it holds."""
    found = course(words.measure.deadline, year)
    ends = [stretch.end for stretch in found.stretches]
    for month in year.months():
        days = sorted({day.day for day in (*found.days, *ends) if day in month})
        held = any(month.overlap(stretch) for stretch in (*found.stretches, *found.lasting))
        yield ", ".join(map(str, days)) or (STRETCH if held else "")
