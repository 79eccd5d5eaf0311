"""Acts on programmes as the journal reads them. None of them keeps words about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare

ADOPTED = declare(
    "programmes.adopted", _("%(actor)s adopted “%(subject)s”: %(measures)s measures."), personal=set()
)
