"""Acts of an administrator on an account as a whole: correct, close and open, second factors, erasure."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from avgust.web.accounts import actions
from avgust.web.accounts.models import User
from avgust.web.people import letters
from avgust.web.people.forms import PersonForm, ReasonForm
from avgust.web.people.views import sent, tried, visible_person
from avgust.web.ui.requests import SignedInRequest


def _kept_person(request: SignedInRequest, pk: int, *, ever: bool = False) -> User:
    """Return the person whose account the reader keeps; the sentence of the 403 says why not."""
    person = visible_person(request, pk)
    if obstacle := actions.obstacle(request.user, person, ever=ever):
        raise PermissionDenied(obstacle)
    return person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct the name or the e-mail."""
    person = _kept_person(request, pk)
    form = PersonForm(sent(request), initial={"email": person.email, "full_name": person.full_name})
    if request.method == "POST" and form.is_valid():
        if tried(form, lambda: actions.correct_person(person, actor=request.user, **form.cleaned_data)):
            messages.success(request, _("The account is corrected."))
            return redirect("people:card", pk)
        person.refresh_from_db()
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "people/correct.html", {"form": form, "person": person}, status=status)


@login_required
@require_POST
def block(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close the account."""
    person = _kept_person(request, pk)
    actions.block_person(person, actor=request.user, reason=request.POST.get("reason", "").strip()[:300])
    messages.success(request, _("The account is closed; whoever was signed in is out."))
    return redirect("people:card", pk)


@login_required
@require_POST
def unblock(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open the account again."""
    try:
        actions.unblock_person(_kept_person(request, pk), actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The account is open."))
    return redirect("people:card", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reset_second_factor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take off lost second factors, with the reason; the person is told by a letter."""
    person = _kept_person(request, pk)
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if tried(form, lambda: actions.reset_second_factor(person, actor=request.user, reason=reason)):
            letters.send_notice(request, person, "factor_reset")
            messages.success(request, _("The second factors are off. The person is told by a letter."))
            return redirect("people:card", pk)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "people/second_factor.html", {"form": form, "person": person}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what erasure takes and what stays; erase on confirmation."""
    person = _kept_person(request, pk, ever=True)
    if request.method == "POST":
        actions.erase_person(person, actor=request.user)
        messages.success(
            request, _("The person's data are erased. The acts stay in the journal without a name.")
        )
        return redirect("people:list")
    return render(request, "people/erase.html", {"person": person})
