"""The page of the review: the text beside its clauses, and what a person says about them.

The address holds the open clause, so Back works and a link can be sent. Every form works as a plain
post; with htmx only the clause, its successor and the bar are exchanged, and what others changed since
the page was shown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from avgust.domain.resolutions.export.wording import deadline_text
from avgust.domain.resolutions.model import DeadlineKind
from avgust.domain.resolutions.review import corrections as said
from avgust.domain.resolutions.review.clause import Review
from avgust.domain.resolutions.review.fold import merged_id, piece_id
from avgust.domain.resolutions.review.progress import next_measure, next_to_check
from avgust.web.accounts.rights import Action
from avgust.web.documents import actions
from avgust.web.documents.desk import Desk
from avgust.web.documents.history import Change
from avgust.web.documents.models import Correction, Document
from avgust.web.documents.printing import Block
from avgust.web.documents.saying import LONGEST, correction_of
from avgust.web.documents.standing import Standing
from avgust.web.documents.views import visible_document
from avgust.web.ui.requests import SignedInRequest, is_fragment, language

STRUCTURAL: Final = (
    said.Split,
    said.Merge,
    said.AddClause,
    said.NotMeasure,
    said.MakeMeasure,
    said.MakeHeading,
    said.SetSection,
)
_STRUCTURAL_ACTS: Final = frozenset(kind.act for kind in STRUCTURAL)
TYPED: Final = (
    "deadline", "executors", "co_executors", "partners", "controllers", "targets", "references", "label",
    "text", "heading",
)  # fmt: skip


@login_required
@require_safe
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the review; as a fragment, one clause opened and the one before closed."""
    desk = Desk(request, visible_document(request, pk))
    opened = desk.standing.review.find(request.GET.get("clause", ""))
    if is_fragment(request) and "news" in request.GET:
        return _news(desk)
    if is_fragment(request) and opened is not None:
        return _exchanged(desk, opened.id, [opened.id, request.GET.get("was", "")])
    first = opened or (next_to_check(desk.standing.review) if desk.may and not request.GET else None)
    return render(request, "documents/review.html", desk.page(first.id if first else ""))


def _news(desk: Desk) -> HttpResponse:
    """Answer a page that asks whether anything changed since it was shown."""
    if _seen(desk.request.GET) >= desk.standing.version:
        return HttpResponse(status=204)
    opened = desk.standing.review.find(desk.request.GET.get("was", ""))
    return _exchanged(desk, opened.id if opened else "", [])


def _reviewable(request: SignedInRequest, pk: int) -> Document:
    """Return the document; 403 for who sees it and may say nothing about it."""
    document = visible_document(request, pk)
    if not request.user.may(Action.REVIEW_DOCUMENT, document.unit):
        raise PermissionDenied
    return document


def _seen(values: Mapping[str, str]) -> int:
    """Return the version that the page showed; 0 where it says none."""
    seen = values.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else 0


@login_required
@require_POST
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take what a person says about a clause."""
    document = _reviewable(request, pk)
    desk = Desk(request, document)
    clause, reason = request.POST.get("clause", ""), request.POST.get("reason", "").strip()[:LONGEST]
    try:
        correction = correction_of(desk.standing, request.POST)
        actions.correct(document, correction, actor=request.user, seen=_seen(request.POST), reason=reason)
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
    return _moved(request, pk, actions.undo, _("Taken back."), _("There is nothing of yours to take back."))


@login_required
@require_POST
def redo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say again what the person took back last."""
    return _moved(request, pk, actions.redo, _("Brought back."), _("There is nothing to bring back."))


def _moved(request: SignedInRequest, pk: int, act: Any, done: str, nothing: str) -> HttpResponse:
    """Go one step back or forward in what the person said."""
    document = _reviewable(request, pk)
    desk = Desk(request, document)
    try:
        row = act(document, actor=request.user)
    except actions.Refused as refused:
        return _refused(Desk(request, document), "", refused)
    if row is None:
        return _exchanged(desk, _still_open(desk), [], nothing)
    document.refresh_from_db()
    before, desk = desk.standing.review, Desk(request, document)
    if row.act in _STRUCTURAL_ACTS or row.act == said.ApplyMend.act or not row.clause:
        opened = _successor(desk, row.said) if act is actions.redo else _standing_clause(desk, row.clause)
        return _whole(desk, opened, done)
    opened = _standing_clause(desk, row.clause)
    was = request.POST.get("was", "")
    return _exchanged(desk, opened, [opened, was], done, desk.changed_source(before))


def _standing_clause(desk: Desk, clause: str) -> str:
    found = desk.standing.review.find(clause)
    return found.id if found and found.measure else ""


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
    return row.id if row is not None else ""


def _counts(desk: Desk) -> dict[str, int]:
    now = desk.standing.progress
    return {"checked": now.checked, "total": now.total}


def _successor(desk: Desk, correction: said.Correction) -> str:
    """Return the measure to open after the clauses themselves changed."""
    names = {
        said.Split: piece_id(correction.clause, 1),
        said.Merge: merged_id(correction.clause, getattr(correction, "following", "")),
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
    desk: Desk, opened: str, clauses: Sequence[str], say: str = "", source: Sequence[Block] = ()
) -> HttpResponse:
    """Answer with single clauses, changed blocks of the text and the bar; a plain post goes to the page."""
    if not is_fragment(desk.request):
        if say:
            messages.success(desk.request, say)
        place = opened or next((clause for clause in clauses if clause), "")
        return HttpResponseRedirect(f"{desk.address(opened)}#p-{place}")
    values = desk.request.POST or desk.request.GET
    news = desk.news(_seen(values)) if "version" in values else []
    say = " ".join(filter(None, (say, _told(desk, news))))
    if any(row.act in _STRUCTURAL_ACTS or not row.clause for row in news):
        return _whole(desk, opened, say)
    moved = [row for row in map(desk.standing.review.find, {row.clause for row in news}) if row]
    extra = desk.changed_source(desk.standing.review, *moved) if moved else []
    blocks = {block.number: block for block in (*source, *extra)}
    context = desk.exchanged(opened, [*clauses, *(row.id for row in moved)], source=blocks.values())
    response = render(desk.request, "documents/_exchange.html", context)
    _say(response, say)
    if clauses:
        response.headers["HX-Push-Url"] = desk.address(opened)
    response.headers["HX-Reswap"] = "none"
    return response


def _told(desk: Desk, news: Sequence[Correction]) -> str:
    """Return what others did meanwhile, in one sentence; "" where nobody did anything."""
    if not news:
        return ""
    found = (desk.standing.review.find(row.clause) for row in news)
    labels = dict.fromkeys(row.clause.label for row in found if row is not None and row.clause.label)
    names = ", ".join(dict.fromkeys(row.actor.short_name for row in news))
    if not labels:
        return _("Meanwhile the review was changed by %(names)s.") % {"names": names}
    return _("Meanwhile clauses were changed (%(labels)s): %(names)s.") % {
        "labels": ", ".join(labels),
        "names": names,
    }


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
    posted = desk.request.POST
    conflict = {
        "reason": refused.reason.render(language()),
        "changes": [Change(change, language()) for change in rows],
        "typed": [value for name in TYPED for value in posted.getlist(name) if value],
        "again": [
            (name, value)
            for name, values in posted.lists()
            if name not in ("csrfmiddlewaretoken", "version", "was")
            for value in values
        ]
        if rows
        else [],
    }
    if row is None or not is_fragment(desk.request):
        context = desk.page(row.id if row else _still_open(desk), conflict=conflict)
        template = "documents/_halves.html" if is_fragment(desk.request) else "documents/review.html"
        response = render(desk.request, template, context, status=409)
        response.headers["HX-Retarget"] = "#halves"
        response.headers["HX-Reswap"] = "outerHTML"
        return response
    source = desk.changed_source(desk.standing.review, row) if rows else []
    context = desk.exchanged(row.id, [row.id], conflict=conflict, source=source)
    response = render(desk.request, "documents/_exchange.html", context, status=409)
    response.headers["HX-Reswap"] = "none"
    return response
