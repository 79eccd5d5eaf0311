"""The page of one's tokens: make one, see its secret once, revoke it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from avgust.web.api import actions
from avgust.web.api.models import Token
from avgust.web.documents.actions import Refused
from avgust.web.ui.requests import SignedInRequest, language

UNPROCESSABLE = 422


class TokenForm(forms.Form):
    """What a person says of a new token."""

    name = forms.CharField(
        label=gettext_lazy("What the token is for"),
        max_length=100,
        help_text=gettext_lazy("For example: figures for the site of the school."),
    )
    scope = forms.ChoiceField(label=gettext_lazy("What it may do"), choices=Token.Scope)
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long it is valid"),
        coerce=int,
        choices=[(30, gettext_lazy("30 days")), (90, gettext_lazy("90 days")), (365, gettext_lazy("a year"))],
        initial=90,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: SignedInRequest) -> HttpResponse:
    """List one's tokens; posted, make one and show its secret on this answer and never again."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=UNPROCESSABLE)
    said = form.cleaned_data
    until = timezone.localdate() + timedelta(days=said["days"])
    try:
        token, secret = actions.make_token(
            actor=request.user, name=said["name"], scope=said["scope"], expires_on=until
        )
    except Refused as refused:
        form.add_error(None, refused.reason.render(language()))
        return _page(request, form, status=UNPROCESSABLE)
    return _page(request, TokenForm(), made=token, secret=secret)


@login_required
@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Revoke an own token; another person's is not there."""
    actions.revoke_token(pk, actor=request.user)
    messages.success(request, _("The token is revoked: programs that use it get nothing any more."))
    return redirect("api_tokens")


def _page(request: SignedInRequest, form: TokenForm, *, status: int = 200, **values: Any) -> HttpResponse:
    today = timezone.localdate()
    mine = Token.objects.filter(user=request.user)
    context = {
        "form": form,
        "valid": mine.valid(today),
        "ended": mine.exclude(pk__in=mine.valid(today).values("pk"))[:20],
        "address": request.build_absolute_uri("/api/v1/"),
        **values,
    }
    return render(request, "api/tokens.html", context, status=status)
