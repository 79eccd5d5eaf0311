"""What is read beside rows: files of evidence, and the execution report clause by clause."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router

from avgust.domain.proof import Coverage
from avgust.domain.reporting.report import ReportRow
from avgust.web.accounts.rights import Action
from avgust.web.api import schemas
from avgust.web.api.paging import Cursor, Limit, page_of
from avgust.web.api.reading import ABSENT, allowed
from avgust.web.api.schemas import Id
from avgust.web.control.evidence_pages import file_answer, visible_evidence
from avgust.web.control.models import Assignment
from avgust.web.programmes.models import Programme
from avgust.web.reports.building import build, covered
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import language

router = Router()
_FILE: Final = {
    "responses": {
        200: {
            "description": "The file as it was sent, under the name that it was given",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@router.get("/evidence/{pk}/file", response=ABSENT, summary="A file of evidence", openapi_extra=_FILE)
def evidence_file(request: HttpRequest, pk: Id) -> FileResponse:
    """Return a file as a download; 404 for a link or minutes, which have none, and outside the scope."""
    return file_answer(visible_evidence(request, pk), attached=True)  # type: ignore[arg-type]


@router.get(
    "/programmes/{pk}/report", response={200: schemas.ExecutionOut, **ABSENT}, summary="The execution report"
)
def execution(
    request: HttpRequest,
    pk: Id,
    on: Annotated[date | None, Query(description="As of the end of this day, else of today")] = None,
    unit: Annotated[Id | None, Query(description="A part of the territory: what falls on it alone")] = None,
    cursor: Cursor = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Return the execution report in the order of the resolution, a page of measures at a time.

    `coverage` is of the whole programme as the person sees it. A day before the adoption is the day of the
    adoption, a day to come is today: `day` says which it was.
    """
    user, today = allowed(request, Action.SEE_ASSIGNMENTS), timezone.localdate()
    shown = get_object_or_404(Programme.objects.visible_to(user).select_related("unit"), pk=pk)
    place = None if unit is None else get_object_or_404(Unit.objects.in_scope_of(user), pk=unit)
    day, scope = min(max(on or today, shown.addressed_on), today), Assignment.objects.visible_to(user)
    whole = covered(shown, scope, day, place=place)
    measures = shown.measures.filter(pk__in=whole) if place else shown.measures.all()
    page = page_of(measures.only("order", "programme"), cursor, limit, key="order")
    only = [row.pk for row in page.rows]
    made = build(shown, scope, day, place=place, language=language(), only=only)
    sections = [(part.title, row) for part in made.sections for row in part.rows]
    return {
        "programme": shown.pk,
        "title": shown.title,
        "day": day,
        "unit": schemas.unit_out(place) if place else None,
        "coverage": schemas.coverage_out(sum(whole.values(), start=Coverage())),
        "items": [_row(section, row) for section, row in sections],
        "next": page.next,
    }


def _row(section: str, row: ReportRow) -> dict[str, Any]:
    told_in = language()
    return {
        "measure": row.id,
        "number": row.number,
        "section": section,
        "text": row.text,
        "executors": row.executors,
        "deadline": row.deadline,
        "state": schemas.state_out(row.state.value) if row.state else None,
        "coverage": schemas.coverage_out(row.coverage),
        "not_done_by": list(row.failed),
        "not_done_by_more": row.failed_more,
        "happened": [one.render(told_in) for one in row.happened],
        "proofs": [one.render(told_in) for one in row.proofs],
        "why": list(row.why),
        "years": [
            {
                "school_year": year.label,
                "number": year.number,
                "text": year.text,
                "likeness": round(year.likeness, 3),
                "coverage": schemas.coverage_out(year.coverage),
            }
            for year in row.memory
        ],
    }
