"""Files of evidence: always a download; only pictures that were drawn anew are shown in a page."""

from __future__ import annotations

import logging
from typing import Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from avgust.domain.control.states import Side
from avgust.web import files
from avgust.web.accounts.rights import Action
from avgust.web.control.actions import may_act
from avgust.web.control.errands import people_above
from avgust.web.control.models import Assignment, Evidence, Report
from avgust.web.ui.requests import SignedInRequest

logger = logging.getLogger(__name__)

_POLICY: Final = "default-src 'none'; sandbox"
MOST_HEIRS: Final = 20


def visible_evidence(request: SignedInRequest, pk: int) -> Evidence:
    """Return a piece of evidence that is a file.

    Who sees the assignment sees it, and who took the work over; a draft is seen by its organisation only, an
    errand's by those through whose hands it goes.
    """
    user = request.user
    if not (user.may(Action.SEE_ASSIGNMENTS) or user.may(Action.DO_ERRANDS)):
        raise PermissionDenied
    rows = Evidence.objects.exclude(sha256="").select_related(
        "report__assignment__unit", "errand__assignment__unit"
    )
    row = get_object_or_404(rows, pk=pk)
    if row.errand is not None:
        speaks = may_act(row.errand.assignment, Side.EXECUTOR, user)
        seen = speaks or user.pk in people_above(row.errand)
    elif row.report is not None and row.report.outcome == Report.Outcome.DRAFT:
        seen = may_act(row.report.assignment, Side.EXECUTOR, user)
    else:
        seen = row.report is not None and _sees(request, row.report.assignment_id)
    if not seen:
        raise Http404
    return row


def _sees(request: SignedInRequest, assignment: int) -> bool:
    """Return whether the reader sees an assignment, or one that inherits from it."""
    visible = Assignment.objects.visible_to(request.user)
    asked = {assignment}
    for _step in range(MOST_HEIRS):
        if visible.filter(pk__in=asked).exists():
            return True
        asked = set(Assignment.objects.filter(inherits__in=asked).values_list("pk", flat=True))
        if not asked:
            return False
    return False


@login_required
@require_safe
def evidence(request: SignedInRequest, pk: int) -> FileResponse:
    """Return a file as a download under the name that it was given."""
    return file_answer(visible_evidence(request, pk), attached=True)


@login_required
@require_safe
def picture(request: SignedInRequest, pk: int) -> FileResponse:
    """Return a picture to be shown in a page; anything else is not found here."""
    row = visible_evidence(request, pk)
    if not row.is_picture:
        raise Http404
    return file_answer(row, attached=False)


def file_answer(row: Evidence, *, attached: bool) -> FileResponse:
    """Return the file of a piece of evidence that the reader may see."""
    try:
        file = files.place_of(row.sha256).open("rb")
    except FileNotFoundError as absent:  # the database was restored without the folder of uploads
        logger.error("The file of evidence %s is not in the folder of uploads.", row.pk)  # noqa: TRY400
        raise Http404 from absent
    answer = FileResponse(file, as_attachment=attached, filename=row.file_name)
    answer.headers["Content-Type"] = row.mime if not attached else "application/octet-stream"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer
