"""The lists: decisions of the reader's territory, and causes that wait for a decision."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import ExtractYear
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from avgust.domain.decisions.causes import CauseKind
from avgust.domain.decisions.coverage import CauseCoverage, Decided
from avgust.domain.proof import Coverage
from avgust.web.accounts.rights import Action
from avgust.web.decisions.asking import may_see, offices
from avgust.web.decisions.models import KINDS, Cause, CauseOfClause, Decision, DecisionQuerySet
from avgust.web.decisions.states import (
    DecisionState,
    causes_of,
    coverage_of,
    decided_on,
    in_state,
    told_of,
)
from avgust.web.decisions.wording import DECISION_STATES, paper, told
from avgust.web.documents.models import Document
from avgust.web.programmes.models import MeasureExecutor
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

PAGE: Final = 50
MOST_NAMES: Final = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """A decision as a row shows it."""

    decision: Decision
    paper: str
    causes: list[Cause]
    found: CauseCoverage
    coverage: Coverage

    @property
    def told(self) -> str:
        """How far its causes are covered."""
        return told(self.found)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for; what it says wrong is passed over."""

    words: str = ""
    kind: str = ""
    state: str = ""
    unit: str = ""
    year: str = ""
    controller: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Chosen:
        """Read the address."""
        given = {name: asked.get(name, "").strip()[:300] for name in cls.__slots__ if name != "words"}
        given["kind"] = given["kind"] if given["kind"] in set(CauseKind) else ""
        given["state"] = given["state"] if given["state"] in set(DecisionState) else ""
        for name, digits in (("unit", 9), ("year", 4)):
            number = re.fullmatch(rf"[1-9]\d{{0,{digits - 1}}}", given[name], re.ASCII)
            given[name] = number[0] if number else ""
        return cls(words=asked.get("q", "").strip()[:200], **given)

    def narrow(self, rows: DecisionQuerySet, user: User, today: date) -> DecisionQuerySet:
        """Return the decisions that are asked for."""
        if self.words:
            rows = rows.search(self.words)
        if self.kind:
            of_kind = CauseOfClause.objects.filter(cause__kind=self.kind).order_by()
            rows = rows.filter(document__in=of_kind.values("document"))
        if self.unit:
            rows = rows.filter(unit=int(self.unit))
        if self.year:
            rows = rows.filter(document__adopted_on__year=int(self.year))
        if self.controller:
            rows = rows.filter(Exists(_controllers().filter(_OF_DECISION, name=self.controller)))
        return in_state(rows, DecisionState(self.state), user, today) if self.state else rows

    @property
    def any(self) -> bool:
        """True where anything is asked for."""
        return bool(self.words or self.kind or self.state or self.unit or self.year or self.controller)


def _controllers() -> Any:
    return MeasureExecutor.objects.in_force().filter(relation="controller")


_OF_DECISION: Final = Q(measure__clauses__source__document=OuterRef("document"))


@login_required
@require_safe
def decision_list(request: SignedInRequest) -> HttpResponse:
    """Show the decisions that the reader may see, and how far their causes are covered."""
    may_see(request)
    user, today, chosen = request.user, timezone.localdate(), Chosen.of(request.GET)
    visible = Decision.objects.visible_to(user)
    rows = chosen.narrow(visible, user, today).order_by("-document__adopted_on", "-pk")
    # What is asked of assignments or causes is asked once, not for the number and again for the page.
    keys: Any = rows.values_list("pk", flat=True)
    keys = list(keys) if chosen.state or chosen.kind else keys
    page: Any = Paginator(keys, PAGE).get_page(request.GET.get("page"))
    known = Decision.objects.select_related("unit", "document").in_bulk(list(page.object_list))
    shown = [known[pk] for pk in page.object_list if pk in known]
    context = {
        "page": page,
        "rows": listed(shown, user),
        "chosen": chosen,
        "kinds": [(kind.value, said) for kind, said in KINDS.items()],
        "states": [(state.value, said) for state, said in DECISION_STATES.items()],
        "units": Unit.objects.filter(pk__in=visible.order_by().values("unit")).order_by("order", "pk"),
        "years": _years(visible),
        "controllers": _names(visible),
        "waiting": _waiting(request),
        "prepares": bool(offices(user)),
        "exports": user.may(Action.EXPORT_PROGRAMME),
    }
    return render(request, "decisions/list.html", context)


def _years(visible: DecisionQuerySet) -> list[int]:
    years = visible.order_by().values_list(ExtractYear("document__adopted_on"), flat=True).distinct()
    return sorted((year for year in years if year), reverse=True)


def _names(visible: DecisionQuerySet) -> list[str]:
    rows = _controllers().filter(measure__clauses__source__document__in=visible.order_by().values("document"))
    return list(rows.order_by("name").values_list("name", flat=True).distinct()[:MOST_NAMES])


def _waiting(request: SignedInRequest) -> int:
    """Return how many causes of the reader's territory wait for a decision."""
    return undecided(request).count() if offices(request.user) else 0


def undecided(request: SignedInRequest) -> Any:
    """Return the causes of the reader's scope on which nothing is adopted."""
    adopted = CauseOfClause.objects.filter(cause=OuterRef("pk"), document__status=Document.Status.ADOPTED)
    own = Unit.objects.in_scope_of(request.user, Action.SEE_DOCUMENTS)
    return Cause.objects.filter(~Exists(adopted), unit__in=own)


def listed(decisions: list[Decision], user: User) -> list[Listed]:
    """Return rows of the list, counted in a fixed number of queries."""
    today = timezone.localdate()
    causes = causes_of(one.document_id for one in decisions)
    flat = {cause.pk: cause for several in causes.values() for cause in several}
    decided = decided_on(list(flat.values()), user, today) if flat else {}
    covered = coverage_of(decisions, user, today)
    return [_listed(one, causes.get(one.document_id, []), decided, covered) for one in decisions]


def _listed(
    one: Decision, causes: list[Cause], decided: dict[int, Decided], covered: dict[int, Coverage]
) -> Listed:
    return Listed(one, paper(one), causes, told_of(causes, decided), covered.get(one.document_id, Coverage()))


@login_required
@require_safe
def cause_list(request: SignedInRequest) -> HttpResponse:
    """Show causes: those without a decision first of all, or everything that decisions followed from."""
    may_see(request)
    user, today = request.user, timezone.localdate()
    words, kind = request.GET.get("q", "").strip()[:200], request.GET.get("kind", "")
    open_only = request.GET.get("open", "") == "1"
    rows = undecided(request) if open_only else Cause.objects.visible_to(user)
    if words:
        rows = rows.search(words)
    if kind in set(CauseKind):
        rows = rows.filter(kind=kind)
    page: Any = Paginator(rows.select_related("unit"), PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    decided = decided_on(shown, user, today) if shown else {}
    context = {
        "page": page,
        "rows": [(cause, decided[cause.pk]) for cause in shown],
        "words": words,
        "kind": kind if kind in set(CauseKind) else "",
        "kinds": [(one.value, said) for one, said in KINDS.items()],
        "open_only": open_only,
        "waiting": undecided(request).count(),
        "prepares": bool(offices(user)),
    }
    return render(request, "decisions/causes.html", context)
