"""The current view of a programme as files: spreadsheet, document to sign, PDF, calendar.

A file is written row after row to a temporary one and sent from there, so that a region's programme takes
no more memory than a school's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from tempfile import TemporaryFile
from typing import IO, Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from avgust.domain.messages import mark, translate
from avgust.domain.resolutions.export.plan import MOST_LINES, Paper, TooLongError, plan_pdf, write_docx
from avgust.domain.resolutions.export.plan.calendar import Entry, write_ics
from avgust.domain.resolutions.export.sheets import write_workbook
from avgust.domain.resolutions.export.wording import date_text
from avgust.web.programmes.chips import chips
from avgust.web.programmes.layouts import Layout
from avgust.web.programmes.models import Programme
from avgust.web.programmes.saved_views import SavedView, address_of
from avgust.web.programmes.showing import Showing
from avgust.web.programmes.timeline import GROUPS
from avgust.web.programmes.views import may_export, visible_programme
from avgust.web.ui.requests import SignedInRequest, language

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_XLSX: Final = f"{_OFFICE}.spreadsheetml.sheet"
_DOCX: Final = f"{_OFFICE}.wordprocessingml.document"
_NAMES: Final = {"timeline": mark("timeline"), "executors": mark("by executor")}


def _layout(request: SignedInRequest, pk: int) -> Layout:
    """Return what the address shows; 403 for who sees the programme and may not take it away."""
    shown = visible_programme(request, pk)
    if not may_export(request.user, shown):
        raise PermissionDenied
    given = request.GET
    kind, group = given.get("layout", ""), given.get("group", "")
    return Layout(
        Showing(shown, given, request.user),
        kind if kind in SavedView.Layout.values else SavedView.Layout.TABLE.value,
        language(),
        group if group in GROUPS else GROUPS[0],
        given.get("year", ""),
        given.get("order", ""),
    )


def _paper(request: SignedInRequest, layout: Layout) -> Paper:
    """Return the heading of a document: whose programme, how it is laid out, which filters are on."""
    programme = layout.showing.programme
    name = translate(_NAMES.get(layout.kind, ""), language())
    filters = "; ".join(str(chip) for chip in chips(layout.showing))
    return Paper(
        programme.title,
        ", ".join(filter(None, (_subtitle(programme), name))),
        _("Chosen: %(filters)s") % {"filters": filters} if filters else "",
        layout.columns,
        approval=request.GET.get("approval") == "1",
    )


def _subtitle(shown: Programme) -> str:
    """Return the line below the title: whose programme, adopted when."""
    if shown.adopted_on is None:
        return str(shown.unit)
    values = {"unit": shown.unit, "date": date_text(shown.adopted_on, language())}
    return _("%(unit)s, adopted %(date)s") % values


def _file(layout: Layout, kind: str, ending: str, write: Callable[[IO[bytes]], Any]) -> FileResponse:
    """Return what `write` writes, as a file to keep; it is closed when it is sent."""
    out = TemporaryFile()  # noqa: SIM115 - the answer closes it
    write(out)
    out.seek(0)
    part = "" if layout.kind == SavedView.Layout.TABLE else f"-{layout.kind}"
    name = f"programme-{layout.showing.programme.pk}{part}.{ending}"
    return FileResponse(out, as_attachment=True, filename=name, content_type=kind)


@login_required
@require_GET
def xlsx(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Return the view as XLSX."""
    layout = _layout(request, pk)
    title = layout.showing.programme.title
    return _file(
        layout, _XLSX, "xlsx", lambda out: write_workbook(out, layout.sheets(title), language(), title)
    )


@login_required
@require_GET
def docx(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Return the view as DOCX."""
    layout = _layout(request, pk)
    paper = _paper(request, layout)
    return _file(layout, _DOCX, "docx", lambda out: write_docx(out, paper, layout.lines(), language()))


@login_required
@require_GET
def pdf(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Return the view as PDF; back to the page with a way out where it is too long to be set."""
    layout = _layout(request, pk)
    paper, stamp = _paper(request, layout), timezone.now()
    if layout.showing.measures().count() > MOST_LINES:
        return _too_long(layout, request)
    try:
        data = plan_pdf(paper, layout.lines(), language(), stamp=stamp)
    except TooLongError:  # several lines a measure: one for each of its executors
        return _too_long(layout, request)
    return _file(layout, "application/pdf", "pdf", lambda out: out.write(data))


def _too_long(layout: Layout, request: SignedInRequest) -> HttpResponse:
    """Return to the page that shows what was asked for, with a way out."""
    said = _(
        "A PDF holds %(most)d lines at most. Choose fewer measures by the filters, or take DOCX or XLSX."
    )
    messages.error(request, said % {"most": MOST_LINES})
    return redirect(address_of(layout.kind, layout.showing.programme.pk, request.GET.dict()))


@login_required
@require_GET
def ics(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Return the dated measures of the view as iCalendar."""
    layout = _layout(request, pk)
    shown, stamp = layout.showing.programme, timezone.now()

    def write(out: IO[bytes]) -> None:
        write_ics(out, shown.title, _entries(request, layout), layout.showing.year, language(), stamp=stamp)

    return _file(layout, "text/calendar; charset=utf-8", "ics", write)


def _entries(request: SignedInRequest, layout: Layout) -> Iterator[Entry]:
    """Yield what may stand in a calendar; what has neither day nor rhythm is left out."""
    home = request.build_absolute_uri("/").rstrip("/")
    host = request.get_host().partition(":")[0]
    for words in layout.measures():
        measure = words.measure
        uid = f"measure-{measure.pk}@{host}"
        yield Entry(uid, words.plan_row(), measure.deadline, home + measure.get_absolute_url())
