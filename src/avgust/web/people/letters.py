"""The letter of an invitation: a link that works once, with which the person sets the first password."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from smtplib import SMTPException
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.http import HttpRequest
from django.utils import translation

from avgust.web.accounts.models import Post, User

logger = logging.getLogger(__name__)


def send_invitation(request: HttpRequest, user: User, post: Post | None = None) -> bool:
    """Send the letter in the person's language; False when the mail server did not take it."""
    return not _deliver([(user, _invitation(request, user, post))])


def send_invitations(request: HttpRequest, posts: Iterable[Post]) -> int:
    """Send the letters of a list over one connection; return how many were not taken."""
    return _deliver((post.user, _invitation(request, post.user, post)) for post in posts)


def send_notice(request: HttpRequest, user: User, letter: str) -> bool:
    """Tell a person what was done to the account: `letter` names the template."""
    return not _deliver([(user, _letter(request, f"people/letters/{letter}", user, {}))])


def _invitation(request: HttpRequest, user: User, post: Post | None) -> EmailMessage:
    """Return the letter; who has a password already gets no link that sets another one."""
    context: dict[str, Any] = {
        "post": post or next(iter(user.current_posts), None),
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600),
    }
    if user.is_awaited:
        key = f"{user_pk_to_url_str(user)}-{app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)}"
        context["link"] = get_adapter(request).get_reset_password_from_key_url(key)
    return _letter(request, "people/letters/invitation", user, context)


def _letter(request: HttpRequest, template: str, user: User, context: dict[str, Any]) -> EmailMessage:
    values = {"user": user, "request": request, "home": request.build_absolute_uri("/"), **context}
    with translation.override(user.language or settings.LANGUAGE_CODE):
        return get_adapter(request).render_mail(template, user.email, values)


def _deliver(letters: Iterable[tuple[User, EmailMessage]]) -> int:
    """Send; return how many were not taken. The log names an account by its number, never by the address."""
    failed = 0
    connection = get_connection()
    for user, letter in letters:
        try:
            connection.send_messages([letter])
        except (SMTPException, OSError) as error:
            failed += 1
            logger.warning("The letter to account %s was not sent: %s", user.pk, type(error).__name__)
    return failed
