"""The card of a measure: its clause, who acts, by when, and what happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from avgust.domain.resolutions.model import Finding
from avgust.domain.resolutions.review.codec import restored
from avgust.web.accounts.rights import Action
from avgust.web.audit.models import Entry
from avgust.web.documents.models import Correction, Document
from avgust.web.documents.presenting import FindingWords
from avgust.web.programmes.choosing import Candidate, candidates, search
from avgust.web.programmes.models import Measure, MeasureExecutor, Programme
from avgust.web.programmes.presenting import MeasureWords
from avgust.web.programmes.quotes import quotes_of
from avgust.web.programmes.whom import Reach, RegisterOfDay, reaches
from avgust.web.ui.requests import SignedInRequest, language

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

EVENTS: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """An executor on the card: where it falls, how often the words stand elsewhere, who may be meant."""

    reach: Reach
    elsewhere: int
    candidates: list[Candidate]


def _asked(request: SignedInRequest, programme: Programme, day: RegisterOfDay) -> dict[str, Any]:
    """Return what the card shows of choosing an organisation: whom it is asked about, and what was found."""
    words = request.GET.get("q", "").strip()[:200]
    found = candidates(programme, search(day.register, words)) if words else []
    return {"asked": request.GET.get("who", ""), "words_asked": words, "found": found}


def _rows(shown: Measure, day: RegisterOfDay, reader: User) -> list[Row]:
    """Return who acts, each with what can be said about it."""
    shared = _shared(shown)
    return [
        Row(reach, shared[reach.executor.pk], candidates(shown.programme, [unit.pk for unit in reach.units]))
        if reach.question
        else Row(reach, shared[reach.executor.pk], [])
        for reach in reaches(shown, day, reader)
    ]


def _shared(shown: Measure) -> dict[int, int]:
    """Return, for each executor, in how many other measures of the programme the same words stand."""
    pairs = {row.pk: (row.name, row.form) for row in shown.executors.all()}
    rows = MeasureExecutor.objects.filter(measure__programme=shown.programme).exclude(measure=shown)
    rows = rows.filter(name__in={name for name, _form in pairs.values()})
    counted = Counter(rows.values_list("name", "form"))
    return {pk: counted[pair] for pk, pair in pairs.items()}


@login_required
@require_GET
def measure(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a measure."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    visible = Measure.objects.visible_to(request.user).select_related(
        "programme__unit", "programme__document"
    )
    shown = get_object_or_404(visible.prefetch_related("executors"), pk=pk)
    programme = shown.programme
    findings = restored(tuple[Finding, ...], shown.finding_values)
    sees_document = Document.objects.visible_to(request.user).filter(pk=programme.document_id).exists()
    day = RegisterOfDay(programme)
    near = programme.measures.only("pk", "label", "order")
    context: dict[str, Any] = {
        "measure": shown,
        "programme": programme,
        "words": MeasureWords(shown, language()),
        "quotes": quotes_of(shown),
        "reaches": _rows(shown, day, request.user),
        "answered": any(row.answers for row in shown.executors.all()),
        "may_edit": request.user.may(Action.EDIT_PROGRAMME, programme.unit),
        "findings": [FindingWords(finding, language()) for finding in findings],
        "before": near.filter(order__lt=shown.order).order_by("-order").first(),
        "after": near.filter(order__gt=shown.order).order_by("order").first(),
        "sees_document": sees_document,
        "events": _events(shown, sees_document=sees_document),
    }
    context |= _asked(request, programme, day)
    return render(request, "programmes/measure.html", context)


def _events(shown: Measure, *, sees_document: bool) -> list[Entry | Correction]:
    """Return what happened to the measure and its programme, and to its clause for who may see the review."""
    own = Entry.objects.of(shown) | Entry.objects.of(shown.programme)
    events: list[Entry | Correction] = [*own.select_related("actor")[:EVENTS]]
    if sees_document:
        links = shown.clauses.values_list("clause", flat=True)
        said = Correction.objects.standing().filter(document=shown.programme.document_id, clause__in=links)
        events += said.select_related("actor").order_by("-version")[:EVENTS]
    return sorted(events, key=lambda event: event.at, reverse=True)[:EVENTS]
