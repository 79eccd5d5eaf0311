"""Acts and notices of prepared files. A name of a file is made of numbers and days, never of persons."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare
from avgust.web.notices.kinds import declare as declare_notice

STATION: Final = "prepared."
ASKED: Final = declare(
    f"{STATION}asked",
    _("%(actor)s asked for the file %(file)s."),
    personal=set(),
    title=_("a large file asked for"),
)
TAKEN: Final = declare(
    f"{STATION}taken",
    _("%(actor)s downloaded the file %(file)s."),
    personal=set(),
    title=_("a large file downloaded"),
)
READY: Final = declare_notice(f"{STATION}ready", _("The file is ready: %(title)s"))
FAILED: Final = declare_notice(f"{STATION}failed", _("The file could not be made: %(title)s"))
