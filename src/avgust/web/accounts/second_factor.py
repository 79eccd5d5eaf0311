"""Roles that an office lets in with a second factor only (`AVGUST_MFA_ROLES`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

# What stays open: setting a factor up, the password that allauth asks again for it, the way out.
_OPEN: Final = ("mfa_", "account_reauthenticate", "account_logout", "choose_", "demo_sign_in")


def lacks_factor(user: Any) -> bool:
    """Return whether a post of `user` asks for a second factor and there is none."""
    if not settings.MFA_ROLES or not any(post.role in settings.MFA_ROLES for post in user.current_posts):
        return False
    factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return not factors.exists()


class SecondFactorMiddleware:
    """Leads who must have a second factor, and has none, to the page where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the work to `process_view`, which knows the address."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Answer in place of every other page; a fragment leads the whole page there."""
        user = request.user
        if not settings.MFA_ROLES or not user.is_authenticated:
            return None
        name = (request.resolver_match.url_name if request.resolver_match else None) or ""
        if name.startswith(_OPEN) or not lacks_factor(user):
            return None
        messages.warning(request, _("Your post asks for a second factor. Set up one of them to go on."))
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": reverse("mfa_index")})
        return redirect("mfa_index")
