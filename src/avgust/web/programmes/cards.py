"""The card of a measure: its clause, who acts, by when, and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from avgust.domain.addressing import Addressing, Outcome, Register, resolve
from avgust.domain.resolutions.model import Finding
from avgust.domain.resolutions.review.clause import ReviewedClause
from avgust.domain.resolutions.review.codec import restored
from avgust.web.accounts.rights import Action
from avgust.web.audit.models import Entry
from avgust.web.documents.highlight import marked, marks_of
from avgust.web.documents.models import Correction, Document
from avgust.web.documents.presenting import FindingWords
from avgust.web.documents.registers import register_for
from avgust.web.documents.standing import Standing
from avgust.web.programmes.models import Measure, MeasureExecutor
from avgust.web.programmes.presenting import MeasureWords
from avgust.web.programmes.views import language
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest

EVENTS: Final = 50


@dataclass(frozen=True, slots=True)
class Quote:
    """A clause of a document as it is printed there."""

    document: Document
    clause: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Reach:
    """An executor and the organisations that the name falls on, asked of the rule on the programme's day."""

    executor: MeasureExecutor
    addressing: Addressing
    units: list[Unit]

    @property
    def question(self) -> bool:
        """True when several organisations fit equally and a person must choose."""
        return self.addressing.outcome is Outcome.AMBIGUOUS

    @property
    def known(self) -> bool:
        """True when the register has an answer."""
        return self.addressing.outcome in (Outcome.BODY, Outcome.ROLE)

    @property
    def outside(self) -> bool:
        """True for who stands outside the register: parents, universities, the press."""
        return self.addressing.outcome is Outcome.OUTSIDE


def _quotes(measure: Measure) -> list[Quote]:
    """Return the clauses that the measure carries out, with their fields marked."""
    found = []
    for link in measure.clauses.select_related("document"):
        standing = Standing.of(link.document)
        row = standing.review.find(link.clause)
        if row is None:
            continue
        found.append(Quote(link.document, link.clause, _quote(standing, row)))
    return found


def _quote(standing: Standing, row: ReviewedClause) -> SafeString:
    """Return the words of a clause, marked; a typed clause stands nowhere in the source."""
    span = row.clause.span
    if span.start == span.end:
        return SafeString(escape(row.clause.text))
    return marked(standing.resolution.document.text, span, marks_of(row))


def _reaches(measure: Measure, register: Register) -> list[Reach]:
    """Return who acts with the organisations, in three queries whatever their number."""
    rows = list(measure.executors.all())
    answers = [resolve(row.name, row.form, register) for row in rows]
    wanted = {pk for answer in answers for pk in answer.units}
    units = Unit.objects.in_bulk(wanted)
    return [
        Reach(
            row,
            answer,
            sorted((units[pk] for pk in answer.units if pk in units), key=lambda unit: unit.order),
        )
        for row, answer in zip(rows, answers, strict=True)
    ]


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
    near = programme.measures.only("pk", "label", "order")
    context: dict[str, Any] = {
        "measure": shown,
        "programme": programme,
        "words": MeasureWords(shown, language()),
        "quotes": _quotes(shown),
        "reaches": _reaches(shown, register_for(programme.unit, programme.addressed_on)),
        "findings": [FindingWords(finding, language()) for finding in findings],
        "before": near.filter(order__lt=shown.order).order_by("-order").first(),
        "after": near.filter(order__gt=shown.order).order_by("order").first(),
        "sees_document": sees_document,
        "events": _events(shown, sees_document=sees_document),
    }
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
