"""What decisions add to other pages: why a measure was adopted, and the button that begins a decision."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from avgust.domain.charts.numbers import number
from avgust.web.accounts.rights import Action
from avgust.web.control.models import Assignment
from avgust.web.decisions.asking import offices
from avgust.web.decisions.beginning import failing
from avgust.web.decisions.models import Cause, CauseOfClause, Decision
from avgust.web.decisions.states import causes_of, decided_on, told_of
from avgust.web.decisions.wording import told
from avgust.web.documents.models import Document
from avgust.web.programmes.models import Measure, Programme
from avgust.web.readings.findings import Told, findings_of
from avgust.web.ui.requests import language
from avgust.web.ui.stations import HomeSection

SHOWN: Final = 5


def why(measure: int, user: Any) -> list[tuple[Cause, Decision | None]]:
    """Return the causes of a measure with the decisions that the reader may open."""
    links = CauseOfClause.objects.filter(source__links__measure=measure).select_related("cause")
    found = {link.cause_id: link for link in links.order_by("pk")}
    if not found:
        return []
    documents = {link.document_id for link in found.values()}
    decisions = {
        one.document_id: one for one in Decision.objects.visible_to(user).filter(document__in=documents)
    }
    return [(link.cause, decisions.get(link.document_id)) for link in found.values()]


def measure_section(request: HttpRequest, measure: Measure) -> HomeSection | None:
    """Return why a measure was adopted; nothing where no cause is named."""
    causes = why(measure.pk, request.user)
    return HomeSection("decisions/_why.html", {"causes": causes}, order=5) if causes else None


def taking_section(request: HttpRequest, measure: Measure) -> HomeSection | None:
    """Return what may be decided where a measure is not done, below the coverage that says so."""
    user: Any = request.user
    if not offices(user):
        return None
    begins = failing(measure, user) is not None
    taken = _taken_on(reverse("programmes:measure", args=[measure.pk]), user)
    if not begins and not taken:
        return None
    values = {"measure": measure, "begins": begins, "taken": taken}
    return HomeSection("decisions/_taking.html", values, order=12)


def _taken_on(address: str, user: Any) -> list[Cause]:
    """Return the causes that were recorded from a page."""
    return list(Cause.objects.visible_to(user).filter(address=address)[:SHOWN])


def assignment_section(request: HttpRequest, assignment: Assignment) -> HomeSection | None:
    """Tell who carries it out why it was decided."""
    causes = why(assignment.measure_id, request.user)
    return HomeSection("decisions/_why.html", {"causes": causes}, order=5) if causes else None


def programme_section(request: HttpRequest, programme: Programme) -> HomeSection | None:
    """Return how far the causes of a programme are covered; nothing for one that has none."""
    user: Any = request.user
    decision = Decision.objects.visible_to(user).filter(document=programme.document_id).first()
    if decision is None:
        return None
    causes = causes_of([programme.document_id]).get(programme.document_id, [])
    found = told_of(causes, decided_on(causes, user, timezone.localdate()))
    return HomeSection("decisions/_programme.html", {"decision": decision, "told": told(found)}, order=30)


def document_section(request: HttpRequest, document: Document) -> HomeSection | None:
    """Lead from a document to its causes, or let it be called a decision."""
    user: Any = request.user
    decision = Decision.objects.filter(document=document).first()
    prepares = user.may(Action.PREPARE_DECISIONS, document.unit)
    if decision is None and not prepares:
        return None
    own = (
        decision is not None
        and decision.typed
        and decision.recorded_by_id == user.pk
        and not document.adopted
    )
    return HomeSection("decisions/_document.html", {"decision": decision, "document": document, "own": own})


def reading_section(request: HttpRequest, reading: Told) -> HomeSection | None:
    """Return the findings of a report, each with the button that begins a decision on it."""
    user: Any = request.user
    if not offices(user):
        return None
    taken: dict[str, Cause] = {}
    address = reverse(f"readings:{reading.report}", args=[reading.work.pk, reading.unit.pk])
    for cause in Cause.objects.visible_to(user).filter(address=address):
        taken.setdefault(cause.words, cause)
    rows = []
    for finding in findings_of(reading):
        words = finding.words.render(language())
        given: dict[str, str | int] = {
            "work": reading.work.pk,
            "unit": reading.unit.pk,
            "report": reading.report,
            "finding": finding.code,
        }
        known = next((cause for said, cause in taken.items() if said.endswith(words)), None)
        rows.append((words, _numbers(finding), f"{reverse('decisions:new_cause')}?{urlencode(given)}", known))
    return HomeSection("decisions/_reading.html", {"rows": rows}, order=50) if rows else None


def _numbers(finding: Any) -> str:
    if finding.value is None or finding.measured_in is None:
        return ""
    told_in = language()
    digits = 0 if float(finding.value).is_integer() else 1
    return f"{number(finding.value, digits).render(told_in)} {finding.measured_in.render(told_in)}"
