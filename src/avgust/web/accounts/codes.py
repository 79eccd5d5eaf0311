"""Acts on people as the journal reads them, and what of each is personal."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.rights import Role
from avgust.web.audit import declare, name_values, word_values

_NAMES = {"email", "full_name"}

ADDED = declare(
    "accounts.added",
    _("%(actor)s made an account for %(subject)s."),
    personal=_NAMES,
    title=_("an account made"),
)
CORRECTED = declare(
    "accounts.corrected",
    _("%(actor)s corrected the name or the e-mail of %(subject)s."),
    personal=_NAMES,
    title=_("name or e-mail of a person corrected"),
)
APPOINTED = declare(
    "accounts.appointed",
    _("%(actor)s gave %(subject)s a post: %(post)s, from %(since)s."),
    personal=set(),
    title=_("a post given"),
)
DISMISSED = declare(
    "accounts.dismissed",
    _("%(actor)s ended a post of %(subject)s: %(post)s, until %(until)s."),
    personal=set(),
    title=_("a post ended"),
)
BLOCKED = declare(
    "accounts.blocked",
    _("%(actor)s closed the account of %(subject)s."),
    personal=set(),
    title=_("an account closed"),
)
UNBLOCKED = declare(
    "accounts.unblocked",
    _("%(actor)s opened the account of %(subject)s."),
    personal=set(),
    title=_("an account opened again"),
)
FACTOR_RESET = declare(
    "accounts.factor_reset",
    _("%(actor)s took the second factors off the account of %(subject)s."),
    personal=set(),
    title=_("second factors taken off"),
)
LISTED = declare(
    "accounts.listed",
    _("%(actor)s took a list of people with their e-mails: %(count)s rows."),
    personal=set(),
)
ERASED = declare(
    "accounts.erased",
    _("%(actor)s erased a person's data."),
    personal=set(),
    title=_("a person's data erased"),
)

# What people do with their own accounts, through the pages of allauth (`journal.py`).
PASSWORD_SET = declare(
    "accounts.password_set", _("%(subject)s set a new password."), personal=set(), title=_("a password set")
)
EMAIL_CHANGED = declare(
    "accounts.email_changed",
    _("%(subject)s changed the e-mail."),
    personal={"email"},
    title=_("an e-mail changed"),
)
FACTOR_ADDED = declare(
    "accounts.factor_added",
    _("%(subject)s switched on a second factor."),
    personal=set(),
    title=_("a second factor switched on"),
)
FACTOR_REMOVED = declare(
    "accounts.factor_removed",
    _("%(subject)s switched off a second factor."),
    personal=set(),
    title=_("a second factor switched off"),
)

name_values(
    email=_("e-mail"),
    full_name=_("full name"),
    post=_("post"),
    until=_("until"),
    blanked=_("entries without personal values"),
)


def _post(value: Any) -> str:
    """Return a post in words: it is kept as role and organisation; a number names one elsewhere."""
    return f"{Role(value['role']).label}, {value['unit']}" if isinstance(value, dict) else str(value)


word_values(post=_post)
