"""What counts as proof of a measure, said on its card by who may edit the programme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from avgust.web.accounts.rights import Action
from avgust.web.control.actions import require_evidence
from avgust.web.control.models import Evidence, Requirement
from avgust.web.control.presenting import needed_words
from avgust.web.programmes.models import Measure
from avgust.web.ui.requests import SignedInRequest
from avgust.web.ui.stations import HomeSection


class RequirementForm(forms.Form):
    """The kinds of which a report needs at least one, and the same in words."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("At least one of"),
        choices=Evidence.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=gettext_lazy("In words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For example: the order of the head with the regulation attached."),
    )


def measure_section(request: HttpRequest, measure: Measure) -> HomeSection:
    """Return what counts as proof of a measure, for its card."""
    user: Any = request.user
    requirement = Requirement.objects.filter(measure=measure).first()
    values = {
        "measure": measure,
        "requirement": requirement,
        "needed": needed_words(requirement),
        "may_edit": user.may(Action.EDIT_PROGRAMME, measure.programme.unit),
    }
    return HomeSection("control/_requirement.html", values, order=20)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def requirement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask what counts as proof of a measure."""
    if not request.user.may(Action.SEE_PROGRAMMES):
        raise PermissionDenied
    visible = Measure.objects.visible_to(request.user).select_related("programme__unit")
    measure = get_object_or_404(visible, pk=pk)
    if not request.user.may(Action.EDIT_PROGRAMME, measure.programme.unit):
        raise PermissionDenied
    known = Requirement.objects.filter(measure=measure).first()
    initial = {"kinds": known.kinds, "words": known.words} if known else {}
    form = RequirementForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        require_evidence(measure, actor=request.user, **form.cleaned_data)
        messages.success(request, _("What counts as proof is saved."))
        return redirect(measure)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "control/requirement.html", {"measure": measure, "form": form}, status=status)
