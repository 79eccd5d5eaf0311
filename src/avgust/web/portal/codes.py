"""Acts of publishing as the journal reads them; headings and numbers of measures, nothing about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare, name_values

PUBLISHED = declare(
    "portal.published",
    _("%(actor)s published “%(subject)s”: %(measures)s measures."),
    personal=set(),
    title=_("a programme published"),
)
CHANGED = declare(
    "portal.changed",
    _("%(actor)s changed what is published of “%(subject)s”: %(measures)s measures."),
    personal=set(),
    title=_("what is published changed"),
)
WITHDRAWN = declare(
    "portal.withdrawn",
    _("%(actor)s withdrew “%(subject)s” from the public page."),
    personal=set(),
    title=_("a programme withdrawn"),
)

CONTACT = declare(
    "portal.contact",
    _("%(actor)s changed the contact for the public of “%(subject)s”."),
    personal=set(),
    title=_("a contact for the public changed"),
)

name_values(
    office=_("office"),
    phone=_("telephone"),
    whole=_("the whole programme"),
    sections=_("whole sections"),
    links=_("links to proof"),
    fixed_on=_("states of the day"),
)
