"""The card of an assignment, and the acts that are done from it."""

from __future__ import annotations

from typing import Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from avgust.domain.control.states import Act
from avgust.web.accounts.rights import Action
from avgust.web.control.actions import Words, act_on
from avgust.web.control.models import Assignment
from avgust.web.control.offering import WORDINGS
from avgust.web.control.presenting import card, needed_words
from avgust.web.control.wording import step_words
from avgust.web.documents.actions import Refused
from avgust.web.ui.fields import DayField
from avgust.web.ui.requests import SignedInRequest, language

_BY_FORM: Final = frozenset(WORDINGS) - {Act.REPORT}  # a report has a form of its own


def visible_assignment(request: SignedInRequest, pk: int) -> Assignment:
    """Return the assignment; 403 for who may see none at all, 404 for a foreign one."""
    if not request.user.may(Action.SEE_ASSIGNMENTS):
        raise PermissionDenied
    rows = Assignment.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("unit", "measure", "programme", "accepted_by"), pk=pk)


@login_required
@require_safe
def assignment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an assignment."""
    return _card(request, visible_assignment(request, pk))


def _card(request: SignedInRequest, row: Assignment, *, refused: str = "") -> HttpResponse:
    """Show the card; with `refused` the form that was sent stays open with what was typed."""
    values = card(row, request.user)
    values["needed"] = needed_words(values["requirement"])
    values |= {"refused": refused, "typed": request.POST if refused else {}}
    return render(request, "control/assignment.html", values, status=422 if refused else 200)


class ActForm(forms.Form):
    """What a person says with an act; an act takes of it what it asks for."""

    act = forms.ChoiceField(choices=[(act.value, act.value) for act in sorted(_BY_FORM)])
    version = forms.IntegerField(min_value=0)
    reason = forms.CharField(max_length=2000, required=False)
    day = DayField(required=False)


@login_required
@require_POST
def act(request: SignedInRequest, pk: int) -> HttpResponse:
    """Do an act on an assignment; back to where it was done from, with the reason where it cannot be."""
    row = visible_assignment(request, pk)
    form = ActForm(request.POST)
    if not form.is_valid():
        if {"act", "version"} & set(form.errors):
            raise BadRequest("act")
        return _card(request, row, refused=str(next(iter(form.errors.values()))[0]))
    asked, said = Act(form.cleaned_data["act"]), form.cleaned_data
    day = said["day"]
    words = Words(
        reason=said["reason"],
        wanted_due=day if asked is Act.ASK_EXTENSION else None,
        event_on=day if asked is Act.START else None,
    )
    try:
        step = act_on(row, asked, actor=request.user, words=words, seen=said["version"])
    except Refused as refused:
        return _card(request, visible_assignment(request, pk), refused=refused.reason.render(language()))
    messages.success(request, _("Done: %(what)s") % {"what": step_words(step)})
    return _back(request, row)


def _back(request: SignedInRequest, row: Assignment) -> HttpResponse:
    """Return to the page that the act was done on, else to the card."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if target and safe else row)
