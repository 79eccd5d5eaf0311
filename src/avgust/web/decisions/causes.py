"""The page of a cause with everything decided on it, and the form in which it is said."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from avgust.domain.proof import Coverage
from avgust.web.accounts.rights import Action
from avgust.web.control.models import Assignment
from avgust.web.control.proving import coverages
from avgust.web.decisions import actions
from avgust.web.decisions.asking import office, offices, visible_cause
from avgust.web.decisions.beginning import beginning_of
from avgust.web.decisions.forms import CauseForm
from avgust.web.decisions.models import Cause, CauseOfClause, Decision
from avgust.web.decisions.states import decided_on, measures_by
from avgust.web.documents.actions import Refused
from avgust.web.programmes.models import Measure
from avgust.web.ui.requests import SignedInRequest, language

ON: Final = ("type", "upload")  # where a recorded cause leads on to
MOST: Final = 200


@login_required
@require_safe
def cause(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a cause: its numbers, the clauses that follow from it, their measures and what is proven."""
    shown, user, today = visible_cause(request, pk), request.user, timezone.localdate()
    decided = decided_on([shown], user, today)[shown.pk]
    seen = Decision.objects.visible_to(user).select_related("document", "unit")
    decisions = {one.document_id: one for one in seen.filter(document__causes__cause=shown).distinct()}
    links = shown.clauses.filter(document__in=list(decisions)).select_related("source")
    measures = Measure.objects.visible_to(user).filter(
        pk__in=measures_by(_CAUSE, [shown.pk]).get(shown.pk, ())
    )
    rows = list(measures.select_related("programme").order_by("due", "order")[:MOST])
    own = Assignment.objects.visible_to(user).filter(measure__in=[one.pk for one in rows])
    covered = coverages(own, "measure", today)
    prepares = user.may(Action.PREPARE_DECISIONS, shown.unit)
    context: dict[str, Any] = {
        "cause": shown,
        "decided": decided,
        "decisions": [(one, _clauses(links, one)) for one in decisions.values()],
        "measures": [(one, covered.get(one.pk, Coverage())) for one in rows],
        "prepares": prepares,
        "settled": prepares and actions.is_settled(shown),
    }
    return render(request, "decisions/cause.html", context)


_CAUSE: Final = "source__causes__cause"


def _clauses(links: Any, decision: Decision) -> list[CauseOfClause]:
    return [link for link in links if link.document_id == decision.document_id]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Begin a decision by its cause: proposed by a measure or a finding, or from scratch."""
    unit = office(request)
    begun = beginning_of(request.GET, request.user)
    if request.method == "POST":
        return _recorded(request, unit, begun.proposal if begun else "")
    initial = CauseForm.initial_of(begun.cause) if begun else {}
    known = []
    if begun and begun.cause.address:
        known = list(Cause.objects.visible_to(request.user).filter(address=begun.cause.address)[:5])
    return _form(request, CauseForm(initial=initial), None, begun=begun, known=known)


def _recorded(request: SignedInRequest, unit: Any, proposal: str) -> HttpResponse:
    form = CauseForm(request.POST)
    if form.is_valid():
        try:
            row = actions.record_cause(form.said, actor=request.user, unit=unit)
        except actions.Faulty as faulty:
            form.lay(faulty.faults)
        else:
            messages.success(request, _("The cause is recorded."))
            return redirect(_onward(request, row, proposal))
    return _form(request, form, None)


def _onward(request: SignedInRequest, row: Cause, proposal: str) -> str:
    """Return where the person wanted to go on: to typing, to a file, or to the cause alone."""
    on = request.POST.get("do", "")
    if on not in ON:
        return row.get_absolute_url()
    given = {"cause": row.pk, "office": row.unit_id} | (
        {"text": proposal} if proposal and on == "type" else {}
    )
    return f"{reverse(f'decisions:{on}')}?{urlencode(given)}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say a cause otherwise, as long as no decision on it is adopted."""
    row = visible_cause(request, pk)
    if not request.user.may(Action.PREPARE_DECISIONS, row.unit):
        raise PermissionDenied
    form = CauseForm(request.POST if request.method == "POST" else None, initial=CauseForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_cause(row, form.said, actor=request.user)
        except actions.Faulty as faulty:
            form.lay(faulty.faults)
        except Refused as refused:
            form.add_error(None, refused.reason.render(language()))
        else:
            messages.success(request, _("Saved."))
            return redirect(row)
    return _form(request, form, row)


@login_required
@require_POST
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take away a cause that was recorded by mistake."""
    row = visible_cause(request, pk)
    try:
        actions.delete_cause(row, actor=request.user)
    except Refused as refused:
        messages.error(request, refused.reason.render(language()))
        return redirect(row)
    messages.success(request, _("The cause is taken away."))
    return redirect("decisions:causes")


def _form(request: SignedInRequest, form: CauseForm, row: Cause | None, **more: Any) -> HttpResponse:
    context = {"form": form, "cause": row, "offices": offices(request.user), **more}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "decisions/edit_cause.html", context, status=status)
