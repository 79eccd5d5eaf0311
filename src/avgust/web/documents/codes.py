"""Acts on documents as the journal reads them. None of them keeps words about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare

UPLOADED = declare("documents.uploaded", _("%(actor)s uploaded “%(subject)s”."), personal=set())
CORRECTED = declare(
    "documents.corrected", _("%(actor)s corrected clause %(label)s of “%(subject)s”."), personal=set()
)
DESCRIBED = declare(
    "documents.described", _("%(actor)s changed the title or the date of “%(subject)s”."), personal=set()
)
UNDONE = declare(
    "documents.undone",
    _("%(actor)s took back a correction of clause %(label)s of “%(subject)s”."),
    personal=set(),
)
DELETED = declare(
    "documents.deleted", _("%(actor)s deleted “%(subject)s” before its adoption."), personal=set()
)
