"""Acts on many assignments in one transaction: what all share is read once, each act stays one of its own.

The rights, the table of states with its guards, the history and the journal are those of `control.actions`;
only the questions to the database are asked for all, so that a thousand rows of a returned report do not ask
thirty-seven times each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from avgust.domain.control.states import NOT_NOW, OWED, TRANSITIONS, Act, Side, Status, decide
from avgust.domain.evidence.papers import Paper, faults
from avgust.domain.messages import Message
from avgust.web import audit
from avgust.web.accounts.rights import Action
from avgust.web.control import codes
from avgust.web.control.actions import NOT_YOURS, SILENT, STALE, Words, change, facts_with
from avgust.web.control.models import Assignment, Evidence, Report, Requirement, Step
from avgust.web.control.reporting import (
    LONGEST_TEXT,
    MOST_EVIDENCE,
    TOO_LONG,
    TOO_MANY,
    copy_of,
    paper_values,
)
from avgust.web.control.standing import controlled_among, reporting_units
from avgust.web.control.telling import tell_owners_of
from avgust.web.documents.actions import Refused

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

_UNDECIDED: Final = (Report.Outcome.DRAFT, Report.Outcome.SENT, Report.Outcome.RETURNED)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is written into the draft of a report; an empty text leaves what stands there."""

    text: str = ""
    paper: Paper | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants of an assignment that she saw at version `seen`: a draft, an act, or both.

    The act is REPORT, ACCEPT or RETURN: those that are about a draft or about what was sent.
    """

    assignment: int
    seen: int
    draft: Draft | None = None
    act: Act | None = None
    words: Words = SILENT


@dataclass(slots=True)
class _Work:
    """A wish that is allowed, with what it writes."""

    row: Assignment
    report: Report | None
    evidence: list[Evidence] = field(default_factory=list)
    added: Evidence | None = None  # of them: what the journal is told of; copies stand in it already
    step: Step | None = None
    acts: list[audit.Act] = field(default_factory=list)


class Together:
    """Assignments that one person acts on, locked in one order until the transaction of the caller ends."""

    def __init__(self, assignments: Iterable[int], *, actor: User) -> None:
        rows = Assignment.objects.select_related("unit", "measure", "programme").prefetch_related("errands")
        locked = rows.select_for_update(of=("self",)).filter(pk__in=list(assignments)).order_by("pk")
        self.actor = actor
        self.rows: dict[int, Assignment] = {row.pk: row for row in locked}
        self._reports = self._undecided()
        measures = {row.measure_id for row in self.rows.values()}
        needed = Requirement.objects.filter(measure__in=measures)
        self._needed = dict(needed.values_list("measure", "kinds"))
        self._speaks = reporting_units(actor) if actor.may(Action.REPORT_ASSIGNMENT) else frozenset()
        self._controls = controlled_among({row.unit_id for row in self.rows.values()}, actor)

    def _undecided(self) -> dict[tuple[int, str], Report]:
        """Return the last draft, sent and returned report of each assignment, with their evidence."""
        rows = Report.objects.filter(assignment__in=self.rows, outcome__in=_UNDECIDED).order_by("pk")
        return {(row.assignment_id, row.outcome): row for row in rows.prefetch_related("evidence")}

    def do(self, wishes: Iterable[Wish]) -> dict[int, Message]:
        """Do the wishes, one an assignment; return why not, by assignment, where one is refused.

        One that is refused writes nothing and holds back only itself.
        """
        refused: dict[int, Message] = {}
        allowed: list[_Work] = []
        for wish in wishes:
            try:
                allowed.append(self._allowed(wish))
            except Refused as error:
                refused[wish.assignment] = error.reason
            except PermissionDenied:
                refused[wish.assignment] = NOT_YOURS
        self._write(allowed)
        return refused

    def _allowed(self, wish: Wish) -> _Work:
        """Return the work that fulfils a wish, nothing of it saved. Raises Refused or PermissionDenied."""
        row = self.rows.get(wish.assignment)
        if row is None or row.version != wish.seen:
            raise Refused(STALE)
        work = _Work(row, None)
        if wish.draft is not None:
            self._draft(work, wish.draft)
        elif wish.act is Act.REPORT:
            work.report = self._reports.get((row.pk, Report.Outcome.DRAFT))
        elif wish.act is not None:
            work.report = self._reports.get((row.pk, Report.Outcome.SENT))
        if wish.act is not None:
            self._act(work, wish.act, wish.words)
        if work.report is not None and wish.draft is not None and wish.draft.text:
            work.report.text = wish.draft.text
        return work

    def _stands(self, row: Assignment, side: Side) -> None:
        """Raise PermissionDenied where the person does not stand on that side (`may_act`, asked for all)."""
        if row.unit_id not in (self._speaks if side is Side.EXECUTOR else self._controls):
            raise PermissionDenied

    def _draft(self, work: _Work, draft: Draft) -> None:
        """Find or begin the draft, and the evidence that it gets."""
        row = work.row
        self._stands(row, Side.EXECUTOR)
        if row.state not in OWED:
            raise Refused(NOT_NOW[row.state])
        if len(draft.text) > LONGEST_TEXT:
            raise Refused(TOO_LONG)
        known = self._reports.get((row.pk, Report.Outcome.DRAFT))
        work.report = known or self._begun(work)
        if draft.paper is not None:
            wrong = faults(draft.paper, timezone.localdate())
            if wrong:
                raise Refused(next(iter(wrong.values())))
            if len(self._evidence(work)) >= MOST_EVIDENCE:
                raise Refused(TOO_MANY)
            values = paper_values(draft.paper)
            work.added = Evidence(report=work.report, added_by=self.actor, **values)
            work.evidence.append(work.added)

    def _begun(self, work: _Work) -> Report:
        """Return a new draft: of a report that was returned, with its words and copies of its evidence."""
        last = None
        if work.row.state is Status.RETURNED:
            last = self._reports.get((work.row.pk, Report.Outcome.RETURNED))
        made = Report(assignment=work.row, author=self.actor, text=last.text if last else "")
        work.evidence += [copy_of(one, report=made) for one in (last.evidence.all() if last else ())]
        return made

    def _evidence(self, work: _Work) -> list[Evidence]:
        kept = list(work.report.evidence.all()) if work.report is not None and work.report.pk else []
        return kept + work.evidence

    def _act(self, work: _Work, act: Act, words: Words) -> None:
        """Judge an act by the table of states, and do it to the rows in memory."""
        self._stands(work.row, TRANSITIONS[act].side)
        kinds = frozenset(one.kind for one in self._evidence(work))
        needed = self._needed.get(work.row.measure_id) or ()
        decision = decide(act, facts_with(work.row, self.actor, words, kinds=kinds, needed=needed))
        if decision.refusal is not None:
            raise Refused(decision.refusal)
        entry, work.step = change(work.row, act, decision.status, self.actor, words, work.report)
        work.acts.append(entry)

    def _write(self, works: Sequence[_Work]) -> None:
        """Save everything that was allowed: reports before what names them, the journal in order of rows."""
        reports = [work.report for work in works if work.report is not None]
        for report in reports:
            if report.pk:
                report.save()
        Report.objects.bulk_create([report for report in reports if not report.pk])
        Evidence.objects.bulk_create([one for work in works for one in work.evidence])
        for work in works:
            if work.step is not None:
                work.row.save()
        audit.record_all(self._told(works), actor=self.actor)
        steps = [work.step for work in works if work.step is not None]
        tell_owners_of([(step.assignment, Act(step.act)) for step in steps], actor=self.actor)
        Step.objects.bulk_create(steps)

    def _told(self, works: Sequence[_Work]) -> Iterator[audit.Act]:
        for work in works:
            if work.added is not None:
                said = {"evidence": str(work.added)}
                yield audit.Act(codes.EVIDENCE_ADDED, work.row, after=said, person=self.actor)
            yield from work.acts
