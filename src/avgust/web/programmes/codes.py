"""Acts on programmes as the journal reads them. None of them keeps words about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare, name_values

CHOSE_EXECUTOR = declare(
    "programmes.chose_executor",
    _("%(actor)s chose %(unit)s where the clause says “%(name)s”."),
    personal=set(),
    title=_("an executor chosen"),
)
NAMED_EXECUTOR = declare(
    "programmes.named_executor",
    _("%(actor)s named %(unit)s as executor."),
    personal=set(),
    title=_("an executor named"),
)
RELEASED_EXECUTOR = declare(
    "programmes.released_executor",
    _("%(actor)s took back the choice of %(unit)s."),
    personal=set(),
    title=_("the choice of an executor taken back"),
)
ADOPTED = declare(
    "programmes.adopted",
    _("%(actor)s adopted “%(subject)s”: %(measures)s measures."),
    personal=set(),
    title=_("a programme adopted"),
)

name_values(
    measures=_("number of measures"),
    document=_("document no."),
    name=_("as the clause says"),
    unit=_("organisation"),
)
TOOK_OUT_UNIT = declare(
    "programmes.took_out_unit", _("%(actor)s took %(unit)s out of “%(name)s”."), personal=set()
)
RETURNED_UNIT = declare(
    "programmes.returned_unit", _("%(actor)s returned %(unit)s to “%(name)s”."), personal=set()
)
ADDED_UNIT = declare("programmes.added_unit", _("%(actor)s added %(unit)s to “%(name)s”."), personal=set())
REMOVED_UNIT = declare(
    "programmes.removed_unit", _("%(actor)s took back that %(unit)s was added to “%(name)s”."), personal=set()
)
