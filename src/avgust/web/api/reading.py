"""Reading: the same scopes as the pages, a fixed number of queries a page of rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router

from avgust.web.accounts.rights import Action
from avgust.web.api import schemas
from avgust.web.api.paging import Cursor, Limit, page_of
from avgust.web.api.problems import Problem
from avgust.web.api.schemas import NO_NUL, AssignmentFilter, Id
from avgust.web.control.models import Assignment, AssignmentQuerySet, Evidence, Report
from avgust.web.control.proving import coverages
from avgust.web.programmes.models import Measure, MeasureExecutor, Programme
from avgust.web.programmes.presenting import MeasureWords
from avgust.web.ui import addresses
from avgust.web.ui.requests import language

router = Router()
WRONG: Final = dict.fromkeys((401, 403, 422, 429), Problem)
ABSENT: Final = WRONG | {404: Problem}
_Words = Annotated[str, Query(max_length=200, pattern=NO_NUL, description="Words that the row holds")]


def allowed(request: HttpRequest, action: Action) -> Any:
    """Return the person; 403 for who may never do `action`."""
    if not request.user.may(action):  # type: ignore[union-attr]
        raise PermissionDenied
    return request.user


@router.get(
    "/me", response={200: schemas.Me, **dict.fromkeys((401, 422, 429), Problem)}, summary="Whose token it is"
)
def me(request: HttpRequest) -> dict[str, Any]:
    """Return the posts of the person of the token, and what the token allows."""
    user, token = request.user, request.auth  # type: ignore[attr-defined]
    posts = [{"role": post.role, "unit": schemas.unit_out(post.unit)} for post in user.current_posts]  # type: ignore[union-attr]
    return {"id": user.pk, "scope": token.scope, "expires_on": token.expires_on, "posts": posts}


@router.get("/programmes", response={200: schemas.Programmes, **WRONG}, summary="Programmes")
def programmes(
    request: HttpRequest,
    q: _Words = "",
    school_year: Annotated[str, Query(max_length=9, pattern=NO_NUL, description="2025/2026")] = "",
    cursor: Cursor = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Return the programmes that the person sees, the newest first."""
    rows = Programme.objects.visible_to(allowed(request, Action.SEE_PROGRAMMES)).select_related("unit")
    rows = rows.search(q) if q.strip() else rows
    rows = rows.filter(school_year=school_year) if school_year else rows
    return page_of(rows, cursor, limit, down=True).answer(_programme)


@router.get("/programmes/{pk}", response={200: schemas.ProgrammeOut, **ABSENT}, summary="A programme")
def programme(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """Return a programme."""
    rows = Programme.objects.visible_to(allowed(request, Action.SEE_PROGRAMMES)).select_related("unit")
    return _programme(get_object_or_404(rows, pk=pk))


def _programme(row: Programme) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "unit": schemas.unit_out(row.unit),
        "school_year": row.school_year,
        "adopted_on": row.adopted_on,
        "measures": row.measure_count,
    }


@router.get(
    "/programmes/{pk}/measures", response={200: schemas.Measures, **ABSENT}, summary="Measures of a programme"
)
def measures(
    request: HttpRequest,
    pk: Id,
    q: _Words = "",
    status: Annotated[Literal["in_force", "cancelled", "merged"] | None, Query()] = None,
    cursor: Cursor = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Return the measures of a programme in its order, with the coverage that the person sees."""
    user = allowed(request, Action.SEE_PROGRAMMES)
    shown = get_object_or_404(Programme.objects.visible_to(user), pk=pk)
    rows = _with_executors(Measure.objects.filter(programme=shown))
    rows = rows.search(q) if q.strip() else rows
    rows = rows.filter(status=status) if status else rows
    page = page_of(rows, cursor, limit, key="order")
    return page.answer(_measure_writer(user, page.rows))


@router.get("/measures/{pk}", response={200: schemas.MeasureOut, **ABSENT}, summary="A measure")
def measure(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """Return a measure."""
    user = allowed(request, Action.SEE_PROGRAMMES)
    row = get_object_or_404(_with_executors(Measure.objects.visible_to(user)), pk=pk)
    return _measure_writer(user, [row])(row)


def _with_executors(rows: Any) -> Any:
    executors = MeasureExecutor.objects.select_related("unit")
    return rows.prefetch_related(Prefetch("executors", executors)).defer("search", "finding_values")


def _measure_writer(user: Any, rows: Sequence[Measure]) -> Callable[[Measure], dict[str, Any]]:
    """Return a function that writes any of `rows`; their coverage is asked for in one query."""
    seen = (
        Assignment.objects.visible_to(user) if user.may(Action.SEE_ASSIGNMENTS) else Assignment.objects.none()
    )
    asked = seen.filter(measure__in=[row.pk for row in rows])
    found = coverages(asked, "measure", timezone.localdate())

    def write(row: Measure) -> dict[str, Any]:
        return {
            "id": row.pk,
            "programme": row.programme_id,
            "number": row.label or str(row.order),
            "section": row.section,
            "text": row.text,
            "theme": row.theme,
            "due": row.due,
            "deadline": MeasureWords(row, language()).deadline,
            "status": row.status,
            "version": row.version,
            "executors": [
                {
                    "name": one.name,
                    "relation": one.relation,
                    "unit": schemas.unit_out(one.unit) if one.unit else None,
                }
                for one in row.executors.all()
            ],
            "coverage": schemas.coverage_out(found.get(row.pk)),
        }

    return write


@router.get("/assignments", response={200: schemas.Assignments, **WRONG}, summary="Assignments")
def assignments(
    request: HttpRequest,
    asked: Query[AssignmentFilter],
    cursor: Cursor = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Return the assignments that the person sees, in the order of their numbers; filters add up."""
    rows, today = _assignments(request), timezone.localdate()
    rows = rows.with_proof(today).filter(**asked.conditions())
    return page_of(rows, cursor, limit).answer(_assignment)


@router.get("/assignments/{pk}", response={200: schemas.AssignmentOut, **ABSENT}, summary="An assignment")
def assignment(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """Return an assignment."""
    return assignment_out(request, pk)


def assignment_out(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return an assignment as it stands now."""
    return _assignment(get_object_or_404(_assignments(request).with_proof(timezone.localdate()), pk=pk))


def _assignments(request: HttpRequest) -> AssignmentQuerySet:
    rows = Assignment.objects.visible_to(allowed(request, Action.SEE_ASSIGNMENTS))
    return rows.select_related("unit", "measure").defer("measure__search")


def _assignment(row: Assignment) -> dict[str, Any]:
    plain = ("occurrence", "starts", "due", "first_due", "asked_due", "status", "version")
    return {
        "id": row.pk,
        "programme": row.programme_id,
        "measure": row.measure_id,
        "number": row.measure.label or str(row.measure.order),
        "unit": schemas.unit_out(row.unit),
        "proof": schemas.state_out(row.proof),
        "reported_at": row.reported_at,
        "accepted_at": row.accepted_at,
        **{name: getattr(row, name) for name in plain},
    }


@router.get("/reports", response={200: schemas.Reports, **WRONG}, summary="Reports that were sent")
def reports(
    request: HttpRequest,
    assignment: Annotated[Id | None, Query()] = None,
    programme: Annotated[Id | None, Query()] = None,
    outcome: Annotated[Literal["sent", "accepted", "returned", "withdrawn"] | None, Query()] = None,
    cursor: Cursor = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Return the reports of the assignments that the person sees, with their evidence."""
    seen = Assignment.objects.visible_to(allowed(request, Action.SEE_ASSIGNMENTS))
    rows = Report.objects.exclude(outcome=Report.Outcome.DRAFT).filter(assignment__in=seen)
    asked = {"assignment": assignment, "assignment__programme": programme, "outcome": outcome}
    rows = rows.filter(**{key: value for key, value in asked.items() if value is not None})
    evidence = Prefetch("evidence", Evidence.objects.order_by("pk"))
    return page_of(rows.prefetch_related(evidence), cursor, limit).answer(_report)


def _file(row: Evidence) -> str | None:
    return addresses.of("api:evidence_file", row.pk) if row.sha256 else None


def _report(row: Report) -> dict[str, Any]:
    plain = ("kind", "title", "number", "dated", "url", "file_name", "size")
    return {
        "id": row.pk,
        "assignment": row.assignment_id,
        "text": row.text,
        "outcome": row.outcome,
        "sent_at": row.sent_at,
        "decided_at": row.decided_at,
        "evidence": [
            {"id": one.pk, "file": _file(one), **{name: getattr(one, name) for name in plain}}
            for one in row.evidence.all()
        ],
    }
