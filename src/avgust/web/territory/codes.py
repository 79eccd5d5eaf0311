"""Acts on the territory as the journal reads them. Organisations are no persons: nothing is personal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare

ADDED = declare("territory.added", _("%(actor)s added “%(subject)s” under “%(parent)s”."), personal=set())
FOUNDED = declare(
    "territory.founded", _("%(actor)s added “%(subject)s” as the top of the territory."), personal=set()
)
MOVED = declare(
    "territory.moved", _("%(actor)s moved “%(subject)s” to “%(parent)s” from %(since)s."), personal=set()
)
CLOSED = declare(
    "territory.closed",
    _("%(actor)s closed “%(subject)s”, the last day is %(closed)s; successor: %(successor)s."),
    personal=set(),
)
