"""Acts on documents as the journal reads them. None of them keeps words about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare, name_values

UPLOADED = declare(
    "documents.uploaded",
    _("%(actor)s uploaded “%(subject)s”."),
    personal=set(),
    title=_("a document uploaded"),
)
CORRECTED = declare(
    "documents.corrected",
    _("%(actor)s corrected clause %(label)s of “%(subject)s”."),
    personal=set(),
    title=_("a clause corrected"),
)
DESCRIBED = declare(
    "documents.described",
    _("%(actor)s changed the title or the date of “%(subject)s”."),
    personal=set(),
    title=_("title or date of a document changed"),
)
UNDONE = declare(
    "documents.undone",
    _("%(actor)s took back a correction of clause %(label)s of “%(subject)s”."),
    personal=set(),
    title=_("a correction taken back"),
)
REDONE = declare(
    "documents.redone",
    _("%(actor)s brought back a correction of clause %(label)s of “%(subject)s”."),
    personal=set(),
)
DELETED = declare(
    "documents.deleted",
    _("%(actor)s deleted “%(subject)s” before its adoption."),
    personal=set(),
    title=_("a document deleted"),
)

name_values(
    file=_("file"),
    sha256=_("SHA-256 of the file"),
    label=_("clause"),
    act=_("kind of correction"),
    version=_("version of the review"),
    title=_("title"),
    adopted_on=_("date of adoption"),
)
