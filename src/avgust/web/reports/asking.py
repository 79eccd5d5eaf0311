"""What an address of a report asks: which programme, on which day, of which place."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.rights import Action
from avgust.web.programmes.models import Programme
from avgust.web.territory.models import Unit
from avgust.web.ui.fields import DayField
from avgust.web.ui.requests import SignedInRequest


class Question(forms.Form):
    """What the address asks: a date and a place."""

    on = DayField(
        label=_("On the date"),
        required=False,
        widget=forms.DateInput(format="%d.%m.%Y"),
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


def asked_day(request: HttpRequest, programme: Programme) -> tuple[date, Question]:
    """Return the day asked for, from the programme's own to today; and the form with what is wrong."""
    today = timezone.localdate()
    question = request.GET.copy()
    question["on"] = question.get("on") or today.strftime("%d.%m.%Y")
    form = Question(question)
    asked = form.cleaned_data.get("on") if form.is_valid() else None
    return min(max(asked or today, programme.addressed_on), today), form


def asked_place(request: HttpRequest) -> Unit | None:
    """Return the place asked for; 404 outside the scope."""
    asked = request.GET.get("unit", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 9:
        raise Http404
    return get_object_or_404(Unit.objects.in_scope_of(request.user), pk=asked)
