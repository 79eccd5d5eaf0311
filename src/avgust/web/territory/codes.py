"""Acts on the territory as the journal reads them. Organisations are no persons: nothing is personal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare, name_values

ADDED = declare(
    "territory.added",
    _("%(actor)s added “%(subject)s” under “%(parent)s”."),
    personal=set(),
    title=_("an organisation added"),
)
FOUNDED = declare(
    "territory.founded",
    _("%(actor)s added “%(subject)s” as the top of the territory."),
    personal=set(),
    title=_("the top of the territory added"),
)
MOVED = declare(
    "territory.moved",
    _("%(actor)s moved “%(subject)s” to “%(parent)s” from %(since)s."),
    personal=set(),
    title=_("an organisation moved"),
)
CLOSED = declare(
    "territory.closed",
    _("%(actor)s closed “%(subject)s”, the last day is %(closed)s; successor: %(successor)s."),
    personal=set(),
    title=_("an organisation closed"),
)

name_values(
    parent=_("stands under"),
    since=_("since"),
    closed=_("last day"),
    successor=_("successor"),
)
