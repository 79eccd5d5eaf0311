"""The form by which the adoption of an agreed act is entered: number, day, signed file."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avgust.domain.acts.states import NOT_NOW, Move, Status
from avgust.web.acts.actions import Words, move_act, owns
from avgust.web.acts.cards import visible_act
from avgust.web.acts.forms import AdoptForm
from avgust.web.acts.models import LocalAct
from avgust.web.control.receiving import received
from avgust.web.documents.actions import Refused
from avgust.web.ui.requests import SignedInRequest, language


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask how the act was adopted, or enter it."""
    act = visible_act(request, pk)
    if not owns(request.user, act.unit_id):
        raise PermissionDenied
    if act.state is not Status.AGREED:
        messages.info(request, NOT_NOW[act.state].render(language()))
        return redirect(act)
    today = timezone.localdate()
    if request.method != "POST":
        return _shown(request, act, AdoptForm(initial={"adopted_on": today.strftime("%d.%m.%Y")}))
    form = AdoptForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        try:
            file = received(said["file"]) if said["file"] else None
            words = Words(
                number=said["number"],
                adopted_on=said["adopted_on"],
                since=said["since"] or said["adopted_on"],
                file=file,
            )
            move_act(act, Move.ADOPT, actor=request.user, words=words)
        except Refused as refused:
            form.add_error(None, refused.reason.render(language()))
        else:
            messages.success(request, _("The adoption is entered. What requires this act is reported by it."))
            return redirect(act)
    return _shown(request, act, form)


def _shown(request: SignedInRequest, act: LocalAct, form: AdoptForm) -> HttpResponse:
    older = LocalAct.objects.filter(template=act.template_id, unit=act.unit_id, status=Status.ADOPTED)
    context = {"act": act, "form": form, "older": older.exclude(pk=act.pk).defer("values").first()}
    return render(request, "acts/adopt.html", context, status=422 if form.errors else 200)
