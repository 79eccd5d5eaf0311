"""Acts on reports as the journal reads them. Each row that is applied has its own entry by its own act."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare

UPLOADED: Final = declare(
    "reports.uploaded", _("%(actor)s sent back the filled-in report “%(file)s”."), personal=set()
)
APPLIED: Final = declare(
    "reports.applied", _("%(actor)s had the filled-in report “%(file)s” applied."), personal=set()
)
