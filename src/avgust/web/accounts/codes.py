"""Acts on people as the journal reads them, and what of each is personal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare

ADDED = declare(
    "accounts.added", _("%(actor)s made an account for %(subject)s."), personal={"email", "full_name"}
)
APPOINTED = declare(
    "accounts.appointed", _("%(actor)s gave %(subject)s a post: %(post)s, from %(since)s."), personal=set()
)
DISMISSED = declare(
    "accounts.dismissed",
    _("%(actor)s ended a post of %(subject)s: %(post)s, until %(until)s."),
    personal=set(),
)
ERASED = declare("accounts.erased", _("%(actor)s erased a person's data."), personal=set())
