"""The reports of all schools: asking for them, how far they are, taking the archive."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from avgust.web.accounts.rights import Action
from avgust.web.assessments.models import SchoolInWork
from avgust.web.assessments.views import visible_work
from avgust.web.readings import batches
from avgust.web.readings.models import Batch
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import SignedInRequest, is_fragment, language

TERRITORIES: Final = (Unit.Kind.REGION, Unit.Kind.MUNICIPALITY)
EARLIER: Final = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, pk: int, unit: int) -> HttpResponse:
    """Ask for the reports of all schools of a region or municipality."""
    work = visible_work(request, pk)
    units = Unit.objects.in_scope_of(request.user, Action.SEE_RESULTS).filter(kind__in=TERRITORIES)
    place = get_object_or_404(units, pk=unit)
    if request.method == "POST":
        form = request.POST.get("form", "")
        if form not in Batch.Form.values:
            raise Http404
        made = batches.ask_for_batch(work, place, form, actor=request.user, language=language())
        return redirect(made)
    under = Unit.objects.under(place, work.held_on).values("pk")
    context: dict[str, Any] = {
        "work": work,
        "unit": place,
        "schools": SchoolInWork.objects.filter(work=work, unit__in=under, pupils__gt=0).count(),
        "forms": Batch.Form.choices,
        "earlier": Batch.objects.filter(work=work, unit=place).select_related("asked_by")[:EARLIER],
    }
    return render(request, "readings/ask.html", context)


def _seen(request: SignedInRequest, pk: int) -> Batch:
    if not request.user.may(Action.SEE_RESULTS):
        raise PermissionDenied
    found = Batch.objects.visible_to(request.user).select_related("work", "unit", "asked_by")
    return get_object_or_404(found, pk=pk)


@login_required
@require_safe
def batch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how far the reports are, then the archive."""
    found = _seen(request, pk)
    template = "readings/_batch.html" if is_fragment(request) else "readings/batch.html"
    return render(request, template, {"batch": found, "work": found.work, "unit": found.unit})


@login_required
@require_safe
def archive(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Return the archive; 404 before it is ready and after its time."""
    found = _seen(request, pk)
    if found.status != Batch.Status.DONE or not batches.archive_of(found).exists():
        raise Http404
    path = batches.take_batch(found, actor=request.user)
    name = f"reports-{found.work_id}-{found.unit_id}-{found.form}.zip"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)
