"""The letter of an invitation: a link that works once, with which the person sets the first password."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from avgust.web.accounts.models import Post, User

logger = logging.getLogger(__name__)


def send_invitation(request: HttpRequest, user: User, post: Post | None = None) -> bool:
    """Send the letter in the person's language; False when the mail server did not take it.

    Who has a password already is told of the new post, without a link that sets another one.
    """
    adapter = get_adapter(request)
    context: dict[str, Any] = {
        "user": user,
        "post": post or next(iter(user.current_posts), None),
        "request": request,
        "home": request.build_absolute_uri("/"),
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600),
    }
    if user.is_awaited:
        key = f"{user_pk_to_url_str(user)}-{app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)}"
        context["link"] = adapter.get_reset_password_from_key_url(key)
    return _send(adapter, "people/letters/invitation", user, context)


def send_notice(request: HttpRequest, user: User, letter: str) -> bool:
    """Tell a person what was done to the account: `letter` names the template."""
    context = {"user": user, "request": request, "home": request.build_absolute_uri("/")}
    return _send(get_adapter(request), f"people/letters/{letter}", user, context)


def _send(adapter: Any, template: str, user: User, context: dict[str, Any]) -> bool:
    """Send; the log names the account by its number, never by the address."""
    try:
        with translation.override(user.language or settings.LANGUAGE_CODE):
            adapter.send_mail(template, user.email, context)
    except (SMTPException, OSError) as error:
        logger.warning("The letter to account %s was not sent: %s", user.pk, type(error).__name__)
        return False
    return True
