"""Acts on the territory as the journal reads them. Organisations are no persons: nothing is personal."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import choice_values, declare, name_values, word_values
from avgust.web.audit.codes import value_name
from avgust.web.territory.models import Unit
from avgust.web.ui import dates

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

RENAMED = declare(
    "territory.renamed",
    _("%(actor)s renamed “%(subject)s” from %(since)s, it is now called %(name)s."),
    personal=set(),
    title=_("an organisation renamed"),
)
DESCRIBED = declare(
    "territory.described",
    _("%(actor)s corrected in “%(subject)s”: %(fields)s."),
    personal=set(),
    title=_("an organisation corrected"),
)
TOOK_OVER = declare(
    "territory.took_over",
    _("%(actor)s merged into “%(subject)s” from %(since)s: %(units)s."),
    personal=set(),
    title=_("organisations merged"),
)
UNDONE = declare(
    "territory.undone",
    _("%(actor)s undid a record about “%(subject)s”: %(event)s."),
    personal=set(),
    title=_("a record of the territory undone"),
)
REDATED = declare(
    "territory.redated",
    _("%(actor)s corrected the date of a record about “%(subject)s”: %(event)s, the right day is %(day)s."),
    personal=set(),
    title=_("a date of the territory corrected"),
)
REMOVED = declare(
    "territory.removed",
    _("%(actor)s removed “%(subject)s”, which had been added by mistake."),
    personal=set(),
    title=_("an organisation removed"),
)
IMPORTED = declare(
    "territory.imported",
    _("%(actor)s changed “%(subject)s” by the file “%(file)s”, row %(row)s."),
    personal=set(),
    title=_("an organisation changed by a file"),
)
ADDED_BY_FILE = declare(
    "territory.added_by_file",
    _("%(actor)s added “%(subject)s” by the file “%(file)s”, row %(row)s."),
    personal=set(),
    title=_("an organisation added by a file"),
)
WRITTEN = declare(
    "territory.file_written",
    _("%(actor)s wrote the file “%(subject)s”: rows %(count)s."),
    personal=set(),
    title=_("a file of the territory written"),
)
FILE_UNDONE = declare(
    "territory.file_undone",
    _("%(actor)s undid the file “%(subject)s”: rows %(count)s, left as they are %(left)s."),
    personal=set(),
    title=_("a file of the territory undone"),
)
RESTORED = declare(
    "territory.restored",
    _("%(actor)s undid what the file “%(file)s” had changed in “%(subject)s”."),
    personal=set(),
    title=_("a change by a file undone"),
)

name_values(
    parent=_("stands under"),
    since=_("since"),
    closed=_("last day"),
    successor=_("successor"),
    official_name=_("official name"),
    short_name=_("short name"),
    inn=_("tax number"),
    kind=_("kind"),
    founder=_("founder"),
    settlement=_("settlement"),
    units=_("organisations"),
    event=_("what was recorded"),
    day=_("day"),
    basis=_("by the act"),
    fields=_("fields"),
    row=_("row"),
    count=_("how many"),
    left=_("left as they are"),
)


def _fields(value: Any) -> str:
    """Return the names of columns; entries of earlier versions have them in words."""
    return ", ".join(map(value_name, value)) if isinstance(value, list) else str(value)


_EVENTS: Final = {
    "opened": _("opening on %(day)s"),
    "placed": _("place under “%(parent)s” from %(day)s"),
    "renamed": _("renaming from %(day)s: %(name)s"),
    "closed": _("closing, the last day is %(day)s"),
}


def event_words(kept: Any) -> str:
    """Return an event of a unit in the reader's language; entries of earlier versions have it in words."""
    if not isinstance(kept, dict):
        return str(kept)
    day = dates.long(date.fromisoformat(kept["day"])) if kept["day"] else _("a day that is not known")
    return str(_EVENTS[kept["kind"]]) % {**kept, "day": day}


choice_values(
    kind=dict(Unit.Kind.choices),
    founder=dict(Unit.Founder.choices),
    settlement=dict(Unit.Settlement.choices),
)
word_values(fields=_fields, event=event_words, successor=lambda value: value or str(_("none")))
