"""Acts on people as the journal reads them, and what of each is personal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare

_NAMES = {"email", "full_name"}

ADDED = declare("accounts.added", _("%(actor)s made an account for %(subject)s."), personal=_NAMES)
CORRECTED = declare(
    "accounts.corrected", _("%(actor)s corrected the name or the e-mail of %(subject)s."), personal=_NAMES
)
APPOINTED = declare(
    "accounts.appointed", _("%(actor)s gave %(subject)s a post: %(post)s, from %(since)s."), personal=set()
)
DISMISSED = declare(
    "accounts.dismissed",
    _("%(actor)s ended a post of %(subject)s: %(post)s, until %(until)s."),
    personal=set(),
)
BLOCKED = declare("accounts.blocked", _("%(actor)s closed the account of %(subject)s."), personal=set())
UNBLOCKED = declare("accounts.unblocked", _("%(actor)s opened the account of %(subject)s."), personal=set())
FACTOR_RESET = declare(
    "accounts.factor_reset",
    _("%(actor)s took the second factors off the account of %(subject)s."),
    personal=set(),
)
ERASED = declare("accounts.erased", _("%(actor)s erased a person's data."), personal=set())

# What people do with their own accounts, through the pages of allauth (`journal.py`).
PASSWORD_SET = declare("accounts.password_set", _("%(subject)s set a new password."), personal=set())
EMAIL_CHANGED = declare("accounts.email_changed", _("%(subject)s changed the e-mail."), personal={"email"})
FACTOR_ADDED = declare("accounts.factor_added", _("%(subject)s switched on a second factor."), personal=set())
FACTOR_REMOVED = declare(
    "accounts.factor_removed", _("%(subject)s switched off a second factor."), personal=set()
)
