"""Acting: the acts of the pages, with their rights, guards, history and journal; nothing else can be done."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from avgust.domain.control.states import Act
from avgust.domain.evidence import Paper
from avgust.web.accounts.rights import Action
from avgust.web.api import schemas
from avgust.web.api.auth import require_write
from avgust.web.api.problems import Problem
from avgust.web.api.reading import ABSENT, allowed, assignment_out
from avgust.web.control.actions import Words, act_on
from avgust.web.control.models import Assignment
from avgust.web.control.reporting import add_paper, write_text

router = Router()
REFUSED: Final = ABSENT | {400: Problem, 409: Problem}


def _seen(request: HttpRequest, pk: int) -> Assignment:
    """Return the assignment; 403 for a token that may only read, 404 outside the scope."""
    require_write(request)
    rows = Assignment.objects.visible_to(allowed(request, Action.SEE_ASSIGNMENTS))
    return get_object_or_404(rows, pk=pk)


@router.post(
    "/assignments/{pk}/report", response={200: schemas.AssignmentOut, **REFUSED}, summary="Send a report"
)
def report(request: HttpRequest, pk: schemas.Id, said: schemas.ReportIn) -> dict[str, Any]:
    """Send a report with its evidence, or nothing of it: what a guard refuses leaves no draft behind."""
    row = _seen(request, pk)
    user: Any = request.user
    with transaction.atomic():
        write_text(row, actor=user, text=said.text)
        for paper in said.evidence:
            add_paper(row, actor=user, paper=Paper(**paper.model_dump()))
        act_on(row, Act.REPORT, actor=user, seen=said.version)
    return assignment_out(request, pk)


@router.post("/assignments/{pk}/acts", response={200: schemas.AssignmentOut, **REFUSED}, summary="Do an act")
def act(request: HttpRequest, pk: schemas.Id, said: schemas.ActIn) -> dict[str, Any]:
    """Accept, return, extend and the rest; whoever reported still cannot accept, and a reason is a reason."""
    row, asked = _seen(request, pk), Act(said.act)
    words = Words(
        reason=said.reason,
        wanted_due=said.day if asked is Act.ASK_EXTENSION else None,
        event_on=said.day if asked is Act.START else None,
    )
    act_on(row, asked, actor=request.user, words=words, seen=said.version)  # type: ignore[arg-type]
    return assignment_out(request, pk)
