"""The request as views behind `login_required` see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from avgust.web.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request of a person who has signed in: `login_required` lets nobody else through."""

    user: User
    htmx: HtmxDetails
