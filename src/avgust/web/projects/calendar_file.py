"""A project as a calendar: its milestones over their days, and the deadline of its measure."""

from __future__ import annotations

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from avgust.domain.resolutions.export.plan.calendar import Entry, Stretch, write_ics
from avgust.web.control.assigning import school_year_of
from avgust.web.programmes.presenting import MeasureWords
from avgust.web.programmes.views import may_export
from avgust.web.projects.notices import stretches
from avgust.web.projects.pages import project_of, visible_measure
from avgust.web.ui.attachments import attached
from avgust.web.ui.requests import SignedInRequest, language


@login_required
@require_safe
def ics(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return the days of a project; 404 where the measure is none, 403 for who may take nothing away."""
    measure = visible_measure(request, pk)
    if not may_export(request.user, measure.programme):
        raise PermissionDenied
    if project_of(measure) is None:
        raise Http404
    home = request.build_absolute_uri("/").rstrip("/")
    words = MeasureWords(measure, language())
    own = Entry(
        f"measure-{measure.pk}@{request.get_host().partition(':')[0]}",
        words.plan_row(),
        measure.deadline,
        home + measure.get_absolute_url(),
    )
    out = BytesIO()
    days: list[Entry | Stretch] = [own, *stretches([measure], home)]
    year = school_year_of(measure.programme)
    write_ics(out, measure.text[:200], days, year, language(), stamp=timezone.now())
    return attached(out.getvalue(), f"project-{measure.pk}.ics")
