"""The bell in the header: how many notices were not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from avgust.web.notices.models import Notice
from avgust.web.ui.stations import Bell

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

MOST: Final = 99


def bell(user: User) -> Bell:
    """Return the bell of a person; more than `MOST` is not counted."""
    count = Notice.objects.visible_to(user).unread().order_by()[: MOST + 1].count()
    return Bell("notices:list", _("Notices"), count, MOST)
