"""Assignments in bulk as their reader may speak about them: a fixed number of queries for a thousand rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from avgust.domain.control.facts import Facts
from avgust.domain.control.guards import second_person
from avgust.domain.control.states import OWED, Side, Status
from avgust.domain.reporting.worksheet.judging import Standing
from avgust.domain.reporting.worksheet.keys import text_print
from avgust.domain.reporting.worksheet.rows import Choice
from avgust.domain.resolutions.export.printable import cell
from avgust.web.accounts.rights import Action
from avgust.web.control.actions import SILENT, facts_with
from avgust.web.control.models import Assignment, Evidence, Report, Requirement
from avgust.web.control.standing import reporting_units
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

CHUNK: Final = 1_000


@dataclass(frozen=True, slots=True)
class Words:
    """What is written about an assignment now: the report's text, and which kinds of evidence it has."""

    text: str = ""
    evidence: frozenset[str] = frozenset()


@dataclass(slots=True)
class Reader:
    """A person and for which organisations she reports or decides; read once for all rows."""

    user: User
    reports: frozenset[int] = field(init=False)
    controls: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        may_report = self.user.may(Action.REPORT_ASSIGNMENT)
        self.reports = reporting_units(self.user) if may_report else frozenset()
        scope = Unit.objects.in_scope_of(self.user, Action.CONTROL_ASSIGNMENTS)
        self.controls = frozenset(scope.values_list("pk", flat=True))

    def sides(self, row: Assignment) -> frozenset[Side]:
        """Return on which sides of an assignment the person stands."""
        executor = {Side.EXECUTOR} if row.unit_id in self.reports else set()
        return frozenset(executor | ({Side.CONTROLLER} if row.unit_id in self.controls else set()))

    def choices(self, row: Assignment, facts: Facts) -> tuple[Choice, ...]:
        """Return what the person may decide about a row; the guards of sending are asked when it is sent."""
        if row.state in OWED and row.unit_id in self.reports:
            return (Choice.SEND,)
        if row.state is Status.REPORTED and row.unit_id in self.controls and second_person(facts) is None:
            return (Choice.ACCEPT, Choice.RETURN)
        return ()


def words_of(rows: Sequence[Assignment], reader: Reader) -> dict[int, Words]:
    """Return what is written about each assignment, as far as the reader may see it, in two queries.

    Who speaks for the organisation sees its draft, or the report that came back; others what was sent.
    """
    outcomes = (Report.Outcome.DRAFT, Report.Outcome.RETURNED, Report.Outcome.SENT)
    found: defaultdict[int, dict[str, Report]] = defaultdict(dict)
    reports = Report.objects.filter(assignment__in=[row.pk for row in rows], outcome__in=outcomes)
    for report in reports.only("assignment", "outcome", "text").order_by("pk"):
        found[report.assignment_id][report.outcome] = report
    chosen: dict[int, Report] = {}
    for row in rows:
        read = _readable(row, found[row.pk], own=row.unit_id in reader.reports)
        if read is not None:
            chosen[row.pk] = read
    kinds = _kinds({report.pk for report in chosen.values()})
    return {pk: Words(report.text, frozenset(kinds[report.pk])) for pk, report in chosen.items()}


def _readable(row: Assignment, reports: dict[str, Report], *, own: bool) -> Report | None:
    if not own or row.state is Status.REPORTED:
        return reports.get(Report.Outcome.SENT)
    draft = reports.get(Report.Outcome.DRAFT)
    return draft or (reports.get(Report.Outcome.RETURNED) if row.state is Status.RETURNED else None)


def _kinds(reports: Iterable[int]) -> defaultdict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for report, kind in Evidence.objects.filter(report__in=list(reports)).values_list("report", "kind"):
        found[report].add(kind)
    return found


def facts_of(rows: Sequence[Assignment], words: dict[int, Words], user: User) -> dict[int, Facts]:
    """Return assignments as the guards see them, in one query (`control.actions.facts_of` is for one)."""
    measures = {row.measure_id for row in rows}
    needed = dict(Requirement.objects.filter(measure__in=measures).values_list("measure", "kinds"))
    return {
        row.pk: facts_with(
            row,
            user,
            SILENT,
            kinds=words.get(row.pk, Words()).evidence,
            needed=needed.get(row.measure_id) or (),
        )
        for row in rows
    }


def standings_of(programme: int, ids: Iterable[int], reader: Reader) -> dict[int, Standing]:
    """Return how those of `ids` stand that the reader may see in a programme."""
    visible = Assignment.objects.visible_to(reader.user).filter(programme=programme, pk__in=list(ids))
    rows = list(visible)
    words = words_of(rows, reader)
    facts = facts_of(rows, words, reader.user)
    return {
        row.pk: Standing(
            facts[row.pk], row.version, reader.sides(row), text_print(cell(words.get(row.pk, Words()).text))
        )
        for row in rows
    }
