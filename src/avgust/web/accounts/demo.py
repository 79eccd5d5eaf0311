"""The accounts of the demo on the sign-in page: only with `AVGUST_DEMO`, only those the demo made."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from avgust.web.accounts.models import User

DOMAIN: Final = "@avgust.example"


def demo_accounts() -> list[User]:
    """Return the accounts to choose from; an empty list outside the demo."""
    if not settings.DEMO:
        return []
    people = User.objects.filter(email__endswith=DOMAIN, is_active=True)
    return list(people.prefetch_related("posts__unit").order_by("pk"))
