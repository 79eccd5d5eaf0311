"""What a station declares about a file that may be too large for a request.

`prepares = {"programmes.plan": Kind(write=…, allows=…)}` on an AppConfig. Nothing here is edited when a
station adds one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.utils.module_loading import import_string

from avgust.domain.messages import Message

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

Row = TypeVar("Row")


class NotMadeError(Exception):
    """The file cannot be made, now or ever; `reason` says why and what to do."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file.

    `write` is the path of a function `(order, out)` that writes it row after row, with what the reader of
    `order` may see; `allows` of a function `(user, question)` that tells whether she may have it. The latter
    is asked before the file is written and again at each download.
    """

    write: str
    allows: str


@dataclass(frozen=True, slots=True)
class Order:
    """What a writer is asked: for whom, what, in which language."""

    user: User
    question: dict[str, Any]
    language: str
    say: Callable[[int], None] = field(default=lambda _count: None)

    def counted(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield `rows` and tell how many there were: who waits sees how far the file is."""
        for count, row in enumerate(rows, start=1):
            yield row
            self.say(count)


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
