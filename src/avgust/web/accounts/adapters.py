"""How allauth meets our people: closed by default, full names kept."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the territory, unless `AVGUST_SIGN_UP` opens the door."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether anyone may make an account."""
        return bool(settings.SIGN_UP_OPEN)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """People of the OpenID Connect server sign in; only known e-mails unless sign-up is open."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Return whether an unknown person of the server gets an account."""
        return bool(settings.SIGN_UP_OPEN)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Take the address that the server vouches for as the owner's, where administrators gave it.

        Where anyone may sign up, allauth is right to doubt the account: it takes its password away.
        """
        user = sociallogin.user
        if settings.SIGN_UP_OPEN or not sociallogin.is_existing:
            return
        if any(said.verified and said.email.lower() == user.email for said in sociallogin.email_addresses):
            EmailAddress.objects.update_or_create(
                user=user, email=user.email, defaults={"verified": True, "primary": True}
            )

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Keep the name as the server says it: the whole one, else its parts."""
        user = super().populate_user(request, sociallogin, data)
        parts = (data.get("last_name"), data.get("first_name"))
        user.full_name = data.get("name") or " ".join(part for part in parts if part)
        return user
