"""The draft of a report and its evidence; sending it is an act (`actions.act_on`).

A report that was returned stays as it was decided about: mending it begins a draft with copies.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from avgust.domain.control.states import NOT_NOW, OWED, Side, Status
from avgust.domain.evidence import Paper, faults
from avgust.domain.messages import Message, mark
from avgust.web import files
from avgust.web.audit import record
from avgust.web.control import codes
from avgust.web.control.actions import may_act
from avgust.web.control.models import Assignment, Errand, Evidence, Report
from avgust.web.control.receiving import Received
from avgust.web.documents.actions import Refused

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

LONGEST_TEXT: Final = 10_000
MOST_EVIDENCE: Final = 40
TOO_LONG: Final = Message(
    mark("The text is too long: say it in %(limit)s characters."), {"limit": LONGEST_TEXT}
)
TOO_MANY: Final = Message(
    mark("A report holds up to %(limit)s pieces of evidence. Take away what is not needed."),
    {"limit": MOST_EVIDENCE},
)
_COPIED: Final = ("kind", "title", "number", "dated", "url", "sha256", "file_name", "size", "mime", "pages")


@transaction.atomic
def open_draft(assignment: Assignment, *, actor: User) -> Report:
    """Return the draft of the organisation's report, begun when there is none."""
    locked = _writable(assignment, actor)
    known = locked.reports.filter(outcome=Report.Outcome.DRAFT).first()
    if known is not None:
        return known
    last = mended(locked)
    made = Report.objects.create(assignment=locked, author=actor, text=last.text if last else "")
    for row in last.evidence.all() if last else ():
        copy_of(row, report=made).save()
    return made


def mended(assignment: Assignment) -> Report | None:
    """Return the report that was returned and has not been mended yet."""
    if assignment.state is not Status.RETURNED:
        return None
    return assignment.reports.filter(outcome=Report.Outcome.RETURNED).last()


def _writable(assignment: Assignment, actor: User) -> Assignment:
    """Return `assignment` locked; who does not speak for the organisation is stopped."""
    rows = Assignment.objects.select_related("unit", "measure").select_for_update(of=("self",))
    locked = get_object_or_404(rows, pk=assignment.pk)
    if not may_act(locked, Side.EXECUTOR, actor):
        raise PermissionDenied
    if locked.state not in OWED:
        raise Refused(NOT_NOW[locked.state])
    return locked


def copy_of(row: Evidence, *, report: Report) -> Evidence:
    """Return the same evidence for another report, not saved yet."""
    values = {name: getattr(row, name) for name in _COPIED}
    return Evidence(report=report, added_by_id=row.added_by_id, **values)


@transaction.atomic
def write_text(assignment: Assignment, *, actor: User, text: str) -> Report:
    """Keep what the organisation says it did; the draft is nobody else's business until it is sent."""
    if len(text) > LONGEST_TEXT:
        raise Refused(TOO_LONG)
    report = open_draft(assignment, actor=actor)
    if report.text != text:
        report.text = text
        report.save(update_fields=["text"])
    return report


@transaction.atomic
def add_file(assignment: Assignment, *, actor: User, file: Received) -> Evidence:
    """Add a file to the draft; the same file again is the same evidence."""
    report = open_draft(assignment, actor=actor)
    known = report.evidence.filter(sha256=files.digest_of(file.content.data)).first()
    return known or _add(Evidence(report=report, **file_values(file)), report.evidence.count(), actor, file)


@transaction.atomic
def add_paper(assignment: Assignment, *, actor: User, paper: Paper) -> Evidence:
    """Add a link, minutes, a local act or an event to the draft."""
    found = faults(paper, timezone.localdate())
    if found:
        raise Refused(next(iter(found.values())))
    report = open_draft(assignment, actor=actor)
    return _add(Evidence(report=report, **paper_values(paper)), report.evidence.count(), actor)


def file_values(file: Received) -> dict[str, object]:
    """Return the columns of evidence that is a file."""
    content = file.content
    return {
        "kind": content.kind,
        "file_name": file.name,
        "sha256": files.digest_of(content.data),
        "size": len(content.data),
        "mime": content.mime,
        "pages": content.pages,
    }


def paper_values(paper: Paper) -> dict[str, object]:
    """Return the columns of evidence without a file."""
    return {
        "kind": paper.kind,
        "title": paper.title[:300],
        "number": paper.number[:60],
        "dated": paper.dated,
        "url": paper.url[:1000],
    }


def _add(row: Evidence, count: int, actor: User, file: Received | None = None) -> Evidence:
    return add_evidence(row, subject=row.report.assignment, count=count, actor=actor, file=file)  # type: ignore[union-attr]


def add_evidence(
    row: Evidence, *, subject: Assignment | Errand, count: int, actor: User, file: Received | None
) -> Evidence:
    """Write a piece of evidence, its file and its entry in the journal; to be called in a transaction."""
    if count >= MOST_EVIDENCE:
        raise Refused(TOO_MANY)
    if file is not None:
        files.hold(row.sha256)
    row.added_by = actor
    row.save()
    said = {"evidence": str(row)}
    record(actor=actor, code=codes.EVIDENCE_ADDED, subject=subject, after=said, person=actor)
    if file is not None:
        files.keep(file.content.data)
    return row


@transaction.atomic
def remove_evidence(assignment: Assignment, pk: int, *, actor: User) -> None:
    """Take a piece of evidence out of the draft; its file goes unless something else names it.

    `pk` may be that of a returned report: a page shows it until mending begins, and its copy is meant.
    """
    report = open_draft(assignment, actor=actor)
    shown = Evidence.objects.filter(pk=pk, report__assignment=assignment).first()
    if shown is None:
        raise Http404
    same = {name: getattr(shown, name) for name in _COPIED}
    row = shown if shown.report_id == report.pk else report.evidence.filter(**same).first()
    if row is not None:
        drop_evidence([row], subject=report.assignment, actor=actor)


def drop_evidence(rows: Iterable[Evidence], *, subject: Assignment | Errand, actor: User) -> None:
    """Delete pieces of evidence in the transaction of the caller, and their files after it."""
    for row in rows:
        said = {"evidence": str(row)}
        record(actor=actor, code=codes.EVIDENCE_REMOVED, subject=subject, after=said, person=actor)
        digest = row.sha256
        row.delete()
        if digest:
            transaction.on_commit(partial(files.forget, digest))


@transaction.atomic
def take_from_errand(assignment: Assignment, errand: Errand, *, actor: User) -> int:
    """Copy what was added in an errand into the draft; return how much of it was new."""
    if errand.assignment_id != assignment.pk:
        raise Http404
    report = open_draft(assignment, actor=actor)
    known = set(report.evidence.values_list("sha256", "title", "number", "url"))
    new = [row for row in errand.evidence.all() if (row.sha256, row.title, row.number, row.url) not in known]
    if report.evidence.count() + len(new) > MOST_EVIDENCE:
        raise Refused(TOO_MANY)
    for row in new:
        copy = copy_of(row, report=report)
        copy.save()
        said = {"evidence": str(copy)}
        record(actor=actor, code=codes.EVIDENCE_ADDED, subject=assignment, after=said, person=actor)
    return len(new)
