"""What a station says of a file that may be too large for a request; the worker's station makes it.

`prepares = {"programmes.plan": Kind(write=…, allows=…)}` on an AppConfig. A station above `prepared` calls
its `answer`; one below, as the territory, asks `answer_file` here, which finds who `answers_files`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import HttpResponseBase

from avgust.web.ui.stations import makers

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.territory.models import Unit
    from avgust.web.ui.requests import SignedInRequest

Row = TypeVar("Row")


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file as a page asks for it: what its writer needs, and how it is called on the way.

    `rows` is how many rows it will have, counted: by it is decided whether it is written at once. `unit` is
    the organisation by which the journal finds that it was asked for.
    """

    kind: str
    question: dict[str, Any]
    title: str
    file_name: str
    rows: int
    unit: Unit | None
    back: str


def answer_file(request: SignedInRequest, wanted: Wanted) -> HttpResponseBase:
    """Return the file, or lead to where the worker makes it. The view has checked the rights."""
    (answer,) = makers("answers_files")
    answered: HttpResponseBase = answer(request, wanted)
    return answered
