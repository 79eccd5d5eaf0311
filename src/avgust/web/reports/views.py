"""The execution report: as a page, DOCX, PDF/A and XLSX; and the draft of the next resolution."""

from __future__ import annotations

from datetime import date
from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from avgust.domain.periods import Period
from avgust.domain.proof import ProofState
from avgust.domain.reporting import chart, memory
from avgust.domain.reporting.document import report_docx
from avgust.domain.reporting.draft import draft_docx, draft_lines
from avgust.domain.reporting.pdf import report_pdf
from avgust.domain.reporting.report import ExecutionReport
from avgust.web.accounts.rights import Action
from avgust.web.control.models import Assignment
from avgust.web.programmes.models import Programme
from avgust.web.reports.building import build
from avgust.web.reports.files import write_report
from avgust.web.reports.presenting import rows_of, told
from avgust.web.reports.returning import may_return
from avgust.web.reports.work_rows import work_ids
from avgust.web.territory.models import Unit
from avgust.web.ui.fields import DayField
from avgust.web.ui.requests import SignedInRequest, language
from avgust.web.ui.stations import HomeSection

_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = f"{_OFFICE}.wordprocessingml.document"
XLSX = f"{_OFFICE}.spreadsheetml.sheet"


class Question(forms.Form):
    """What the address asks: a date and a place."""

    on = DayField(
        label=_("On the date"),
        required=False,
        widget=forms.DateInput(attrs={"inputmode": "numeric"}, format="%d.%m.%Y"),
        error_messages={"invalid": _("There is no such date. An example of a right one: 01.09.2025.")},
    )


def programme_of(request: SignedInRequest, pk: int, action: Action) -> Programme:
    """Return the programme; 403 for who may never do `action`, 404 outside the scope."""
    if not request.user.may(action):
        raise PermissionDenied
    visible = Programme.objects.visible_to(request.user).select_related("unit", "document")
    shown = get_object_or_404(visible, pk=pk)
    if action is not Action.SEE_ASSIGNMENTS:
        allowed = Programme.objects.visible_to(request.user, action).filter(pk=pk)
        if not allowed.exists():
            raise PermissionDenied
    return shown


def _day(request: HttpRequest, programme: Programme) -> tuple[date, Question]:
    """Return the day asked for, from the programme's own to today; and the form with what is wrong."""
    today = timezone.localdate()
    question = request.GET.copy()
    question["on"] = question.get("on") or today.strftime("%d.%m.%Y")
    form = Question(question)
    asked = form.cleaned_data.get("on") if form.is_valid() else None
    return min(max(asked or today, programme.addressed_on), today), form


def _place(request: HttpRequest) -> Unit | None:
    asked = request.GET.get("unit", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 9:
        raise Http404
    return get_object_or_404(Unit.objects.in_scope_of(request.user), pk=asked)


def _report(request: SignedInRequest, programme: Programme) -> tuple[ExecutionReport, Question, Unit | None]:
    day, form = _day(request, programme)
    place = _place(request)
    scope = Assignment.objects.visible_to(request.user)
    return build(programme, scope, day, place=place, language=language()), form, place


@login_required
@require_safe
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the report of a programme."""
    programme = programme_of(request, pk, Action.SEE_ASSIGNMENTS)
    made, form, place = _report(request, programme)
    today = timezone.localdate()
    places = Unit.objects.in_scope_of(request.user).on(today).filter(kind=Unit.Kind.MUNICIPALITY)
    context: dict[str, Any] = {
        "programme": programme,
        "report": made,
        "sections": [(part, rows_of(part, language())) for part in made.sections],
        "chart": chart.whole(made),
        "bars": chart.by_section(made),
        "reading": chart.reading(made).render(language()),
        "states": [(state, made.count(state)) for state in ProofState if made.count(state)],
        "form": form,
        "place": place,
        "places": places,
        "repeated": [row for row in rows_of_all(made) if row.row.memory],
        "proposals": [(memory.SAID[kind].render(language()), rows) for kind, rows in memory.proposals(made)],
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


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_safe
def docx(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return the report as DOCX."""
    programme = programme_of(request, pk, Action.EXPORT_PROGRAMME)
    made, _form, _unit = _report(request, programme)
    return _file(report_docx(made, language()), DOCX, f"report-{pk}-{made.day}.docx")


@login_required
@require_safe
def pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return the report as PDF/A."""
    programme = programme_of(request, pk, Action.EXPORT_PROGRAMME)
    made, _form, _unit = _report(request, programme)
    data = report_pdf(made, language(), stamp=timezone.now())
    return _file(data, "application/pdf", f"report-{pk}-{made.day}.pdf")


@login_required
@require_safe
def xlsx(request: SignedInRequest, pk: int) -> FileResponse:
    """Return the report as XLSX, with the rows that the reader may fill in and send back."""
    programme = programme_of(request, pk, Action.EXPORT_PROGRAMME)
    made, _form, place = _report(request, programme)
    ids = work_ids(programme, request.user, place)
    out = TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_report(out, programme, made, ids, user=request.user, place=place, language=language())
    out.seek(0)
    name = f"report-{pk}-{made.day}.xlsx"
    return FileResponse(out, as_attachment=True, filename=name, content_type=XLSX)


@login_required
@require_safe
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return the draft of the next resolution as DOCX, to be edited, uploaded and reviewed."""
    programme = programme_of(request, pk, Action.SEE_ASSIGNMENTS)
    if not request.user.may(Action.UPLOAD_DOCUMENT, programme.unit):
        raise PermissionDenied
    made, _form, _unit = _report(request, programme)
    return _file(draft_docx(draft_lines(made, _next_label(programme))), DOCX, f"draft-{pk}.docx")


def _next_label(programme: Programme) -> str:
    """Return the label of the school year after the programme's."""
    try:
        return Period.of_label(programme.school_year).next.label
    except ValueError:
        return Period.school_year_of(programme.addressed_on).next.label


def programme_section(request: HttpRequest, subject: Programme) -> HomeSection | None:
    """Lead from the page of a programme to its report."""
    if not request.user.may(Action.SEE_ASSIGNMENTS):  # type: ignore[union-attr]
        return None
    return HomeSection("reports/_programme.html", {"programme": subject}, order=20)
