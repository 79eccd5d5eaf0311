"""On whom the executors of a clause fall, before adoption: the list behind «57 организаций», and its rule."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from avgust.domain.addressing import Outcome
from avgust.web.documents.addressees import AddresseeWords
from avgust.web.documents.desk import Desk
from avgust.web.documents.registers import rule_words
from avgust.web.documents.views import visible_document
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class Whom:
    """An addressee with the organisations it falls on; `linked` are those the reader may open."""

    words: AddresseeWords
    units: list[Unit]
    linked: frozenset[int]

    @property
    def rule(self) -> str:
        """Why these organisations."""
        return rule_words(self.words.addressing.rule)

    @property
    def outside(self) -> bool:
        """True for who stands outside the register."""
        return self.words.addressing.outcome is Outcome.OUTSIDE


@login_required
@require_safe
def whom(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the organisations of a clause's executors."""
    document = visible_document(request, pk)
    desk = Desk(request, document)
    row = desk.standing.review.find(request.GET.get("clause", ""))
    if row is None:
        raise Http404
    clause = desk.words(row)
    people = [*clause.executors, *clause.co_executors, *clause.partners, *clause.controllers]
    wanted = {pk for words in people for pk in words.addressing.units}
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=wanted)}
    linked = frozenset(
        Unit.objects.visible_to(request.user).filter(pk__in=wanted).values_list("pk", flat=True)
    )
    found = [Whom(words, _ordered(words, units), linked) for words in people]
    return render(
        request,
        "documents/whom.html",
        {
            "document": document,
            "clause": clause,
            "found": found,
            "day": desk.day,
            "back": desk.address(row.id),
        },
    )


def _ordered(words: AddresseeWords, units: dict[int, Unit]) -> list[Unit]:
    return sorted((units[pk] for pk in words.addressing.units if pk in units), key=lambda unit: unit.order)
