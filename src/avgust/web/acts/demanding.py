"""Which local act a measure requires, said by who may edit the programme."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avgust.web.accounts.rights import Action
from avgust.web.acts.forms import DemandForm
from avgust.web.acts.models import Demand
from avgust.web.acts.offering import require_act
from avgust.web.documents.actions import Refused
from avgust.web.programmes.models import Measure
from avgust.web.ui.requests import SignedInRequest, language


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def demand(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask which act a measure requires."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    visible = Measure.objects.visible_to(request.user).select_related("programme__unit")
    measure = get_object_or_404(visible, pk=pk)
    if not request.user.may(Action.EDIT_PROGRAMME, measure.programme.unit):
        raise PermissionDenied
    known = Demand.objects.filter(measure=measure).first()
    initial = {"template": known.template_id} if known else {}
    form = DemandForm(request.user, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = require_act(measure, form.cleaned_data["template"], actor=request.user)
        except Refused as refused:
            form.add_error("template", refused.reason.render(language()))
        else:
            said = _("The measure requires the act.") if made else _("The measure requires no local act.")
            messages.success(request, said)
            return redirect(measure)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "acts/demand.html", {"measure": measure, "form": form}, status=status)
