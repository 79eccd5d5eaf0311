"""Acts on codifiers as the journal reads them; nothing here is personal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare, name_values

CODIFIER_IMPORTED = declare(
    "assessments.codifier_imported",
    _("%(actor)s imported the codifier “%(subject)s”: entries %(entries)s, in force from %(since)s."),
    personal=set(),
    title=_("a codifier imported"),
)
CODIFIER_DROPPED = declare(
    "assessments.codifier_dropped",
    _("%(actor)s put away the draft of the codifier “%(subject)s”."),
    personal=set(),
    title=_("a draft of a codifier put away"),
)
CODIFIER_UNDONE = declare(
    "assessments.codifier_undone",
    _("%(actor)s undid the import of the codifier “%(subject)s”."),
    personal=set(),
    title=_("the import of a codifier undone"),
)
CODIFIERS_CHOSEN = declare(
    "assessments.codifiers_chosen",
    _("%(actor)s chose codifiers for the specification of “%(subject)s”: %(counts)s."),
    personal=set(),
    title=_("codifiers of a specification chosen"),
    counts={
        "content": _("content %(content)s"),
        "skills": _("skills %(skills)s"),
        "mended": _("codes mended %(mended)s"),
    },
)

name_values(
    entries=_("entries"),
    content=_("codifier of content"),
    skills=_("codifier of skills"),
    mended=_("codes mended"),
)
