"""The execution report and the draft of the next resolution as files, at once or by the worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import IO, TYPE_CHECKING, Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from avgust.domain.messages import Message, mark
from avgust.domain.periods import Period
from avgust.domain.reporting.document import write_docx
from avgust.domain.reporting.draft import draft_docx, draft_lines
from avgust.domain.reporting.pdf import report_pdf
from avgust.web.accounts.rights import Action
from avgust.web.control.models import Assignment
from avgust.web.prepared.answering import answer
from avgust.web.prepared.kinds import NotMadeError
from avgust.web.programmes.models import Programme
from avgust.web.reports.asking import asked_day, asked_place, programme_of
from avgust.web.reports.building import build
from avgust.web.reports.files import write_report
from avgust.web.reports.work_rows import work_count, work_ids
from avgust.web.territory.models import Unit
from avgust.web.ui.large_files import Order, Wanted
from avgust.web.ui.requests import SignedInRequest

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

KIND: Final = "reports.execution"
COUNTED: Final = 20  # assignments are counted in the time in which one row is written
MOST_SET: Final = 2_000  # rows of a PDF: typst holds the whole document while it sets it
TOO_LONG: Final = Message(
    mark("A report as PDF holds %(most)d measures at most. Take it as DOCX or XLSX."), {"most": MOST_SET}
)


def may_take(user: User, question: Mapping[str, Any]) -> bool:
    """Return whether `user` may have the file: the programme, and the place, are in her scope."""
    shown = Programme.objects.visible_to(user).filter(pk=question["programme"])
    if question["form"] == "draft":
        programme = shown.select_related("unit").first()
        allowed = programme is not None and user.may(Action.UPLOAD_DOCUMENT, programme.unit)
        return allowed and user.may(Action.SEE_ASSIGNMENTS)
    exporting = Programme.objects.visible_to(user, Action.EXPORT_PROGRAMME)
    unit = question["unit"]
    here = unit is None or Unit.objects.in_scope_of(user).filter(pk=unit).exists()
    return here and shown.exists() and exporting.filter(pk=question["programme"]).exists()


def write_file(order: Order, out: IO[bytes]) -> None:
    """Write the report, as the question says."""
    question, day = order.question, date.fromisoformat(order.question["day"])
    programme = Programme.objects.select_related("unit", "document").get(pk=question["programme"])
    place = Unit.objects.filter(pk=question["unit"]).first() if question["unit"] else None
    scope = Assignment.objects.visible_to(order.user)
    made = build(programme, scope, day, place=place, language=order.language)
    form = question["form"]
    if form == "xlsx":
        ids = work_ids(programme, order.user, place)
        write_report(out, programme, made, ids, user=order.user, place=place, language=order.language)
    elif form == "docx":
        write_docx(made, order.language, out)
    elif form == "draft":
        out.write(draft_docx(draft_lines(made, _next_label(programme))))
    elif len(made.rows) > MOST_SET:
        raise NotMadeError(TOO_LONG)
    else:
        out.write(report_pdf(made, order.language, stamp=timezone.now()))


def _next_label(programme: Programme) -> str:
    """Return the label of the school year after the programme's."""
    try:
        return Period.of_label(programme.school_year).next.label
    except ValueError:
        return Period.school_year_of(programme.addressed_on).next.label


def _answer(request: SignedInRequest, programme: Programme, form: str, name: str) -> HttpResponseBase:
    """Return the file, or lead to where it is made; asked of counts, nothing of it is read here."""
    day, _form = asked_day(request, programme)
    place = asked_place(request)
    question = {
        "programme": programme.pk,
        "form": form,
        "day": day.isoformat(),
        "unit": place.pk if place else None,
    }
    rows = programme.measures.count() + _work(request.user, programme) // COUNTED
    if form == "xlsx":
        rows += work_count(programme, request.user, place)
    back = f"{reverse('reports:report', args=[programme.pk])}?{request.GET.urlencode()}"
    name = name % {"pk": programme.pk, "day": day}
    return answer(request, Wanted(KIND, question, programme.title, name, rows, programme.unit, back))


def _work(user: User, programme: Programme) -> int:
    return Assignment.objects.visible_to(user).filter(programme=programme).order_by().count()


@login_required
@require_safe
def docx(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Return the report as DOCX."""
    programme = programme_of(request, pk, Action.EXPORT_PROGRAMME)
    return _answer(request, programme, "docx", "report-%(pk)d-%(day)s.docx")


@login_required
@require_safe
def pdf(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Return the report as PDF/A."""
    programme = programme_of(request, pk, Action.EXPORT_PROGRAMME)
    return _answer(request, programme, "pdf", "report-%(pk)d-%(day)s.pdf")


@login_required
@require_safe
def xlsx(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Return the report as XLSX, with the rows that the reader may fill in and send back."""
    programme = programme_of(request, pk, Action.EXPORT_PROGRAMME)
    return _answer(request, programme, "xlsx", "report-%(pk)d-%(day)s.xlsx")


@login_required
@require_safe
def draft(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Return the draft of the next resolution as DOCX, to be edited, uploaded and reviewed."""
    programme = programme_of(request, pk, Action.SEE_ASSIGNMENTS)
    if not request.user.may(Action.UPLOAD_DOCUMENT, programme.unit):
        raise PermissionDenied
    return _answer(request, programme, "draft", "draft-%(pk)d.docx")
