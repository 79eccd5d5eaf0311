"""Acts on results as the journal reads them. Results are kept under keyed codes: nothing here is personal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare, name_values

ADDED = declare(
    "assessments.added", _("%(actor)s added the work “%(subject)s”."), personal=set(), title=_("a work added")
)
SPECIFIED = declare(
    "assessments.specified",
    _("%(actor)s set the specification of “%(subject)s”: items %(items)s, in force from %(since)s."),
    personal=set(),
    title=_("a specification set"),
)
UPLOADED = declare(
    "assessments.uploaded",
    _("%(actor)s uploaded results of “%(subject)s”: files %(files)s."),
    personal=set(),
    title=_("results uploaded"),
)
IMPORTED = declare(
    "assessments.imported",
    _("Results of “%(subject)s” were imported: %(counts)s."),
    personal=set(),
    title=_("results imported"),
    counts={"taken": _("participants %(taken)s"), "refused": _("rows refused %(refused)s")},
)
READ_AGAIN = declare(
    "assessments.read_again",
    _("%(actor)s had an upload of “%(subject)s” read again."),
    personal=set(),
    title=_("an upload read again"),
)
WITHDRAWN = declare(
    "assessments.withdrawn",
    _("%(actor)s took the upload of %(day)s out of the results of “%(subject)s”."),
    personal=set(),
    title=_("an upload taken out"),
)
REFUSED_TAKEN = declare(
    "assessments.refused_taken",
    _("%(actor)s downloaded the refused rows of “%(subject)s”: %(count)s."),
    personal=set(),
    title=_("refused rows downloaded"),
)
MAPPED = declare(
    "assessments.mapped",
    _("%(actor)s kept the mapping “%(subject)s”."),
    personal=set(),
    title=_("a mapping kept"),
)
TABLE_SENT = declare(
    "assessments.table_sent",
    _("%(actor)s sent a table to be mapped for “%(subject)s”."),
    personal=set(),
    title=_("a table sent to be mapped"),
)
TABLE_DROPPED = declare(
    "assessments.table_dropped",
    _("%(actor)s put away a table sent to be mapped for “%(subject)s”."),
    personal=set(),
    title=_("a table put away"),
)

name_values(
    items=_("items"),
    files=_("files"),
    taken=_("participants"),
    refused=_("rows refused"),
    edition=_("edition"),
)
