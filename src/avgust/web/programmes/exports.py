"""The current view of a programme as a spreadsheet and as the document that officials sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from avgust.domain.resolutions.export.plan import PlanRow, plan_docx, plan_xlsx
from avgust.domain.resolutions.export.wording import date_text
from avgust.web.accounts.rights import Action
from avgust.web.programmes.models import Programme
from avgust.web.programmes.presenting import MeasureWords
from avgust.web.programmes.table import View
from avgust.web.programmes.views import mine_of, visible_programme
from avgust.web.ui.requests import SignedInRequest, language

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_CHUNK: Final = 2_000


def _exported(request: SignedInRequest, pk: int) -> Programme:
    """Return the programme; 403 for who sees it and may not take it away."""
    shown = visible_programme(request, pk)
    if not Programme.objects.visible_to(request.user, Action.EXPORT_PROGRAMME).filter(pk=pk).exists():
        raise PermissionDenied
    return shown


def _rows(request: SignedInRequest, shown: Programme) -> Iterator[PlanRow]:
    """Yield what the view of the address shows, in its order and without pages."""
    view = View.of(request.GET)
    mine = mine_of(request, shown) if view.mine else Q()
    found = view.of_programme(shown.measures.all(), timezone.localdate(), mine).prefetch_related("executors")
    for measure in found.iterator(chunk_size=_CHUNK):
        yield MeasureWords(measure, language()).plan_row()


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=f"{_OFFICE}.{kind}")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _subtitle(shown: Programme) -> str:
    """Return the line below the title: whose programme, adopted when."""
    if shown.adopted_on is None:
        return str(shown.unit)
    values = {"unit": shown.unit, "date": date_text(shown.adopted_on, language())}
    return _("%(unit)s, adopted %(date)s") % values


@login_required
@require_GET
def xlsx(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return the view as XLSX."""
    shown = _exported(request, pk)
    data = plan_xlsx(shown.title, _rows(request, shown), language())
    return _file(data, "spreadsheetml.sheet", f"programme-{shown.pk}.xlsx")


@login_required
@require_GET
def docx(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return the view as DOCX."""
    shown = _exported(request, pk)
    data = plan_docx(shown.title, _subtitle(shown), _rows(request, shown), language())
    return _file(data, "wordprocessingml.document", f"programme-{shown.pk}.docx")
