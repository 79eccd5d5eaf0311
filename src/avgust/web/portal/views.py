"""Pages and files for everybody: what is published, a programme, a measure, open data, a frame."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from avgust.domain.proof import ProofState
from avgust.domain.publishing.links import is_public_link
from avgust.domain.publishing.open_data import as_csv, as_json
from avgust.domain.publishing.page import PublicMeasure, PublicProgramme
from avgust.web.control.models import AssignmentQuerySet
from avgust.web.control.proving import UNCOUNTED, state_on
from avgust.web.portal.answering import embeddable, keepable, open_data, public, root_of
from avgust.web.portal.building import accepted_links, assignments_of, day_of
from avgust.web.portal.models import Publication
from avgust.web.ui.attachments import attached

PAGE: Final = 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List what is published, the newest first."""
    rows = Publication.objects.open().select_related("programme__unit")
    last = rows.values_list("published_at", flat=True).first()
    told = tuple(rows.order_by("pk").values_list("pk", "version")[:1000])

    def respond() -> HttpResponse:
        page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
        return render(request, "portal/index.html", {"page": page})

    return keepable(request, last or timezone.now().replace(hour=0, minute=0, second=0), told, respond)


@public
def page(request: HttpRequest, publication: Publication, shown: PublicProgramme) -> HttpResponse:
    """Show a programme: what was promised and what is proven; `?state=` shows the measures of one state."""
    state = _state(request)
    sections = [
        (part, [row for row in part.measures if state is None or row.state is state])
        for part in shown.sections
    ]
    context = {
        "programme": shown,
        "state": state,
        "sections": [(part, rows) for part, rows in sections if rows],
        "states": [(one, shown.count(one)) for one in ProofState],
        "root": root_of(publication.pk),
    }
    return render(request, "portal/page.html", context)


def _state(request: HttpRequest) -> ProofState | None:
    asked = request.GET.get("state", "")
    return ProofState(asked) if asked in set(ProofState) else None


@public
def measure(
    request: HttpRequest, publication: Publication, shown: PublicProgramme, *, measure: int
) -> HttpResponse:
    """Show a measure with its organisations, their states and what proves them."""
    row = next((one for one in shown.measures if one.id == measure), None)
    if row is None:
        raise Http404
    state = _state(request)
    rows = _organisations(publication, row, state)
    listed = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    links = _links(publication, [one.pk for one in listed.object_list])
    context = {
        "programme": shown,
        "measure": row,
        "state": state,
        "states": [one for one in ProofState if row.coverage.count(one)],
        "page": listed,
        "rows": [(one, links.get(one.pk, [])) for one in listed.object_list],
    }
    return render(request, "portal/measure.html", context)


def _organisations(
    publication: Publication, row: PublicMeasure, state: ProofState | None
) -> AssignmentQuerySet:
    """Return the counted assignments of a measure, those of `state` alone if it is asked for."""
    rows, columns = assignments_of(publication)
    found = rows.filter(measure=row.id).annotate(told=state_on(day_of(publication), columns))
    found = found.filter(told=state.value) if state else found.exclude(told=UNCOUNTED)
    return found.select_related("unit").order_by("unit__order", "due", "pk")


def _links(publication: Publication, assignments: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    if publication.links:
        rows = accepted_links(publication).filter(report__assignment__in=assignments).order_by("pk")
        for assignment, url in rows.values_list("report__assignment", "url"):
            if is_public_link(url) and url not in found.setdefault(assignment, []):
                found[assignment].append(url)
    return found


@embeddable
@public
def embed(request: HttpRequest, publication: Publication, shown: PublicProgramme) -> HttpResponse:
    """Show the summary in a frame of another site."""
    states = [(one, shown.count(one)) for one in ProofState if shown.count(one)]
    context: dict[str, Any] = {"programme": shown, "states": states, "root": root_of(publication.pk)}
    return render(request, "portal/embed.html", context)


@open_data
@public
def measures_csv(_request: HttpRequest, publication: Publication, shown: PublicProgramme) -> HttpResponse:
    """Return the measures as CSV."""
    return attached(as_csv(shown, root_of(publication.pk)), f"measures-{publication.pk}.csv")


@open_data
@public
def measures_json(_request: HttpRequest, publication: Publication, shown: PublicProgramme) -> HttpResponse:
    """Return the measures as JSON."""
    return HttpResponse(as_json(shown, root_of(publication.pk)), content_type="application/json")
