"""Sign-in and the reader's own account."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from avgust.web.accounts.demo import DOMAIN, demo_accounts
from avgust.web.accounts.models import User
from avgust.web.ui.stations import account_links


class SignIn(LoginView):
    """allauth's sign-in with its limits, and in the demo the list of its accounts beside it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the accounts of the demo."""
        return super().get_context_data(
            **kwargs,
            demo_accounts=demo_accounts(),
            demo_password=settings.DEMO_PASSWORD,
            second_factors=settings.MFA_SUPPORTED_TYPES,
            sign_up_open=settings.SIGN_UP_OPEN,
        )


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as an account of the demo with one press; outside the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    email = request.POST.get("email", "")
    user = get_object_or_404(User, email=email, email__endswith=DOMAIN, is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe else reverse("home"))


@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show the reader's posts and what can be changed about the account."""
    context = {
        "second_factors": settings.MFA_SUPPORTED_TYPES,
        "providers": bool(settings.SOCIALACCOUNT_PROVIDERS),
        "account_links": account_links(),
    }
    return render(request, "accounts/account.html", context)
