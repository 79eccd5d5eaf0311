"""Putting an execution report together in a fixed number of queries, whatever its size."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Count
from django.utils import timezone

from avgust.domain.control.states import Act
from avgust.domain.messages import Message, mark
from avgust.domain.proof import Coverage, ProofState
from avgust.domain.reporting.memory import Earlier, similar
from avgust.domain.reporting.report import ExecutionReport, ReportRow, ReportSection, Year
from avgust.web.control.models import AssignmentQuerySet, Evidence, Report, Step
from avgust.web.control.past import as_of
from avgust.web.control.proving import NOW, THEN, coverages, state_on
from avgust.web.decisions.wording import causes_by_measure
from avgust.web.programmes.models import Measure, Programme
from avgust.web.programmes.presenting import MeasureWords
from avgust.web.territory.models import Unit

NAMED: Final = 10  # organisations called by name under a measure
AT_ONCE: Final = 1_000  # measures that are held with their executors
NOT_IN_FORCE: Final = Message(mark("Not in force: cancelled or merged into another measure; not counted."))
_HAPPENED: Final = (
    (Act.RETURN.value, mark("Reports returned for rework: %(n)s.")),
    (Act.GRANT_EXTENSION.value, mark("Deadlines extended: %(n)s.")),
    (Act.TAKE_OFF.value, mark("Taken off control: %(n)s.")),
    (Act.SUSPEND.value, mark("Suspended: %(n)s.")),
    (Act.PASS_ON.value, mark("Passed on to successors: %(n)s.")),
)
_KINDS: Final = (
    (Evidence.Kind.FILE, mark("accepted documents: %(n)s")),
    (Evidence.Kind.LOCAL_ACT, mark("accepted local acts: %(n)s")),
    (Evidence.Kind.MINUTES, mark("accepted minutes: %(n)s")),
    (Evidence.Kind.TABLE, mark("accepted tables: %(n)s")),
    (Evidence.Kind.PHOTO, mark("accepted photographs: %(n)s")),
    (Evidence.Kind.LINK, mark("accepted links: %(n)s")),
    (Evidence.Kind.EVENT, mark("accepted events: %(n)s")),
)


def build(
    programme: Programme,
    scope: AssignmentQuerySet,
    day: date,
    *,
    place: Unit | None,
    language: str,
    only: Sequence[int] | None = None,
) -> ExecutionReport:
    """Return the report on `programme` over the assignments of `scope`, as of the end of `day`.

    With `only`, of these measures: a part of it, which a program reads page by page.
    """
    rows, measured = _asked(programme, scope, day, place), programme.measures.all()
    if only is not None:
        rows, measured = rows.filter(measure__in=only), measured.filter(pk__in=only)
    facts, made, sections = _Facts(rows, day), [], []
    asked = measured.prefetch_related("executors").defer("search", "finding_values").order_by("order")
    for measure in asked.iterator(chunk_size=AT_ONCE):
        if place is None or measure.pk in facts.coverage:
            made.append(facts.row(measure, language))
            sections.append(measure.section)
    past, causes = _past(programme, [row.text for row in made], scope), causes_by_measure(programme, language)
    for number, row in enumerate(made):
        if number in past or row.id in causes:
            memory, why = past.get(number, ()), causes.get(row.id, ())
            made[number] = replace(row, memory=tuple(memory), why=tuple(why))
    return ExecutionReport(
        title=programme.title,
        author=str(programme.unit),
        place=str(place) if place else "",
        day=day,
        sections=_sections(sections, made),
    )


def covered(
    programme: Programme, scope: AssignmentQuerySet, day: date, *, place: Unit | None
) -> dict[Any, Coverage]:
    """Return how the assignments of each measure stand at the end of `day`: one query."""
    rows = _asked(programme, scope, day, place)
    now = day >= timezone.localdate()
    return coverages(rows if now else as_of(rows, day), "measure", day, NOW if now else THEN)


def _asked(
    programme: Programme, scope: AssignmentQuerySet, day: date, place: Unit | None
) -> AssignmentQuerySet:
    rows = scope.filter(programme=programme)
    return rows if place is None else rows.filter(unit__in=Unit.objects.under(place, day))


def _sections(titles: Sequence[str], rows: Sequence[ReportRow]) -> tuple[ReportSection, ...]:
    found: list[tuple[str, list[ReportRow]]] = []
    for title, row in zip(titles, rows, strict=True):
        if not found or found[-1][0] != title:
            found.append((title, []))
        found[-1][1].append(row)
    return tuple(ReportSection(title, tuple(inner)) for title, inner in found)


class _Facts:
    """What is counted of the assignments of a report, by measure."""

    def __init__(self, rows: AssignmentQuerySet, day: date) -> None:
        now = day >= timezone.localdate()
        self._rows = rows if now else as_of(rows, day)
        self._columns = NOW if now else THEN
        self._day = day
        self.coverage: dict[Any, Coverage] = coverages(self._rows, "measure", day, self._columns)
        self._failed = self._failures()
        self._happened = self._acts()
        self._proofs = self._evidence()

    @property
    def _end(self) -> datetime:
        return timezone.make_aware(datetime.combine(self._day + timedelta(days=1), time.min))

    def _failures(self) -> dict[int, tuple[list[str], int]]:
        """Return the first organisations that did not do a measure, by name, and how many more there are."""
        failed = (ProofState.NOT_DONE.value, ProofState.CONTRADICTED.value)
        rows = self._rows.annotate(proof_then=state_on(self._day, self._columns)).filter(
            proof_then__in=failed
        )
        names = rows.order_by("unit__order").values_list("measure", "unit__short_name", "unit__name")
        found: dict[int, tuple[list[str], int]] = {}
        for measure, short, name in names.distinct().iterator():
            named, more = found.get(measure, ([], 0))
            if len(named) < NAMED:
                found[measure] = [*named, short or name], 0
            else:
                found[measure] = named, more + 1
        return found

    def _acts(self) -> dict[int, Counter[str]]:
        acts = [act for act, _words in _HAPPENED]
        steps = Step.objects.filter(assignment__in=self._rows.values("pk"), act__in=acts, at__lt=self._end)
        found: defaultdict[int, Counter[str]] = defaultdict(Counter)
        counted = steps.order_by().values_list("assignment__measure", "act").annotate(n=Count("pk"))
        for measure, act, count in counted:
            found[measure][act] = count
        return found

    def _evidence(self) -> dict[int, Counter[str]]:
        accepted = Evidence.objects.filter(
            report__outcome=Report.Outcome.ACCEPTED,
            report__decided_at__lt=self._end,
            report__assignment__in=self._rows.values("pk"),
        )
        found: defaultdict[int, Counter[str]] = defaultdict(Counter)
        counted = (
            accepted.order_by().values_list("report__assignment__measure", "kind").annotate(n=Count("pk"))
        )
        for measure, kind, count in counted:
            found[measure][kind] = count
        return found

    def row(self, measure: Measure, language: str) -> ReportRow:
        """Return the row of a measure, without its past."""
        words, (failed, more) = MeasureWords(measure, language), self._failed.get(measure.pk, ((), 0))
        coverage = self.coverage.get(measure.pk, Coverage())
        counted = measure.in_force or coverage.total > 0
        over = () if counted else (NOT_IN_FORCE,)
        return ReportRow(
            id=measure.pk,
            number=measure.label or str(measure.order),
            text=measure.text,
            executors="; ".join(row.name for row in words.executors),
            deadline=words.deadline,
            coverage=coverage,
            counted=counted,
            failed=tuple(failed),
            failed_more=more,
            happened=(*over, *_said(_HAPPENED, self._happened.get(measure.pk))),
            proofs=_said(_KINDS, self._proofs.get(measure.pk)),
        )


def _said(table: Iterable[tuple[str, str]], counts: Counter[str] | None) -> tuple[Message, ...]:
    """Return the sentences of what was counted, in the order of the table."""
    if not counts:
        return ()
    return tuple(Message(words, {"n": counts[str(key)]}) for key, words in table if counts[str(key)])


def _past(programme: Programme, texts: Sequence[str], scope: AssignmentQuerySet) -> dict[int, list[Year]]:
    """Return what became of similar measures of earlier programmes, by the place of the measure."""
    before = Programme.objects.filter(unit=programme.unit, school_year__lt=programme.school_year)
    rows = Measure.objects.filter(programme__in=before.exclude(school_year="")).order_by(
        "-programme", "order"
    )
    earlier = [
        Earlier(year, pk, label, text)
        for pk, label, text, year in rows.values_list("pk", "label", "text", "programme__school_year")
    ]
    if not earlier:
        return {}
    found = similar(texts, earlier)
    ids = {one.id for pairs in found.values() for one, _likeness in pairs}
    covered = coverages(scope.filter(measure__in=ids), "measure", timezone.localdate())
    return {
        place: [
            Year(one.year, one.number, one.text, covered.get(one.id, Coverage()), likeness)
            for one, likeness in pairs
        ]
        for place, pairs in found.items()
    }
