"""The page on which the day of an event is named for a whole measure."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from avgust.web.accounts.rights import Action
from avgust.web.control.starting import start_measure, waiting_for
from avgust.web.documents.actions import Refused
from avgust.web.programmes.models import Measure
from avgust.web.programmes.presenting import MeasureWords
from avgust.web.ui.fields import DayField
from avgust.web.ui.requests import SignedInRequest, language


class EventForm(forms.Form):
    """The day on which the event happened."""

    day = DayField(
        label=gettext_lazy("Day of the event"),
        widget=forms.DateInput(format="%d.%m.%Y"),
        error_messages={
            "required": gettext_lazy("Name the day of the event, for example 01.11.2025."),
            "invalid": gettext_lazy("There is no such date. An example of a right one: 01.09.2025."),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for the day of the event on which a measure waits, and start all its assignments."""
    if not request.user.may(Action.CONTROL_ASSIGNMENTS):
        raise PermissionDenied
    visible = Measure.objects.visible_to(request.user).select_related("programme__unit")
    measure = get_object_or_404(visible, pk=pk)
    form = EventForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            count = start_measure(measure, actor=request.user, event_on=form.cleaned_data["day"])
        except Refused as refused:
            form.add_error("day", refused.reason.render(language()))
        else:
            said = ngettext(
                "The clock of %(count)d assignment is started.",
                "The clock of %(count)d assignments is started.",
                count,
            )
            messages.success(request, said % {"count": count})
            return redirect("control:measure", measure.pk)
    context = {
        "measure": measure,
        "deadline": MeasureWords(measure, language()).deadline,
        "form": form,
        "count": waiting_for(measure, request.user).count(),
    }
    return render(request, "control/start.html", context, status=422 if form.errors else 200)
