"""The page of the review: the text beside its clauses, and what a person says about them.

The address holds the open clause, so Back works and a link can be sent. Every form works as a plain
post; with htmx only the clause, its successor and the bar are exchanged.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from avgust.domain.resolutions.export.wording import deadline_text
from avgust.domain.resolutions.model import DeadlineKind, Severity
from avgust.domain.resolutions.review import corrections as said
from avgust.domain.resolutions.review.clause import Review, ReviewedClause, finding_key
from avgust.domain.resolutions.review.progress import next_measure, next_to_check
from avgust.web.accounts.rights import Action
from avgust.web.documents import actions
from avgust.web.documents.highlight import SourceBlock, changed_blocks, source_blocks
from avgust.web.documents.models import Document
from avgust.web.documents.presenting import ClauseWords, FindingWords, Names, sections, themes
from avgust.web.documents.registers import register_for
from avgust.web.documents.saying import LONGEST, correction_of
from avgust.web.documents.standing import Standing
from avgust.web.documents.views import visible_document
from avgust.web.ui.requests import SignedInRequest, is_fragment, language

STRUCTURAL: Final = (said.Split, said.Merge, said.AddClause, said.NotMeasure, said.MakeMeasure)
TYPED: Final = ("deadline", "executors", "co_executors", "partners", "targets", "references", "label", "text")


class Desk:
    """One request at the review: the document as it stands, and how its parts are printed."""

    def __init__(self, request: SignedInRequest, document: Document) -> None:
        self.request = request
        self.document = document
        self.standing = Standing.of(document)
        self.day = document.adopted_on or timezone.localdate()
        self.may = not document.adopted and request.user.may(Action.REVIEW_DOCUMENT, document.unit)

    @cached_property
    def names(self) -> Names:
        """The register as of the day of adoption; read only where clauses are printed."""
        return Names.of(register_for(self.document.unit, self.day))

    def words(self, row: ReviewedClause) -> ClauseWords:
        """Return one clause ready to print."""
        following = self.standing.review.following(row.id) if row.measure else None
        return ClauseWords(row, self.standing.resolution, self.names, language(), following)

    def base(self, opened: str = "") -> dict[str, Any]:
        """Return the values that every fragment needs."""
        review, now = self.standing.review, self.standing.progress
        return {
            "document": self.document,
            "progress": now,
            "opened": opened,
            "may": self.may,
            "may_adopt": self.may and self.request.user.may(Action.ADOPT_PROGRAMME, self.document.unit),
            "may_delete": self.may and self.request.user.may(Action.DELETE_DOCUMENT, self.document.unit),
            "obstacle": self._obstacle(),
            "next_check": next_to_check(review, opened),
            "undoable": any(row.actor_id == self.request.user.pk for row in self.standing.corrections),
            "themes": themes(language()),
        }

    def _obstacle(self) -> dict[str, str]:
        """Return the first finding that stops adoption: of the document, else the clause that has it."""
        for finding in self.standing.review.document_findings:
            if finding.severity is Severity.SEVERE:
                return {"finding": finding_key(finding)}
        row = next((row for row in self.standing.review.measures if row.severe), None)
        return {"clause": row.id} if row else {}

    def page(self, opened: str, **extra: Any) -> dict[str, Any]:
        """Return the values of the whole page."""
        review, resolution = self.standing.review, self.standing.resolution
        return self.base(opened) | {
            "source": source_blocks(resolution.document.text, resolution.document.blocks, review),
            "sections": list(sections(review, resolution, self.names, language())),
            "others": [self.words(row) for row in review.others],
            "document_findings": [FindingWords(f, language()) for f in review.document_findings],
            "notes": [note.render(language()) for note in resolution.document.notes],
            **extra,
        }

    def changed_source(self, before: Review, *others: ReviewedClause) -> list[SourceBlock]:
        """Return the blocks of the text that read otherwise than with `before`, and those of `others`."""
        document, spans = self.standing.resolution.document, [row.clause.full_span for row in others]
        return changed_blocks(document.text, document.blocks, before, self.standing.review, spans)

    def address(self, clause: str = "") -> str:
        """Return the address of the page with a clause open."""
        here = reverse("documents:review", args=[self.document.pk])
        return f"{here}?{urlencode({'clause': clause})}" if clause else here


@login_required
@require_safe
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the review; as a fragment, one clause opened and the one before closed."""
    desk = Desk(request, visible_document(request, pk))
    opened = desk.standing.review.find(request.GET.get("clause", ""))
    if is_fragment(request) and opened is not None and opened.measure:
        return _exchanged(desk, opened.id, [opened.id, request.GET.get("was", "")])
    first = opened or (next_to_check(desk.standing.review) if desk.may and not request.GET else None)
    return render(request, "documents/review.html", desk.page(first.id if first else ""))


def _reviewable(request: SignedInRequest, pk: int) -> Document:
    """Return the document; 403 for who sees it and may say nothing about it."""
    document = visible_document(request, pk)
    if not request.user.may(Action.REVIEW_DOCUMENT, document.unit):
        raise PermissionDenied
    return document


@login_required
@require_POST
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take what a person says about a clause."""
    document = _reviewable(request, pk)
    desk = Desk(request, document)
    clause = request.POST.get("clause", "")
    try:
        seen = int(request.POST.get("version", "")[:9] or 0)
    except ValueError:
        seen = 0
    try:
        correction = correction_of(desk.standing, request.POST)
        actions.correct(document, correction, actor=request.user, seen=seen)
    except actions.Refused as refused:
        return _refused(desk, clause, refused)
    document.refresh_from_db()
    before, desk = desk.standing.review, Desk(request, document)
    return _answered(desk, correction, before)


@login_required
@require_safe
def understood(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say how the words of a deadline read while they are typed; nothing is stored."""
    standing = Standing.of(visible_document(request, pk))
    typed = request.GET.get("deadline", "").strip()[:LONGEST]
    read = standing.rereader.deadline(typed)
    known = read.kind is not DeadlineKind.NONE
    context = {"typed": typed, "known": known, "inferred": bool(read.inferred)}
    context["words"] = deadline_text(read, language()) if known else ""
    return render(request, "documents/_understood.html", context)


@login_required
@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back the person's own last correction."""
    document = _reviewable(request, pk)
    try:
        row = actions.undo(document, actor=request.user)
    except actions.Refused as refused:
        return _refused(Desk(request, document), "", refused)
    document.refresh_from_db()
    desk = Desk(request, document)
    said_now = _("Taken back.") if row else _("There is nothing of yours to take back.")
    found = desk.standing.review.find(row.clause) if row else None
    opened = found.id if found and found.measure else ""
    return _whole(desk, opened, said_now)


def _answered(desk: Desk, correction: said.Correction, before: Review) -> HttpResponse:
    """Show what stands after a correction: the next clause after "right", else the same one."""
    review_now, clause = desk.standing.review, correction.clause
    if isinstance(correction, said.Confirm):
        following = next_measure(review_now, clause)
        opened = following.id if following else ""
        say = _("Right. %(checked)d of %(total)d are checked.") % _counts(desk)
        return _exchanged(desk, opened, [opened, clause], say)
    inner = correction.change if isinstance(correction, said.ApplyMend) else correction
    if isinstance(inner, STRUCTURAL):
        return _whole(desk, _successor(desk, inner), _("Saved. Z takes it back."))
    if not clause:  # a finding about the document: the clause that was open stays open
        return _whole(desk, _still_open(desk), _("Saved. Z takes it back."))
    return _exchanged(desk, clause, [clause], _("Saved. Z takes it back."), desk.changed_source(before))


def _still_open(desk: Desk) -> str:
    """Return the clause that was open when the form was sent."""
    row = desk.standing.review.find(desk.request.POST.get("was", ""))
    return row.id if row is not None and row.measure else ""


def _counts(desk: Desk) -> dict[str, int]:
    now = desk.standing.progress
    return {"checked": now.checked, "total": now.total}


def _successor(desk: Desk, correction: said.Correction) -> str:
    """Return the measure to open after the clauses themselves changed."""
    names = {
        said.Split: f"{correction.clause}.1",
        said.Merge: f"{correction.clause}-{getattr(correction, 'following', '')}",
    }
    wanted = names.get(type(correction), correction.clause)
    found = desk.standing.review.find(wanted)
    if found is not None and found.measure:
        return found.id
    rows = desk.standing.review.clauses
    places = [row.id for row in rows]
    at = places.index(wanted) if wanted in places else 0
    return next((row.id for row in rows[at:] if row.measure), "")


def _exchanged(
    desk: Desk, opened: str, clauses: list[str], say: str = "", source: Sequence[SourceBlock] = ()
) -> HttpResponse:
    """Answer with single clauses, changed blocks of the text and the bar; a plain post goes to the page."""
    if not is_fragment(desk.request):
        if say:
            messages.success(desk.request, say)
        return HttpResponseRedirect(f"{desk.address(opened)}#p-{opened or clauses[-1]}")
    found = (desk.standing.review.find(clause) for clause in dict.fromkeys(clauses) if clause)
    words = [desk.words(row) for row in found if row is not None and row.measure]
    context = desk.base(opened) | {"clauses": words, "source": source}
    response = render(desk.request, "documents/_exchange.html", context)
    _say(response, say)
    response.headers["HX-Push-Url"] = desk.address(opened)
    response.headers["HX-Reswap"] = "none"
    return response


def _say(response: HttpResponse, words: str) -> None:
    """Have the page announce `words` in its one polite status line."""
    if words:
        response.headers["HX-Trigger"] = json.dumps({"avgust:say": words})


def _whole(desk: Desk, opened: str, say: str) -> HttpResponse:
    """Answer with both halves of the page anew: the clauses themselves changed."""
    if not is_fragment(desk.request):
        messages.success(desk.request, say)
        return HttpResponseRedirect(f"{desk.address(opened)}{'#p-' + opened if opened else ''}")
    response = render(desk.request, "documents/_halves.html", desk.page(opened))
    _say(response, say)
    response.headers["HX-Push-Url"] = desk.address(opened)
    response.headers["HX-Retarget"] = "#halves"
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def _refused(desk: Desk, clause: str, refused: actions.Refused) -> HttpResponse:
    """Say why nothing was changed; what was typed stays, the other person's change stands beside it."""
    rows = refused.rows if isinstance(refused, actions.Overtaken) else []
    row = desk.standing.review.find(clause)
    typed = {name: desk.request.POST[name] for name in TYPED if desk.request.POST.get(name)}
    conflict = {"reason": refused.reason.render(language()), "rows": rows, "typed": typed}
    if row is None or not row.measure or not is_fragment(desk.request):
        context = desk.page(clause, conflict=conflict)
        template = "documents/_halves.html" if is_fragment(desk.request) else "documents/review.html"
        response = render(desk.request, template, context, status=409)
        response.headers["HX-Retarget"] = "#halves"
        response.headers["HX-Reswap"] = "outerHTML"
        return response
    source = desk.changed_source(desk.standing.review, row) if rows else []
    context = desk.base(clause) | {"clauses": [desk.words(row)], "conflict": conflict, "source": source}
    response = render(desk.request, "documents/_exchange.html", context, status=409)
    response.headers["HX-Reswap"] = "none"
    return response
