"""The card of a measure: its clause, who acts, by when, and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from avgust.domain.resolutions.model import Finding, Relation
from avgust.domain.resolutions.review.codec import restored
from avgust.web.accounts.models import Post
from avgust.web.accounts.rights import Action
from avgust.web.documents.models import Document
from avgust.web.documents.presenting import FindingWords
from avgust.web.programmes.actions import people_for
from avgust.web.programmes.answering import answers_of
from avgust.web.programmes.choosing import Candidate, candidates, search
from avgust.web.programmes.history import events_of
from avgust.web.programmes.models import Measure, MeasureExecutor, Programme
from avgust.web.programmes.presenting import MeasureWords
from avgust.web.programmes.quotes import quotes_of
from avgust.web.programmes.whom import Reach, RegisterOfDay, reaches
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest, language

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

RELATIONS: Final = (
    (Relation.EXECUTOR.value, pgettext_lazy("who", "executor")),
    (Relation.CO_EXECUTOR.value, pgettext_lazy("who", "co-executor")),
    (Relation.CONTROLLER.value, pgettext_lazy("who", "controller")),
    (Relation.PARTNER.value, pgettext_lazy("who", "takes part")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """An executor on the card: where it falls, how often the words stand elsewhere, who may be meant."""

    reach: Reach
    elsewhere: int
    candidates: list[Candidate]
    people: list[Post]  # from whom the person of a controller is chosen


def _asked(request: SignedInRequest, programme: Programme, day: RegisterOfDay) -> dict[str, Any]:
    """Return what the card shows of choosing an organisation: whom it is asked about, and what was found."""
    words = request.GET.get("q", "").strip()[:200]
    found = candidates(programme, search(day.register, words)) if words else []
    return {"asked": request.GET.get("who", ""), "words_asked": words, "found": found}


def _rows(shown: Measure, day: RegisterOfDay, reader: User) -> list[Row]:
    """Return who acts, each with what can be said about it."""
    shared = _shared(shown)
    may_edit = reader.may(Action.EDIT_PROGRAMME, shown.programme.unit)
    rows = []
    for reach in reaches(shown, day, reader):
        asked = [unit.pk for unit in reach.units] if reach.question else []
        people = people_for(reach.executor) if may_edit and reach.controls else []
        rows.append(Row(reach, shared[reach.executor.pk], candidates(shown.programme, asked), list(people)))
    return rows


def _shared(shown: Measure) -> dict[int, int]:
    """Return, for each executor, in how many other measures of the programme the same words stand."""
    pairs = {row.pk: (row.name, row.form) for row in shown.executors.all()}
    rows = MeasureExecutor.objects.filter(measure__programme=shown.programme).exclude(measure=shown)
    rows = rows.filter(name__in={name for name, _form in pairs.values()}).order_by()
    counted = {(name, form): n for name, form, n in rows.values_list("name", "form").annotate(Count("pk"))}
    return {pk: counted.get(pair, 0) for pk, pair in pairs.items()}


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
    quotes = quotes_of(shown)
    cited = {quote.document.pk for quote in quotes}
    seen = Document.objects.visible_to(request.user).filter(pk__in=cited)
    documents = frozenset(seen.values_list("pk", flat=True)) if cited else frozenset()
    day = RegisterOfDay(programme)
    near = programme.measures.in_force().only("programme", "label", "order")
    context: dict[str, Any] = {
        "measure": shown,
        "programme": programme,
        "words": MeasureWords(shown, language()),
        "quotes": quotes,
        "reaches": _rows(shown, day, request.user),
        "answered": any(row.answers for row in shown.executors.all()),
        "may_edit": request.user.may(Action.EDIT_PROGRAMME, programme.unit),
        "relations": RELATIONS,
        "findings": [FindingWords(finding, language()) for finding in findings],
        "before": near.filter(order__lt=shown.order).order_by("-order").first(),
        "after": near.filter(order__gt=shown.order).order_by("order").first(),
        "documents": documents,
        "events": events_of(shown, documents),
        "absorbed": shown.absorbed.order_by("order"),
        "answers": answers_of(shown, request.user),
        "has_coverage": programme.unit.kind == Unit.Kind.REGION
        and any(row.is_role and row.answers for row in shown.executors.all()),
    }
    context |= _asked(request, programme, day)
    return render(request, "programmes/measure.html", context)
