"""The current view of a programme as files: spreadsheet, document to sign, PDF, calendar.

A file is written row after row, so that a region's programme takes no more memory than a school's: at once
where it is small, else by the worker (`prepares` of the AppConfig).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from avgust.domain.messages import Message, mark, translate
from avgust.domain.resolutions.export.plan import MOST_LINES, Paper, TooLongError, plan_pdf, write_docx
from avgust.domain.resolutions.export.plan.calendar import Entry, Stretch, write_ics
from avgust.domain.resolutions.export.sheets import write_workbook
from avgust.domain.resolutions.export.wording import date_text
from avgust.web.prepared.answering import answer
from avgust.web.prepared.kinds import NotMadeError
from avgust.web.programmes.chips import chips
from avgust.web.programmes.layouts import CHUNK, Layout
from avgust.web.programmes.models import Programme
from avgust.web.programmes.saved_views import SavedView, address_of
from avgust.web.programmes.showing import Showing
from avgust.web.programmes.timeline import GROUPS
from avgust.web.programmes.views import may_export, visible_programme
from avgust.web.ui import stations
from avgust.web.ui.large_files import Order, Wanted
from avgust.web.ui.requests import SignedInRequest, language

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

KIND: Final = "programmes.plan"
_NAMES: Final = {"timeline": mark("timeline"), "executors": mark("by executor")}
_TOO_LONG: Final = mark(
    "A PDF holds %(most)d lines at most. Choose fewer measures by the filters, or take DOCX or XLSX."
)


def may_take(user: User, question: Mapping[str, Any]) -> bool:
    """Return whether `user` may have a file of the programme that is asked about."""
    shown = Programme.objects.visible_to(user).filter(pk=question["programme"]).first()
    return shown is not None and may_export(user, shown)


def _layout(shown: Programme, given: Mapping[str, str], user: User, told_in: str) -> Layout:
    """Return what an address shows."""
    kind, group = given.get("layout", ""), given.get("group", "")
    return Layout(
        Showing(shown, given, user),
        kind if kind in SavedView.Layout.values else SavedView.Layout.TABLE.value,
        told_in,
        group if group in GROUPS else GROUPS[0],
        given.get("year", ""),
        given.get("order", ""),
    )


def _paper(layout: Layout, *, approval: bool) -> Paper:
    """Return the heading of a document: whose programme, how it is laid out, which filters are on."""
    programme = layout.showing.programme
    name = translate(_NAMES.get(layout.kind, ""), layout.language)
    filters = "; ".join(str(chip) for chip in chips(layout.showing))
    return Paper(
        programme.title,
        ", ".join(filter(None, (_subtitle(programme, layout.language), name))),
        _("Chosen: %(filters)s") % {"filters": filters} if filters else "",
        layout.columns,
        approval=approval,
    )


def _subtitle(shown: Programme, told_in: str) -> str:
    """Return the line below the title: whose programme, adopted when."""
    if shown.adopted_on is None:
        return str(shown.unit)
    values = {"unit": shown.unit, "date": date_text(shown.adopted_on, told_in)}
    return _("%(unit)s, adopted %(date)s") % values


def write_plan(order: Order, out: IO[bytes]) -> None:
    """Write a view of a programme, as its question says."""
    question = order.question
    shown = Programme.objects.select_related("unit", "document").get(pk=question["programme"])
    layout = _layout(shown, question["query"], order.user, order.language)
    if question["form"] == "xlsx":
        sheets = layout.sheets(shown.title)
        counted = [replace(sheet, rows=order.counted(sheet.rows)) for sheet in sheets]
        write_workbook(out, counted, order.language, shown.title)
    elif question["form"] == "ics":
        entries = order.counted(_entries(layout, question["home"]))
        year = layout.showing.year
        write_ics(out, shown.title, entries, year, order.language, stamp=timezone.now())
    else:
        _write_paper(order, layout, out)


def _write_paper(order: Order, layout: Layout, out: IO[bytes]) -> None:
    paper = _paper(layout, approval=order.question["query"].get("approval") == "1")
    lines = order.counted(layout.lines())
    if order.question["form"] == "docx":
        write_docx(out, paper, lines, order.language)
        return
    try:
        out.write(plan_pdf(paper, lines, order.language, stamp=timezone.now()))
    except TooLongError as error:  # several lines a measure: one for each of its executors
        raise NotMadeError(Message(_TOO_LONG, {"most": MOST_LINES})) from error


def _entries(layout: Layout, home: str) -> Iterator[Entry | Stretch]:
    """Yield what may stand in a calendar; what has neither day nor rhythm is left out.

    Stations above add days of their own to the measures: `plan_days` on an AppConfig names a function
    `(measures, home) -> Iterable[Stretch]`.
    """
    host, rows = urlsplit(home).hostname, layout.measures()
    while some := list(islice(rows, CHUNK)):
        for words in some:
            measure = words.measure
            uid = f"measure-{measure.pk}@{host}"
            yield Entry(uid, words.plan_row(), measure.deadline, home + measure.get_absolute_url())
        for days in stations.makers("plan_days"):
            yield from days([words.measure for words in some], home)


def _answer(request: SignedInRequest, pk: int, form: str) -> HttpResponseBase:
    """Return the view as a file; 403 for who sees the programme and may not take it away."""
    shown = visible_programme(request, pk)
    if not may_export(request.user, shown):
        raise PermissionDenied
    query = request.GET.dict()
    layout = _layout(shown, query, request.user, language())
    back, rows = address_of(layout.kind, pk, query), layout.count()
    if form == "pdf" and rows > MOST_LINES:
        messages.error(request, _(_TOO_LONG) % {"most": MOST_LINES})
        return redirect(back)
    question = {"programme": pk, "form": form, "query": query}
    if form == "ics":
        question["home"] = request.build_absolute_uri("/").rstrip("/")
    part = "" if layout.kind == SavedView.Layout.TABLE else f"-{layout.kind}"
    name = f"programme-{pk}{part}.{form}"
    return answer(request, Wanted(KIND, question, shown.title, name, rows, shown.unit, back))


@login_required
@require_GET
def xlsx(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Return the view as XLSX."""
    return _answer(request, pk, "xlsx")


@login_required
@require_GET
def docx(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Return the view as DOCX."""
    return _answer(request, pk, "docx")


@login_required
@require_GET
def pdf(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Return the view as PDF; back to the page with a way out where it is too long to be set."""
    return _answer(request, pk, "pdf")


@login_required
@require_GET
def ics(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Return the dated measures of the view as iCalendar."""
    return _answer(request, pk, "ics")
