"""The execution report as a page."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from avgust.domain.proof import ProofState
from avgust.domain.reporting import chart, memory
from avgust.domain.reporting.report import ExecutionReport
from avgust.web.accounts.rights import Action
from avgust.web.control.models import Assignment
from avgust.web.programmes.models import Programme
from avgust.web.reports.asking import asked_day, asked_place, programme_of
from avgust.web.reports.building import build
from avgust.web.reports.parts import Part, is_long, part_of
from avgust.web.reports.presenting import rows_of, told
from avgust.web.reports.returning import may_return
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest, language
from avgust.web.ui.stations import HomeSection


@login_required
@require_safe
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the report of a programme."""
    programme = programme_of(request, pk, Action.SEE_ASSIGNMENTS)
    day, form = asked_day(request, programme)
    place, scope = asked_place(request), Assignment.objects.visible_to(request.user)
    part: Part | None = None
    if is_long(programme):
        part = part_of(programme, scope, day, place=place, language=language(), asked=request.GET)
        made, shown = part.whole, part.shown
    else:
        made = shown = build(programme, scope, day, place=place, language=language())
    today = timezone.localdate()
    places = Unit.objects.in_scope_of(request.user).on(today).filter(kind=Unit.Kind.MUNICIPALITY)
    context: dict[str, Any] = {
        "programme": programme,
        "report": made,
        "summed": made.sections,
        "sections": [(section, rows_of(section, language())) for section in shown.sections],
        "part": part,
        "chart": chart.whole(made),
        "bars": chart.by_section(made),
        "reading": chart.reading(made).render(language()),
        "states": [(state, made.count(state)) for state in ProofState if made.count(state)],
        "form": form,
        "place": place,
        "places": places,
        "repeated": [row for row in rows_of_all(shown) if row.row.memory],
        "proposals": [(memory.SAID[kind].render(language()), rows) for kind, rows in memory.proposals(shown)],
        "lede": told(made),
        "may_export": Programme.objects.visible_to(request.user, Action.EXPORT_PROGRAMME)
        .filter(pk=pk)
        .exists(),
        "may_return": may_return(request.user),
        "may_draft": request.user.may(Action.UPLOAD_DOCUMENT, programme.unit),
        "today": today,
    }
    return render(request, "reports/report.html", context)


def rows_of_all(made: ExecutionReport) -> list[Any]:
    """Return every row as the page prints it."""
    return [row for part in made.sections for row in rows_of(part, language())]


def programme_section(request: HttpRequest, subject: Programme) -> HomeSection | None:
    """Lead from the page of a programme to its report."""
    if not request.user.may(Action.SEE_ASSIGNMENTS):  # type: ignore[union-attr]
        return None
    return HomeSection("reports/_programme.html", {"programme": subject}, order=20)
