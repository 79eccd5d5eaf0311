"""The kinds of files that stations declare (`avgust.web.ui.large_files`): found, asked, written.

Nothing here is edited when a station adds one.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from django.apps import apps
from django.utils.module_loading import import_string

from avgust.domain.messages import Message
from avgust.web.ui.large_files import Kind, Order

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


class NotMadeError(Exception):
    """The file cannot be made, now or ever; `reason` says why and what to do."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


def _declared(code: str) -> Kind:
    for config in apps.get_app_configs():
        kind: Kind | None = getattr(config, "prepares", {}).get(code)
        if kind is not None:
            return kind
    raise LookupError(f"No station prepares {code!r}.")


def write(code: str, order: Order, out: IO[bytes]) -> None:
    """Write a file of the kind `code`."""
    import_string(_declared(code).write)(order, out)


def allowed(code: str, user: User, question: dict[str, Any]) -> bool:
    """Return whether `user` may have the file now; False for a kind that no station has any more."""
    try:
        kind = _declared(code)
    except LookupError:
        return False
    return bool(user.is_active and import_string(kind.allows)(user, question))
