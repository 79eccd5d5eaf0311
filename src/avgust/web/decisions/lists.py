"""The lists: decisions of the reader's territory, and causes that wait for a decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryFile
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import ExtractYear
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from avgust.domain.decisions.causes import CauseKind
from avgust.domain.decisions.coverage import CauseCoverage, Decided
from avgust.domain.messages import mark
from avgust.domain.proof import Coverage, ProofState
from avgust.domain.resolutions.export.sheets import Column, Sheet, write_workbook
from avgust.domain.resolutions.export.wording import date_text
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
from avgust.web.decisions.wording import DECISION_STATES, paper, told, whole
from avgust.web.documents.models import Document
from avgust.web.programmes.models import MeasureExecutor
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest, language

PAGE: Final = 50
CHUNK: Final = 200  # decisions of a sheet that are counted at once
MOST_NAMES: Final = 200
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    def of(cls, request: SignedInRequest) -> Chosen:
        """Read the address."""
        given = {name: request.GET.get(name, "").strip()[:300] for name in cls.__slots__ if name != "words"}
        given["kind"] = given["kind"] if given["kind"] in set(CauseKind) else ""
        given["state"] = given["state"] if given["state"] in set(DecisionState) else ""
        for name, digits in (("unit", 9), ("year", 4)):
            number = re.fullmatch(rf"[1-9]\d{{0,{digits - 1}}}", given[name], re.ASCII)
            given[name] = number[0] if number else ""
        return cls(words=request.GET.get("q", "").strip()[:200], **given)

    def narrow(self, rows: DecisionQuerySet, request: SignedInRequest, today: date) -> DecisionQuerySet:
        """Return the decisions that are asked for."""
        if self.words:
            rows = rows.search(self.words)
        if self.kind:
            of_kind = CauseOfClause.objects.filter(document=OuterRef("document"), cause__kind=self.kind)
            rows = rows.filter(Exists(of_kind))
        if self.unit:
            rows = rows.filter(unit=int(self.unit))
        if self.year:
            rows = rows.filter(document__adopted_on__year=int(self.year))
        if self.controller:
            rows = rows.filter(Exists(_controllers().filter(_OF_DECISION, name=self.controller)))
        return in_state(rows, DecisionState(self.state), request.user, today) if self.state else rows

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
    user, today, chosen = request.user, timezone.localdate(), Chosen.of(request)
    visible = Decision.objects.visible_to(user)
    rows = chosen.narrow(visible, request, today).select_related("unit", "document")
    page: Any = Paginator(rows.order_by("-document__adopted_on", "-pk"), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "rows": listed(list(page.object_list), request),
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


def listed(decisions: list[Decision], request: SignedInRequest) -> list[Listed]:
    """Return rows of the list, counted in a fixed number of queries."""
    today = timezone.localdate()
    causes = causes_of(one.document_id for one in decisions)
    flat = {cause.pk: cause for several in causes.values() for cause in several}
    decided = decided_on(list(flat.values()), request.user, today) if flat else {}
    covered = coverage_of(decisions, request.user, today)
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


COLUMNS: Final = (
    Column(mark("Decision"), 50),
    Column(mark("Kind of paper"), 18),
    Column(mark("Date"), 18),
    Column(mark("Authority"), 36),
    Column(mark("Causes"), 70),
    Column(mark("Causes decided on"), 12, number=True),
    Column(mark("Causes proven"), 12, number=True),
    Column(mark("Assignments"), 12, number=True),
    Column(mark("Assignments proven"), 12, number=True),
    Column(mark("Assignments not done"), 12, number=True),
    Column(mark("State"), 22),
)


@login_required
@require_safe
def xlsx(request: SignedInRequest) -> HttpResponseBase:
    """Return the list as it is filtered, with the causes in words."""
    may_see(request)
    if not request.user.may(Action.EXPORT_PROGRAMME):
        raise PermissionDenied
    rows = Chosen.of(request).narrow(Decision.objects.visible_to(request.user), request, timezone.localdate())
    out = TemporaryFile()  # noqa: SIM115 - the response closes it
    sheet = Sheet(mark("Decisions"), COLUMNS, _lines(rows, request))
    write_workbook(out, [sheet], language(), _("Decisions"))
    out.seek(0)
    response = FileResponse(out, as_attachment=True, filename="decisions.xlsx")
    response.headers["Content-Type"] = _XLSX
    return response


def _lines(rows: DecisionQuerySet, request: SignedInRequest) -> Iterator[list[str]]:
    """Yield the rows of the sheet, a chunk of decisions at a time."""
    told_in = language()
    keys = list(rows.order_by("-document__adopted_on", "-pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = Decision.objects.select_related("unit", "document").in_bulk(keys[start : start + CHUNK])
        for row in listed([chunk[key] for key in keys[start : start + CHUNK] if key in chunk], request):
            yield _line(row, told_in)


def _line(row: Listed, told_in: str) -> list[str]:
    document = row.decision.document
    return [
        document.title,
        row.paper,
        date_text(document.adopted_on, told_in) if document.adopted_on else "",
        row.decision.unit.name,
        "\n".join(whole(cause, told_in) for cause in row.causes),
        str(row.found.decided),
        str(row.found.proven),
        str(row.coverage.total),
        str(row.coverage.proven),
        str(row.coverage.count(ProofState.NOT_DONE) + row.coverage.count(ProofState.CONTRADICTED)),
        str(document.get_status_display()),
    ]
