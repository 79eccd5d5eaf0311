"""Acts of this station as the journal reads them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare, name_values

QUIET_HOURS = declare(
    "notices.quiet_hours",
    _("%(actor)s set the quiet hours of “%(subject)s”: from %(starts)s until %(ends)s."),
    personal=set(),
    title=_("quiet hours of an organisation set"),
)
QUIET_HOURS_ENDED = declare(
    "notices.quiet_hours_ended",
    _("%(actor)s took back the quiet hours of “%(subject)s”."),
    personal=set(),
    title=_("quiet hours of an organisation taken back"),
)
KEY_MADE = declare(
    "notices.key_made",
    _("%(subject)s made a new address of the calendar."),
    personal=set(),
    title=_("a new address of a calendar"),
)
KEY_TAKEN_BACK = declare(
    "notices.key_taken_back",
    _("%(subject)s took back the address of the calendar."),
    personal=set(),
    title=_("the address of a calendar taken back"),
)

name_values(starts=_("from"), ends=_("until"))
