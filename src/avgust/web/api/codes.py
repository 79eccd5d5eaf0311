"""Acts on tokens as the journal reads them; what a token is called may name a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare, name_values

TOKEN_MADE = declare(
    "api.token_made",
    _("%(actor)s made the token “%(name)s”, valid until %(expires_on)s."),
    personal={"name"},
    title=_("a token made"),
)
TOKEN_REVOKED = declare(
    "api.token_revoked",
    _("%(actor)s revoked the token “%(name)s”."),
    personal={"name"},
    title=_("a token revoked"),
)

name_values(scope=_("scope of the token"), expires_on=_("valid until"))
