"""The page of a decision: its causes with what became of them, its clauses, which follows from which."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from avgust.domain.proof import Coverage
from avgust.web.accounts.rights import Action
from avgust.web.control.models import Assignment
from avgust.web.control.proving import coverages
from avgust.web.decisions import actions
from avgust.web.decisions.asking import may_see, offered, visible_decision
from avgust.web.decisions.models import Cause, CauseOfClause, Decision
from avgust.web.decisions.states import causes_of, decided_on, told_of
from avgust.web.decisions.wording import paper, told
from avgust.web.documents.actions import Refused
from avgust.web.documents.models import Document
from avgust.web.documents.standing import Standing
from avgust.web.programmes.models import AdoptedClause, Measure, MeasureClause, MeasureExecutor
from avgust.web.ui.requests import SignedInRequest, language

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


@dataclass(slots=True)
class Line:
    """A clause of the decision: its words, what it follows from, what carries it out."""

    clause: str
    label: str
    text: str
    measure: bool
    links: list[CauseOfClause] = field(default_factory=list)
    measures: list[tuple[Measure, Coverage]] = field(default_factory=list)


@login_required
@require_safe
def decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a decision."""
    shown, user, today = visible_decision(request, pk), request.user, timezone.localdate()
    causes = causes_of([shown.document_id]).get(shown.document_id, [])
    decided = decided_on(causes, user, today)
    coverage = told_of(causes, decided)
    lines, whole = lines_of(shown, user)
    prepares = user.may(Action.PREPARE_DECISIONS, shown.unit)
    context: dict[str, Any] = {
        "decision": shown,
        "document": shown.document,
        "paper": paper(shown),
        "lede": told(coverage),
        "causes": [(cause, decided[cause.pk]) for cause in causes],
        "lines": lines,
        "whole": whole,
        "covered": sum((one for line in lines for _measure, one in line.measures), start=Coverage()),
        "controllers": _controllers(shown),
        "prepares": prepares,
        "offered": offered(user, shown.unit, [str(cause.pk) for cause in causes]) if prepares else [],
        "sees_document": user.may(Action.SEE_DOCUMENTS)
        and Document.objects.visible_to(user).filter(pk=shown.document_id).exists(),
        "typed_by_reader": shown.typed and shown.recorded_by_id == user.pk and not shown.document.adopted,
    }
    return render(request, "decisions/decision.html", context)


def lines_of(shown: Decision, user: User) -> tuple[list[Line], list[CauseOfClause]]:
    """Return the clauses in their order, and the links of the whole document."""
    links = defaultdict(list)
    for link in CauseOfClause.objects.filter(document=shown.document_id).select_related("cause"):
        links[link.clause].append(link)
    if shown.document.adopted:
        lines = _adopted(shown, user)
    else:
        rows = Standing.of(shown.document).review.clauses
        lines = [Line(row.id, row.clause.label or "", row.clause.text, row.measure) for row in rows]
    for line in lines:
        line.links = links.pop(line.clause, [])
    return lines, [link for rest in links.values() for link in rest]


def _adopted(shown: Decision, user: User) -> list[Line]:
    """Return the adopted clauses with the measures that carry them out and how far those are proven."""
    clauses = (
        AdoptedClause.objects.filter(document=shown.document_id).defer("search", "marks").order_by("order")
    )
    pairs = list(
        MeasureClause.objects.filter(source__document=shown.document_id)
        .select_related("measure")
        .order_by("pk")
    )
    rows = Assignment.objects.visible_to(user).filter(measure__in={pair.measure_id for pair in pairs})
    covered = coverages(rows, "measure", timezone.localdate())
    lines = {one.pk: Line(one.clause, one.label, one.quote, measure=True) for one in clauses}
    for pair in pairs:
        if pair.measure.in_force:
            line = lines[pair.source_id]
            line.measures.append((pair.measure, covered.get(pair.measure_id, Coverage())))
    return list(lines.values())


def _controllers(shown: Decision) -> list[str]:
    """Return who controls the measures of the decision, each once."""
    rows = MeasureExecutor.objects.filter(
        measure__clauses__source__document=shown.document_id, relation="controller"
    )
    return list(rows.order_by("name").values_list("name", flat=True).distinct()[:5])


@login_required
@require_POST
def link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that the marked clauses follow from the chosen cause."""
    shown = visible_decision(request, pk)
    if not request.user.may(Action.PREPARE_DECISIONS, shown.unit):
        raise PermissionDenied
    key = request.POST.get("cause", "")
    cause = (
        Cause.objects.visible_to(request.user).filter(pk=key).first()
        if key.isdecimal() and len(key) < 10
        else None
    )
    clauses = request.POST.getlist("clause")
    if cause is None or not clauses:
        messages.error(request, _("Choose a cause and mark the clauses that follow from it."))
        return redirect(shown)
    try:
        made = actions.link_cause(shown, cause, clauses, actor=request.user)
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
    else:
        said = ngettext(
            "%(n)d clause follows from the cause now.", "%(n)d clauses follow from the cause now.", made
        )
        messages.success(request, said % {"n": made} if made else _("They followed from the cause already."))
    return redirect(shown)


@login_required
@require_POST
def unlink(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a cause from a clause."""
    may_see(request)
    seen = Decision.objects.visible_to(request.user)
    row = get_object_or_404(CauseOfClause, pk=pk, document__in=seen.values("document"))
    shown = get_object_or_404(seen, document=row.document_id)
    actions.unlink_cause(row, actor=request.user)
    messages.success(request, _("The clause follows from this cause no more."))
    return redirect(shown)
